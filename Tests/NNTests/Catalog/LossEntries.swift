import Autograd
import NN
import Tensors
import TestSupport

extension Reduction: ArgumentValue {
  package init?(argument: Any) {
    switch argument as? String {
    case "mean": self = .mean
    case "sum": self = .sum
    case "none": self = .none
    default: return nil
    }
  }
}

extension KLDivReduction: ArgumentValue {
  package init?(argument: Any) {
    switch argument as? String {
    case "mean": self = .mean
    case "batchmean": self = .batchMean
    case "sum": self = .sum
    case "none": self = .none
    default: return nil
    }
  }
}

extension Arguments {
  /// How the case is reduced.
  var reduction: Reduction { self["reduction"] }

  /// The constant of this name among the inputs of a case, of which they are the last.
  func constant(_ name: String, in inputs: [Variable]) -> Tensor? {
    let names: [String] = self["given", default: []]
    return names.firstIndex(of: name).map { inputs[inputs.count - names.count + $0].value }
  }
}

/// Sums of up to a dozen terms above 0, each of two or three roundings.
private let terms = Tolerance.ulps(4, gradient: 4)

/// The same of logarithms and exponentials, with their 1 to 3 ulps.
private let logarithms = Tolerance.ulps(4, gradient: 4)

/// Differences of numbers of about 1 to 4, which may cancel, here or in PyTorch.
private let differences = Tolerance.ulps(4, of: .atLeast(1), gradient: 8)

/// Differences of squared distances of about 10.
private let squares = Tolerance.ulps(2, of: .atLeast(8), gradient: 4)

/// What two vectors that are nearly opposite leave of their cosine's gradient.
private let cosines = Tolerance.ulps(4, of: .atLeast(1), gradient: 32)

let lossEntries: [CatalogEntry] =
  regressionEntries + probabilityEntries + hingeEntries + pairEntries

private let regressionEntries: [CatalogEntry] = [
  .loss("mse_loss", "mseLoss(_:_:reduction:)", terms) { x, a in
    mseLoss(x[0], x[1], reduction: a.reduction)
  },
  .loss("l1_loss", "l1Loss(_:_:reduction:)", terms) { x, a in l1Loss(x[0], x[1], reduction: a.reduction) },
  .loss("smooth_l1_loss", "smoothL1Loss(_:_:reduction:beta:)", terms) { x, a in
    smoothL1Loss(x[0], x[1], reduction: a.reduction, beta: a["beta", default: 1])
  },
  .loss("huber_loss", "huberLoss(_:_:reduction:delta:)", terms) { x, a in
    huberLoss(x[0], x[1], reduction: a.reduction, delta: a["delta", default: 1])
  },
]

private let probabilityEntries: [CatalogEntry] = [
  .loss("binary_cross_entropy", "binaryCrossEntropy(_:_:weight:reduction:)", logarithms) { x, a in
    binaryCrossEntropy(x[0], x[1], weight: a.constant("weight", in: x), reduction: a.reduction)
  },
  .loss(
    "binary_cross_entropy_with_logits", "binaryCrossEntropyWithLogits(_:_:weight:reduction:posWeight:)", differences
  ) { x, a in
    binaryCrossEntropyWithLogits(
      x[0], x[1], weight: a.constant("weight", in: x), reduction: a.reduction,
      posWeight: a.constant("pos_weight", in: x))
  },
  .loss("kl_div", "klDiv(_:_:reduction:logTarget:)", differences) { x, a in
    klDiv(x[0], x[1], reduction: a["reduction"], logTarget: a["log_target", default: false])
  },
  .loss("poisson_nll_loss", "poissonNLLLoss(_:_:logInput:full:eps:reduction:)", differences) { x, a in
    poissonNLLLoss(
      x[0], x[1], logInput: a["log_input", default: true], full: a["full", default: false],
      eps: a["eps", default: 1e-8], reduction: a.reduction)
  },
  .loss("gaussian_nll_loss", "gaussianNLLLoss(_:_:_:full:eps:reduction:)", differences) { x, a in
    gaussianNLLLoss(
      x[0], x[1], x[2], full: a["full", default: false], eps: a["eps", default: 1e-6], reduction: a.reduction)
  },
  .loss(
    "multilabel_soft_margin_loss", "multilabelSoftMarginLoss(_:_:weight:reduction:)", logarithms
  ) { x, a in
    multilabelSoftMarginLoss(x[0], x[1], weight: a.constant("weight", in: x), reduction: a.reduction)
  },
  .loss(
    "sigmoid_focal_loss", torch: "torchvision.ops.sigmoid_focal_loss",
    "sigmoidFocalLoss(_:_:alpha:gamma:reduction:)", differences
  ) { x, a in
    sigmoidFocalLoss(
      x[0], x[1], alpha: a[optional: "alpha"], gamma: a["gamma", default: 2], reduction: a.reduction)
  },
]

private let hingeEntries: [CatalogEntry] = [
  .loss("hinge", torch: "clamp(1 - y * x, min=0)", "hingeLoss(_:_:reduction:)", terms) { x, a in
    hingeLoss(x[0], x[1], reduction: a.reduction)
  },
  .loss("hinge_embedding_loss", "hingeEmbeddingLoss(_:_:margin:reduction:)", differences) { x, a in
    hingeEmbeddingLoss(x[0], x[1], margin: a["margin", default: 1], reduction: a.reduction)
  },
  .loss("soft_margin_loss", "softMarginLoss(_:_:reduction:)", logarithms) { x, a in
    softMarginLoss(x[0], x[1], reduction: a.reduction)
  },
  .loss("margin_ranking_loss", "marginRankingLoss(_:_:_:margin:reduction:)", differences) { x, a in
    marginRankingLoss(x[0], x[1], x[2], margin: a["margin", default: 0], reduction: a.reduction)
  },
  .loss("multilabel_margin_loss", "multilabelMarginLoss(_:_:reduction:)", terms) { x, a in
    multilabelMarginLoss(x[0], x[1], reduction: a.reduction)
  },
]

private let pairEntries: [CatalogEntry] = [
  .loss("triplet_margin_loss", "tripletMarginLoss(_:_:_:margin:p:eps:swap:reduction:)", differences) { x, a in
    tripletMarginLoss(
      x[0], x[1], x[2], margin: a["margin", default: 1], p: a["p", default: 2], eps: a["eps", default: 1e-6],
      swap: a["swap", default: false], reduction: a.reduction)
  },
  .loss(
    "triplet_margin_with_distance_loss",
    "tripletMarginWithDistanceLoss(_:_:_:distanceFunction:margin:swap:reduction:)", squares
  ) { x, a in
    tripletMarginWithDistanceLoss(
      x[0], x[1], x[2], distanceFunction: { ($0 - $1).square().sum(axis: -1) }, margin: a["margin"], swap: a["swap"],
      reduction: a.reduction)
  },
  .loss("cosine_embedding_loss", "cosineEmbeddingLoss(_:_:_:margin:reduction:)", cosines) { x, a in
    cosineEmbeddingLoss(x[0], x[1], x[2], margin: a["margin", default: 0], reduction: a.reduction)
  },
]

import Autograd
import NN
import Tensors
import TestSupport

/// Logits and log-probabilities of about 1 to 4, whose differences may cancel, and sums of them.
private let differences = Tolerance.ulps(6, of: .atLeast(1), gradient: 9)

/// Probabilities of paths, the exponentials of differences of logarithms of up to 60.
private let paths = Tolerance.ulps(4, of: .atLeast(1), gradient: 128)

let classLossEntries: [CatalogEntry] = [
  .loss("cross_entropy", "crossEntropy(_:_:weight:ignoreIndex:reduction:labelSmoothing:)", differences) { x, a in
    crossEntropy(
      x[0], x[1], weight: a.constant("weight", in: x), ignoreIndex: a["ignore_index", default: -100],
      reduction: a.reduction, labelSmoothing: a["label_smoothing", default: 0])
  },
  .loss("nll_loss", "nllLoss(_:_:weight:ignoreIndex:reduction:)", differences) { x, a in
    nllLoss(
      x[0], x[1], weight: a.constant("weight", in: x), ignoreIndex: a["ignore_index", default: -100],
      reduction: a.reduction)
  },
  .loss(
    "focal", torch: "(1 - p) ** gamma * cross_entropy", "focalLoss(_:_:weight:gamma:ignoreIndex:reduction:)",
    differences
  ) { x, a in
    focalLoss(
      x[0], x[1], weight: a.constant("weight", in: x), gamma: a["gamma", default: 2],
      ignoreIndex: a["ignore_index", default: -100], reduction: a.reduction)
  },
  .loss("multi_margin_loss", "multiMarginLoss(_:_:p:margin:weight:reduction:)", differences) { x, a in
    multiMarginLoss(
      x[0], x[1], p: a["p"], margin: a["margin"], weight: a.constant("weight", in: x), reduction: a.reduction)
  },
  .loss("ctc_loss", "ctcLoss(_:_:_:_:blank:reduction:zeroInfinity:)", paths) { x, a in
    ctcLoss(
      x[0].logSoftmax(axis: -1), x[1].value, x[2].value, x[3].value, blank: a["blank", default: 0],
      reduction: a.reduction, zeroInfinity: a["zero_infinity", default: false])
  },
]

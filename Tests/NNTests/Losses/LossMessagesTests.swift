import Autograd
import Tensors
import TestSupport
import Testing

import NN

/// Each misuse of a loss stops the program with one line that names the loss, what it got, and a rule.
@Suite struct LossMessagesTests {
  private struct Misuse: Sendable {
    let loss: String
    let parts: [String]
    let run: @Sendable () -> Void

    init(_ loss: String, _ parts: String..., run: @escaping @Sendable () -> Void) {
      (self.loss, self.parts, self.run) = (loss, parts, run)
    }
  }

  private static func zeros(_ shape: Shape) -> Variable { Variable(.zeros(shape)) }

  private static let misuses: [Misuse] = [
    // Shapes and types. No broadcasting: [N] against [N, 1] is the classic silent mistake.
    Misuse("mseLoss", "prediction [4] and target [4, 1]", "equal shapes") { _ = mseLoss(zeros([4]), zeros([4, 1])) },
    Misuse("l1Loss", "prediction int64[2]", "floating point") { _ = l1Loss(Variable([1, 2]), Tensor([1, 2])) },
    Misuse("klDiv", "prediction [2, 3] and target [3]") { _ = klDiv(zeros([2, 3]), zeros([3])) },
    Misuse("hingeLoss", "prediction [2] and target [1]") { _ = HingeLoss()(zeros([2]), zeros([1])) },
    Misuse("marginRankingLoss", "predictions [2] and [3]", "equal shapes") {
      _ = marginRankingLoss(zeros([2]), zeros([3]), zeros([2]))
    },
    Misuse("tripletMarginLoss", "anchor [2, 3], positive [3] and negative [2, 3]") {
      _ = tripletMarginLoss(zeros([2, 3]), zeros([3]), zeros([2, 3]))
    },
    Misuse("cosineEmbeddingLoss", "[2, 3] and [2, 3] with labels [3]") {
      _ = cosineEmbeddingLoss(zeros([2, 3]), zeros([2, 3]), Tensor([1, 1, -1]))
    },
    Misuse("gaussianNLLLoss", "variance [3]", "[2, 3]", "size 1 on one axis") {
      _ = gaussianNLLLoss(zeros([2, 3]), zeros([2, 3]), zeros([3]))
    },
    Misuse("binaryCrossEntropy", "weight [1, 2, 3] for [2, 3]", "broadcasts") {
      _ = binaryCrossEntropy(zeros([2, 3]), zeros([2, 3]), weight: .ones([1, 2, 3]))
    },
    Misuse("nllLoss", "target int64[2, 1] for scores [2, 3]", "integers of shape [2]") {
      _ = nllLoss(zeros([2, 3]), Tensor([[0], [1]]))
    },
    Misuse("nllLoss", "target float32[2]", "integers") { _ = nllLoss(zeros([2, 3]), zeros([2])) },
    Misuse("multiMarginLoss", "float32[2, 3, 4]", "[N, C] or [C]") {
      _ = multiMarginLoss(zeros([2, 3, 4]), Tensor([[0]]))
    },
    Misuse("focalLoss", "weight [2]", "[3]") { _ = focalLoss(zeros([2, 3]), Tensor([0, 1]), weight: .ones([2])) },
    // Labels and other values.
    Misuse("nllLoss", "label 3", "0..<3, or the ignored index 7") {
      _ = nllLoss(zeros([2, 3]), Tensor([3, 7]), ignoreIndex: 7)
    },
    Misuse("multiMarginLoss", "label -100", "0..<3") { _ = multiMarginLoss(zeros([1, 3]), Tensor([-100])) },
    Misuse("multilabelMarginLoss", "labels in 2...3 for 3 classes") {
      _ = multilabelMarginLoss(zeros([3]), Tensor([3, 2, -1]))
    },
    Misuse("binaryCrossEntropy", "-0.5 ... 1.5", "0 ... 1") {
      _ = binaryCrossEntropy(Variable([-0.5, 1.5]), Tensor([0, 1]))
    },
    Misuse("gaussianNLLLoss", "a variance of -1.0", "0 at least") {
      _ = gaussianNLLLoss(zeros([1]), zeros([1]), Tensor([-1.0]))
    },
    // Options.
    Misuse("smoothL1Loss", "beta -1.0", "0 at least") { _ = SmoothL1Loss(beta: -1) },
    Misuse("huberLoss", "delta 0.0", "above 0") { _ = HuberLoss(delta: 0) },
    Misuse("multiMarginLoss", "p = 3", "1 or 2") { _ = MultiMarginLoss(p: 3) },
    Misuse("tripletMarginLoss", "margin 0.0", "above 0") { _ = TripletMarginLoss(margin: 0) },
    Misuse("sigmoidFocalLoss", "alpha 2.0", "0 ... 1") { _ = SigmoidFocalLoss(alpha: 2) },
    Misuse("focalLoss", "gamma -1.0", "0 at least") { _ = FocalLoss(gamma: -1) },
    // Sequences.
    Misuse("ctcLoss", "input length 6", "0 ... 5") { _ = ctcLoss(zeros([5, 1, 3]), [[1]], [6], [1]) },
    Misuse("ctcLoss", "target length 2", "0 ... 1") { _ = ctcLoss(zeros([5, 1, 3]), [[1]], [5], [2]) },
    Misuse("ctcLoss", "target lengths int64[2]", "[1]") { _ = ctcLoss(zeros([5, 1, 3]), [[1]], [5], [1, 1]) },
    Misuse("ctcLoss", "label 0 of 3 classes", "without the blank 0") {
      _ = ctcLoss(zeros([5, 1, 3]), [[0]], [5], [1])
    },
    Misuse("ctcLoss", "blank 3 of 3 classes", "0..<3") { _ = ctcLoss(zeros([5, 1, 3]), [[1]], [5], [1], blank: 3) },
    Misuse("ctcLoss", "targets [3] of lengths [1, 1]", "[2, S] or [2]") {
      _ = ctcLoss(zeros([5, 2, 3]), [1, 2, 1], [5, 5], [1, 1])
    },
    Misuse("ctcLoss", "float32[5]", "[T, N, C] or [T, C]") { _ = ctcLoss(zeros([5]), [1], [5], [1]) },
    // The mean of nothing.
    Misuse("mseLoss", "an empty batch [0, 3] has no mean", ".sum") { _ = mseLoss(zeros([0, 3]), zeros([0, 3])) },
    Misuse("nllLoss", "an empty batch [0, 3]") { _ = nllLoss(zeros([0, 3]), Tensor([Int]())) },
    Misuse("tripletMarginLoss", "an empty batch [0]") {
      _ = tripletMarginLoss(zeros([0, 3]), zeros([0, 3]), zeros([0, 3]))
    },
    Misuse("ctcLoss", "an empty batch [5, 0, 3]") {
      _ = ctcLoss(zeros([5, 0, 3]), Tensor.zeros([0, 2], dtype: .int64), Tensor([Int]()), Tensor([Int]()))
    },
  ]

  @Test(arguments: misuses.indices) func namesTheLossAndTheRule(index: Int) async {
    let misuse = Self.misuses[index]
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { [index] in
      LossMessagesTests.misuses[index].run()
    }
    expectMessage(result, misuse.loss, "expected ")
    for part in misuse.parts { expectMessage(result, misuse.loss, part) }
  }
}

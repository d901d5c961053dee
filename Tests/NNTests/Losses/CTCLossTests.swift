import Autograd
import Foundation
import Tensors
import TestSupport
import Testing

import NN

@Suite struct CTCLossTests {
  /// Log-probabilities that don't add up to 1: [frames, batch, classes].
  private func scores(_ frames: Int, _ batch: Int, _ classes: Int, seed: UInt64 = 1) -> Tensor {
    Tensor.randn([frames, batch, classes], dtype: .float64, generator: Generator(seed: seed))
  }

  /// By the definition: −ln Σ eˢ over all paths of classes that collapse to the target.
  private func enumerated(_ scores: Tensor, _ target: [Int], blank: Int) -> Double {
    let (frames, classes) = (scores.shape[0], scores.shape[1])
    let paths = (0..<frames).reduce([[Int]]([[]])) { paths, _ in
      paths.flatMap { path in (0..<classes).map { path + [$0] } }
    }
    let values = scores.scalars(as: Double.self)
    let total = paths.filter { collapsed($0, blank) == target }.reduce(0.0) { sum, path in
      sum + exp(path.enumerated().reduce(0) { $0 + values[$1.offset * classes + $1.element] })
    }
    return -log(total)
  }

  /// Without repetitions, then without blanks.
  private func collapsed(_ path: [Int], _ blank: Int) -> [Int] {
    path.indices.filter { path[$0] != blank && ($0 == 0 || path[$0] != path[$0 - 1]) }.map { path[$0] }
  }

  @Test(arguments: [[], [1], [2, 2], [1, 2, 1], [1, 1, 2], [2, 1, 2, 1, 2], [1, 1, 1, 1]])
  func sumsOverAllPaths(_ target: [Int]) {
    let x = scores(5, 1, 4)
    let classes = Tensor(target, shape: [1, target.count], dtype: .int64)
    for blank in [0, 3] {
      let loss = ctcLoss(Variable(x), classes, [5], Tensor([target.count]), blank: blank, reduction: .sum)
      let expected = enumerated(x.squeezed(axis: 1), target, blank: blank)
      #expect(loss.item() == expected || abs(loss.item() - expected) < 1e-13 * abs(expected), "blank \(blank)")
    }
  }

  /// Each sequence as if it were alone, however long the others are and however the targets stand.
  @Test func batchesAreIndependent() {
    let x = scores(6, 3, 4)
    let (padded, joined): (Tensor, Tensor) = ([[2, 2, 3], [1, 0, 0], [0, 0, 0]], [2, 2, 3, 1])
    let (frames, lengths) = ([5, 6, 3], [3, 1, 0])
    let losses = [padded, joined].map {
      ctcLoss(Variable(x), $0, Tensor(frames), Tensor(lengths), reduction: .none).value
    }
    #expect(losses[0] == losses[1])
    for n in 0..<3 {
      let own = x[..<frames[n], n]
      let target = padded[n, ..<lengths[n]]
      let alone = ctcLoss(Variable(own), target, Tensor(frames[n]), Tensor(lengths[n]), reduction: .none)
      #expect(alone.shape == [] && alone.value == losses[0][n])
    }
  }

  @Test(.steadyKernels) func derivatives() throws {
    let targets: Tensor = [[2, 2], [1, 0], [0, 0]]
    let function = { (x: [Variable]) in ctcLoss(x[0], targets, [4, 3, 2], [2, 1, 0], reduction: .none) }
    let x = scores(4, 3, 3)
    try gradcheck(function, inputs: [x]).check()
    try gradgradcheck(function, inputs: [x]).check()
  }

  /// Three frames are too few for a class twice and then another one; without frames only the empty target fits.
  @Test func whatDoesNotFit() throws {
    let (targets, frames, lengths): (Tensor, Tensor, Tensor) = (
      [[1, 1, 2], [1, 2, 1], [1, 0, 0], [0, 0, 0]], [3, 3, 0, 0], [3, 3, 1, 0]
    )
    let x = Variable(scores(3, 4, 3), requiresGrad: true)
    let losses = ctcLoss(x, targets, frames, lengths, reduction: .none)
    let values = losses.value.scalars(as: Double.self)
    #expect(values[0] == .infinity && values[1].isFinite && values[2] == .infinity && values[3] == 0)
    losses.backward(gradient: Tensor.ones([4], dtype: .float64))
    let gradient = try #require(x.grad?.value)
    #expect(gradient[0..., 0] == Tensor.zeros([3, 3], dtype: .float64))
    #expect(gradient.abs().max().item() == 1 && gradient[0..., 1].sum().item() == -3)
    let zeroed = ctcLoss(x, targets, frames, lengths, reduction: .none, zeroInfinity: true)
    #expect(zeroed.value == Tensor([0, values[1], 0, 0], dtype: .float64))
  }

  /// 150 classes are 301 states, more than the lengths' own type can count.
  @Test func lengthsOfAnyIntegerType() {
    let x = Variable(scores(150, 1, 3))
    let target = (0..<150).map { 1 + $0 % 2 }
    let losses = [DType.uint8, .int32, .int64].map { dtype in
      ctcLoss(x, Tensor([target]), Tensor([150], dtype: dtype), Tensor([150], dtype: dtype), reduction: .sum).value
    }
    let rows = (0..<150).map { x.value[$0, 0, target[$0]].item() }
    expectClose(losses[0], Tensor(-rows.reduce(0, +), dtype: .float64), within: 256, "one path, a sum of 150 terms")
    #expect(losses[1] == losses[0] && losses[2] == losses[0])
  }

  @Test func meanDividesByTheTargetsLengths() {
    let x = Variable(scores(4, 2, 3))
    let (targets, frames, lengths): (Tensor, Tensor, Tensor) = ([[1, 2], [0, 0]], [4, 4], [2, 0])
    let losses = ctcLoss(x, targets, frames, lengths, reduction: .none).value
    let mean = ctcLoss(x, targets, frames, lengths).item()
    #expect(mean == (losses[0] / 2 + losses[1]).item() / 2)
  }
}

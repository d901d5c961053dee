import Autograd
import Tensors
import TestSupport
import Testing

import NN

/// Sequences of several lengths: packed, padded with lengths, and one by one.
@Suite struct RecurrentLengthsTests {
  /// A layer by the ways of calling it that the tests compare; states are listed.
  fileprivate struct Subject: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let make: @Sendable () -> (layer: RNNBase, calls: Calls)
  }

  fileprivate struct Calls {
    let padded: (Variable, [Variable], [Int]?) -> (output: Variable, state: [Variable])
    let packed: (PackedSequence, [Variable]) -> (output: PackedSequence, state: [Variable])
  }

  fileprivate static let subjects = [
    Subject(testDescription: "LSTM") {
      let layer = LSTM(
        2, 4, numLayers: 2, batchFirst: true, bidirectional: true, projSize: 3, dtype: .float64,
        generator: Generator(seed: 1))
      let calls = Calls {
        let (output, (h, c)) = layer($0, ($1[0], $1[1]), lengths: $2)
        return (output, [h, c])
      } packed: {
        let (output, (h, c)) = layer($0, ($1[0], $1[1]))
        return (output, [h, c])
      }
      return (layer, calls)
    },
    Subject(testDescription: "GRU") {
      let layer = GRU(
        2, 3, numLayers: 2, batchFirst: true, bidirectional: true, dtype: .float64, generator: Generator(seed: 2))
      let calls = Calls {
        let (output, h) = layer($0, $1[0], lengths: $2)
        return (output, [h])
      } packed: {
        let (output, h) = layer($0, $1[0])
        return (output, [h])
      }
      return (layer, calls)
    },
    Subject(testDescription: "RNN") {
      let layer = RNN(
        2, 3, numLayers: 2, batchFirst: true, bidirectional: true, dtype: .float64, generator: Generator(seed: 3))
      let calls = Calls {
        let (output, h) = layer($0, $1[0], lengths: $2)
        return (output, [h])
      } packed: {
        let (output, h) = layer($0, $1[0])
        return (output, [h])
      }
      return (layer, calls)
    },
  ]

  private let lengths = [2, 5, 1, 5, 3]
  private let x = Tensor.randn([5, 6, 2], dtype: .float64, generator: Generator(seed: 4))

  private func states(_ layer: RNNBase) -> [Variable] {
    let sizes = layer is LSTM ? [3, 4] : [3]
    return sizes.map { Variable(.randn([4, 5, $0], dtype: .float64, generator: Generator(seed: UInt64($0)))) }
  }

  /// Gradients of a loss that weighs every number differently.
  private func gradients(_ layer: RNNBase, _ results: [Variable]) -> [Tensor] {
    layer.zeroGrad()
    for y in results {
      let weights = Tensor.arange(y.elementCount).reshaped(y.shape).to(.float64).sin()
      (y * Variable(weights)).sum().backward(retainGraph: true)
    }
    return layer.parameters().map { $0.grad!.value }
  }

  @Test(arguments: subjects) fileprivate func packedIsPaddedWithLengths(_ subject: Subject) {
    let (layer, calls) = subject.make()
    let (padded, state) = calls.padded(Variable(x), states(layer), lengths)
    let (packed, packedState) = calls.packed(
      packPaddedSequence(Variable(x), lengths: lengths, batchFirst: true, enforceSorted: false), states(layer))
    let (output, found) = padPackedSequence(packed, batchFirst: true, totalLength: 6)
    #expect(found == lengths)
    #expect(output.value == padded.value)
    #expect(packedState.map(\.value) == state.map(\.value))
    #expect(gradients(layer, [output] + packedState) == gradients(layer, [padded] + state))
  }

  @Test(arguments: subjects) fileprivate func eachSequenceIsAsByItself(_ subject: Subject) {
    let (layer, calls) = subject.make()
    let initial = states(layer)
    let (output, state) = calls.padded(Variable(x), initial, lengths)
    let alone = lengths.enumerated().map { n, length in
      calls.padded(Variable(x[n..<(n + 1), 0..<length]), initial.map { $0[0..., n..<(n + 1)] }, nil)
    }
    for (n, length) in lengths.enumerated() {
      expectClose(output.value[n, 0..<length], alone[n].output.value[0], within: 16, "output of \(n)")
      #expect(output.value[n, length...] == .zeros([6 - length, 6], dtype: .float64))
      for (whole, part) in zip(state, alone[n].state) {
        expectClose(whole.value[0..., n], part.value[0..., 0], within: 16, "state of \(n)")
      }
    }
    let together = padSequence(alone.map { $0.output[0] }, batchFirst: true)
    let sum = gradients(
      layer, [together] + state.indices.map { k in .concatenate(alone.map { $0.state[k] }, axis: 1) })
    let batch = gradients(layer, [output[0..., 0..<5]] + state)
    for (a, b) in zip(batch, sum) { expectClose(a, b, within: 64, "gradient") }
  }

  @Test func lengthsOfAllStepsChangeNothing() {
    let gru = GRU(2, 3, bidirectional: true, generator: Generator(seed: 5))
    let x = Variable(Tensor.randn([4, 3, 2], generator: Generator(seed: 6)))
    let (output, h) = gru(x)
    let (masked, state) = gru(x, lengths: [4, 4, 4])
    #expect(output.value == masked.value && h.value == state.value)
  }
}

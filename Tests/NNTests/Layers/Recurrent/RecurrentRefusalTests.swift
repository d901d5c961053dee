import Autograd
import Tensors
import TestSupport
import Testing

import NN

/// Inputs that recurrent layers refuse, and how.
@Suite struct RecurrentRefusalTests {
  @Test func inputsOfAnotherSize() async {
    let size = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LSTM(64, 3)(Tensor.zeros([2, 4, 63]))
    }
    expectMessage(size, "LSTM", "expected input [L, N, 64] or [L, 64], got [2, 4, 63]")
    let rank = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Sequential(GRU(5, 3, batchFirst: true))(Tensor.zeros([5]))
    }
    expectMessage(rank, "GRU at 0", "expected input [N, L, 5] or [L, 5], got [5]")
    let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RNN(5, 3)(Tensor.zeros([0, 2, 5]))
    }
    expectMessage(empty, "RNN", "expected at least one step, got input [0, 2, 5]")
    let cell = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GRUCell(5, 3)(Variable(.zeros([2, 4])), nil)
    }
    expectMessage(cell, "GRUCell", "expected input [N, 5] or [5], got [2, 4]")
  }

  @Test func sizesOfNothing() async {
    let none = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = LSTM(3, 0) }
    expectMessage(none, "LSTM", "3 inputs, 0 hidden features and 1 layers; expected at least 1 of each")
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = GRU(3, -2) }
    expectMessage(negative, "GRU", "3 inputs, -2 hidden features and 1 layers; expected at least 1 of each")
    let cell = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = GRUCell(3, 0) }
    expectMessage(cell, "GRUCell", "3 inputs and 0 hidden features; expected at least 1 of each")
  }

  @Test func statesOfAnotherSize() async {
    let layer = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let zeros = Variable(.zeros([2, 4, 3]))
      _ = LSTM(5, 3, numLayers: 2)(Variable(.zeros([6, 4, 5])), (zeros, Variable(.zeros([2, 3]))), lengths: nil)
    }
    expectMessage(layer, "LSTM", "expected c float32[2, 4, 3], got float32[2, 3]")
    let cell = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RNNCell(5, 3)(Variable(.zeros([5])), Variable(.zeros([1, 3])))
    }
    expectMessage(cell, "RNNCell", "expected h float32[3], got float32[1, 3]")
  }

  @Test func otherDTypes() async {
    let input = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LSTM(5, 3)(Tensor.zeros([2, 4, 5], dtype: .float64))
    }
    expectMessage(input, "LSTM", "expected float32 input, got float64[2, 4, 5]")
    let state = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GRUCell(5, 3)(Variable(.zeros([5])), Variable(.zeros([3], dtype: .float64)))
    }
    expectMessage(state, "GRUCell", "expected h float32[3], got float64[3]")
    let weights = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let gru = GRU(5, 3)
      gru.parameters().forEach { $0.requiresGrad = false }
      gru.weights[0].weightHH.value = .zeros([9, 3], dtype: .float64)
      _ = gru(Tensor.zeros([2, 4, 5]))
    }
    expectMessage(weights, "gru", "inputs and parameters of [float32, float64, float32, float32]; expected one dtype")
  }

  @Test func lengthsThatDoNotFit() async {
    let single = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GRU(5, 3)(Variable(.zeros([4, 5])), lengths: [4])
    }
    expectMessage(single, "GRU", "lengths of an input [4, 5]; expected [L, N, 5] with lengths")
    let long = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GRU(5, 3)(Variable(.zeros([4, 2, 5])), lengths: [4, 5])
    }
    expectMessage(long, "packPaddedSequence", "lengths [4, 5] for input [4, 2, 5]; expected 2 from 1 to 4")
    let packed = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GRU(5, 3)(packSequence([Variable(.zeros([2, 4]))]))
    }
    expectMessage(packed, "GRU", "expected packed rows [*, 5], got [2, 4]")
  }

  @Test func optionsWithoutMeaning() async {
    let sizes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GRU(5, 3, numLayers: 0)
    }
    expectMessage(sizes, "GRU", "5 inputs, 3 hidden features and 0 layers; expected at least 1 of each")
    let projection = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = LSTM(5, 3, projSize: 3)
    }
    expectMessage(projection, "LSTM", "projSize 3; expected less than the hidden size 3, or 0 for none")
    let dropout = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RNN(5, 3, dropout: 1.5)
    }
    expectMessage(dropout, "RNN", "the probability 1.5; expected 0 ... 1")
    let cell = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = LSTMCell(0, 3) }
    expectMessage(cell, "LSTMCell", "0 inputs and 3 hidden features; expected at least 1 of each")
  }
}

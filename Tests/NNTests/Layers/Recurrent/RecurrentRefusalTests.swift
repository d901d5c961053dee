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

  @Test func statesOfAnotherSize() async {
    let layer = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let zeros = Variable(.zeros([2, 4, 3]))
      _ = LSTM(5, 3, numLayers: 2)(Variable(.zeros([6, 4, 5])), (zeros, Variable(.zeros([2, 3]))), lengths: nil)
    }
    expectMessage(layer, "LSTM", "expected c [2, 4, 3], got [2, 3]")
    let cell = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = RNNCell(5, 3)(Variable(.zeros([5])), Variable(.zeros([1, 3])))
    }
    expectMessage(cell, "RNNCell", "expected h [3], got [1, 3]")
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

import Autograd
import Tensors
import TestSupport
import Testing

import NN

@Suite struct ChannelDropoutTests {
  /// Whole channels are kept, scaled, or zero; about p of them zero.
  @Test(
    arguments: [(1, [400, 5, 2]), (2, [400, 5, 2, 1]), (3, [400, 5, 1, 2, 1]), (2, [400, 5, 2])] as [(Int, [Int])])
  func dropsWholeChannels(_ axes: Int, _ shape: [Int]) {
    let p = 0.3
    let generator = Generator(seed: 5)
    let layers = [1: Dropout1d(p, generator: generator), 2: Dropout2d(p, generator: generator)] as [Int: Module]
    let layer = layers[axes] ?? Dropout3d(p, generator: generator)
    let channels = layer(Tensor.ones(Shape(shape))).value.reshaped([2000, 2]).scalars(as: Float.self)
    let pairs = stride(from: 0, to: channels.count, by: 2).map { (channels[$0], channels[$0 + 1]) }
    #expect(pairs.allSatisfy { $0 == $1 } && Set(channels) == [0, Float(1 / (1 - p))])
    // Five standard deviations of a binomial count.
    let dropped = Double(pairs.count { $0.0 == 0 })
    #expect(abs(dropped - 2000 * p) < 5 * (2000 * p * (1 - p)).squareRoot())
  }

  @Test func withoutABatchTheFirstAxisIsTheChannels() {
    let y = Dropout1d(0.5, generator: Generator(seed: 2))(Tensor.ones([200, 3])).value
    #expect(y.min(axis: 1) == y.max(axis: 1))
    #expect(Set(y.scalars(as: Float.self)) == [0, 2])
    let volume = Dropout3d(0.5, generator: Generator(seed: 2))(Tensor.ones([200, 1, 3, 1])).value
    #expect(volume.reshaped([200, 3]) == y)
  }

  @Test(.steadyKernels) func gradient() throws {
    let x = Tensor.randn([3, 2, 2], dtype: .float64, generator: Generator(seed: 1))
    try gradcheck({ Dropout2d(0.4, generator: Generator(seed: 7))($0[0]) }, inputs: [x]).check()
  }

  @Test func refuseOtherRanks() async {
    let one = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Dropout1d()(Tensor.zeros([4]))
    }
    expectMessage(one, "Dropout1d", "expected input [N, C, L] or [C, L], got [4]")
    let two = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Dropout2d()(Tensor.zeros([4, 2]))
    }
    expectMessage(two, "Dropout2d", "expected input [N, C, H, W] or [N, C, L], got [4, 2]")
    let three = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Dropout3d(-0.5)
    }
    expectMessage(three, "Dropout3d", "the probability -0.5; expected 0 ... 1")
  }
}

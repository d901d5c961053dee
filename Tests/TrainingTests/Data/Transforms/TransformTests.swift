import TestSupport
import Tensors
import Testing

import Training

/// Adds a number, so that an order can be seen.
private struct Add: Transform {
  let number: Double
  func callAsFunction(_ x: Tensor, generator: Generator) -> Tensor { x + number }
}

/// Multiplies by a number.
private struct Scale: Transform {
  let factor: Double
  func callAsFunction(_ x: Tensor, generator: Generator) -> Tensor { x * factor }
}

@Suite struct TransformTests {
  @Test func composedTransformsRunInOrder() {
    let x = Tensor([1.0, 2.0])
    #expect(Compose([Add(number: 1), Scale(factor: 10)])(x) == Tensor([20.0, 30.0]))
    #expect(Compose([Scale(factor: 10), Add(number: 1)])(x) == Tensor([11.0, 21.0]))
    #expect(Compose([])(x) == x)
  }

  @Test func composedTransformsDrawFromOneStream() {
    let (x, noise) = (Tensor.zeros([4]), GaussianNoise(1))
    let generator = Generator(seed: 3)
    let (first, second) = (noise(x, generator: generator), noise(x, generator: generator))
    #expect(Compose([noise, noise])(x, generator: Generator(seed: 3)) == first + second)
  }

  @Test func aDataSetIsTransformedOnce() {
    let data = TensorDataset(Tensor([[1.0], [2.0]]), Tensor([1, 0]))
    let both = data.transformed(inputs: Add(number: 1), targets: OneHot(2))
    #expect(both.inputs == Tensor([[2.0], [3.0]]))
    #expect(both.targets == Tensor([[0.0, 1], [1, 0]]))
    #expect(data.transformed().inputs == data.inputs)
    #expect(data.transformed(targets: OneHot(2)).inputs == data.inputs)
    #expect(data.transformed(inputs: Add(number: 1)).targets == data.targets)
  }

  @Test func aDataSetDrawsFromTheGivenGenerator() {
    let data = TensorDataset(.zeros([3, 2]), Tensor([1, 0, 1]))
    let noisy = data.transformed(inputs: GaussianNoise(1), generator: Generator(seed: 8))
    #expect(noisy.inputs == .randn([3, 2], generator: Generator(seed: 8)))
  }

  @Test func oneHotRowsHaveAOneAtTheLabel() {
    #expect(OneHot(3)(Tensor([2, 0])) == Tensor([[0.0, 0, 1], [1, 0, 0]]))
    #expect(OneHot(2, dtype: .int64)(Tensor([[1], [0]])) == Tensor([[[0, 1]], [[1, 0]]]))
  }

  @Test func oneHotRefusesLabelsOutsideOfTheClasses() async {
    let label = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = OneHot(3)(Tensor([0, 3]))
    }
    expectMessage(label, "oneHot", "3", "expected 0..<3")
    let classes = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { _ = OneHot(0) }
    expectMessage(classes, "OneHot", "0 classes; expected at least 1")
  }

  @Test func noiseIsNormalWithItsDeviation() {
    let x = Tensor.full([2, 500], 3.0, dtype: .float64)
    let noise = GaussianNoise(0.5)(x, generator: Generator(seed: 1)) - x
    // Standard errors: 0.5/√1000 = 0.016 of the mean, about 0.011 of the deviation.
    #expect(abs(noise.mean().item()) < 0.064)
    #expect(abs(noise.std().item() - 0.5) < 0.045)
    #expect(GaussianNoise(0)(x) == x)
  }

  @Test func noiseRefusesIntegersAndNegativeDeviations() async {
    let integers = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GaussianNoise(1)(Tensor([1, 2]))
    }
    expectMessage(integers, "GaussianNoise", "dtype int64; expected float32 or float64")
    let negative = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = GaussianNoise(-1)
    }
    expectMessage(negative, "GaussianNoise", "-1.0; expected a number of at least 0")
  }

  @Test func aLoaderOfTransformsThatAreNotRandomDrawsNothing() {
    let data = TensorDataset(Tensor([[1.0], [3]]), Tensor([1, 0]))
    let generator = Generator(seed: 4)
    let plain = DataLoader(data, batchSize: 2, generator: generator)
    let certain: [any Transform] = [Standardize(fitting: data.inputs), Normalize(mean: 0, std: 1)]
    for transform in certain + [Compose(certain)] {
      #expect(plain.transformed(transform).map(\.0.shape) == [[2, 1]])
      #expect(generator.state.position == 0, "\(transform)")
    }
    _ = Array(plain.transformed(Compose(certain + [GaussianNoise(1)])))
    #expect(generator.state.position == 1)
    _ = Array(DataLoader(data, batchSize: 2, shuffle: true, generator: generator).transformed(certain[0]))
    #expect(generator.state.position == 2)
  }

  @Test func aLoaderDrawsAnewInEachPassButAlikeForAnyWorkers() {
    let data = TensorDataset(.zeros([6, 4, 4]), Tensor.arange(6))
    func passes(workers: Int) -> [[Tensor]] {
      let loader = DataLoader(data, batchSize: 2, workers: workers, generator: Generator(seed: 4))
        .transformed(Compose([GaussianNoise(1), RandomShift(maximum: 1), RandomHorizontalFlip()]))
      return (0..<2).map { _ in loader.map(\.0) }
    }
    let alone = passes(workers: 0)
    #expect(alone == passes(workers: 3))
    #expect(alone[0] != alone[1])
    #expect(alone[0][0] != alone[0][1])
  }
}

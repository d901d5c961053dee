import Tensors

/// Sample inputs of an operation, in ranges off its kinks and poles, and the call. The test harness runs every probe:
/// value against an independent reference, first and second derivatives numerically, strided inputs, both dtypes. An
/// operation that no probe records fails the tests.
package struct Probe: Sendable {
  /// One input: its shape and the range its elements are drawn from.
  package struct Input: Sendable {
    package let shape: Shape
    package let range: ClosedRange<Double>
    /// Whether elements keep a distance from each other and from zero, for operations that compare them.
    package let isDistinct: Bool

    package init(_ shape: Shape, in range: ClosedRange<Double> = -2...2, distinct: Bool = false) {
      (self.shape, self.range, isDistinct) = (shape, range, distinct)
    }

    /// Elements for this input, always the same for the same generator.
    package func sample(_ generator: Generator) -> Tensor {
      if !isDistinct {
        return .uniform(shape, low: range.lowerBound, high: range.upperBound, dtype: .float64, generator: generator)
      }
      let order = Tensor.randperm(shape.elementCount, generator: generator).to(.float64)
      let step = (range.upperBound - range.lowerBound) / Double(Swift.max(shape.elementCount, 1))
      return ((order + 0.5) * step + range.lowerBound).reshaped(shape)
    }
  }

  package let name: String
  package let inputs: [Input]
  /// Whether the operation is elementwise in all inputs, so that it is tried on empty and one-element shapes too.
  package let isElementwise: Bool
  package let function: @Sendable ([Variable]) -> Variable

  package init(
    _ name: String, _ inputs: [Input], isElementwise: Bool = false,
    _ function: @escaping @Sendable ([Variable]) -> Variable
  ) {
    self.name = name
    self.inputs = inputs
    self.isElementwise = isElementwise
    self.function = function
  }

  /// An elementwise operation of one input.
  static func elementwise(
    _ name: String, in range: ClosedRange<Double> = -2...2, _ function: @escaping @Sendable (Variable) -> Variable
  ) -> Probe {
    Probe(name, [Input([2, 3], in: range)], isElementwise: true) { function($0[0]) }
  }

  /// An elementwise operation of two inputs that broadcast.
  static func binary(
    _ name: String, first: ClosedRange<Double> = -2...2, second: ClosedRange<Double> = -2...2,
    _ function: @escaping @Sendable (Variable, Variable) -> Variable
  ) -> Probe {
    Probe(name, [Input([2, 1, 3], in: first), Input([4, 1], in: second)], isElementwise: true) {
      function($0[0], $0[1])
    }
  }

  /// Every operation's probes.
  package static let all: [Probe] = [
    activationProbes,
    advancedIndexingProbes,
    arithmeticProbes,
    attentionProbes,
    binaryCrossEntropyProbes,
    convolutionProbes,
    crossEntropyProbes,
    cumulativeProbes,
    diagonalProbes,
    elementaryProbes,
    factorProbes,
    gammaProbes,
    indexingProbes,
    joiningProbes,
    linearProbes,
    linearSystemProbes,
    linearUnitProbes,
    logSumExpProbes,
    matmulProbes,
    matrixExponentialProbes,
    normalizationProbes,
    paddingProbes,
    pairProbes,
    normalDistributionProbes,
    poolingProbes,
    productProbes,
    reductionProbes,
    rootProbes,
    roundingProbes,
    scatterProbes,
    selectionProbes,
    shapeProbes,
    softmaxProbes,
    sortingProbes,
    spectrumProbes,
    triangularSystemProbes,
    trigonometryProbes,
    varianceProbes,
  ].flatMap { $0 }
}

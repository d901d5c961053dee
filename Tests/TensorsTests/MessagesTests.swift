import TestSupport
import Testing

import Tensors

/// Each misuse stops the program with one line that names the operation called, what it got, and a rule.
@Suite struct MessagesTests {
  private struct Misuse: Sendable {
    let operation: String
    let parts: [String]
    let run: @Sendable () -> Void

    init(_ operation: String, _ parts: String..., run: @escaping @Sendable () -> Void) {
      (self.operation, self.parts, self.run) = (operation, parts, run)
    }
  }

  private static let misuses: [Misuse] = [
    // Operations made of others bear their own names.
    Misuse("stack", "axis 3", "[2, 3]", "-3..<3") {
      _ = Tensor.stack([counting([2, 3]), counting([2, 3])], axis: 3)
    },
    Misuse("dstack", "[2, 3, 1]", "[2, 2, 1]", "axis 2") { _ = Tensor.dstack([counting([2, 3]), counting([2, 2])]) },
    Misuse("columnStack", "no tensors", "at least one") { _ = Tensor.columnStack([]) },
    Misuse("diff", "[2, 3]", "[1, 1]", "axis 1") { _ = counting([2, 3]).diff(prepend: counting([1, 1])) },
    Misuse("dist", "[2]", "[3]", "axis -1") { _ = counting([2]).dist(counting([3])) },
    Misuse("cdist", "[2]", "[3]", "axis -1") { _ = counting([2, 4, 1]).cdist(counting([3, 4, 1])) },
    Misuse("kthValue", "axis 2", "[2, 3]") { _ = counting([2, 3]).kthValue(1, axis: 2) },
    Misuse("minWithIndices", "axis 2", "[2, 3]") { _ = counting([2, 3]).minWithIndices(axis: 2) },
    Misuse("greater", "[2] and [3]", "sizes 2 and 3") { _ = counting([2]) .> counting([3]) },
    Misuse("greater or equal", "[2] and [3]", "sizes 2 and 3") { _ = counting([2]) .>= counting([3]) },
    // Rules.
    Misuse("subtract", "bool", "numbers") { _ = Tensor([true]) - Tensor([true]) },
    Misuse("negate", "bool", "numbers") { _ = -Tensor([true]) },
    Misuse("Tensor", "18446744073709551615", "int64[2]", "-2^63..<2^63") { _ = Tensor([1, 2]) + UInt64.max },
    Misuse("Tensor", "18446744073709551615", "bool[]", "-2^63..<2^63") { _ = Tensor(true) .> UInt64.max },
    Misuse("Tensor", "3 values", "[2]", "expected 2") { _ = Tensor([1, 2, 3], shape: [2]) },
    Misuse("Shape", "[2, -1]", "-1 on axis 1") { _ = Shape([2, -1]) },
    Misuse("Shape", "axis 2", "[2, 3]", "0..<2") { _ = ([2, 3] as Shape)[2] },
    Misuse("flatten", "axis 1", "axis 0", "[2, 3]", "before") { _ = counting([2, 3]).flattened(from: 1, through: 0) },
    Misuse("reshape", "[2, 3]", "[4, -1]", "divide them") { _ = counting([2, 3]).reshaped([4, -1]) },
    Misuse("permute", "[0, 0]", "[2, 3]", "each once") { _ = counting([2, 3]).permuted([0, 0]) },
    Misuse("split", "[1, 1]", "axis 1", "[2, 3]", "add up to 3") {
      _ = counting([2, 3]).split(sizes: [1, 1], axis: 1)
    },
    Misuse("subscript", "3 indices", "[2, 3]", "2 at most") { _ = counting([2, 3])[0, 0, 0] },
    Misuse("subscript", "3 indices", "[2, 3]", "2 at most") { _ = counting([2, 3])[Tensor([0]), 0, 0] },
    Misuse("subscript", "[3]", "[1]", "broadcasts to it") {
      var x = counting([2, 1])
      x[0] = counting([3])
    },
    Misuse("subscript", "step 0", "axis 0", "[2]", "another") { _ = counting([2])[AxisSlice(step: 0)] },
    Misuse("repeatedInterleaved", "-2", "at least 0") { _ = counting([2]).repeatedInterleaved(-2) },
    Misuse("vander", "-1 columns", "at least 0") { _ = counting([2]).vander(-1) },
    Misuse("arange", "step is 0", "2 to 5", "another") { _ = Tensor.arange(2, 5, step: 0) },
    Misuse("arange", "inf elements", "0.0 to 1.0 by 0.0", "2^53") { _ = Tensor.arange(0, 1.0, step: 0) },
    Misuse("linspace", "-1", "at least 0") { _ = Tensor.linspace(0, 1, -1) },
    Misuse("logspace", "-1", "at least 0") { _ = Tensor.logspace(0, 1, -1) },
    Misuse("normal", "-1.0", "at least 0") { _ = Tensor.normal([2], std: -1) },
    Misuse("randint", "3..<3", "below") { _ = Tensor.randint([2], low: 3, high: 3) },
    Misuse("randperm", "-1", "at least 0") { _ = Tensor.randperm(-1) },
    Misuse("histc", "0 bins", "at least 1") { _ = counting([2]).histc(bins: 0) },
    Misuse("cov", "minimum -1", "0 at least") { _ = counting([1, 2]).cov(fweights: Tensor([-1, 1])) },
    Misuse("cov", "float32", "integers") { _ = counting([1, 2]).cov(fweights: Tensor([1.0, 1])) },
    Misuse("dist", "nan", "a number") { _ = counting([2]).dist(counting([2]), p: .nan) },
    Misuse("tensorInverse", "0 leading axes", "[2, 2]", "at most 2") {
      _ = counting([2, 2]).tensorInverse(leading: 0)
    },
    Misuse("addmm", "[2, 2]", "[1, 1]", "broadcasts") {
      _ = counting([2, 2]).addmm(counting([1, 2]), counting([2, 1]))
    },
    Misuse("layerNorm", "[2, 3]", "[2]", "to") { _ = counting([2, 3]).layerNorm(normalizedShape: [2]) },
    Misuse("conv1d", "size 1", "axis 2", "extent 2") { _ = counting([1, 1, 1]).conv1d(counting([1, 1, 2])) },
    Misuse("maxPool1d", "size 1", "axis 2", "extent 2") { _ = counting([1, 1, 1]).maxPool1d(kernelSize: 2) },
  ]

  @Test(arguments: misuses.indices) func namesTheOperationAndTheRule(index: Int) async {
    let misuse = Self.misuses[index]
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { [index] in
      MessagesTests.misuses[index].run()
    }
    expectMessage(result, misuse.operation, "expected ")
    for part in misuse.parts { expectMessage(result, misuse.operation, part) }
  }
}

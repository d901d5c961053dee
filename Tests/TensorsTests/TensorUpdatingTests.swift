import TestSupport
import Testing

import Tensors

@Suite struct TensorUpdatingTests {
  @Test func numbersAreWrittenInPlace() {
    var x = Tensor([1.0, 2, 3])
    let memory = x.data
    x += 1
    x *= 2.5
    x -= 0.5
    x /= 2
    #expect(x == Tensor([2.25, 3.5, 4.75]) && x.data == memory)
    x %= 2
    #expect(x == Tensor([0.25, 1.5, 0.75]))
  }

  @Test func sharedMemoryIsLeftAlone() {
    let x = Tensor([1.0, 2, 3])
    var y = x
    y += 1
    #expect(x == Tensor([1.0, 2, 3]) && y == Tensor([2.0, 3, 4]))
  }

  #if !DEBUG
    /// The operand that nobody else holds gives its memory to the result, once the compiler has moved it.
    @Test func anyFunctionIsAppliedInPlaceByAssignment() {
      let (memoryIsKept, first) = exponentialsInPlace()
      #expect(memoryIsKept && abs(first - 2.718281828) < 1e-6)
    }

    /// Not inside the test: `#expect` holds a reference to what it shows.
    private func exponentialsInPlace() -> (memoryIsKept: Bool, first: Double) {
      var x = Tensor.ones([20_000])
      let memory = x.data
      x = x.exp()
      return (x.data == memory, x[0].item())
    }
  #endif

  @Test func integersAndTruthValues() {
    var x = Tensor([12, 10])
    x &= 6
    x |= Tensor([1, 1])
    x ^= 3
    #expect(x == Tensor([6, 0]))
    x <<= 2
    x >>= Tensor([3, 1])
    #expect(x == Tensor([3, 0]))
    x += 5
    x *= -2
    x %= 7
    #expect(x == Tensor([5, 4]))
    var mask = Tensor([true, false])
    mask |= Tensor([false, true])
    mask &= Tensor([true, false])
    mask += Tensor([false, true])
    #expect(mask == Tensor([true, true]))
  }

  /// Narrower and wider types of one category go into each other.
  @Test func resultsAreConverted() {
    var bytes = Tensor([200, 1], dtype: .uint8)
    bytes += Tensor([100, 300])
    #expect(bytes == Tensor([44, 45], dtype: .uint8))
    var floats = Tensor([1.0])
    floats += Tensor([0.5], dtype: .float64)
    floats *= Tensor([2])
    #expect(floats == Tensor([3.0]) && floats.dtype == .float32)
  }

  @Test func whatDoesNotFitStops() async {
    let fraction = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = Tensor([1, 2])
      x += 1.5
    }
    expectMessage(fraction, "add", "float32[2]", "int64[2]", "in place")
    let quotient = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = Tensor([1, 2])
      x /= 2
    }
    expectMessage(quotient, "divide", "float32[2]", "int64[2]")
    let number = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = Tensor([true])
      x |= 1
    }
    expectMessage(number, "|", "int64[1]", "bool[1]")
    let larger = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = Tensor([1, 2])
      x %= Tensor([[3], [4]])
    }
    expectMessage(larger, "remainder", "[2, 2]", "int64[2]")
  }
}

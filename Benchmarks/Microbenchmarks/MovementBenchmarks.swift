import Adjoint
import XCTest

/// Data movement, running sums and sorting.
final class MovementBenchmarks: Benchmark {
  private let square = Tensor.randn([1024, 1024])

  func testTranspose2048() {
    let x = Tensor.randn([2048, 2048]).transposed()
    measure(repeats: 10) { _ = x.reshaped([-1]) }
  }

  func testConcatenate() { measure(repeats: 10) { _ = Tensor.concatenate([square, square], axis: 1) } }
  func testPadding() { measure(repeats: 10) { _ = square.padded([(1, 1), (1, 1)]) } }
  func testCast() { measure(repeats: 10) { _ = square.to(.int64) } }

  func testIndexSelect() {
    let (x, index) = (Tensor.randn([10_000, 128]), Tensor.randint([8192], high: 10_000))
    measure(repeats: 20) { _ = x.indexSelect(index: index) }
  }

  func testCumsumOfRows() { measure(repeats: 20) { _ = square.cumsum(axis: 1) } }
  func testCumsumOfColumns() { measure(repeats: 20) { _ = square.cumsum(axis: 0) } }

  func testSort() {
    let x = Tensor.randn([1_000_000])
    measure(repeats: 2) { _ = x.sorted() }
  }

  func testSortOfRows() { measure(repeats: 2) { _ = square.sorted() } }
  func testArgsortOfRows() { measure(repeats: 2) { _ = square.argsort() } }
  func testTopKOfRows() { measure(repeats: 5) { _ = square.topK(10).values } }
}

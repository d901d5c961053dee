import Adjoint
import XCTest

/// What recording and sweeping cost beside the arithmetic.
final class AutogradBenchmarks: Benchmark {
  private func chain() -> Variable {
    let x = Variable(Tensor.ones([4]), requiresGrad: true)
    var y = x
    for _ in 0..<100 { y = y + x }
    return y.sum()
  }

  func testChainOf100AdditionsForward() { measure(repeats: 200) { _ = chain() } }

  func testChainOf100AdditionsForwardAndBackward() { measure(repeats: 200) { chain().backward() } }

  func testChainOf100AdditionsUnrecorded() { measure(repeats: 200) { noGrad { _ = chain() } } }
}

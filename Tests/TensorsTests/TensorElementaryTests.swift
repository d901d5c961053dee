import Foundation
import Kernels
import TestSupport
import Testing

import Tensors

@Suite(.exclusiveKernels) struct TensorElementaryTests {
  private static let functions:
    [(name: String, call: @Sendable (Tensor) -> Tensor, truth: @Sendable (Double) -> Double)] = [
      ("expm1", { $0.expm1() }, { Foundation.expm1($0) }), ("log1p", { $0.log1p() }, { Foundation.log1p($0) }),
      ("sin", { $0.sin() }, { Foundation.sin($0) }), ("cos", { $0.cos() }, { Foundation.cos($0) }),
      ("erf", { $0.erf() }, { Foundation.erf($0) }), ("rsqrt", { $0.rsqrt() }, { 1 / $0.squareRoot() }),
      ("silu", { $0.silu() }, { $0 / (1 + Foundation.exp(-$0)) }),
      ("gelu", { $0.gelu() }, { $0 / 2 * Foundation.erfc(-$0 * 0.5.squareRoot()) }),
      ("gelu tanh", { $0.gelu(approximate: .tanh) }, geluTanh),
      ("softplus", { $0.softplus() }, { Foundation.log1p(Foundation.exp($0)) }),
      ("softplus beta", { $0.softplus(beta: 0.5) }, { 2 * Foundation.log1p(Foundation.exp($0 / 2)) }),
    ]

  @Sendable private static func geluTanh(_ x: Double) -> Double {
    x / (1 + Foundation.exp(-(8 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
  }

  /// The kernels' bounds (KernelsTests has the dense samples), plus the reference's own rounding.
  @Test(arguments: functions.indices) func everyLayoutAndDType(index: Int) {
    let (name, call, truth) = Self.functions[index]
    var samples = Samples()
    let values: [Double] = samples.floats(24, in: name == "rsqrt" ? 0.1...4 : name == "log1p" ? -0.9...4 : -1.5...4)
    for dtype in [DType.float32, .float64] {
      for (layout, x) in layouts(Tensor(values, shape: [4, 6], dtype: dtype)) {
        let expected = Tensor(x.scalars(as: Double.self).map(truth), shape: [4, 6], dtype: .float64)
        #expect(ulps(call(x), expected, as: dtype) <= 8, "\(name) \(dtype) \(layout)")
        #expect(call(x).dtype == dtype)
      }
    }
    #expect(call(Tensor([1, 2])).dtype == .float32 && call(Tensor.zeros([0, 3])).shape == [0, 3])
    #expect(ulps(call(Tensor([1, 2])), call(Tensor([1.0, 2]))) == 0)
  }

  /// Cut by size: 50,003 elements are four pieces whoever computes them.
  @Test(arguments: functions.indices) func threadsChangeNothing(index: Int) {
    let call = Self.functions[index].call
    let x = Tensor.uniform([50_003], low: 0.1, high: 3)
    let before = kernelThreadCount
    defer { kernelThreadCount = before }
    kernelThreadCount = 1
    let expected = call(x)
    for threads in [2, 3, 8] {
      kernelThreadCount = threads
      #expect(call(x) == expected, "\(threads) threads")
    }
  }

  @Test func softplusIsLinearBeyondTheThreshold() {
    let x = Tensor([-100.0, 0, 1, 3, 100])
    #expect(x.softplus(threshold: 2)[3...] == x[3...] && x.softplus(beta: 10, threshold: 5)[2] == Tensor(1.0))
    #expect(x.softplus(beta: 10, threshold: 15)[2] != Tensor(1.0))
  }

  @Test func softplusWantsAPositiveBeta() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([1.0]).softplus(beta: 0)
    }
    expectMessage(result, "softplus", "beta is 0.0")
  }
}

import Adjoint
import XCTest

/// Scaled dot-product attention at the character model's size, 8 x 4 heads x 128 x 32, causal.
final class AttentionBenchmarks: Benchmark {
  func testForward() {
    let (q, k, v) = (Tensor.randn([8, 4, 128, 32]), Tensor.randn([8, 4, 128, 32]), Tensor.randn([8, 4, 128, 32]))
    measure(repeats: 20) { _ = scaledDotProductAttention(q, k, v, isCausal: true) }
  }

  func testForwardAndBackward() {
    let x = (0..<3).map { _ in Variable(.randn([8, 4, 128, 32]), requiresGrad: true) }
    let gradient = Tensor.randn([8, 4, 128, 32])
    measure(repeats: 10) {
      x.forEach { $0.zeroGrad() }
      scaledDotProductAttention(x[0], x[1], x[2], isCausal: true).backward(gradient: gradient)
    }
  }
}

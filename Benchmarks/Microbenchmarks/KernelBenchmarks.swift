import Adjoint
import XCTest

/// Matrix products and elementwise functions of plain tensors.
final class KernelBenchmarks: Benchmark {
  private func matmul(_ n: Int, repeats: Int) {
    let (a, b) = (Tensor.randn([n, n]), Tensor.randn([n, n]))
    measure(repeats: repeats) { _ = a.matmul(b) }
  }

  func testMatmul64() { matmul(64, repeats: 2000) }
  func testMatmul256() { matmul(256, repeats: 50) }
  func testMatmul1024() { matmul(1024, repeats: 2) }

  func testMatmulSkinny8192() {
    let (a, b) = (Tensor.randn([8192, 16]), Tensor.randn([16, 16]))
    measure(repeats: 200) { _ = a.matmul(b) }
  }

  func testLinear64() {
    let (x, w, b) = (Tensor.randn([64, 784]), Tensor.randn([256, 784]), Tensor.randn([256]))
    measure(repeats: 50) { _ = x.linear(w, b) }
  }

  func testMatmulTransposed512() {
    let (a, b) = (Tensor.randn([512, 512]).transposed(), Tensor.randn([512, 512]).transposed())
    measure(repeats: 10) { _ = a.matmul(b) }
  }

  private func elementwise(_ function: (Tensor) -> Tensor) {
    let x = Tensor.randn([100_000])
    measure(repeats: 200) { _ = function(x) }
  }

  func testAdd() { elementwise { $0 + $0 } }
  func testExp() { elementwise { $0.exp() } }
  func testLog() { elementwise { $0.abs().log() } }
  func testTanh() { elementwise { $0.tanh() } }
  func testSigmoid() { elementwise { $0.sigmoid() } }
  func testSin() { elementwise { $0.sin() } }
  func testErf() { elementwise { $0.erf() } }
  func testGELU() { elementwise { $0.gelu() } }
  func testSiLU() { elementwise { $0.silu() } }
  func testSoftplus() { elementwise { $0.softplus() } }
  func testPower() { elementwise { $0.abs().pow(2.5) } }
  func testClamp() { elementwise { $0.clamp(min: -1, max: 1) } }

  private let images = Variable(.randn([32, 16, 28, 28]))
  private let filters = Variable(.randn([32, 16, 5, 5]))

  func testConvolution() { measure(repeats: 5) { _ = images.value.conv2d(filters.value, padding: 2) } }

  func testConvolutionForwardAndBackward() {
    (images.requiresGrad, filters.requiresGrad) = (true, true)
    let g = Tensor.randn([32, 32, 28, 28])
    measure(repeats: 2) { images.conv2d(filters, padding: 2).backward(gradient: g) }
  }

  func testMaxPool() { measure(repeats: 20) { _ = images.value.maxPool2d(kernelSize: 2) } }
  func testAvgPool() { measure(repeats: 20) { _ = images.value.avgPool2d(kernelSize: 2) } }
}

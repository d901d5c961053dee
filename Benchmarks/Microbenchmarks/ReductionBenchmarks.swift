import Adjoint
import XCTest

/// Reductions, softmax, normalisation and cross-entropy.
final class ReductionBenchmarks: Benchmark {
  private func reduction(_ function: (Tensor) -> Tensor) {
    let x = Tensor.randn([1024, 1024])
    measure(repeats: 20) { _ = function(x) }
  }

  func testSum() { reduction { $0.sum() } }
  func testSumOfRows() { reduction { $0.sum(axis: 1) } }
  func testSumOfColumns() { reduction { $0.sum(axis: 0) } }
  func testMax() { reduction { $0.max(axis: 1) } }
  func testVariance() { reduction { $0.var(axis: 1) } }
  func testArgMax() { reduction { $0.argmax(axis: 1) } }
  func testSoftmax() { reduction { $0.softmax(axis: 1) } }
  func testSoftmaxOfColumns() { reduction { $0.softmax(axis: 0) } }

  private func backward(_ shapes: [Shape], _ function: ([Variable]) -> Variable) {
    let inputs = shapes.map { Variable(Tensor.randn($0), requiresGrad: true) }
    let gradient = Tensor.randn(function(inputs).shape)
    measure(repeats: 10) {
      for x in inputs { x.zeroGrad() }
      function(inputs).backward(gradient: gradient)
    }
  }

  func testSoftmaxBackward() { backward([[1024, 1024]]) { $0[0].softmax(axis: 1) } }

  func testLayerNormBackward() {
    backward([[1024, 1024], [1024], [1024]]) {
      $0[0].layerNorm(normalizedShape: [1024], weight: $0[1], bias: $0[2])
    }
  }

  func testBatchNormBackward() {
    backward([[32, 16, 28, 28], [16], [16]]) { $0[0].batchNorm(weight: $0[1], bias: $0[2]).output }
  }

  func testCrossEntropyBackward() {
    let labels = Tensor((0..<512).map { $0 * 37 % 1000 })
    backward([[512, 1000]]) { crossEntropy($0[0], labels) }
  }
}

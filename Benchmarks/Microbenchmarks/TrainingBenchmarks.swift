import Adjoint
import XCTest

/// Whole training steps of the MLP 784-256-128-10 with Adam.
final class TrainingBenchmarks: Benchmark {
  private func step(batch: Int, repeats: Int) {
    let model = Sequential(Linear(784, 256), ReLU(), Linear(256, 128), ReLU(), Linear(128, 10))
    let optimizer = Adam(model.parameters(), lr: 1e-3)
    let (x, labels) = (Tensor.randn([batch, 784]), Tensor.randint([batch], high: 10))
    measure(repeats: repeats) {
      optimizer.zeroGrad()
      crossEntropy(model(x), labels).backward()
      optimizer.step()
    }
  }

  func testMLPBatch1() { step(batch: 1, repeats: 100) }
  func testMLPBatch64() { step(batch: 64, repeats: 20) }
  func testMLPBatch512() { step(batch: 512, repeats: 4) }

  /// Adam alone, over 3.1 million parameters: 7 streams of 12.6 MB.
  func testAdamStep() {
    let parameters = [[1536, 512], [512, 512], [2048, 512], [512, 2048], [512]].map { (shape: Shape) in
      Variable(Tensor.randn(shape), requiresGrad: true)
    }
    for parameter in parameters { parameter.grad = Variable(Tensor.randn(parameter.shape)) }
    let optimizer = Adam(parameters, lr: 1e-3)
    measure(repeats: 20) { optimizer.step() }
  }
}

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
}

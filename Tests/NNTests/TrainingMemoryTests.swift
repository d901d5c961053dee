import Autograd
import Foundation
import Tensors
import Testing

import NN

/// In a process of its own, since the figures count what every thread allocates.
@Suite struct TrainingMemoryTests {
  @Test func aStepAllocatesNothingNewAfterWarmUp() async {
    await #expect(processExitsWith: .success) {
      let model = Sequential(Linear(100, 300), ReLU(), Linear(300, 200), Tanh(), Linear(200, 10))
      let optimizer = Adam(model.parameters(), lr: 1e-3)
      let (x, labels) = (Tensor.randn([64, 100]), Tensor.randint([64], high: 10))
      func step() {
        optimizer.zeroGrad()
        crossEntropy(model(Variable(x)), labels).backward()
        optimizer.step()
      }
      for _ in 0..<3 { step() }
      Memory.resetStatistics()
      let before = Memory.bytesInUse
      for _ in 0..<10 { step() }
      exit(Memory.misses == 0 && Memory.hits > 100 && Memory.bytesInUse == before ? 0 : 1)
    }
  }
}

import Adjoint

/// Whole training steps.
extension Workload {
  static let mlp = [1, 32, 64, 512].map { batch in
    Workload(name: "mlp/\(batch)") {
      let model = Sequential(Linear(784, 256), ReLU(), Linear(256, 128), ReLU(), Linear(128, 10))
      let optimizer = Adam(model.parameters(), lr: 1e-3)
      let (x, labels) = (Tensor.randn([batch, 784]), Tensor.randint([batch], high: 10))
      let loss = CrossEntropyLoss()
      return (
        1,
        {
          optimizer.zeroGrad()
          loss(model(x), labels).backward()
          optimizer.step()
        }
      )
    }
  }
}

import Adjoint

/// Whole training steps.
extension Workload {
  static let mlp = [1, 32, 64, 512].map { batch in
    // Three products of 2·batch·(multiply-adds of all layers) each: forward, and for both gradients; none for the inputs'.
    let layers = [784 * 256, 256 * 128, 128 * 10]
    let flops = Double(2 * batch * (3 * layers.reduce(0, +) - layers[0]))
    return Workload(name: "mlp/\(batch)", flops: flops) {
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

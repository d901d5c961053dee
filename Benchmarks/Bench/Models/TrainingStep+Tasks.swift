import Adjoint

/// The tasks of the workloads, with random weights and batches.
extension TrainingStep {
  static func mlp(_ batch: Int) -> TrainingStep { mlp([784, 256, 128, 10], batch) }

  /// Linear layers of these sizes with ReLUs between them.
  static func mlp(_ sizes: [Int], _ batch: Int) -> TrainingStep {
    let layers = zip(sizes, sizes.dropFirst()).flatMap { [Linear($0, $1), ReLU()] as [Module] }
    let model = Sequential(layers.dropLast())
    return TrainingStep(model, Adam(model.parameters(), lr: 1e-3), classified([batch, sizes[0]], batch))
  }

  static func tanh(_ batch: Int) -> TrainingStep {
    let model = Sequential(Linear(2, 16), Tanh(), Linear(16, 1))
    let points = (Tensor.randn([batch, 2]), Tensor.randn([batch, 1]))
    return TrainingStep(model, SGD(model.parameters(), lr: 0.1), points) { mseLoss($0, $1) }
  }

  static func cnn(_ batch: Int) -> TrainingStep {
    let model = LeNet()
    return TrainingStep(model, Adam(model.parameters(), lr: 1e-3), classified([batch, 1, 28, 28], batch))
  }

  static func transformer(_ batch: Int) -> TrainingStep { transformer(batch, length: 128) }

  static func transformer(_ batch: Int, length: Int) -> TrainingStep {
    let model = CharacterTransformer(context: length)
    let text = (Tensor.randint([batch, length], high: 65), Tensor.randint([batch, length], high: 65))
    return TrainingStep(model, AdamW(model.parameters(), lr: 1e-3), text) {
      crossEntropy($0.flattened(through: 1), $1.flattened())
    }
  }

  static func lstm(_ batch: Int) -> TrainingStep {
    let model = LSTMClassifier()
    return TrainingStep(model, Adam(model.parameters(), lr: 1e-3), classified([64, batch, 64], batch))
  }

  static func resnet(_ batch: Int) -> TrainingStep {
    let model = ResNet()
    let optimizer = SGD(model.parameters(), lr: 0.05, momentum: 0.9)
    return TrainingStep(model, optimizer, classified([batch, 3, 32, 32], batch))
  }

  /// Normal numbers, and one of ten classes for each sample.
  private static func classified(_ shape: Shape, _ batch: Int) -> (inputs: Tensor, labels: Tensor) {
    (.randn(shape), .randint([batch], high: 10))
  }
}

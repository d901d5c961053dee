import Adjoint

/// Whole training steps, step/NETWORK/BATCH, and inference on one sample, inference/NETWORK/1.
extension Workload {
  static let steps =
    [1, 32, 64, 512].map { step("mlp", $0, mlpFlops([784, 256, 128, 10]), TrainingStep.mlp) }
    + [
      step("tanh", 4, nil, TrainingStep.tanh),
      step("cnn", 64, LeNet.flops, TrainingStep.cnn),
      step("transformer", 8, CharacterTransformer.flops(width: 128, length: 128), TrainingStep.transformer),
      step("lstm", 16, LSTMClassifier.flops(length: 64), TrainingStep.lstm),
      step("resnet", 32, ResNet.flops, TrainingStep.resnet),
    ]

  static let inference = [
    inference("mlp", TrainingStep.mlp), inference("cnn", TrainingStep.cnn),
    inference("transformer", TrainingStep.transformer),
  ]

  /// Of a forward and backward pass of one sample: three products a layer, two in the first, whose input has no gradient.
  static func mlpFlops(_ sizes: [Int]) -> Double {
    let layers = zip(sizes, sizes.dropFirst()).map(*)
    return Double(2 * (3 * layers.reduce(0, +) - layers[0]))
  }

  private static func step(
    _ network: String, _ batch: Int, _ flopsOfOne: Double?, _ make: @escaping @Sendable (Int) -> TrainingStep
  ) -> Workload {
    let name = "step/\(network)/\(batch)"
    return Workload(name: name, flops: flopsOfOne.map { $0 * Double(batch) }) {
      let step = make(batch)
      if let reference = try Reference(name) { try step.check(reference) }
      step.standStill()
      return (1, { step.run() })
    }
  }

  private static func inference(_ network: String, _ make: @escaping @Sendable (Int) -> TrainingStep) -> Workload {
    let name = "inference/\(network)/1"
    return Workload(name: name) {
      let step = make(1)
      step.model.eval()
      if let reference = try Reference(name) {
        try step.start(reference)
        try reference.check(noGrad { step.output() })
      }
      return (1, { noGrad { keep(step.output()) } })
    }
  }
}

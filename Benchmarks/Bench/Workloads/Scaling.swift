import Adjoint

/// What a training step costs as one thing grows and all else stays: scaling/WHAT/SIZE.
extension Workload {
  static let scaling: [Workload] =
    [1, 4, 16, 64, 256, 1024, 4096].map { batch in
      step("batch", batch, Double(batch) * mlpFlops([784, 256, 128, 10])) { .mlp(batch) }
    }
    + [8, 32, 128, 512, 2048].map { width in
      let sizes = [width, width, width, 10]
      return step("width", width, 64 * mlpFlops(sizes)) { .mlp(sizes, 64) }
    }
    + [1, 4, 16, 64, 256].map { depth in
      let sizes = Array(repeating: 64, count: depth) + [10]
      return step("depth", depth, 64 * mlpFlops(sizes)) { .mlp(sizes, 64) }
    }
    + [8, 32, 128, 512, 2048].map { length in
      step("length", length, CharacterTransformer.flops(width: 128, length: length)) {
        .transformer(1, length: length)
      }
    }
    + [10, 100, 1000, 10_000, 100_000, 1_000_000].map { count in
      Workload(name: "scaling/graph/\(count)") { (1, { addChain(count).backward() }) }
    }

  private static func step(
    _ what: String, _ size: Int, _ flops: Double, _ make: @escaping @Sendable () -> TrainingStep
  ) -> Workload {
    Workload(name: "scaling/\(what)/\(size)", flops: flops) {
      let step = make()
      step.standStill()
      return (1, { step.run() })
    }
  }

  /// A scalar that depends on so many additions of 4 elements.
  private static func addChain(_ count: Int) -> Variable {
    let x = Variable(Tensor.ones([4]), requiresGrad: true)
    return (0..<count).reduce(x) { y, _ in y + x }.sum()
  }
}

import Adjoint

/// Blue and red points that no straight line parts.
enum Arrangement: String, CaseIterable {
  /// Clouds on the corners of a square, the same colour on opposite ones: exclusive or.
  case corners
  /// A blue cloud with red points all around it.
  case ring
  /// A blue and a red arm that wind around each other.
  case spirals

  /// The hidden layers that it takes.
  var hiddenLayers: Int { self == .spirals ? 2 : 1 }

  /// As many points of each class, [2·count, 2], and their labels: 0 for blue and 1 for red.
  func points(_ count: Int) -> TensorDataset {
    let labels = Tensor.concatenate([.zeros([count], dtype: .int64), .ones([count], dtype: .int64)])
    return TensorDataset(.concatenate([points(of: 0, count), points(of: 1, count)]), labels)
  }

  private func points(of label: Int, _ count: Int) -> Tensor {
    let noise = Tensor.randn([count, 2])
    switch self {
    case .corners:
      // Blue at (0, 1) and (1, 0), red at (0, 0) and (1, 1).
      let x = Tensor.randint([count, 1], high: 2).to(.float32)
      return Tensor.concatenate([x, label == 0 ? 1 - x : x], axis: 1) + 0.2 * noise
    case .ring:
      return label == 0 ? 0.4 * noise : polar(radius: .full([count], 2), turns: .rand([count])) + 0.2 * noise
    case .spirals:
      // One and a half turns outwards; the red arm is half a turn ahead.
      let way = Tensor.rand([count]).sqrt()
      return polar(radius: 2 * way, turns: 1.5 * way + 0.5 * Double(label)) + 0.06 * noise
    }
  }

  private func polar(radius: Tensor, turns: Tensor) -> Tensor {
    let angle = 2 * Double.pi * turns
    return Tensor.stack([radius * angle.cos(), radius * angle.sin()], axis: 1)
  }
}

import Tensors

/// Matrices and convolution kernels of a certain structure.
extension Initializer {
  /// The identity: ones on the diagonal of a matrix [m, n], so that a linear layer passes on as many inputs as it can.
  public static func eye(_ shape: Shape, dtype: DType = .float32) -> Tensor {
    require(shape.rank == 2, "eye", "shape \(shape) has \(shape.rank) axes; expected 2")
    return .eye(shape[0], shape[1], dtype: dtype)
  }

  /// The identity of convolutions: weight [out, in, …] with one to three spatial axes whose channel i of each group has a 1
  /// in the middle of its kernel for input i, so that the layer passes on as many channels as it can.
  public static func dirac(_ shape: Shape, groups: Int = 1, dtype: DType = .float32) -> Tensor {
    require((3...5).contains(shape.rank), "dirac", "shape \(shape) has \(shape.rank) axes; expected 3 to 5")
    require(
      groups > 0 && shape[0] % groups == 0, "dirac",
      "\(shape[0]) output channels of shape \(shape) in \(groups) groups; expected groups of equal size")
    let (field, channels) = (shape.dropFirst(2), shape[0] / groups)
    let (size, middle) = (field.reduce(1, *), field.reduce(0) { $0 * $1 + $1 / 2 })
    var values = [Float](repeating: 0, count: shape.elementCount)
    if values.isEmpty { return .zeros(shape, dtype: dtype) }
    for output in 0..<shape[0] where output % channels < shape[1] {
      values[(output * shape[1] + output % channels) * size + middle] = 1
    }
    return Tensor(values, shape: shape, dtype: dtype)
  }

  /// gain·Q with orthonormal rows or columns, whichever are fewer, of the weight as a matrix [out, rest]; each such Q is
  /// equally likely.
  ///
  /// Q of a normal matrix's QR decomposition, its signs chosen such that R has a positive diagonal. Saxe, McClelland,
  /// Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks", 2014,
  /// arXiv:1312.6120; Mezzadri, "How to generate random matrices from the classical compact groups", 2007,
  /// arXiv:math-ph/0609050.
  /// - Complexity: O(out·rest·min(out, rest)).
  public static func orthogonal(
    _ shape: Shape, gain: Double = 1, dtype: DType = .float32, generator: Generator = .default
  ) -> Tensor {
    require(shape.rank >= 2, "orthogonal", "shape \(shape) has \(shape.rank) axes; expected at least 2")
    if shape.elementCount == 0 { return .zeros(shape, dtype: dtype) }
    let (rows, columns) = (shape[0], shape.elementCount / shape[0])
    let tall: Shape = [max(rows, columns), min(rows, columns)]
    let (q, r) = Tensor.randn(tall, dtype: dtype, generator: generator).qr()
    let matrix = q * (r.diagonal().sign() * gain)
    return (rows < columns ? matrix.transposed() : matrix).reshaped(shape)
  }

  /// Normal with this standard deviation, but in each column of the matrix ⌈sparsity·rows⌉ elements, chosen at random,
  /// are 0. Two words of the generator an element.
  ///
  /// Martens, "Deep learning via Hessian-free optimization", 2010.
  public static func sparse(
    _ shape: Shape, sparsity: Double, std: Double = 0.01, dtype: DType = .float32, generator: Generator = .default
  ) -> Tensor {
    require(shape.rank == 2, "sparse", "shape \(shape) has \(shape.rank) axes; expected 2")
    require(sparsity >= 0 && sparsity <= 1, "sparse", "sparsity \(sparsity); expected 0 ... 1")
    let numbers = Tensor.normal(shape, std: std, dtype: dtype, generator: generator)
    let zeros = Int((sparsity * Double(shape[0])).rounded(.up))
    let order = Tensor.rand(shape, dtype: .float64, generator: generator).argsort(axis: 0)
    return numbers.scatter(axis: 0, index: order[..<zeros], value: 0.0)
  }
}

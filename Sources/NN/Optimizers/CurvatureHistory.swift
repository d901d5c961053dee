import Autograd
import Tensors

/// What L-BFGS remembers, filed under its first parameter: its last move and the pairs that tell the curvature.
final class CurvatureHistory: ParameterState {
  var evaluations = 0
  /// The direction d of the last move, how far along it, and gradient and loss where it began.
  var direction: Tensor
  var length = 0.0
  var gradient: Tensor
  var loss = 0.0
  /// y = Δg, s = Δw and 1/(y·s), the newest last.
  private var gradientChanges: [Tensor] = []
  private var moves: [Tensor] = []
  private var inverseProducts: [Double] = []
  /// H before its pairs: this number times the identity.
  private var scale = 1.0

  init(_ parameter: Variable) {
    (direction, gradient) = (parameter.value, parameter.value)
    super.init(parameter, tensorCount: 0)
  }

  override func convert(to dtype: DType) {
    (direction, gradient) = (direction.to(dtype), gradient.to(dtype))
    (gradientChanges, moves) = (gradientChanges.map { $0.to(dtype) }, moves.map { $0.to(dtype) })
  }

  /// Counts one more iteration, which begins with this gradient, and turns to its direction.
  func turn(_ new: Tensor, historySize: Int) {
    step += 1
    if step > 1 { remember(new - gradient, direction * length, historySize) }
    direction = newtonDirection(new)
    gradient = new
  }

  private func remember(_ y: Tensor, _ s: Tensor, _ historySize: Int) {
    let product = y.dot(s).item(as: Double.self)
    guard product > 1e-10 else { return }
    while moves.count >= historySize {
      gradientChanges.removeFirst()
      moves.removeFirst()
      inverseProducts.removeFirst()
    }
    gradientChanges.append(y)
    moves.append(s)
    inverseProducts.append(1 / product)
    scale = product / y.dot(y).item(as: Double.self)
  }

  /// −Hg, by the recursion of two loops.
  private func newtonDirection(_ gradient: Tensor) -> Tensor {
    var q = -gradient
    var parts = [Double](repeating: 0, count: moves.count)
    for i in moves.indices.reversed() {
      parts[i] = moves[i].dot(q).item() * inverseProducts[i]
      q = q - gradientChanges[i] * parts[i]
    }
    q = q * scale
    for i in moves.indices {
      q = q + moves[i] * (parts[i] - gradientChanges[i].dot(q).item() * inverseProducts[i])
    }
    return q
  }

  /// By PyTorch's names; the pairs are the rows of matrices.
  var saved: [(name: String, tensor: Tensor)] {
    let counts = [("func_evals", evaluations), ("n_iter", step)].map { ($0, Tensor($1, dtype: .int64)) }
    guard step > 0 else { return counts }
    func rows(_ tensors: [Tensor]) -> Tensor {
      tensors.isEmpty ? .zeros([0, direction.elementCount], dtype: direction.dtype) : .stack(tensors)
    }
    let numbers = [("t", length), ("H_diag", scale), ("prev_loss", loss)].map { ($0, Tensor($1, dtype: .float64)) }
    return counts + numbers + [
      ("d", direction), ("prev_flat_grad", gradient), ("old_dirs", rows(gradientChanges)), ("old_stps", rows(moves)),
      ("ro", Tensor(inverseProducts, dtype: .float64)),
    ]
  }

  /// Takes what ``saved`` has written, for `size` weights.
  func read(_ prefix: String, _ size: Int, _ reader: inout StateDictReader) {
    evaluations = reader.takeCount(prefix + "func_evals") ?? 0
    step = reader.takeCount(prefix + "n_iter") ?? 0
    guard step > 0 else { return }
    func number(_ name: String) -> Double { reader.take(prefix + name, [])?.item() ?? 0 }
    func vector(_ name: String) -> Tensor { reader.take(prefix + name, [size])?.to(parameter.dtype) ?? direction }
    (length, scale, loss) = (number("t"), number("H_diag"), number("prev_loss"))
    (direction, gradient) = (vector("d"), vector("prev_flat_grad"))
    let count = reader.size(of: prefix + "ro")
    inverseProducts = reader.take(prefix + "ro", [count])?.scalars(as: Double.self) ?? []
    func rows(_ name: String) -> [Tensor] {
      let matrix = reader.take(prefix + name, [count, size])?.to(parameter.dtype)
      return matrix.map { matrix in (0..<count).map { matrix[$0] } } ?? []
    }
    (gradientChanges, moves) = (rows("old_dirs"), rows("old_stps"))
  }
}

import TestSupport
import Tensors
import Testing

import Autograd

/// Expects a float64 variable of this shape within 64 units of the last place of the larger of 1 and each number: some twenty
/// roundings in both libraries, in another order.
func expectNear(
  _ actual: Variable, _ shape: Shape, _ expected: [Double], sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(actual.dtype == .float64, sourceLocation: sourceLocation)
  let distance = ulps(actual.value, Tensor(expected, shape: shape, dtype: .float64), as: .float64, floor: 1)
  #expect(distance <= 64, "\(actual)", sourceLocation: sourceLocation)
}

/// The point, the directions and the functions of the references from PyTorch:
///
///     x = torch.tensor([[0.5, -1, 2], [1.5, 0.25, -0.75]]); y = torch.tensor([0.3, -0.6, 1.2])
///     f = lambda x, y: (torch.tanh(x @ y), (x * y).sum(0).exp() * y[0])
///     g = lambda x, y: (torch.tanh(x @ y) ** 2).sum() + (y.exp() * x[0]).prod()
///     v = (torch.tensor([[1.0, 2, -1], [0.5, 0, 3]]), torch.tensor([-2.0, 1, 0.5]))
enum Sample {
  static var x: Variable { Variable([[0.5, -1, 2], [1.5, 0.25, -0.75]], dtype: .float64) }
  static var y: Variable { Variable([0.3, -0.6, 1.2], dtype: .float64) }
  static var directions: [Variable] {
    [Variable([[1.0, 2, -1], [0.5, 0, 3]], dtype: .float64), Variable([-2.0, 1, 0.5], dtype: .float64)]
  }

  static func f(_ inputs: [Variable]) -> [Variable] {
    let (x, y) = (inputs[0], inputs[1])
    return [x.matmul(y).tanh(), (x * y).sum(axis: 0).exp() * y[0]]
  }

  static func g(_ inputs: [Variable]) -> Variable {
    let (x, y) = (inputs[0], inputs[1])
    return x.matmul(y).tanh().square().sum() + (y.exp() * x[0]).prod()
  }
}

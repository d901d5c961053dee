import Autograd
import Tensors

/// The rules as compositions of operations: on variables, which derivatives of derivatives need, and where no kernel does the
/// whole.
extension RecurrentCell {
  func composed<T: TensorProtocol>() -> Rule<T> { Rule(step: step, pullback: pullback) }

  private func step<T: TensorProtocol>(_ x: T, _ product: T, _ state: [T]) -> Step<T> {
    switch self {
    case .tanh:
      let h = (x + product).tanh()
      return Step(state: [h], saved: [h])
    case .relu:
      let sum = x + product
      let h = T.where(sum.value .< 0, sum.constant(0), sum)
      return Step(state: [h], saved: [h])
    case .lstm: return lstmStep((x + product).chunked(4, axis: 1), state[1])
    case .gru: return gruStep(x.chunked(3, axis: 1), product.chunked(3, axis: 1), state[0])
    }
  }

  private func lstmStep<T: TensorProtocol>(_ gates: [T], _ c: T) -> Step<T> {
    let (i, f, g, o) = (gates[0].sigmoid(), gates[1].sigmoid(), gates[2].tanh(), gates[3].sigmoid())
    let next = f * c + i * g
    let t = next.tanh()
    return Step(state: [o * t, next], saved: [i, f, g, o, c, t])
  }

  private func gruStep<T: TensorProtocol>(_ x: [T], _ product: [T], _ h: T) -> Step<T> {
    let (r, z) = ((x[0] + product[0]).sigmoid(), (x[1] + product[1]).sigmoid())
    let n = (x[2] + r * product[2]).tanh()
    return Step(state: [n + z * (h - n)], saved: [r, z, n, product[2], h])
  }

  private func pullback<T: TensorProtocol>(_ g: [T], _ saved: [T]) -> Gradients<T> {
    switch self {
    case .tanh: return Gradients(x: g[0].throughTanh(saved[0]), state: [nil])
    case .relu: return Gradients(x: .where(saved[0].value .> 0, g[0], g[0].constant(0)), state: [nil])
    case .lstm: return lstmPullback(g[0], g[1], saved)
    case .gru: return gruPullback(g[0], saved)
    }
  }

  private func lstmPullback<T: TensorProtocol>(_ gh: T, _ gc: T, _ saved: [T]) -> Gradients<T> {
    let (i, f, g, o) = (saved[0], saved[1], saved[2], saved[3])
    let (c, t) = (saved[4], saved[5])
    let gNext = gc + (gh * o).throughTanh(t)
    let gates = [
      (gNext * g).throughSigmoid(i), (gNext * c).throughSigmoid(f), (gNext * i).throughTanh(g),
      (gh * t).throughSigmoid(o),
    ]
    return Gradients(x: .concatenate(gates, axis: 1), state: [nil, gNext * f])
  }

  private func gruPullback<T: TensorProtocol>(_ gh: T, _ saved: [T]) -> Gradients<T> {
    let (r, z, n, product, h) = (saved[0], saved[1], saved[2], saved[3], saved[4])
    let gN = (gh - gh * z).throughTanh(n)
    let (gR, gZ) = ((gN * product).throughSigmoid(r), (gh * (h - n)).throughSigmoid(z))
    return Gradients(
      x: .concatenate([gR, gZ, gN], axis: 1), product: .concatenate([gR, gZ, gN * r], axis: 1), state: [gh * z])
  }
}

extension TensorProtocol {
  fileprivate static func + (a: Self, b: Self) -> Self { combined(a, .add, b) }
  fileprivate static func - (a: Self, b: Self) -> Self { combined(a, .subtract, b) }
  fileprivate static func * (a: Self, b: Self) -> Self { combined(a, .multiply, b) }

  /// This gradient through y = tanh x: g·(1 − y²).
  fileprivate func throughTanh(_ y: Self) -> Self { self * (constant(1) - y * y) }

  /// This gradient through y = σ(x): g·y·(1 − y).
  fileprivate func throughSigmoid(_ y: Self) -> Self { self * y * (constant(1) - y) }
}

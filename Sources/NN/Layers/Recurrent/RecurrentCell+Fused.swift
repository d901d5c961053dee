import Tensors

/// The rules of tensors, in one kernel where there is one.
extension RecurrentCell {
  var fused: Rule<Tensor> {
    switch self {
    case .tanh, .relu: composed()
    case .lstm: Rule(step: RecurrentCell.lstmStep, pullback: RecurrentCell.lstmPullback)
    case .gru: Rule(step: RecurrentCell.gruStep, pullback: RecurrentCell.gruPullback)
    }
  }

  private static func lstmStep(_ x: Tensor, _ product: Tensor, _ state: [Tensor]) -> Step<Tensor> {
    let (h, c, saved) = Tensor.lstmStep(x, product, state[1])
    return Step(state: [h, c], saved: [saved, state[1]])
  }

  private static func lstmPullback(_ g: [Tensor], _ saved: [Tensor]) -> Gradients<Tensor> {
    let (gates, c) = Tensor.lstmStepGradient(g[0], g[1], saved: saved[0], c: saved[1])
    return Gradients(x: gates, state: [nil, c])
  }

  private static func gruStep(_ x: Tensor, _ product: Tensor, _ state: [Tensor]) -> Step<Tensor> {
    let (h, saved) = Tensor.gruStep(x, product, state[0])
    return Step(state: [h], saved: [saved, state[0]])
  }

  private static func gruPullback(_ g: [Tensor], _ saved: [Tensor]) -> Gradients<Tensor> {
    let (x, product, h) = Tensor.gruStepGradient(g[0], saved: saved[0], h: saved[1])
    return Gradients(x: x, product: product, state: [h])
  }
}

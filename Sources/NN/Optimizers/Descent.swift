import Autograd
import Tensors

/// One step of L-BFGS: the loss as a function of all weights, and the iterations on it.
final class Descent {
  private let options: LBFGS.Options
  private let parameters: [Variable]
  private let state: CurvatureHistory
  private let closure: () -> Variable
  private var evaluations = 0
  private(set) var firstLoss: Variable

  init(_ group: ParameterGroup<LBFGS.Options>, _ state: CurvatureHistory, _ closure: @escaping () -> Variable) {
    (options, parameters, self.state, self.closure) = (group.options, group.parameters, state, closure)
    firstLoss = enableGrad(closure)
  }

  /// Iterates until the limits of the options.
  func run() {
    var here = point(0, firstLoss)
    count(1)
    if here.isFlat(options.toleranceGrad) { return }
    var iteration = 0
    while iteration < options.maxIter {
      iteration += 1
      state.turn(here.gradient, historySize: options.historySize)
      state.loss = here.loss
      let isFirst = state.step == 1
      state.length = isFirst ? min(1, 1 / here.gradient.abs().sum().item()) * options.lr : options.lr
      here.slope = here.gradient.dot(state.direction).item()
      if here.slope > -options.toleranceChange { return }
      guard let next = move(from: here, isLast: iteration == options.maxIter) else { return }
      here = next
      if iteration == options.maxIter || evaluations >= options.maxEval || here.isFlat(options.toleranceGrad) { return }
      let change: Double = (state.direction * state.length).abs().max().item()
      if change <= options.toleranceChange || abs(here.loss - state.loss) < options.toleranceChange { return }
    }
  }

  /// Changes the weights, and says where they are; nil after the last move of a fixed length, whose loss nobody needs.
  private func move(from here: Point, isLast: Bool) -> Point? {
    let start = parameters.map(\.value)
    guard options.lineSearch == .strongWolfe else {
      place(start, state.length)
      if isLast { return nil }
      count(1)
      return point(0, enableGrad(closure))
    }
    let reach: Double = state.direction.abs().max().item()
    var search = StrongWolfeSearch(from: here, reach: reach, limit: options.maxEval - evaluations) { length in
      self.place(start, length)
      defer { for (parameter, value) in zip(self.parameters, start) { parameter.value = value } }
      var point = self.point(length, enableGrad(self.closure))
      point.slope = point.gradient.dot(self.state.direction).item()
      return point
    }
    let next = search.run(state.length)
    count(search.evaluations)
    state.length = next.position
    place(start, state.length)
    return next
  }

  private func count(_ more: Int) {
    evaluations += more
    state.evaluations += more
  }

  /// Puts the weights at start + length·d.
  private func place(_ start: [Tensor], _ length: Double) {
    var offset = 0
    for (parameter, value) in zip(parameters, start) {
      let part = state.direction[offset..<offset + value.elementCount].reshaped(value.shape)
      if parameter.requiresGrad { parameter.value = value + part * length }
      offset += value.elementCount
    }
  }

  /// Loss and gradient as they are now.
  private func point(_ position: Double, _ loss: Variable) -> Point {
    let parts = parameters.map { (($0.requiresGrad ? $0.grad : nil)?.value ?? $0.value.zerosLike()).flattened() }
    let gradient = Tensor.concatenate(parts)
    return Point(
      position: position, loss: options.maximize ? -loss.item() : loss.item(),
      gradient: options.maximize ? -gradient : gradient)
  }
}

/// A point on the way along a direction.
struct Point {
  /// How far.
  let position: Double
  let loss: Double
  let gradient: Tensor
  /// gradient · direction, where it is needed.
  var slope = 0.0

  func isFlat(_ tolerance: Double) -> Bool {
    gradient.elementCount == 0 || gradient.abs().max().item() <= tolerance
  }
}

import Autograd
import Tensors

extension Recurrence {
  /// The walk, recorded: the output [rows, output], and each sequence's state after its last step.
  ///
  /// The way back runs on tensors from what the steps have kept; one that is itself differentiated walks again on variables.
  func callAsFunction(_ inputs: Inputs<Variable>) -> (output: Variable, state: [Variable]) {
    let values = inputs.map(\.value)
    let isRecorded = isGradEnabled && inputs.list.contains { $0?.requiresGrad == true }
    var walk: Walk<Tensor>?
    func walked() -> [Tensor] {
      let made = forward(values, keepsSteps: isRecorded)
      walk = made
      return [made.output] + made.state
    }
    let results = Variable.record(
      cell.name, outputs: walked(), keepsOutputs: false, inputs: inputs.list, pullback(inputs.map(\.saved), walk!))
    return (results[0], Array(results.dropFirst()))
  }

  private func pullback(_ inputs: Inputs<Saved>, _ walk: Walk<Tensor>) -> JointNode.JointPullback {
    { gradients, _ in
      guard isGradEnabled else {
        return backward(inputs.map(\.value), walk, gradients.map { $0?.value }).list.map { $0.map { Variable($0) } }
      }
      let variables = inputs.map(\.variable)
      return backward(variables, forward(variables, keepsSteps: true), gradients).list
    }
  }

  /// The same from the outputs' gradients, of which those that have not arrived are nil.
  private func backward<T: TensorProtocol>(_ inputs: Inputs<T>, _ walk: Walk<T>, _ gradients: [T?]) -> Inputs<T> {
    let state = zip(gradients.dropFirst(), inputs.state).map { $0 ?? T($1.value.zerosLike()) }
    return backward(inputs, walk, output: gradients[0], state: state)
  }
}

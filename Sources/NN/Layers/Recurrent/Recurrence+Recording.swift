import Autograd
import Tensors

extension Recurrence {
  /// The walk, recorded: the output [rows, output], and each sequence's state after its last step.
  ///
  /// The way back runs on tensors from what the steps have kept; one that is itself differentiated walks again on variables.
  func callAsFunction(_ inputs: Inputs<Variable>) -> (output: Variable, state: [Variable]) {
    let dtypes = inputs.list.compactMap { $0?.dtype }
    require(
      dtypes.allSatisfy { $0 == dtypes[0] }, "\(cell.name)", "inputs and parameters of \(dtypes); expected one dtype")
    let values = inputs.map(\.value)
    let isRecorded = isGradEnabled && inputs.list.contains { $0?.requiresGrad == true }
    var walk: Walk<Tensor>?
    func walked() -> [Tensor] {
      // Written down for many steps: few rows would be multiplied in less time than it takes to bring W into this order.
      let weight = values.weight.transposed(0, 1)
      let made = forward(
        values, transposed: stepCount > 1 ? weight.contiguous : weight, cell.fused, keepsSteps: isRecorded)
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
        let values = gradients.map { $0?.value }
        return backward(inputs.map(\.value), cell.fused, walk, values).list.map { $0.map { Variable($0) } }
      }
      let (variables, rule) = (inputs.map(\.variable), cell.composed() as RecurrentCell.Rule<Variable>)
      let again = forward(variables, transposed: variables.weight.transposed(0, 1), rule, keepsSteps: true)
      return backward(variables, rule, again, gradients).list
    }
  }

  /// The same from the outputs' gradients, of which those that have not arrived are nil.
  private func backward<T: TensorProtocol>(
    _ inputs: Inputs<T>, _ rule: RecurrentCell.Rule<T>, _ walk: Walk<T>, _ gradients: [T?]
  ) -> Inputs<T> {
    let state = zip(gradients.dropFirst(), inputs.state).map { $0 ?? T($1.value.zerosLike()) }
    return backward(inputs, rule, walk, output: gradients[0], state: state)
  }
}

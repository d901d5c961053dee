import Tensors

/// An operation as it was when it was recorded: kept on its node, for an anomaly in its backward pass.
package final class OperationRecord {
  let inputs: [AnomalyError.Operand?]
  let outputs: [AnomalyError.Operand]
  let stack: CallStack
  /// The inputs' nodes. Compared only with each other, and they all lived at once.
  private let nodes: [ObjectIdentifier?]

  init(
    _ inputs: [Variable?], _ operands: [AnomalyError.Operand?], _ outputs: [AnomalyError.Operand], _ stack: CallStack
  ) {
    (self.inputs, self.outputs, self.stack) = (operands, outputs, stack)
    nodes = inputs.map { $0?.node.map { ObjectIdentifier($0) } }
  }

  /// The first input after `last` that this node made.
  func input(_ node: Node, after last: Int?) -> Int? {
    let start = last.map { $0 + 1 } ?? 0
    return nodes[start...].firstIndex(of: ObjectIdentifier(node))
  }
}

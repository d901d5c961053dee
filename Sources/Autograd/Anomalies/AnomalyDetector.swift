import Tensors

/// Examines what operations and pullbacks make, until the first anomaly.
final class AnomalyDetector: Observer {
  /// A node whose pullbacks run.
  private struct Open {
    let node: Node
    /// Of each output, nil where none has arrived.
    let gradients: [AnomalyError.Operand?]
    /// How far the gradients of a parent that is an input several times have been counted.
    var delivered: [ObjectIdentifier: Int] = [:]
  }

  private(set) var found: AnomalyError?
  private let infinities: Bool
  private let callStack = CallStackCapture()
  private var open: [Open] = []
  /// Nodes that parts of a gradient have been delivered to, and whether all parts were finite.
  private var waiting: [ObjectIdentifier: Bool] = [:]
  /// What has arrived for the outputs of operations of several.
  private var arrived: [ObjectIdentifier: [Int: AnomalyError.Operand]] = [:]

  init(infinities: Bool) { self.infinities = infinities }

  func operationEnds(_ name: String, inputs: [Variable?], outputs: [Variable]) {
    if found != nil { return }
    let recorded = outputs.first { $0.node != nil }?.node?.operationNode
    if recorded == nil && !open.isEmpty { return }
    let results = outputs.map { AnomalyError.Operand($0.value) }
    let isSuspect = results.contains { !$0.isFinite }
    if recorded == nil && !isSuspect { return }
    let operands = inputs.map { $0.map { AnomalyError.Operand($0.value) } }
    let record = OperationRecord(inputs, operands, results, callStack())
    recorded?.ownExtras.record = record
    if open.isEmpty && isSuspect { examineValues(name, record) }
  }

  func pullbackStarts(_ node: Node, gradient: Variable) {
    if found != nil { return }
    let operand = AnomalyError.Operand(gradient.value)
    if let part = node as? PartNode, let whole = part.whole {
      arrived[ObjectIdentifier(whole), default: [:]][part.index] = operand
    }
    open.append(Open(node: node, gradients: gradients(of: node, or: operand)))
    // An infinity in the sum of finite parts is an anomaly. One in the gradient that a sweep starts with was meant.
    let isSum = waiting.removeValue(forKey: ObjectIdentifier(node)) ?? false
    if let kind = anomaly(in: operand, isLegitimate: !isSum) { report(kind, .outputGradient, node) }
  }

  func pullbackDelivers(_ part: Variable, to parent: Node, from node: Node) {
    guard found == nil, let last = open.indices.last, open[last].node === node else { return }
    let (key, record) = (ObjectIdentifier(parent), node.extras?.record)
    let input = record?.input(parent, after: open[last].delivered[key])
    open[last].delivered[key] = input
    let sources = open[last].gradients + (record?.inputs ?? [])
    let operand = AnomalyError.Operand(part.value)
    if let kind = anomaly(in: operand, isLegitimate: sources.contains { $0?.hasInfinity == true }) {
      report(kind, .inputGradient(input), node)
    } else if !parent.isLeaf {
      waiting[key] = (waiting[key] ?? true) && operand.isFinite
    }
  }

  func pullbackEnds(_ node: Node) {
    if open.last?.node === node { open.removeLast() }
  }

  private func examineValues(_ name: String, _ record: OperationRecord) {
    let isFed = record.inputs.contains { $0?.hasInfinity == true }
    for (k, output) in record.outputs.enumerated() {
      guard let kind = anomaly(in: output, isLegitimate: isFed) else { continue }
      found = AnomalyError(
        operation: name, kind: kind, place: .output(k), inputs: record.inputs, outputs: record.outputs, gradients: [],
        site: record.stack.site)
      return
    }
  }

  /// What is wrong with a result; `isLegitimate` tells whether infinities in it are not.
  private func anomaly(in result: AnomalyError.Operand, isLegitimate: Bool) -> AnomalyError.Kind? {
    if result.hasNaN { return .nan }
    return result.hasInfinity && infinities && !isLegitimate ? .infinity : nil
  }

  /// The gradients that have arrived for a node's outputs.
  private func gradients(of node: Node, or single: AnomalyError.Operand) -> [AnomalyError.Operand?] {
    guard let several = arrived.removeValue(forKey: ObjectIdentifier(node)) else { return [single] }
    return (0...several.keys.max()!).map { several[$0] }
  }

  private func report(_ kind: AnomalyError.Kind, _ place: AnomalyError.Place, _ node: Node) {
    let record = node.operationNode.extras?.record
    found = AnomalyError(
      operation: node.operation, kind: kind, place: place, inputs: record?.inputs, outputs: record?.outputs ?? [],
      gradients: open.last?.gradients ?? [], site: record?.stack.site)
  }
}

extension Node {
  /// The node of the operation that made this one's value: itself, or the one behind several outputs.
  fileprivate var operationNode: Node { (self as? PartNode)?.whole ?? self }
}

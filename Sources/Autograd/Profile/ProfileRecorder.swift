import Tensors

/// Writes down the events of a ``Profile`` as they happen.
final class ProfileRecorder: Observer {
  /// An event that has begun and not ended.
  fileprivate struct Open {
    let index: Int
    /// The node whose pullbacks run; nil for an operation.
    let node: ObjectIdentifier?
    /// Memory whose bytes are not, or no more, to be counted.
    var known: Set<ObjectIdentifier> = []
  }

  private let beginning = ContinuousClock.now
  private var events: [Profile.Event] = []
  private var open: [Open] = []
  /// Since when work has been done for an operation that has not yet started.
  private var prepared: Double?

  /// The profile up to now.
  func finished() -> Profile {
    let duration = now
    return Profile(events: events, duration: duration)
  }

  /// Seconds since the beginning.
  private var now: Double {
    let (seconds, attoseconds) = (ContinuousClock.now - beginning).components
    return Double(seconds) + Double(attoseconds) * 1e-18
  }

  func operationPrepares() {
    if prepared == nil { prepared = now }
  }

  func operationStarts() {
    begin("", .forward, inputs: [], node: nil)
    events[events.count - 1].start = prepared.take() ?? now
  }

  func operationEnds(_ name: String, inputs: [Variable?], outputs: [Variable]) {
    let end = now
    prepared = nil
    guard var ended = open.popLast() else { return }
    let start = events[ended.index].start
    for input in inputs { if let input { ended.known.insert(ObjectIdentifier(input.value.storage)) } }
    events[ended.index] = Profile.Event(
      operation: name, phase: .forward, start: start, duration: end - start,
      bytes: outputs.reduce(0) { $0 + ended.newBytes($1.value) }, inputs: inputs.compactMap { $0?.shape },
      outputs: outputs.map(\.shape), depth: open.count)
  }

  func pullbackStarts(_ node: Node, gradient: Variable) {
    prepared = nil
    // An output of several hands its gradient on to the node of the operation, whose event it is.
    if node is PartNode { return }
    begin(node.operation, .backward, inputs: [gradient.shape], node: ObjectIdentifier(node))
    open[open.count - 1].known.insert(ObjectIdentifier(gradient.value.storage))
    events[events.count - 1].start = now
  }

  func pullbackDelivers(_ part: Variable, to parent: Node, from node: Node) {
    guard let last = open.last, last.node == ObjectIdentifier(node) else { return }
    events[last.index].bytes += open[open.count - 1].newBytes(part.value)
    events[last.index].outputs.append(part.shape)
  }

  func pullbackEnds(_ node: Node) {
    let end = now
    prepared = nil
    guard let last = open.last, last.node == ObjectIdentifier(node) else { return }
    open.removeLast()
    events[last.index].duration = end - events[last.index].start
  }

  private func begin(_ operation: String, _ phase: Phase, inputs: [Shape], node: ObjectIdentifier?) {
    let depth = open.count
    open.append(Open(index: events.count, node: node))
    events.append(
      Profile.Event(
        operation: operation, phase: phase, start: 0, duration: 0, bytes: 0, inputs: inputs, outputs: [], depth: depth))
  }
}

extension ProfileRecorder.Open {
  /// The bytes of a result's memory if they have not been counted.
  fileprivate mutating func newBytes(_ result: Tensor) -> Int {
    known.insert(ObjectIdentifier(result.storage)).inserted ? result.storage.byteCount : 0
  }
}

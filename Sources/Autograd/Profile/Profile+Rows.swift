/// The time by operation.
extension Profile {
  /// All events of one operation together. Nested events are part of the one that contains them: what a pullback runs
  /// counts as the pullback's operation, and nothing counts twice.
  public struct Row: Sendable {
    /// The operation's name.
    public let operation: String
    /// How often its value was computed.
    public fileprivate(set) var forwardCount = 0
    /// The seconds that took.
    public fileprivate(set) var forwardTime = 0.0
    /// How often a sweep passed it.
    public fileprivate(set) var backwardCount = 0
    /// The seconds that took, the adding up of the gradients it delivered included.
    public fileprivate(set) var backwardTime = 0.0
    /// The memory of the results of both, see ``Event/bytes``.
    public fileprivate(set) var bytes = 0

    fileprivate init(_ operation: String) { self.operation = operation }

    /// The seconds of both passes.
    public var time: Double { forwardTime + backwardTime }

    fileprivate mutating func add(_ event: Event) {
      switch event.phase {
      case .forward: (forwardCount, forwardTime) = (forwardCount + 1, forwardTime + event.duration)
      case .backward: (backwardCount, backwardTime) = (backwardCount + 1, backwardTime + event.duration)
      }
      bytes += event.bytes
    }
  }

  /// A row for each operation, the one that took longest first; at equal times by name.
  public var rows: [Row] {
    var rows: [String: Row] = [:]
    for event in events where event.depth == 0 { rows[event.operation, default: Row(event.operation)].add(event) }
    return rows.values.sorted { ($1.time, $0.operation) < ($0.time, $1.operation) }
  }

  /// The seconds outside of all operations: the code between them, tensors, optimizers, the sweep's own work, the
  /// profiler's. With the rows' times it adds up to ``duration``.
  public var timeOutside: Double { events.reduce(duration) { $1.depth == 0 ? $0 - $1.duration : $0 } }
}

import Tensors

/// Where the time of some code went, operation by operation: what ``profile(_:)`` returns.
///
/// ```swift
/// let report = profile {
///   let loss = mseLoss(model(x), y)
///   loss.backward()
/// }
/// print(report)
/// try report.writeChromeTrace(to: "step.json")
/// ```
public struct Profile: Sendable {
  /// One operation, forward, or the way back through it.
  public struct Event: Sendable {
    /// The operation's name.
    public let operation: String
    /// Whether its value was computed, or the gradients of its inputs.
    public let phase: Phase
    /// When it began, in seconds since the profile did.
    public internal(set) var start: Double
    /// How long it took, in seconds, nested events included.
    public internal(set) var duration: Double
    /// The bytes of memory that hold its results and were made for them. A result that is a view of an input, or of the
    /// arriving gradient, counts 0, and several in one piece of memory count once.
    public internal(set) var bytes: Int
    /// The shapes of the inputs, without absent ones; backward, of the gradient of the output.
    public let inputs: [Shape]
    /// The shapes of the outputs; backward, of the gradients that were made for the inputs.
    public internal(set) var outputs: [Shape]
    /// How many events contain this one: 0 except for operations that a pullback runs, or the forward of a
    /// ``CustomFunction``.
    public let depth: Int

    package init(
      operation: String, phase: Phase, start: Double, duration: Double, bytes: Int, inputs: [Shape], outputs: [Shape],
      depth: Int
    ) {
      (self.operation, self.phase, self.start, self.duration) = (operation, phase, start, duration)
      (self.bytes, self.inputs, self.outputs, self.depth) = (bytes, inputs, outputs, depth)
    }
  }

  /// Every operation and pullback, in the order in which they began.
  public let events: [Event]
  /// The seconds from the beginning to the end.
  public let duration: Double

  package init(events: [Event], duration: Double) { (self.events, self.duration) = (events, duration) }
}

/// Runs `body` and tells where its time went.
///
/// The operations and sweeps of this thread are seen, not those of other threads, and only operations on variables: what is
/// computed on tensors, such as an optimizer's step, counts as time outside of operations. So does most of the profiler's
/// own work, some tenths of a microsecond an operation. Profiles nest. The events are kept in memory: profile a few steps,
/// not a whole training.
public func profile(_ body: () throws -> Void) rethrows -> Profile { try profiled(body).profile }

/// Runs `body`, and returns its result and where its time went. See ``profile(_:)``.
public func profiled<R>(_ body: () throws -> R) rethrows -> (result: R, profile: Profile) {
  let recorder = ProfileRecorder()
  let result = try observed(by: recorder, body)
  return (result, recorder.finished())
}

import Foundation
import Tensors

/// The events as a file for a trace viewer.
extension Profile {
  /// The events in the Trace Event Format, which `chrome://tracing` and <https://ui.perfetto.dev> show: JSON with one
  /// complete event ("ph": "X") for each, times in microseconds, shapes and bytes as its arguments.
  ///
  /// Source: Google, "Trace Event Format".
  public var chromeTrace: String {
    let lines = events.map(traceEvent).joined(separator: ",\n")
    return "{\"displayTimeUnit\": \"ns\", \"traceEvents\": [\n\(lines)\n]}\n"
  }

  /// Writes the ``chromeTrace`` to a file, which is replaced as a whole or not at all.
  ///
  /// - Throws: `DataError` if the file can't be written.
  public func writeChromeTrace(to path: String) throws {
    try writeAtomically(Data(chromeTrace.utf8), to: path)
  }

  private func traceEvent(_ event: Event) -> String {
    // Both ends are rounded, so that an event ends after those it contains.
    let start = Self.nanoseconds(event.start)
    let end = Self.nanoseconds(event.start + event.duration)
    return """
      {"name": \(Self.quoted(event.operation)), "cat": "\(event.phase.rawValue)", "ph": "X", \
      "ts": \(Self.microseconds(start)), "dur": \(Self.microseconds(end - start)), \
      "pid": \(getpid()), "tid": 1, \
      "args": {"inputs": \(Self.quoted(event.inputs)), "outputs": \(Self.quoted(event.outputs)), "bytes": \(event.bytes)}}
      """
  }

  private static func nanoseconds(_ seconds: Double) -> Int { Int((seconds * 1e9).rounded()) }

  /// As a decimal number of microseconds.
  private static func microseconds(_ nanoseconds: Int) -> String {
    String(format: "%d.%03d", nanoseconds / 1000, nanoseconds % 1000)
  }

  private static func quoted(_ shapes: [Shape]) -> String {
    "[" + shapes.map { quoted("\($0)") }.joined(separator: ", ") + "]"
  }

  /// A JSON string.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case _ where scalar.value < 0x20: quoted += String(format: "\\u%04x", scalar.value)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

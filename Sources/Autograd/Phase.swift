/// The two passes of differentiation.
public enum Phase: String, Sendable {
  /// The computation itself.
  case forward
  /// The sweep back through its graph.
  case backward
}

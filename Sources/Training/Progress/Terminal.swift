import Foundation

/// What the progress display has to know about the place that standard output goes to.
public struct Terminal: Sendable, Equatable {
  /// Whether lines can be redrawn: false for a file or a pipe.
  public var isInteractive: Bool
  /// The number of characters that fit in a line.
  public var width: Int
  /// Whether colours are welcome.
  public var hasColor: Bool

  /// A place with these abilities.
  public init(isInteractive: Bool, width: Int, hasColor: Bool) {
    self.isInteractive = isInteractive
    self.width = width
    self.hasColor = hasColor
  }

  /// Standard output as it is now: a window may have changed its size since the last look.
  public static var standardOutput: Terminal {
    let environment = ProcessInfo.processInfo.environment
    return Terminal(isInteractive: isatty(STDOUT_FILENO) == 1, windowWidth: windowWidth, environment: environment)
  }

  /// Applies the environment: COLUMNS overrides the window, NO_COLOR (not empty) and a dumb terminal switch colours off.
  package init(isInteractive: Bool, windowWidth: Int?, environment: [String: String]) {
    let columns = environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    let isDumb = environment["TERM"] == "dumb"
    let refusesColor = !(environment["NO_COLOR"] ?? "").isEmpty
    self.init(
      isInteractive: isInteractive, width: columns ?? windowWidth ?? 80,
      hasColor: isInteractive && !isDumb && !refusesColor)
  }

  private static var windowWidth: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}

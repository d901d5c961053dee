import Foundation

/// One state of a training run and how it reads as a line of text. Nothing here touches a screen or a clock.
public struct ProgressLine: Sendable, Equatable {
  /// A number worth watching, under its name.
  public struct Metric: Sendable, Equatable {
    /// The name that stands before the value.
    public let name: String
    /// The value; for a percentage 1 stands for 100 %.
    public let value: Double
    /// Whether the value is shown in percent.
    public let isPercentage: Bool

    /// A plain number, shown with four significant digits.
    public init(_ name: String, _ value: some BinaryFloatingPoint) {
      (self.name, self.value, isPercentage) = (name, Double(value), false)
    }

    /// A share of one, shown in percent: `.percent("accuracy", 0.962)` reads "accuracy 96.2%".
    public static func percent(_ name: String, _ share: some BinaryFloatingPoint) -> Metric {
      Metric(name: name, share: Double(share))
    }

    private init(name: String, share: Double) {
      (self.name, value, isPercentage) = (name, share, true)
    }

    var text: String { name + " " + (isPercentage ? NumberText.percent(value) : NumberText.metric(value)) }
  }

  /// The running epoch, counted from 1.
  public var epoch = 1
  /// The number of epochs of the run.
  public var epochs = 1
  /// The done share of the epoch, 0 to 1; nil leaves the bar out.
  public var fraction: Double?
  /// The numbers to show, in order.
  public var metrics: [Metric] = []
  /// Training speed, if known.
  public var samplesPerSecond: Double?
  /// The seconds until the end of the run, if they can be told.
  public var remaining: Double?
  /// The seconds that the epoch took, once it is over.
  public var elapsed: Double?

  /// A state with nothing in it yet.
  public init() {}

  /// The line, at most `width` characters (colour codes not counted).
  ///
  /// When room is short the bar shrinks first, then the parts on the right go, the speed before the remaining time.
  public func text(width: Int, color: Bool = false) -> String {
    for parts in [[head] + numbers + [speed, time], [head] + numbers + [time], [head] + numbers] {
      let words = parts.compactMap { $0 }
      let length = words.map(\.count).reduce(0, +) + 2 * (words.count - 1)
      if let line = line(words, room: width - length, color: color) { return line }
    }
    return String(([head] + numbers).joined(separator: "  ").prefix(max(width, 0)))
  }

  /// The words with the bar behind the first, if at least the bar's shortest form fits; nil if it doesn't.
  private func line(_ words: [String], room: Int, color: Bool) -> String? {
    guard let fraction else { return room >= 0 ? words.joined(separator: "  ") : nil }
    let cells = min(room - 3, 24)
    guard cells >= 6 else { return nil }
    let first = words[0] + " [" + Self.bar(fraction, cells: cells, color: color) + "]"
    return ([first] + words.dropFirst()).joined(separator: "  ")
  }

  private static func bar(_ fraction: Double, cells: Int, color: Bool) -> String {
    let share = fraction.isFinite ? min(max(fraction, 0), 1) : 0
    let full = Int(share * Double(cells))
    let done = String(repeating: "█", count: full)
    let rest = String(repeating: "·", count: cells - full)
    return color ? "\u{1b}[36m\(done)\u{1b}[2;39m\(rest)\u{1b}[0m" : done + rest
  }

  private var head: String {
    let total = String(epochs)
    let current = String(epoch)
    return "epoch " + String(repeating: " ", count: max(total.count - current.count, 0)) + current + "/" + total
  }

  private var numbers: [String] { metrics.map(\.text) }
  private var speed: String? { samplesPerSecond.map { NumberText.compact($0) + " samples/s" } }
  private var time: String? { elapsed.map(NumberText.duration) ?? remaining.map { "ETA " + NumberText.duration($0) } }
}

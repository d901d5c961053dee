/// Named numbers in order: the loss first, then each metric.
public struct Scores: Sendable, Equatable, Codable {
  /// The names and values.
  public private(set) var entries: [Entry] = []

  /// One number under its name.
  public struct Entry: Sendable, Equatable, Codable {
    /// The name: "loss", "accuracy".
    public let name: String
    /// The number.
    public let value: Double
    /// Whether it is a share of one, which people read in percent.
    public let isPercentage: Bool
  }

  /// No numbers yet.
  public init() {}

  /// The number of this name, nil if there is none.
  public subscript(name: String) -> Double? { entries.first { $0.name == name }?.value }

  /// Adds a number at the end.
  public mutating func append(_ name: String, _ value: Double, isPercentage: Bool = false) {
    entries.append(Entry(name: name, value: value, isPercentage: isPercentage))
  }
}

extension Scores: CustomStringConvertible {
  /// The numbers as the progress display has them: "loss 0.1234  accuracy 96.2%".
  public var description: String { entries.map(\.metric.text).joined(separator: "  ") }
}

extension Scores.Entry {
  /// The same number under another name.
  func named(_ name: String) -> Scores.Entry { Scores.Entry(name: name, value: value, isPercentage: isPercentage) }

  /// As the progress display shows it.
  var metric: ProgressLine.Metric { isPercentage ? .percent(name, value) : .init(name, value) }
}

/// Named numbers in order: the loss first, then each metric.
public struct Scores: Sendable, Equatable {
  /// The names and values.
  public private(set) var entries: [Entry] = []

  /// One number under its name.
  public struct Entry: Sendable, Equatable, Codable {
    /// The name: "loss", "accuracy".
    public let name: String
    /// The number.
    public let value: Double
    /// Whether it is a share of one, which people read in percent.
    public var isPercentage = false
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

extension Options {
  /// The value of an option that is one of an enumeration's names.
  public func choice<Choice: CaseIterable & RawRepresentable<String>>(_ name: String) throws -> Choice {
    let text = text(name) ?? ""
    guard let choice = Choice(rawValue: text) else {
      let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw UsageError(description: "\(name) \(text): expected one of \(names)")
    }
    return choice
  }

  /// The value of an option that is a number in `range`.
  public func number(_ name: String, in range: ClosedRange<Double>) throws -> Double {
    let text = text(name) ?? ""
    guard let value = Double(text), range.contains(value) else {
      throw UsageError(
        description: "\(name) \(text): expected a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }
}

extension Options.UsageError {
  /// What is wrong, in one line: for values that don't go together.
  public init(_ description: String) { self.init(description: description) }
}

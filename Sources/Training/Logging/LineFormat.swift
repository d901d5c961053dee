/// How numbers under their names become lines of text.
protocol LineFormat {
  /// The first line of a file with these columns; nil where each line brings its names.
  func header(_ columns: [String]) -> String?
  /// A line. What has no number leaves its column empty.
  func line(_ fields: LogFields, columns: [String]) -> String
  /// The integer that a line begins with; nil if it isn't one of ours.
  func leadingInteger(_ line: Substring) -> Int?
}

/// Comma-separated values as in RFC 4180, but for the line end, which is a line feed.
struct CSVLines: LineFormat {
  func header(_ columns: [String]) -> String? { columns.map(quoted).joined(separator: ",") }

  func line(_ fields: LogFields, columns: [String]) -> String {
    columns.map { column in fields[column].map(text) ?? "" }.joined(separator: ",")
  }

  func leadingInteger(_ line: Substring) -> Int? { Int(line.prefix { $0 != "," }) }

  private func text(_ value: LogFields.Value) -> String {
    switch value {
    case .integer(let integer): "\(integer)"
    case .number(let number): number.isNaN ? "nan" : "\(number)"  // without the sign that a NaN may have
    }
  }

  /// A name with a separator in it goes between quotation marks. Line ends, which would cut the line, become spaces.
  private func quoted(_ name: String) -> String {
    let line = name.split(whereSeparator: \.isNewline).joined(separator: " ")
    if !line.contains(where: { $0 == "," || $0 == "\"" }) { return line }
    return "\"" + line.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}

/// A JSON object a line. JSON has no NaN and no infinities: they are null.
struct JSONLines: LineFormat {
  func header(_ columns: [String]) -> String? { nil }

  func line(_ fields: LogFields, columns: [String]) -> String {
    "{" + fields.entries.map { "\"\(escaped($0.name))\":\(text($0.value))" }.joined(separator: ",") + "}"
  }

  /// What stands behind the first colon.
  func leadingInteger(_ line: Substring) -> Int? {
    guard line.first == "{", let colon = line.firstIndex(of: ":") else { return nil }
    return Int(line[colon...].dropFirst().prefix { $0 != "," && $0 != "}" })
  }

  private func text(_ value: LogFields.Value) -> String {
    switch value {
    case .integer(let integer): "\(integer)"
    case .number(let number): number.isFinite ? "\(number)" : "null"
    }
  }

  /// Quotation marks, backslashes and control characters as RFC 8259 wants them.
  private func escaped(_ name: String) -> String {
    name.unicodeScalars.map { scalar in
      if scalar == "\"" || scalar == "\\" { return "\\\(scalar)" }
      if scalar.value >= 0x20 { return "\(scalar)" }
      let digits = String(scalar.value, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }
}

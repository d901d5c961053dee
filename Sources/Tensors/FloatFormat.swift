import Foundation

/// Decimal texts of floats as numpy writes them.
enum FloatFormat {
  /// The elements of an array, aligned at the point: the shortest digits that identify each, at most 8 after the point.
  static func texts<F: BinaryFloatingPoint & LosslessStringConvertible>(_ values: [F]) -> [String] {
    let magnitudes = values.filter { $0.isFinite && $0 != 0 }.map { $0.magnitude }
    let (low, high) = (magnitudes.min() ?? 1, magnitudes.max() ?? 1)
    let usesExponent = high >= largestPlain() || low < 1e-4 || high / low > 1000
    let parts = values.map { value in
      value.isFinite ? (usesExponent ? exponent(value, places: 8) : fixed(value, places: 8)) : Parts(word: word(value))
    }
    let (places, width) = (parts.map(\.fraction.count).max() ?? 0, parts.map(\.exponent.count).max() ?? 0)
    return parts.map { $0.text(fraction: places, exponent: width) }
  }

  /// One number by itself: all its digits, with an exponent from 10¹⁶ (`Float`: 10⁶) on and below 10⁻⁴.
  static func text<F: BinaryFloatingPoint & LosslessStringConvertible>(_ value: F) -> String {
    guard value.isFinite else { return word(value) }
    let magnitude = Double(value.magnitude)
    let limit: Double = F.significandBitCount < 50 ? 1e6 : 1e16
    if magnitude != 0, magnitude >= limit || magnitude < 1e-4 {
      let parts = exponent(value, places: .max)
      return parts.whole + (parts.fraction.isEmpty ? "" : "." + parts.fraction) + "e" + parts.exponent
    }
    let parts = fixed(value, places: .max)
    return parts.whole + "." + (parts.fraction.isEmpty ? "0" : parts.fraction)
  }

  /// What an array must stay below to be written without exponents: what the type's decimal digits hold, at most 10⁸.
  private static func largestPlain<F: BinaryFloatingPoint>() -> F { F.significandBitCount < 50 ? 1e6 : 1e8 }

  private static func word<F: BinaryFloatingPoint>(_ value: F) -> String {
    value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
  }

  private struct Parts {
    var whole = ""
    var fraction = ""
    /// Sign and at least two digits, or nothing.
    var exponent = ""
    var word: String?

    init(whole: String, fraction: some StringProtocol, exponent: String = "") {
      (self.whole, self.exponent) = (whole, exponent)
      self.fraction = String(fraction.reversed().drop { $0 == "0" }.reversed())
    }
    init(word: String) { self.word = word }

    func text(fraction places: Int, exponent width: Int) -> String {
      if let word { return word }
      let pad = String(repeating: exponent.isEmpty ? " " : "0", count: places - fraction.count)
      let power = exponent.prefix(1) + String(repeating: "0", count: width - exponent.count) + exponent.dropFirst()
      return whole + "." + fraction + pad + (exponent.isEmpty ? "" : "e" + power)
    }
  }

  /// Sign, the shortest significant digits that identify the number, and the power of ten of the first.
  private static func digits<F: LosslessStringConvertible>(_ value: F) -> (
    sign: String, digits: [Character], power: Int
  ) {
    let text = value.description
    let sign = text.hasPrefix("-") ? "-" : ""
    let halves = text.drop { $0 == "-" }.split(separator: "e")
    let point = halves[0].split(separator: ".", omittingEmptySubsequences: false)
    let (whole, fraction) = (String(point[0]), point.count > 1 ? String(point[1]) : "")
    let all = Array(whole + fraction)
    let leading = all.prefix { $0 == "0" }.count
    guard leading < all.count else { return (sign, ["0"], 0) }
    var significant = Array(all[leading...])
    while significant.count > 1, significant.last == "0" { significant.removeLast() }
    let power = (halves.count > 1 ? Int(halves[1]) ?? 0 : 0) + whole.count - 1 - leading
    return (sign, significant, power)
  }

  /// Without exponent. Digits beyond `places` are rounded from the exact binary value, not from the shortest digits.
  private static func fixed<F: BinaryFloatingPoint & LosslessStringConvertible>(_ value: F, places: Int) -> Parts {
    let (sign, significant, power) = digits(value)
    if significant.count - 1 - power > places {
      let halves = String(format: "%.\(places)f", Double(value)).split(separator: ".")
      return Parts(whole: String(halves[0]), fraction: halves[1])
    }
    var all = Array(repeating: "0", count: max(0, -power)) + significant
    let wholeCount = max(power, 0) + 1
    while all.count < wholeCount { all.append("0") }
    return Parts(whole: sign + String(all[..<wholeCount]), fraction: String(all[wholeCount...]))
  }

  /// With exponent, one digit before the point.
  private static func exponent<F: BinaryFloatingPoint & LosslessStringConvertible>(_ value: F, places: Int) -> Parts {
    let (sign, significant, power) = digits(value)
    if significant.count - 1 > places {
      let halves = String(format: "%.\(places)e", Double(value)).split(separator: "e")
      let number = halves[0].split(separator: ".")
      return Parts(whole: String(number[0]), fraction: number[1], exponent: String(halves[1]))
    }
    let number = String(abs(power))
    let signed = (power < 0 ? "-" : "+") + (number.count < 2 ? "0" + number : number)
    return Parts(whole: sign + String(significant[0]), fraction: String(significant[1...]), exponent: signed)
  }
}

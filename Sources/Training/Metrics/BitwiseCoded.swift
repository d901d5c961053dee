/// Floating-point numbers that are encoded as their bits: no format rounds them, and JSON, which knows neither NaN nor
/// infinities, takes them all.
@propertyWrapper struct BitwiseCoded<Value: BitPatterns>: Equatable, Sendable {
  var wrappedValue: Value
}

extension BitwiseCoded: Codable {
  init(from decoder: any Decoder) throws {
    wrappedValue = try Value(bitPatterns: decoder.singleValueContainer().decode([UInt64].self))
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(wrappedValue.bitPatterns)
  }
}

/// What comes apart into bit patterns and back.
protocol BitPatterns: Equatable, Sendable {
  var bitPatterns: [UInt64] { get }
  init(bitPatterns: [UInt64])
}

extension Double: BitPatterns {
  var bitPatterns: [UInt64] { [bitPattern] }
  /// The first; NaN of none.
  init(bitPatterns: [UInt64]) { self = bitPatterns.first.map { Double(bitPattern: $0) } ?? .nan }
}

extension [Double]: BitPatterns {
  var bitPatterns: [UInt64] { map(\.bitPattern) }
  init(bitPatterns: [UInt64]) { self = bitPatterns.map { Double(bitPattern: $0) } }
}

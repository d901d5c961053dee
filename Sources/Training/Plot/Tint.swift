/// A colour in two forms, 0xRRGGBB: for a light page and for a dark one.
package struct Tint: Sendable, Equatable {
  package let light: UInt32
  package let dark: UInt32

  package init(light: UInt32, dark: UInt32) { (self.light, self.dark) = (light, dark) }

  /// The same colour on every page.
  init(_ color: UInt32) { self.init(light: color, dark: color) }

  /// "#0072b2" of 0x0072b2.
  static func css(_ color: UInt32) -> String {
    let digits = String(color, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }
}

import Foundation

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

  /// How bright a colour is to the eye, 0 ... 1: the relative luminance of the Web Content Accessibility Guidelines.
  static func luminance(_ color: UInt32) -> Double {
    let weights = [(16, 0.2126), (8, 0.7152), (0, 0.0722)]
    return weights.reduce(0) { sum, channel in
      let share = Double(color >> UInt32(channel.0) & 255) / 255
      return sum + channel.1 * (share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4))
    }
  }

  /// A colour over another, with this opacity.
  static func mixed(_ color: UInt32, over ground: UInt32, opacity: Double) -> UInt32 {
    [16, 8, 0].reduce(0) { sum, shift in
      let (top, bottom) = (Double(color >> shift & 255), Double(ground >> shift & 255))
      return sum | UInt32((bottom + (top - bottom) * opacity).rounded()) << shift
    }
  }
}

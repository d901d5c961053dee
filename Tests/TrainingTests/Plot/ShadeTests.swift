import Foundation
import Testing

import Training

@Suite struct ShadeTests {
  /// The contrast of WCAG 2.2, from its own definition.
  private func contrast(_ a: [Double], _ b: [Double]) -> Double {
    func luminance(_ color: [Double]) -> Double {
      let linear = color.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
      return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
    let ordered = [luminance(a), luminance(b)].sorted()
    return (ordered[1] + 0.05) / (ordered[0] + 0.05)
  }

  private func channels(_ color: UInt32) -> [Double] { [16, 8, 0].map { Double(color >> $0 & 255) / 255 } }

  @Test func textIsReadableOnEveryShadeOnBothPages() {
    let strong = [
      Tint(light: 0x005c94, dark: 0x6cc3f2), Tint(light: 0xb04800, dark: 0xf59a5f),
      Tint(light: 0x777777, dark: 0x777777),
    ]
    for tint in Palette.series + strong {
      for opacity in stride(from: 0, through: 1, by: 0.01) {
        let style = CellField.Shade(tint, opacity: opacity).textStyle
        let pages = [(tint.light, Palette.card.light), (tint.dark, Palette.card.dark)]
        for (letter, (color, card)) in zip(style, pages) {
          let ground = zip(channels(color), channels(card)).map { $0 * opacity + $1 * (1 - opacity) }
          let text = letter == "w" ? 1.0 : 0
          #expect(contrast(ground, [text, text, text]) >= 4.5, "\(tint) \(opacity) \(style)")
        }
      }
    }
  }

  /// The last rule for one of an element's classes wins on both pages; of a cell's text that must be the shade's.
  @Test func styleSheetPaintsTheFourKindsAfterAllTexts() throws {
    let css = HeatMap("", .zeros([1, 1])).svg.components(separatedBy: "@media (prefers-color-scheme: dark)")
    for (style, colors) in ["bb": ["000", "000"], "bw": ["000", "fff"], "wb": ["fff", "000"], "ww": ["fff", "fff"]] {
      for (part, color) in zip(css, colors) {
        let rule = try #require(part.range(of: ".adjoint-plot .\(style){fill:#\(color)}"))
        let text = try #require(part.range(of: ".adjoint-plot .t{fill:"))
        #expect(text.lowerBound < rule.lowerBound)
      }
    }
  }
}

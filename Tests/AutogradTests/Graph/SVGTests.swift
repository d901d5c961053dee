import Testing

import Autograd

@Suite struct SVGTests {
  @Test(
    arguments: [
      (1, "1"), (1.5, "1.5"), (1.05, "1.05"), (-0.25, "-0.25"), (-0.001, "0"), (2.999, "3"), (-12.34, "-12.34"),
      (.nan, "0"), (.infinity, "0"), (1e300, "0"),
    ] as [(Double, String)])
  func numbersAreShort(value: Double, text: String) {
    #expect(SVG.number(value) == text)
  }

  @Test func escapesWhatXMLReserves() {
    #expect(SVG.escaped("a < b & \"c\" > 'd'") == "a &lt; b &amp; &quot;c&quot; &gt; 'd'")
    #expect(SVG.escaped("tab\tnew\nline") == "tab new line")
    #expect(SVG.escaped("\u{0}\u{1b}[0m é ✓ 😀") == "\u{fffd}\u{fffd}[0m é ✓ 😀")
  }

  @Test func writesNoElementForNoText() {
    #expect(SVG.text("", x: 1, y: 2) == "")
    #expect(SVG.text("a<b", x: 1, y: 2, anchor: .end).contains("text-anchor=\"end\">a&lt;b</text>"))
  }

  @Test func cutsTextThatIsTooWide() {
    let text = "a rather long title"
    #expect(SVG.fitted(text, room: 1000) == text)
    let short = SVG.fitted(text, room: 60)
    #expect(short.hasPrefix("a ") && short.hasSuffix("…"))
    #expect(SVG.width(of: short) <= 60)
    #expect(SVG.fitted(text, room: 0) == "…")
  }
}

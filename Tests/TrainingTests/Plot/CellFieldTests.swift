import Testing

import Training

@Suite struct CellFieldTests {
  private let field = CellField(
    columns: 2, cells: [0, 1, 1, 0],
    shades: [
      .init(Tint(light: 0x00_0000, dark: 0xff_ffff), opacity: 0),
      .init(Tint(light: 0x12_3456, dark: 0xab_cdef), opacity: 0.5),
    ])

  @Test func isDrawnOnceForEachKindOfPage() {
    let elements = field.elements(x: 3, y: 4, width: 100, height: 50)
    #expect(XMLCheck(elements).isWellFormed)
    let images = PNGReader.images(in: elements)
    #expect(
      images.map { $0.cells(columns: 2) } == [
        [[0x0000_0000, 0x1234_5680], [0x1234_5680, 0x0000_0000]],
        [[0xffff_ff00, 0xabcd_ef80], [0xabcd_ef80, 0xffff_ff00]],
      ])
    let tags = elements.split(separator: "\n")
    #expect(tags[0].hasPrefix("<image class=\"pixels light\" x=\"3\" y=\"4\" width=\"100\" height=\"50\""))
    #expect(tags[1].hasPrefix("<image class=\"pixels dark\" x=\"3\" y=\"4\" width=\"100\" height=\"50\""))
  }

  /// For viewers that smooth what they stretch: a cell of 50 x 25 has 25 x 25 pixels.
  @Test func cellsHaveAboutThePixelsThatTheyTakeOnTheScreen() {
    let image = PNGReader.images(in: field.elements(width: 100, height: 50))[0]
    #expect((image.width, image.height) == (50, 50))
    let small = PNGReader.images(in: field.elements(width: 1, height: 1))[0]
    #expect((small.width, small.height) == (2, 2))
  }

  @Test func theStyleSheetShowsOneOfThem() throws {
    let css = LinePlot().svg
    let parts = css.components(separatedBy: "@media (prefers-color-scheme: dark)")
    #expect(parts.count == 2)
    #expect(parts[0].contains(".adjoint-plot .dark{display:none}"))
    #expect(!parts[0].contains(".light{"))
    #expect(parts[1].contains(".adjoint-plot .dark{display:inline}"))
    #expect(parts[1].contains(".adjoint-plot .light{display:none}"))
  }

  @Test func isNothingWithoutCells() {
    #expect(CellField(columns: 0, cells: [], shades: []).elements(width: 9, height: 9) == "")
  }
}

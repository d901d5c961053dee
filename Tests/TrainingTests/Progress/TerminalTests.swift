import Testing

import Training

@Suite struct TerminalTests {
  private func terminal(_ environment: [String: String], isInteractive: Bool = true, width: Int? = 100) -> Terminal {
    Terminal(isInteractive: isInteractive, windowWidth: width, environment: environment)
  }

  @Test func takesTheWidthFromColumnsThenTheWindow() {
    #expect(terminal(["COLUMNS": "72"]).width == 72)
    #expect(terminal([:]).width == 100)
    #expect(terminal(["COLUMNS": "wide"]).width == 100)
    #expect(terminal(["COLUMNS": "0"], width: nil).width == 80)
  }

  @Test func hasColorUnlessItIsRefused() {
    #expect(terminal([:]).hasColor)
    #expect(terminal(["NO_COLOR": ""]).hasColor)
    #expect(!terminal(["NO_COLOR": "1"]).hasColor)
    #expect(!terminal(["TERM": "dumb"]).hasColor)
    #expect(!terminal([:], isInteractive: false).hasColor)
  }
}

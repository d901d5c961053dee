import Foundation
import TestSupport
import Testing

@Suite struct LinearRegressionTests {
  @Test func aFewStepsEndWithAScoreAndAPlot() throws {
    let scratch = try Scratch()
    let run = try ExampleProcess("linear-regression", "--steps", "20", "--output", scratch.path)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines.last?.wholeMatch(of: /R²: 0\.[0-9]{4}/) != nil)
    #expect(run.lines.dropLast().contains { $0.hasPrefix("try: swift run -c release linear-regression ") })
    let plot = try String(contentsOfFile: scratch.file("regression.svg"), encoding: .utf8)
    #expect(plot.contains("least squares"))
  }

  /// Steps that overshoot: on standardised columns the largest stable rate is below 1.
  @Test func aRateThatDivergesIsOneLine() throws {
    let scratch = try Scratch()
    let run = try ExampleProcess("linear-regression", "--lr", "1e30", "--steps", "20", "--output", scratch.path)
    #expect(run.status == 1)
    #expect(run.errors.hasPrefix("linear-regression: the loss is ") && run.errors.filter { $0 == "\n" }.count == 1)
  }

  /// The least-squares R² of these data is 0.51775 (float64); 3000 steps come within 10⁻⁶ of it, and float32's rounding
  /// is of that size too: four digits hold.
  @Test(.enabled(if: ExampleProcess.isOptimized)) func allWaysReachLeastSquares() throws {
    let scratch = try Scratch()
    let run = try ExampleProcess("linear-regression", "--output", scratch.path)
    #expect(run.lines.last == "R²: 0.5177")
    let line = try #require(row("x", of: run)), squares = try #require(row("error", of: run))
    // The slope of 100 points with noise 0.5 has a standard error of 0.05; all ways agree on it far closer than that.
    for slope in line { #expect(abs(slope - 3) < 0.2 && abs(slope - line[3]) < 2e-4) }
    for error in squares { #expect(abs(error - squares[3]) < 2e-5) }
    // The same arithmetic by hand and in the optimizer: equal up to rounding in the last place shown.
    for name in ["1", "10", "100"] {
      let losses = try #require(row(name, of: run))
      #expect(abs(losses[0] - losses[1]) < 2e-5)
    }
  }

  /// The numbers of the first line that has this name and otherwise nothing but numbers.
  private func row(_ name: String, of run: ExampleProcess) -> [Double]? {
    let rows = run.lines.lazy.map { $0.split(separator: " ") }.filter { $0.first.map(String.init) == name }
    return rows.map { words in words.dropFirst().map { Double($0) } }.first { !$0.contains(nil) }?.compactMap { $0 }
  }
}

import TestSupport
import Testing

@Suite struct PhysicsTests {
  @Test func aFewStepsEndWithAnErrorAndTwoPictures() throws {
    let scratch = try Scratch()
    let run = try ExampleProcess(
      "physics", "--steps", "2", "--points", "12", "--width", "4", "--output", scratch.path)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines.last?.wholeMatch(of: /largest error: [0-9]+\.[0-9]{6}/) != nil)
    #expect(run.lines.dropLast().last?.hasPrefix("try: swift run -c release physics ") == true)
    #expect(try scratch.names == ["heat.svg", "oscillator.svg"])
    #expect(run.output.contains("wrote \(scratch.file("oscillator.svg")), \(scratch.file("heat.svg"))\n"))
  }

  /// Without oscillation there is no such solution: the frequency must be above the damping.
  @Test func aFrequencyBelowTheDampingIsOneLine() throws {
    let run = try ExampleProcess("physics", "--frequency", "0.5")
    #expect(run.status == 2)
    #expect(run.errors == "physics: --frequency 0.5: expected a number from 1.01 to 1000.0\n")
  }

  /// The seeds 0 to 4 end between 0.0004 and 0.0015. A thousand iterations of L-BFGS enlarge differences in rounding as far
  /// as a change of seed does; the bound is three times the worst.
  @Test(.enabled(if: ExampleProcess.isOptimized)) func bothEquationsAreSolved() throws {
    let scratch = try Scratch()
    let run = try ExampleProcess("physics", "--output", scratch.path)
    let errors = run.output.matches(of: /solved in [0-9.]+ s, error ([0-9.]+)/).compactMap { Double($0.1) }
    #expect(errors.count == 2 && errors.allSatisfy { $0 < 0.0045 })
    let last = try #require(run.lines.last?.wholeMatch(of: /largest error: ([0-9.]+)/))
    #expect(Double(last.1) == errors.max())
  }
}

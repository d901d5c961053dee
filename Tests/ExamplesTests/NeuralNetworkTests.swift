import Foundation
import TestSupport
import Testing

@Suite struct NeuralNetworkTests {
  @Test func bothTasksRun() throws {
    let scratch = try Scratch()
    let run = try ExampleProcess("neural-network", "--epochs", "1", "--output", scratch.path)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines.last?.wholeMatch(of: /test accuracy: [0-9]+\.[0-9]%/) != nil)
    #expect(run.lines.dropLast().last?.hasPrefix("try: swift run -c release neural-network ") == true)
    #expect(try scratch.names.contains("recipes.svg"))
  }

  /// The figures of a full run. Rounding differs between SIMD levels and grows in training: the bounds leave room for a
  /// few of 360 digits, and for a hundredth of R².
  @Test(.enabled(if: ExampleProcess.isOptimized)) func theRecipesAreWorthWhatTheyAre() throws {
    let scratch = try Scratch()
    let run = try ExampleProcess("neural-network", "--output", scratch.path)
    func row(_ name: String) throws -> [Double] {
      let line = try #require(run.lines.first { $0.hasPrefix(name + " ") }, "no row \(name)")
      return line.dropFirst(name.count).split(separator: " ").compactMap { Double($0.filter { $0 != "%" }) }
    }
    let (linear, hidden) = (try row("linear"), try row("13 sigmoid"))
    #expect(abs(linear[3] - 0.488) < 0.01 && abs(hidden[3] - 0.489) < 0.02)
    #expect(abs(linear[1] - 44.06) < 0.5, "in the units of the data")
    let (squares, entropy, glorot) = (
      try row("squared error, SGD"), try row("softmax cross-entropy"), try row("Glorot")
    )
    #expect(squares[2] < 75 && entropy[2] > 91 && glorot[2] > 95)
    let momentum = try row("momentum")
    #expect(momentum[0] < glorot[0] && momentum[2] > 95)
    let last = try #require(run.lines.last?.firstMatch(of: /([0-9.]+)%/)?.1)
    #expect(try #require(Double(last)) >= 95.5)
  }
}

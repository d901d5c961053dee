import Autograd
import Tensors
import Testing

/// Every case that PyTorch made, on Adjoint: values, gradients, second derivatives, in several memory layouts.
@Suite struct ReplayTests {
  @Test(arguments: Operation.all.map(\.name)) func agreesWithPyTorch(_ name: String) throws {
    let operation = try #require(Operation.named[name])
    let cases = try #require(OperationCase.all[name], "no cases of \(name)")
    for (i, example) in cases.enumerated() {
      for mismatch in Replay(operation, example).mismatches() {
        Issue.record("\(name)(\(example.arguments)), case \(i): \(mismatch)")
      }
    }
  }

  /// Differences confirm what `backward` computes, first and second order, where PyTorch's are confirmed too.
  @Test(arguments: Operation.all.map(\.name).filter { OperationCase.all[$0]?.contains(where: \.isSmooth) == true })
  func derivativesAreTheDifferences(_ name: String) throws {
    let operation = try #require(Operation.named[name])
    let smooth = OperationCase.all[name]?.filter(\.isSmooth).first
    let example = try #require(smooth)
    let function = { (x: [Variable]) in operation.call(x, example.arguments).filter { $0.dtype.isFloatingPoint } }
    // Positions and counts among the inputs stay as they are.
    let moving = example.inputs.indices.filter { example.inputs[$0].dtype == .float64 }
    let result = gradcheck(
      { x in
        var all = example.inputs.map { Variable($0) }
        for (k, j) in moving.enumerated() { all[j] = x[k] }
        return function(all)
      }, inputs: moving.map { example.inputs[$0] })
    #expect(result.passed, "\(name): \(result)")
  }

  @Test func everyCaseIsReplayed() {
    let (entries, cases) = (Set(Operation.all.map(\.name)), OperationCase.all)
    #expect(entries.count == Operation.all.count, "a name stands twice in the catalog")
    #expect(Set(cases.keys).subtracting(entries) == [], "cases without an entry in the catalog")
    #expect(entries.subtracting(cases.keys) == [], "entries without cases")
    print("replayed \(cases.values.reduce(0) { $0 + $1.count }) cases of \(cases.count) operations")
  }
}

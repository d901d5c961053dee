import Autograd
import Tensors
import TestSupport
import Testing

/// Every case that PyTorch made, on Adjoint: values, gradients, second derivatives, in several memory layouts.
@Suite struct ReplayTests {
  @Test(arguments: Operation.all.map(\.name)) func agreesWithPyTorch(_ name: String) throws {
    let operation = try #require(Operation.named[name])
    let cases = try #require(RecordedCase.all[name], "no cases of \(name)")
    for (i, example) in cases.enumerated() {
      for mismatch in Replay(operation, example).mismatches() {
        Issue.record("\(name)(\(example.arguments)), case \(i): \(mismatch)")
      }
    }
  }

  /// Differences confirm what `backward` computes, first and second order, where PyTorch's are confirmed too.
  @Test(
    .steadyKernels,
    arguments: Operation.all.map(\.name).filter { RecordedCase.all[$0]?.contains(where: \.isSmooth) == true })
  func derivativesAreTheDifferences(_ name: String) throws {
    let operation = try #require(Operation.named[name])
    let smooth = RecordedCase.all[name]?.filter(\.isSmooth).first
    let example = try #require(smooth)
    try gradcheck({ operation.call($0, example.arguments) }, inputs: example.inputs).check()
  }

  @Test func everyCaseIsReplayed() {
    let (entries, cases) = (Set(Operation.all.map(\.name)), RecordedCase.all)
    #expect(entries.count == Operation.all.count, "a name stands twice in the catalog")
    #expect(Set(cases.keys).subtracting(entries) == [], "cases without an entry in the catalog")
    #expect(entries.subtracting(cases.keys) == [], "entries without cases")
    print("replayed \(cases.values.reduce(0) { $0 + $1.count }) cases of \(cases.count) operations")
  }
}

import Autograd
import NN
import Tensors
import TestSupport
import Testing

/// Every case that PyTorch made, on Adjoint: outputs, gradients of inputs and parameters, buffers, in several memory
/// layouts.
@Suite struct CatalogReplayTests {
  @Test(arguments: CatalogEntry.all.map(\.name)) func agreesWithPyTorch(_ name: String) throws {
    let entry = try #require(CatalogEntry.named[name])
    let cases = try #require(RecordedCase.all[name], "no cases of \(name)")
    for (i, example) in cases.enumerated() {
      for mismatch in try CatalogReplay(entry, example).mismatches() {
        Issue.record("\(name)(\(example.arguments)), case \(i): \(mismatch)")
      }
    }
  }

  /// Differences confirm what `backward` computes for inputs and parameters, first and second order, where PyTorch's are
  /// confirmed too.
  @Test(
    .steadyKernels,
    arguments: CatalogEntry.all.map(\.name).filter { RecordedCase.all[$0]?.contains(where: \.isSmooth) == true })
  func derivativesAreTheDifferences(_ name: String) throws {
    let entry = try #require(CatalogEntry.named[name])
    let smooth = RecordedCase.all[name]?.first(where: \.isSmooth)
    let example = try #require(smooth)
    let subject = try CatalogReplay(entry, example).subject()
    let inputs = example.inputs + (subject.module?.parameters().map(\.value) ?? [])
    let function = { (x: [Variable]) in
      subject(Array(x.prefix(example.inputs.count)), parameters: Array(x.dropFirst(example.inputs.count)))
    }
    try gradcheck(function, inputs: inputs).check()
    try gradgradcheck(function, inputs: inputs, mode: .fast).check()
  }

  @Test func everyCaseIsReplayed() {
    let (entries, cases) = (Set(CatalogEntry.all.map(\.name)), RecordedCase.all)
    #expect(entries.count == CatalogEntry.all.count, "a name stands twice in the catalog")
    #expect(Set(cases.keys).subtracting(entries) == [], "cases without an entry in the catalog")
    #expect(entries.subtracting(cases.keys) == [], "entries without cases")
    let unchecked = cases.filter { !$0.value.contains(where: \.isSmooth) }
    #expect(unchecked.keys.sorted() == [], "layers and losses whose derivatives no differences confirm")
    print("replayed \(cases.values.reduce(0) { $0 + $1.count }) cases of \(cases.count) layers and losses")
  }
}

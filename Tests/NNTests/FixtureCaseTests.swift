import TestSupport
import Testing

@Suite struct FixtureCaseTests {
  /// The tests replay what the metadata lists: a tensor outside of it would be skipped silently.
  @Test(arguments: [("layers", 45), ("losses", 104)]) func everyTensorBelongsToOneCase(file: String, count: Int) throws
  {
    let cases = try FixtureCase.all(file)
    #expect(cases.count == count)
    #expect(try cases.map(\.tensors.count).reduce(0, +) == Fixtures.load(file).tensors.count)
    for fixture in cases {
      #expect(fixture.tensors["output"] != nil && fixture.tensors["input"] != nil && fixture.gradients["input"] != nil)
    }
  }

  @Test func everyOptionIsKnown() throws {
    let known: [String: Set<String>] = [
      "layers": ["layer", "p", "training", "start", "end", "axis", "bias", "in_features", "out_features"],
      "losses": ["reduction", "ignore_index", "label_smoothing"],
      "optimizers": [
        "optimizer", "lr", "lr_of", "momentum", "dampening", "nesterov", "weight_decay", "maximize", "betas", "eps",
        "amsgrad",
      ],
      "mlp": ["optimizer", "lr", "momentum"],
    ]
    for (file, names) in known {
      let used = try FixtureCase.all(file).reduce(into: Set<String>()) { $0.formUnion($1.options.names) }
      #expect(used == names, "\(file)")
    }
  }
}

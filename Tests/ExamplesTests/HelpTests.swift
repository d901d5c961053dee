import Testing

/// Every example explains itself and refuses what it doesn't know, in one line.
@Suite struct HelpTests {
  static let programs = [
    "digits", "linear-regression", "perceptron", "multi-layer-perceptron", "neural-network", "convnet", "char-rnn",
    "transformer", "autoencoder", "vae", "policy-gradient", "physics",
  ]

  @Test(arguments: programs) func helpNamesTheProgramAndItsOptions(_ program: String) throws {
    let run = try ExampleProcess(program, "--help")
    #expect(run.status == 0)
    #expect(run.output.contains("swift run -c release \(program) [OPTION"))
    #expect(run.output.contains("--output") && run.output.contains("--help"))
  }

  @Test(arguments: programs) func anUnknownOptionIsOneLine(_ program: String) throws {
    let run = try ExampleProcess(program, "--no-such-option")
    #expect(run.status == 2)
    #expect(run.errors == "\(program): unknown option --no-such-option; see --help\n")
    #expect(run.output.isEmpty)
  }
}

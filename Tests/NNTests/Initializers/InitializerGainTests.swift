import TestSupport
import Testing

import NN

@Suite struct InitializerGainTests {
  /// PyTorch's name of each nonlinearity, with its parameter.
  private static let nonlinearities: [String: Initializer.Nonlinearity] = [
    "linear": .linear, "conv1d": .linear, "conv_transpose3d": .linear, "sigmoid": .sigmoid, "tanh": .tanh,
    "relu": .relu, "selu": .selu, "leaky_relu": .leakyReLU(), "leaky_relu_0.2": .leakyReLU(0.2),
    "leaky_relu_0": .leakyReLU(0),
  ]

  @Test func areThoseOfPyTorch() throws {
    let cases = try FixtureCase.all("initializers").filter { $0.options.texts["initializer"] == "gain" }
    #expect(cases.count == Self.nonlinearities.count)
    for fixture in cases {
      let nonlinearity = try #require(Self.nonlinearities[String(fixture.name.dropFirst(5))], "\(fixture.name)")
      #expect(try Initializer.gain(nonlinearity) == fixture.tensor("output").item(), "\(fixture.name)")
    }
  }
}

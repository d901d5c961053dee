import Autograd
import Tensors
import TestSupport
import Testing

import NN

/// PyTorch's outputs and gradients of every recorded layer.
@Suite struct LayerFixtureTests {
  @Test(arguments: try FixtureCase.all("layers")) func replays(_ fixture: FixtureCase) throws {
    let input = Variable(try fixture.tensor("input"), requiresGrad: true)
    let layer = try layer(fixture.options, input.dtype)
    try layer.loadStateDict(fixture.parameters)
    let output = layer(input)
    output.backward(gradient: fixture.projection)
    var actual = ["input": input]
    for (name, parameter) in layer.namedParameters() { actual[name] = parameter }
    #expect(Set(actual.keys) == Set(fixture.gradients.keys))
    // Elementwise functions and softmax are accurate even where the output is tiny: a rounding or two, and at most 2 units
    // for the kernel on either side. Sums are as accurate as their terms: products of two normal numbers, which reach 8.
    // Either side rounds some five times, each time by half a unit at most. The worst is 5 units of 1, 0.6 of 8.
    let isSum = ["Linear", "log_softmax"].contains(fixture.options.texts["layer"])
    expectClose(output.value, try fixture.tensor("output"), within: 4, floor: isSum ? 8 : 0, "output")
    for (name, expected) in fixture.gradients {
      expectClose(try #require(actual[name]?.grad?.value), expected, within: 4, floor: isSum ? 8 : 1, name)
    }
  }

  private func layer(_ options: FixtureCase.Options, _ dtype: DType) throws -> Module {
    func integer(_ key: String) throws -> Int { Int(try #require(options.numbers[key])) }
    switch try #require(options.texts["layer"]) {
    case "Linear":
      let (inputs, outputs) = (try integer("in_features"), try integer("out_features"))
      return Linear(inputs, outputs, bias: options.flag("bias"), dtype: dtype)
    case "sigmoid": return Sigmoid()
    case "tanh": return Tanh()
    case "relu": return ReLU()
    case "softmax": return Softmax(axis: try integer("axis"))
    case "log_softmax": return LogSoftmax(axis: try integer("axis"))
    case "Flatten": return Flatten(from: try integer("start"), through: try integer("end"))
    case "Dropout":
      let dropout = Dropout(try #require(options.numbers["p"]))
      dropout.train(options.flag("training"))
      return dropout
    case let other: throw UnknownLayer(name: other)
    }
  }

  private struct UnknownLayer: Error { let name: String }
}

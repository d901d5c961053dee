import Autograd
import Tensors
import TestSupport
import Testing

import NN

/// PyTorch's values and gradients of every recorded convolution and pooling.
@Suite struct ConvolutionFixtureTests {
  @Test(arguments: try FixtureCase.all("conv")) func replays(_ fixture: FixtureCase) throws {
    var leaves: [String: Variable] = [:]
    for name in ["input", "weight", "bias"] {
      leaves[name] = fixture.tensors[name].map { Variable($0, requiresGrad: true) }
    }
    let output = try run(fixture, leaves)
    output.backward(gradient: fixture.projection)
    #expect(Set(leaves.keys) == Set(fixture.gradients.keys))
    // Sums of at most 100 products of normal numbers, in float64: each rounding is half a unit of a partial sum, which
    // stays below 64.
    expectClose(output.value, try fixture.tensor("output"), within: 4, floor: 64, "output")
    for (name, expected) in fixture.gradients {
      expectClose(try #require(leaves[name]?.grad?.value), expected, within: 4, floor: 64, name)
    }
  }

  private func run(_ fixture: FixtureCase, _ leaves: [String: Variable]) throws -> Variable {
    let x = try #require(leaves["input"])
    let function = String(fixture.name.prefix { $0 != "." })
    guard let weight = leaves["weight"] else { return try pool(x, function, fixture.options) }
    return try convolve(x, weight, leaves["bias"], function, fixture.options)
  }

  private func perAxis(_ options: FixtureCase.Options, _ key: String) -> PerAxis? {
    options.numbers[key].map { PerAxis(Int($0)) } ?? options.lists[key].map { PerAxis($0.map { Int($0) }) }
  }

  private func convolve(
    _ x: Variable, _ w: Variable, _ b: Variable?, _ function: String, _ options: FixtureCase.Options
  ) throws -> Variable {
    let (stride, dilation) = (perAxis(options, "stride") ?? 1, perAxis(options, "dilation") ?? 1)
    let (explicit, extra) = (perAxis(options, "padding") ?? 0, perAxis(options, "output_padding") ?? 0)
    let padding: ConvolutionPadding = options.texts["padding"] == "same" ? .same : .explicit(explicit)
    let groups = Int(options.numbers["groups"] ?? 1)
    switch function {
    case "conv1d": return x.conv1d(w, bias: b, stride: stride, padding: padding, dilation: dilation, groups: groups)
    case "conv2d": return x.conv2d(w, bias: b, stride: stride, padding: padding, dilation: dilation, groups: groups)
    case "conv3d": return x.conv3d(w, bias: b, stride: stride, padding: padding, dilation: dilation, groups: groups)
    case "conv_transpose1d":
      return x.convTranspose1d(
        w, bias: b, stride: stride, padding: explicit, outputPadding: extra, groups: groups, dilation: dilation)
    case "conv_transpose2d":
      return x.convTranspose2d(
        w, bias: b, stride: stride, padding: explicit, outputPadding: extra, groups: groups, dilation: dilation)
    case "conv_transpose3d":
      return x.convTranspose3d(
        w, bias: b, stride: stride, padding: explicit, outputPadding: extra, groups: groups, dilation: dilation)
    default: throw UnknownFunction(name: function)
    }
  }

  private func pool(_ x: Variable, _ function: String, _ options: FixtureCase.Options) throws -> Variable {
    let (kernel, stride) = (perAxis(options, "kernel_size") ?? 1, perAxis(options, "stride"))
    let (padding, dilation) = (perAxis(options, "padding") ?? 0, perAxis(options, "dilation") ?? 1)
    let (ceilMode, size) = (options.flag("ceil_mode"), perAxis(options, "output_size") ?? 1)
    let countIncludePad = !options.names.contains("count_include_pad")
    switch function {
    case "max_pool1d":
      return x.maxPool1d(
        kernelSize: kernel, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
    case "max_pool2d":
      return x.maxPool2d(
        kernelSize: kernel, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
    case "max_pool3d":
      return x.maxPool3d(
        kernelSize: kernel, stride: stride, padding: padding, dilation: dilation, ceilMode: ceilMode)
    case "avg_pool2d":
      return x.avgPool2d(
        kernelSize: kernel, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad)
    case "avg_pool3d":
      return x.avgPool3d(
        kernelSize: kernel, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad)
    case "adaptive_avg_pool2d": return x.adaptiveAvgPool2d(outputSize: size)
    case "adaptive_max_pool2d": return x.adaptiveMaxPool2d(outputSize: size)
    default: throw UnknownFunction(name: function)
    }
  }

  private struct UnknownFunction: Error { let name: String }
}

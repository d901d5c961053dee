import Autograd
import Tensors

/// What the six convolutions share: parameters, options and how they are printed.
///
/// Weight and bias are at first uniform on ±1/√(inputs of a group · taps), as PyTorch's; for the transposed ones on
/// ±1/√(outputs of a group · taps).
public class ConvolutionLayer: Module {
  /// [outputs, inputs/groups, kernel…], or of a transposed convolution [inputs, outputs/groups, kernel…].
  public let weight: Variable
  /// [outputs], or nil.
  public let bias: Variable?
  /// Channels of the input.
  public let inChannels: Int
  /// Channels of the output.
  public let outChannels: Int
  /// Taps along each spatial axis.
  public let kernelSize: [Int]
  let options: ConvolutionOptions

  /// Elements between the windows, along each spatial axis.
  public var stride: [Int] { options.stride }
  /// Elements between the taps, along each spatial axis.
  public var dilation: [Int] { options.dilation }
  /// How many groups of channels are convolved each by itself.
  public var groups: Int { options.groups }
  /// The number of spatial axes.
  var axes: Int { options.axes }

  init(
    _ options: ConvolutionOptions, _ inChannels: Int, _ outChannels: Int, _ kernelSize: PerAxis, isTransposed: Bool,
    bias: Bool, _ dtype: DType, _ generator: Generator
  ) {
    let (name, groups) = (options.operation, options.groups)
    require(
      inChannels > 0 && outChannels > 0 && inChannels % groups == 0 && outChannels % groups == 0, name,
      "\(inChannels) input and \(outChannels) output channels in \(groups) groups; expected positive multiples of the "
        + "groups")
    (self.options, self.inChannels, self.outChannels) = (options, inChannels, outChannels)
    self.kernelSize = kernelSize.values(options.axes, name, "kernelSize", atLeast: 1)
    let (rows, columns) = isTransposed ? (inChannels, outChannels) : (outChannels, inChannels)
    let shape = Shape([rows, columns / groups] + self.kernelSize)
    let bound = 1 / Double(shape.dropFirst().reduce(1, *)).squareRoot()
    func initial(_ shape: Shape) -> Variable {
      Variable(.uniform(shape, low: -bound, high: bound, dtype: dtype, generator: generator), requiresGrad: true)
    }
    weight = initial(shape)
    self.bias = bias ? initial([outChannels]) : nil
  }

  /// The padding as it is printed; nil for none.
  var paddingText: String? { nil }
  /// The output padding of the transposed convolutions.
  var extraPadding: [Int] { [] }
  /// What surrounds the input, as it is printed.
  var paddingModeText: String? { nil }

  public override var extraDescription: String {
    let (text, ones) = (
      "\(inChannels), \(outChannels), kernel_size=\(kernelSize.pythonTuple)", kernelSize.map { _ in 1 }
    )
    return text + ", stride=\(stride.pythonTuple)"
      + (paddingText.map { ", padding=\($0)" } ?? "")
      + (dilation == ones ? "" : ", dilation=\(dilation.pythonTuple)")
      + (extraPadding.allSatisfy { $0 == 0 } ? "" : ", output_padding=\(extraPadding.pythonTuple)")
      + (groups == 1 ? "" : ", groups=\(groups)")
      + (bias == nil ? ", bias=False" : "")
      + (paddingModeText.map { ", padding_mode=\($0)" } ?? "")
  }
}

extension [Int] {
  /// As a tuple, unless all are 0.
  var pythonPadding: String? { allSatisfy { $0 == 0 } ? nil : pythonTuple }
}

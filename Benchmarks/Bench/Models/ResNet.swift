import Adjoint

/// Three residual blocks of 16, 32 and 64 channels, the mean of each map, a linear layer: [N, 3, 32, 32] → [N, 10].
final class ResNet: Module {
  /// relu(norm(conv(relu(norm(conv(x))))) + x), x through a 1x1 convolution where the sizes differ.
  final class Block: Module {
    let conv1, conv2: Conv2d
    let norm1, norm2: BatchNorm2d
    let shortcut: Module

    init(_ inputs: Int, _ outputs: Int, stride: Int) {
      conv1 = Conv2d(inputs, outputs, kernelSize: 3, stride: PerAxis(stride), padding: 1, bias: false)
      conv2 = Conv2d(outputs, outputs, kernelSize: 3, padding: 1, bias: false)
      (norm1, norm2) = (BatchNorm2d(outputs), BatchNorm2d(outputs))
      shortcut =
        stride == 1 && inputs == outputs
        ? Identity()
        : Sequential(
          Conv2d(inputs, outputs, kernelSize: 1, stride: PerAxis(stride), bias: false),
          BatchNorm2d(outputs))
    }

    override func forward(_ x: Variable) -> Variable {
      let y = norm1(conv1(x)).relu()
      return (norm2(conv2(y)) + shortcut(x)).relu()
    }
  }

  let conv = Conv2d(3, 16, kernelSize: 3, padding: 1, bias: false)
  let norm = BatchNorm2d(16)
  let blocks = Sequential(Block(16, 16, stride: 1), Block(16, 32, stride: 2), Block(32, 64, stride: 2))
  let head = Linear(64, 10)

  override func forward(_ x: Variable) -> Variable {
    head(blocks(norm(conv(x)).relu()).adaptiveAvgPool2d(outputSize: 1).flattened(from: 1))
  }

  /// Of a forward and backward pass of one image, without the gradient of the image.
  static let flops: Double = {
    let first = 32 * 32 * 16 * 3 * 9
    let wide = 2 * 32 * 32 * 16 * 16 * 9
    let halved = 16 * 16 * (32 * 16 * 10 + 32 * 32 * 9)
    let quartered = 8 * 8 * (64 * 32 * 10 + 64 * 64 * 9)
    return Double(2 * (2 * first + 3 * (wide + halved + quartered + 64 * 10)))
  }()
}

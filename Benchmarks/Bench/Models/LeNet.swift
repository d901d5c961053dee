import Adjoint

/// Two 5x5 convolutions with maximum poolings, and two linear layers: [N, 1, 28, 28] → [N, 10].
final class LeNet: Module {
  let conv1 = Conv2d(1, 16, kernelSize: 5, padding: 2)
  let conv2 = Conv2d(16, 32, kernelSize: 5, padding: 2)
  let fc1 = Linear(32 * 7 * 7, 128)
  let fc2 = Linear(128, 10)

  override func forward(_ x: Variable) -> Variable {
    let y = conv1(x).relu().maxPool2d(kernelSize: 2)
    let z = conv2(y).relu().maxPool2d(kernelSize: 2)
    return fc2(fc1(z.flattened(from: 1)).relu())
  }

  /// Of a forward and backward pass of one image, without the gradient of the image.
  static let flops: Double = {
    let (first, second) = (28 * 28 * 16 * 25, 14 * 14 * 32 * 16 * 25)
    let linear = 32 * 7 * 7 * 128 + 128 * 10
    return Double(2 * (2 * first + 3 * (second + linear)))
  }()
}

import Adjoint

/// LeNet's plan with today's parts: convolution and pooling, twice, then three linear layers.
///
/// Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-Based Learning Applied to Document Recognition", 1998,
/// doi:10.1109/5.726791.
final class ConvNet: Module {
  let features: Sequential
  let classifier: Sequential

  /// What the first layer looks for, [channels, 1, kernelSize, kernelSize].
  var firstKernels: Tensor { features[0].parameters()[0].value }

  /// For images of any size from 4x4 on: the first linear layer takes its size from the first image.
  init(kernelSize: Int, channels: Int, dropout: Double = 0.25) {
    features = Sequential {
      Self.stage(1, channels, kernelSize)
      Self.stage(channels, 2 * channels, kernelSize)
    }
    classifier = Sequential {
      Flatten()
      LazyLinear(120)
      ReLU()
      Dropout(dropout)
      Linear(120, 84)
      ReLU()
      Dropout(dropout)
      Linear(84, 10)
    }
  }

  /// Halves height and width.
  private static func stage(_ inputs: Int, _ outputs: Int, _ kernelSize: Int) -> [Module] {
    [
      Conv2d(inputs, outputs, kernelSize: PerAxis(kernelSize), padding: .same), BatchNorm2d(outputs), ReLU(),
      MaxPool2d(2),
    ]
  }

  /// Images [N, height, width] → logits [N, 10].
  override func forward(_ images: Variable) -> Variable { classifier(features(images.unsqueezed(axis: 1))) }
}

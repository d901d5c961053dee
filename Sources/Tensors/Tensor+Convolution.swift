import Kernels

/// Convolutions as PyTorch's: x [batch, inputs, spatial…] or without the batch axis, weights [outputs, inputs/groups,
/// kernel…], the kernel not flipped. float32 or float64.
///
/// Computed by register tiles that read a padded copy of a block of the input at the taps' offsets, so that no matrix of
/// patches is ever written: after Georganas et al., "Anatomy of High-Performance Deep Learning Convolutions on SIMD
/// Architectures" (2018, doi:10.1109/SC.2018.00069).
extension Tensor {
  /// y[n, o, p] = b[o] + Σ w[o, c, k]·x[n, c, p·stride + k·dilation − padding] over the channels c of o's group and taps k:
  /// [batch, inputs, length] → [batch, outputs, ⌊(length + 2·padding − dilation·(k − 1) − 1)/stride⌋ + 1].
  ///
  /// - Complexity: O(batch · outputs · inputs/groups · k · output length).
  public func conv1d(
    _ weight: Tensor, bias: Tensor? = nil, stride: PerAxis = 1, padding: ConvolutionPadding = 0, dilation: PerAxis = 1,
    groups: Int = 1
  ) -> Tensor {
    let options = ConvolutionOptions("conv1d", axes: 1, stride: stride, dilation: dilation, groups: groups)
    return convolved(options, weight, bias, padding)
  }

  /// ``conv1d(_:bias:stride:padding:dilation:groups:)`` over two spatial axes: [batch, inputs, height, width].
  public func conv2d(
    _ weight: Tensor, bias: Tensor? = nil, stride: PerAxis = 1, padding: ConvolutionPadding = 0, dilation: PerAxis = 1,
    groups: Int = 1
  ) -> Tensor {
    let options = ConvolutionOptions("conv2d", axes: 2, stride: stride, dilation: dilation, groups: groups)
    return convolved(options, weight, bias, padding)
  }

  /// ``conv1d(_:bias:stride:padding:dilation:groups:)`` over three spatial axes: [batch, inputs, depth, height, width].
  public func conv3d(
    _ weight: Tensor, bias: Tensor? = nil, stride: PerAxis = 1, padding: ConvolutionPadding = 0, dilation: PerAxis = 1,
    groups: Int = 1
  ) -> Tensor {
    let options = ConvolutionOptions("conv3d", axes: 3, stride: stride, dilation: dilation, groups: groups)
    return convolved(options, weight, bias, padding)
  }

  /// The transposed convolution: the gradient of a convolution at its input, plus a bias. Weights [inputs,
  /// outputs/groups, k]: [batch, inputs, length] → [batch, outputs, (length − 1)·stride − 2·padding + dilation·(k − 1) +
  /// outputPadding + 1]. `outputPadding` chooses among the lengths that the convolution takes to this one.
  ///
  /// - Complexity: O(batch · inputs · outputs/groups · k · length).
  public func convTranspose1d(
    _ weight: Tensor, bias: Tensor? = nil, stride: PerAxis = 1, padding: PerAxis = 0, outputPadding: PerAxis = 0,
    groups: Int = 1, dilation: PerAxis = 1
  ) -> Tensor {
    let options = ConvolutionOptions("convTranspose1d", axes: 1, stride: stride, dilation: dilation, groups: groups)
    return transposedConvolved(options, weight, bias, padding, outputPadding)
  }

  /// ``convTranspose1d(_:bias:stride:padding:outputPadding:groups:dilation:)`` over two spatial axes.
  public func convTranspose2d(
    _ weight: Tensor, bias: Tensor? = nil, stride: PerAxis = 1, padding: PerAxis = 0, outputPadding: PerAxis = 0,
    groups: Int = 1, dilation: PerAxis = 1
  ) -> Tensor {
    let options = ConvolutionOptions("convTranspose2d", axes: 2, stride: stride, dilation: dilation, groups: groups)
    return transposedConvolved(options, weight, bias, padding, outputPadding)
  }

  /// ``convTranspose1d(_:bias:stride:padding:outputPadding:groups:dilation:)`` over three spatial axes.
  public func convTranspose3d(
    _ weight: Tensor, bias: Tensor? = nil, stride: PerAxis = 1, padding: PerAxis = 0, outputPadding: PerAxis = 0,
    groups: Int = 1, dilation: PerAxis = 1
  ) -> Tensor {
    let options = ConvolutionOptions("convTranspose3d", axes: 3, stride: stride, dilation: dilation, groups: groups)
    return transposedConvolved(options, weight, bias, padding, outputPadding)
  }

  private func convolved(
    _ options: ConvolutionOptions, _ weight: Tensor, _ bias: Tensor?, _ padding: ConvolutionPadding
  ) -> Tensor {
    if options.isUnbatched(self) {
      return unsqueezed(axis: 0).convolved(options, weight, bias, padding).squeezed(axis: 0)
    }
    return convolved(options.forward(self, weight, bias, padding), weight, bias)
  }

  private func transposedConvolved(
    _ options: ConvolutionOptions, _ weight: Tensor, _ bias: Tensor?, _ padding: PerAxis, _ outputPadding: PerAxis
  ) -> Tensor {
    if options.isUnbatched(self) {
      let batch = unsqueezed(axis: 0)
      return batch.transposedConvolved(options, weight, bias, padding, outputPadding).squeezed(axis: 0)
    }
    let plan = options.transposed(self, weight, bias, padding: padding, outputPadding: outputPadding)
    return transposedConvolved(plan, weight, bias)
  }

  /// y = x ⋆ w + b for a checked x.
  package func convolved(_ plan: ConvolutionPlan, _ weight: Tensor, _ bias: Tensor?) -> Tensor {
    let (x, w, b) = (contiguous, weight.contiguous, bias?.contiguous)
    let result = Tensor(uninitialized: plan.output, dtype)
    withExtendedLifetime((x, w, b)) {
      Kernels.convolution(dtype.kind, plan.sizes, x.data, w.data, b?.data, result.freshData)
    }
    return result
  }

  /// ∂L/∂x of y = x ⋆ w from this ∂L/∂y, plus a bias.
  package func transposedConvolved(_ plan: ConvolutionPlan, _ weight: Tensor, _ bias: Tensor?) -> Tensor {
    let (g, w, b) = (contiguous, weight.contiguous, bias?.contiguous)
    let result = Tensor(uninitialized: plan.input, dtype)
    withExtendedLifetime((g, w, b)) {
      Kernels.convolutionInputGradient(dtype.kind, plan.sizes, g.data, w.data, b?.data, result.freshData)
    }
    return result
  }

  /// ∂L/∂w of y = x ⋆ w from this x and ∂L/∂y.
  package func convolutionWeightGradient(_ plan: ConvolutionPlan, _ gradient: Tensor) -> Tensor {
    let (x, g) = (contiguous, gradient.contiguous)
    let result = Tensor(uninitialized: plan.weight, dtype)
    withExtendedLifetime((x, g)) {
      Kernels.convolutionWeightGradient(dtype.kind, plan.sizes, x.data, g.data, result.freshData)
    }
    return result
  }
}

import Tensors

/// Convolutions with PyTorch's layouts: x [batch, inputs, spatial…] or without the batch axis, w [outputs, inputs/groups,
/// kernel…]. A convolution, its gradient at x and its gradient at w are each linear in two operands, so that the three
/// are one another's derivatives, to any order.
extension Variable {
  /// y = x ⋆ w + b, as ``Tensor/conv1d(_:bias:stride:padding:dilation:groups:)``.  ∂L/∂x = the transposed convolution of g
  /// with w, ∂L/∂w = the products of g with x shifted by each tap, ∂L/∂b = Σ g over batch and positions.
  public func conv1d(
    _ weight: Variable, bias: Variable? = nil, stride: PerAxis = 1, padding: ConvolutionPadding = 0,
    dilation: PerAxis = 1, groups: Int = 1
  ) -> Variable {
    let options = ConvolutionOptions("conv1d", axes: 1, stride: stride, dilation: dilation, groups: groups)
    return convolved(options, weight, bias, padding)
  }

  /// ``conv1d(_:bias:stride:padding:dilation:groups:)`` over two spatial axes.
  public func conv2d(
    _ weight: Variable, bias: Variable? = nil, stride: PerAxis = 1, padding: ConvolutionPadding = 0,
    dilation: PerAxis = 1, groups: Int = 1
  ) -> Variable {
    let options = ConvolutionOptions("conv2d", axes: 2, stride: stride, dilation: dilation, groups: groups)
    return convolved(options, weight, bias, padding)
  }

  /// ``conv1d(_:bias:stride:padding:dilation:groups:)`` over three spatial axes.
  public func conv3d(
    _ weight: Variable, bias: Variable? = nil, stride: PerAxis = 1, padding: ConvolutionPadding = 0,
    dilation: PerAxis = 1, groups: Int = 1
  ) -> Variable {
    let options = ConvolutionOptions("conv3d", axes: 3, stride: stride, dilation: dilation, groups: groups)
    return convolved(options, weight, bias, padding)
  }

  /// The transposed convolution, as ``Tensor/convTranspose1d(_:bias:stride:padding:outputPadding:groups:dilation:)``.
  /// ∂L/∂x = g ⋆ w, ∂L/∂w = the products of x with g shifted by each tap, ∂L/∂b = Σ g.
  public func convTranspose1d(
    _ weight: Variable, bias: Variable? = nil, stride: PerAxis = 1, padding: PerAxis = 0, outputPadding: PerAxis = 0,
    groups: Int = 1, dilation: PerAxis = 1
  ) -> Variable {
    let options = ConvolutionOptions("convTranspose1d", axes: 1, stride: stride, dilation: dilation, groups: groups)
    return transposedConvolved(options, weight, bias, padding, outputPadding)
  }

  /// ``convTranspose1d(_:bias:stride:padding:outputPadding:groups:dilation:)`` over two spatial axes.
  public func convTranspose2d(
    _ weight: Variable, bias: Variable? = nil, stride: PerAxis = 1, padding: PerAxis = 0, outputPadding: PerAxis = 0,
    groups: Int = 1, dilation: PerAxis = 1
  ) -> Variable {
    let options = ConvolutionOptions("convTranspose2d", axes: 2, stride: stride, dilation: dilation, groups: groups)
    return transposedConvolved(options, weight, bias, padding, outputPadding)
  }

  /// ``convTranspose1d(_:bias:stride:padding:outputPadding:groups:dilation:)`` over three spatial axes.
  public func convTranspose3d(
    _ weight: Variable, bias: Variable? = nil, stride: PerAxis = 1, padding: PerAxis = 0, outputPadding: PerAxis = 0,
    groups: Int = 1, dilation: PerAxis = 1
  ) -> Variable {
    let options = ConvolutionOptions("convTranspose3d", axes: 3, stride: stride, dilation: dilation, groups: groups)
    return transposedConvolved(options, weight, bias, padding, outputPadding)
  }

  /// The checked convolution with these options.
  package func convolved(
    _ options: ConvolutionOptions, _ weight: Variable, _ bias: Variable?, _ padding: ConvolutionPadding
  ) -> Variable {
    if options.isUnbatched(value) {
      return unsqueezed(axis: 0).convolved(options, weight, bias, padding).squeezed(axis: 0)
    }
    return convolved(options.forward(value, weight.value, bias?.value, padding), weight, bias)
  }

  /// The checked transposed convolution with these options.
  package func transposedConvolved(
    _ options: ConvolutionOptions, _ weight: Variable, _ bias: Variable?, _ padding: PerAxis, _ outputPadding: PerAxis
  ) -> Variable {
    if options.isUnbatched(value) {
      let batch = unsqueezed(axis: 0)
      return batch.transposedConvolved(options, weight, bias, padding, outputPadding).squeezed(axis: 0)
    }
    let plan = options.transposed(
      value, weight.value, bias?.value, padding: padding, outputPadding: outputPadding)
    return transposedConvolved(plan, weight, bias)
  }

  /// y = x ⋆ w + b.  ∂L/∂x = the transposed convolution of g with w.
  func convolved(_ plan: ConvolutionPlan, _ weight: Variable, _ bias: Variable? = nil) -> Variable {
    let (x, w) = (saved, weight.saved)
    return Variable.record(
      "convolution", value.convolved(plan, weight.value, bias?.value), inputs: [self, weight, bias]
    ) { i in
      switch i {
      case 0: { $0.transposedConvolved(plan, w.variable) }
      case 1: { x.variable.convolutionWeightGradient(plan, $0) }
      default: { $0.channelSum() }
      }
    }
  }

  /// x = what a convolution with w takes back, plus b.  ∂L/∂y = g ⋆ w.
  private func transposedConvolved(_ plan: ConvolutionPlan, _ weight: Variable, _ bias: Variable? = nil) -> Variable {
    let (y, w) = (saved, weight.saved)
    return Variable.record(
      "transposedConvolution", value.transposedConvolved(plan, weight.value, bias?.value), inputs: [self, weight, bias]
    ) { i in
      switch i {
      case 0: { $0.convolved(plan, w.variable) }
      case 1: { $0.convolutionWeightGradient(plan, y.variable) }
      default: { $0.channelSum() }
      }
    }
  }

  /// w = Σ y·x shifted by each tap.  ∂L/∂x = the transposed convolution of y with g, ∂L/∂y = x ⋆ g.
  private func convolutionWeightGradient(_ plan: ConvolutionPlan, _ y: Variable) -> Variable {
    let (x, out) = (saved, y.saved)
    return Variable.record(
      "convolutionWeightGradient", value.convolutionWeightGradient(plan, y.value), self,
      { out.variable.transposedConvolved(plan, $0) }, y, { x.variable.convolved(plan, $0) })
  }

  /// Σ over batch and positions: [batch, channels, spatial…] → [channels].
  private func channelSum() -> Variable {
    reshaped([shape[0], shape[1], shape.dropFirst(2).reduce(1, *)]).sum(axis: 2).sum(axis: 0)
  }
}

package let convolutionProbes: [Probe] = [
  Probe("conv1d", [.init([2, 3, 7]), .init([2, 3, 3]), .init([2])]) { $0[0].conv1d($0[1], bias: $0[2]) },
  Probe("conv1d strided", [.init([1, 4, 9]), .init([4, 2, 3])]) {
    $0[0].conv1d($0[1], stride: 2, padding: 2, dilation: 2, groups: 2)
  },
  Probe("conv2d", [.init([2, 2, 4, 5]), .init([3, 2, 3, 2]), .init([3])]) {
    $0[0].conv2d($0[1], bias: $0[2], stride: [1, 2], padding: [2, 1])
  },
  Probe("conv2d same", [.init([2, 3, 4]), .init([2, 2, 2, 3])]) { $0[0].conv2d($0[1], padding: .same) },
  Probe("conv2d depthwise", [.init([2, 3, 4, 4]), .init([3, 1, 3, 3]), .init([3])]) {
    $0[0].conv2d($0[1], bias: $0[2], padding: 1, groups: 3)
  },
  Probe("conv3d", [.init([1, 2, 3, 4, 3]), .init([2, 2, 2, 2, 3])]) {
    $0[0].conv3d($0[1], stride: [2, 1, 1], padding: [1, 0, 1], dilation: [1, 2, 1])
  },
  Probe("convTranspose1d", [.init([2, 2, 4]), .init([2, 2, 3]), .init([2])]) {
    $0[0].convTranspose1d($0[1], bias: $0[2], stride: 2, padding: 1, outputPadding: 1)
  },
  Probe("convTranspose2d", [.init([1, 4, 3, 2]), .init([4, 1, 2, 3]), .init([2])]) {
    $0[0].convTranspose2d($0[1], bias: $0[2], stride: [3, 1], padding: [0, 1], groups: 2, dilation: [1, 2])
  },
  Probe("convTranspose3d", [.init([1, 2, 2, 2, 3]), .init([2, 1, 2, 1, 2])]) {
    $0[0].convTranspose3d($0[1], stride: [1, 2, 2], outputPadding: [0, 1, 0])
  },
]

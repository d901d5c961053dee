import Autograd
import Tensors
import TestSupport

/// Sums of at most a hundred products, whose half units of partial sums near the largest result add up like their root.
private let sums = Tolerance.ulps(5, of: .largest, gradient: 10)
/// A sum for the mean and one for the deviation, a difference and two products; derivatives subtract two sums more.
private let normalized = Tolerance.ulps(6, of: .largest, gradient: 24)
/// A sum beside exponentials of others; in second derivatives differences p·(g − Σp·g) cancel to a sixteenth.
private let attended = Tolerance.ulps(5, of: .largest, gradient: 80)

/// One number for all axes, or one for each.
func perAxis(_ a: Arguments, _ name: String) -> PerAxis? {
  let values: [Int]? = a[optional: name]
  return values.map { $0.count == 1 ? PerAxis($0[0]) : PerAxis($0) }
}

private func padding(_ a: Arguments) -> ConvolutionPadding {
  let mode: String? = a[optional: "mode"]
  return mode == "same" ? .same : mode == "valid" ? .valid : .explicit(perAxis(a, "padding") ?? 0)
}

private func bias(_ x: [Variable]) -> Variable? { x.count > 2 ? x[2] : nil }

private func convolution(
  _ axes: Int,
  _ call: @escaping @Sendable (Variable) -> (Variable, Variable?, PerAxis, ConvolutionPadding, PerAxis, Int) -> Variable
) -> Operation {
  let spelling = "conv\(axes)d(_:bias:stride:padding:dilation:groups:)"
  return Operation("conv\(axes)d", "torch.nn.functional.conv\(axes)d", spelling, sums) { x, a in
    let (stride, dilation) = (perAxis(a, "stride") ?? 1, perAxis(a, "dilation") ?? 1)
    return call(x[0])(x[1], bias(x), stride, padding(a), dilation, a["groups", default: 1])
  }
}

private func transposedConvolution(
  _ axes: Int,
  _ call: @escaping @Sendable (Variable) -> (Variable, Variable?, PerAxis, PerAxis, PerAxis, Int, PerAxis) -> Variable
) -> Operation {
  let torch = "torch.nn.functional.conv_transpose\(axes)d"
  let spelling = "convTranspose\(axes)d(_:bias:stride:padding:outputPadding:groups:dilation:)"
  return Operation("conv_transpose\(axes)d", torch, spelling, sums) { x, a in
    let (stride, dilation) = (perAxis(a, "stride") ?? 1, perAxis(a, "dilation") ?? 1)
    let (padding, extra) = (perAxis(a, "padding") ?? 0, perAxis(a, "output_padding") ?? 0)
    return call(x[0])(x[1], bias(x), stride, padding, extra, a["groups", default: 1], dilation)
  }
}

private func maxPooling(
  _ axes: Int, _ call: @escaping @Sendable (Variable) -> (PerAxis, PerAxis?, PerAxis, PerAxis, Bool) -> Variable
) -> Operation {
  let spelling = "maxPool\(axes)d(kernelSize:stride:padding:dilation:ceilMode:)"
  return Operation("max_pool\(axes)d", "torch.nn.functional.max_pool\(axes)d", spelling) { x, a in
    call(x[0])(
      perAxis(a, "kernel_size") ?? 1, perAxis(a, "stride"), perAxis(a, "padding") ?? 0, perAxis(a, "dilation") ?? 1,
      a["ceil_mode", default: false])
  }
}

private func averagePooling(
  _ axes: Int,
  _ call: @escaping @Sendable (Variable) -> (PerAxis, PerAxis?, PerAxis, Bool, Bool, Int?) -> Variable
) -> Operation {
  let override = axes > 1 ? "divisorOverride:" : ""
  let spelling = "avgPool\(axes)d(kernelSize:stride:padding:ceilMode:countIncludePad:\(override))"
  return Operation("avg_pool\(axes)d", "torch.nn.functional.avg_pool\(axes)d", spelling, sums) { x, a in
    call(x[0])(
      perAxis(a, "kernel_size") ?? 1, perAxis(a, "stride"), perAxis(a, "padding") ?? 0,
      a["ceil_mode", default: false], a["count_include_pad", default: true], a[optional: "divisor_override"])
  }
}

private func adaptivePooling(
  _ axes: Int, _ kind: String, _ tolerance: Tolerance, _ call: @escaping @Sendable (Variable) -> (PerAxis) -> Variable
) -> Operation {
  let (name, spelling) = ("adaptive_\(kind.lowercased())_pool\(axes)d", "adaptive\(kind)Pool\(axes)d(outputSize:)")
  return Operation(name, "torch.nn.functional.\(name)", spelling, tolerance) { x, a in
    call(x[0])(perAxis(a, "output_size") ?? 1)
  }
}

private func running(_ x: [Variable]) -> RunningStatistics {
  var running = RunningStatistics(channels: x[1].shape[0], dtype: x[1].dtype)
  (running.mean, running.variance) = (x[1].value, x[2].value)
  return running
}

let neuralOperations: [Operation] =
  convolutionOperations + poolingOperations + normalizationOperations + [
    Operation("linear", "torch.nn.functional.linear", "linear(_:_:)", sums) { x, _ in x[0].linear(x[1], bias(x)) },
    Operation(
      "scaled_dot_product_attention", "torch.nn.functional.scaled_dot_product_attention",
      "scaledDotProductAttention(_:_:_:mask:isCausal:scale:)", attended
    ) { x, a in
      let mask = x.count > 3 ? x[3] : nil
      let isCausal = a["is_causal", default: false]
      return scaledDotProductAttention(x[0], x[1], x[2], mask: mask, isCausal: isCausal, scale: a[optional: "scale"])
    },
    Operation("embedding", "torch.nn.functional.embedding", "indexSelect(axis:index:)") { x, _ in
      let rows = x[1].indexSelect(axis: 0, index: x[0].value.reshaped([x[0].elementCount]))
      return rows.reshaped(Shape(Array(x[0].shape) + [x[1].shape[1]]))
    },
  ]

private let convolutionOperations: [Operation] = [
  convolution(1) { $0.conv1d(_:bias:stride:padding:dilation:groups:) },
  convolution(2) { $0.conv2d(_:bias:stride:padding:dilation:groups:) },
  convolution(3) { $0.conv3d(_:bias:stride:padding:dilation:groups:) },
  transposedConvolution(1) { $0.convTranspose1d(_:bias:stride:padding:outputPadding:groups:dilation:) },
  transposedConvolution(2) { $0.convTranspose2d(_:bias:stride:padding:outputPadding:groups:dilation:) },
  transposedConvolution(3) { $0.convTranspose3d(_:bias:stride:padding:outputPadding:groups:dilation:) },
]

private let poolingOperations: [Operation] = [
  maxPooling(1) { $0.maxPool1d(kernelSize:stride:padding:dilation:ceilMode:) },
  maxPooling(2) { $0.maxPool2d(kernelSize:stride:padding:dilation:ceilMode:) },
  maxPooling(3) { $0.maxPool3d(kernelSize:stride:padding:dilation:ceilMode:) },
  averagePooling(1) { x in
    { size, stride, padding, ceilMode, countIncludePad, _ in
      x.avgPool1d(
        kernelSize: size, stride: stride, padding: padding, ceilMode: ceilMode, countIncludePad: countIncludePad)
    }
  },
  averagePooling(2) { $0.avgPool2d(kernelSize:stride:padding:ceilMode:countIncludePad:divisorOverride:) },
  averagePooling(3) { $0.avgPool3d(kernelSize:stride:padding:ceilMode:countIncludePad:divisorOverride:) },
  adaptivePooling(1, "Avg", sums) { $0.adaptiveAvgPool1d(outputSize:) },
  adaptivePooling(2, "Avg", sums) { $0.adaptiveAvgPool2d(outputSize:) },
  adaptivePooling(3, "Avg", sums) { $0.adaptiveAvgPool3d(outputSize:) },
  adaptivePooling(1, "Max", .exact) { $0.adaptiveMaxPool1d(outputSize:) },
  adaptivePooling(2, "Max", .exact) { $0.adaptiveMaxPool2d(outputSize:) },
  adaptivePooling(3, "Max", .exact) { $0.adaptiveMaxPool3d(outputSize:) },
]

private let normalizationOperations: [Operation] = [
  Operation(
    "layer_norm", "torch.nn.functional.layer_norm", "layerNorm(normalizedShape:weight:bias:eps:)", normalized
  ) { x, a in
    let biasOnly = a["bias_only", default: false]
    return x[0].layerNorm(
      normalizedShape: Shape(a["shape"] as [Int]), weight: x.count > 1 && !biasOnly ? x[1] : nil,
      bias: biasOnly ? x[1] : bias(x), eps: a["eps", default: 1e-5])
  },
  Operation("batch_norm", "torch.nn.functional.batch_norm", "batchNorm(weight:bias:eps:)", normalized) { x, a in
    x[0].batchNorm(weight: x.count > 1 ? x[1] : nil, bias: bias(x), eps: a["eps", default: 1e-5]).output
  },
  Operation(
    "batch_norm_update", "torch.nn.functional.batch_norm(training=True)",
    "batchNorm(updating:momentum:weight:bias:eps:)", normalized
  ) { x, a in
    var running = running(x)
    let y = x[0].batchNorm(
      updating: &running, momentum: a["momentum", default: 0.1], weight: x.count > 3 ? x[3] : nil,
      bias: x.count > 4 ? x[4] : nil, eps: a["eps", default: 1e-5])
    return [y, Variable(running.mean), Variable(running.variance)]
  },
  Operation(
    "batch_norm_eval", "torch.nn.functional.batch_norm(training=False)", "batchNorm(using:weight:bias:eps:)", normalized
  ) { x, a in
    x[0].batchNorm(
      using: running(x), weight: x.count > 3 ? x[3] : nil, bias: x.count > 4 ? x[4] : nil,
      eps: a["eps", default: 1e-5])
  },
]

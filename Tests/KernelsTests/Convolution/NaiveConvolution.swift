import TestSupport
import Testing

import Kernels

/// A convolution by its definition, in more digits than the kernels', with the sums of magnitudes beside each result:
/// the natural unit of its error.
struct NaiveConvolution<F: FloatElement> {
  let shape: ConvolutionShape
  let x: [F]
  let w: [F]
  let g: [F]

  init(_ shape: ConvolutionShape, _ samples: inout Samples) {
    self.shape = shape
    x = samples.floats(shape.batch * shape.groups * shape.inputChannels * shape.input.count)
    w = samples.floats(shape.groups * shape.outputChannels * shape.inputChannels * shape.kernel.count)
    g = samples.floats(shape.batch * shape.groups * shape.outputChannels * shape.output.count)
  }

  /// Calls `body` with the flat positions in x, w and y of every product.
  func forEachProduct(_ body: (Int, Int, Int) -> Void) {
    let s = shape
    for n in 0..<s.batch * s.groups {
      for (o, c) in pairs(s.outputChannels, s.inputChannels) {
        for p in positions([s.output.z, s.output.y, s.output.x]) {
          for k in positions([s.kernel.z, s.kernel.y, s.kernel.x]) {
            let z = p[0] * s.stride.z + k[0] * s.dilation.z - s.padding.z
            let y = p[1] * s.stride.y + k[1] * s.dilation.y - s.padding.y
            let x = p[2] * s.stride.x + k[2] * s.dilation.x - s.padding.x
            guard (0..<s.input.z).contains(z), (0..<s.input.y).contains(y), (0..<s.input.x).contains(x) else {
              continue
            }
            body(
              flat([n, c, z, y, x], [s.inputChannels, s.input.z, s.input.y, s.input.x]),
              flat([n % s.groups, o, c] + k, [s.outputChannels, s.inputChannels, s.kernel.z, s.kernel.y, s.kernel.x]),
              flat([n, o] + p, [s.outputChannels, s.output.z, s.output.y, s.output.x]))
          }
        }
      }
    }
  }

  private func pairs(_ m: Int, _ n: Int) -> [(Int, Int)] { (0..<m).flatMap { i in (0..<n).map { (i, $0) } } }

  private func flat(_ index: [Int], _ inner: [Int]) -> Int {
    zip(index.dropFirst(), inner).reduce(index[0]) { $0 * $1.1 + $1.0 }
  }

  /// The largest errors of y, ∂L/∂x and ∂L/∂w in units of ε times the sum of magnitudes; infinite for NaN or a wrong
  /// size.
  func errors(y: [F], dx: [F], dw: [F]) -> [Double] {
    var (truth, scale) = (
      [y, dx, dw].map { [Truth](repeating: 0, count: $0.count) },
      [y, dx, dw].map { [Truth](repeating: Truth(F.leastNormalMagnitude), count: $0.count) }
    )
    guard y.count == g.count, dx.count == x.count, dw.count == w.count else { return [.infinity] }
    forEachProduct { i, k, o in
      for (which, at, term) in [
        (0, o, Truth(x[i]) * Truth(w[k])), (1, i, Truth(g[o]) * Truth(w[k])), (2, k, Truth(g[o]) * Truth(x[i])),
      ] {
        truth[which][at] += term
        scale[which][at] += abs(term)
      }
    }
    return zip([y, dx, dw], zip(truth, scale)).map { scaledError($0, $1.0, $1.1) }
  }

  /// What the kernels give: y, ∂L/∂x and ∂L/∂w.
  func run() -> (y: [F], dx: [F], dw: [F]) {
    (
      output(g.count) { convolution(F.kind, shape, x, w, nil, $0) },
      output(x.count) { convolutionInputGradient(F.kind, shape, g, w, nil, $0) },
      output(w.count) { convolutionWeightGradient(F.kind, shape, x, g, $0) }
    )
  }
}

extension ConvolutionShape {
  /// With the output that fits: the padding after the input is that before it.
  init(
    _ batch: Int, groups: Int = 1, _ inputs: Int, _ outputs: Int, _ input: Volume, _ kernel: Volume,
    stride: Volume = Volume(1, 1, 1), padding: Volume = Volume(0, 0, 0), dilation: Volume = Volume(1, 1, 1)
  ) {
    func size(_ axis: KeyPath<Volume, Int>) -> Int {
      let extent = dilation[keyPath: axis] * (kernel[keyPath: axis] - 1) + 1
      return (input[keyPath: axis] + 2 * padding[keyPath: axis] - extent) / stride[keyPath: axis] + 1
    }
    self.init(
      batch: batch, groups: groups, inputChannels: inputs, outputChannels: outputs, input: input,
      output: Volume(size(\.z), size(\.y), size(\.x)), kernel: kernel, stride: stride, padding: padding,
      dilation: dilation)
  }
}

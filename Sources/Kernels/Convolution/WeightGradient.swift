import CKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// ∂L/∂w of a convolution from its input x and g = ∂L/∂y: each weight is the dot product, over images and positions, of
/// its output channel of g with its input channel of x shifted by its tap.
///
/// Images are taken in an order, and cut into parts, that depend on the sizes alone.
package func convolutionWeightGradient(
  _ kind: ElementKind, _ shape: ConvolutionShape, _ x: UnsafeRawPointer, _ g: UnsafeRawPointer,
  _ weight: UnsafeMutableRawPointer
) {
  let count = shape.groups * shape.outputChannels * shape.inputChannels * shape.kernel.count
  if shape.multiplyAdds == 0 {
    memset(weight, 0, count * kind.size)
  } else if hasFewOutputChannels(kind, shape) {
    WeightDots(kind, shape).run(x, g, weight)
  } else {
    WeightSums(kind, shape).run(x, g, weight)
  }
}

/// Whether vectors of positions waste fewer lanes than vectors of output channels; a dot product loads a vector for each
/// product, and takes twice as long.
private func hasFewOutputChannels(_ kind: ElementKind, _ s: ConvolutionShape) -> Bool {
  let vector = 64 / kind.size
  return 2 * s.outputChannels * roundedUp(s.output.x, vector) < roundedUp(s.outputChannels, vector) * s.output.x
}

import Kernels

/// Normalisation along one axis: [..] → [..]; a scalar counts as having one axis. Any view that has neighbours in memory
/// along some axis is read where it stands, and the result is laid out like it. Floating point only.
extension Tensor {
  /// eˣ / Σ eˣ along an axis, shifted by the maximum so that nothing overflows.
  public func softmax(axis: Int) -> Tensor { softmax("softmax", axis, log: false) }

  /// x − ln Σ eˣ along an axis, shifted by the maximum.
  public func logSoftmax(axis: Int) -> Tensor { softmax("logSoftmax", axis, log: true) }

  private func softmax(_ name: String, _ axis: Int, log: Bool) -> Tensor {
    requireFloatingPoint(name)
    guard let axis = shape.resolve(line: axis, name) else { return log ? self - self : (self - self).exp() }
    return alongLines(axis, [self]) { kind, lines, x, y in Kernels.softmax(log: log, kind, lines, x[0], y) }
  }

  /// The backward pass of both: ∂L/∂x from g (this tensor) and the output y.
  package func softmaxGradient(_ y: Tensor, axis: Int, log: Bool) -> Tensor {
    guard let axis = shape.resolve(line: axis, "softmax") else { return self * (y - y) }
    return y.alongLines(axis, [y, self]) { kind, lines, x, dx in
      Kernels.softmaxGradient(log: log, kind, lines, x[1], x[0], dx)
    }
  }

  /// The backward pass of ``logSumExp(axis:keepDims:)``: g·exp(x − total), from this tensor x, the totals and their
  /// gradient g, both with size 1 at the axis.
  package func logSumExpGradient(_ totals: Tensor, _ g: Tensor, axis: Int) -> Tensor {
    let (gradient, strides) = perLine(axis, dtype)
    let (total, scale) = (totals.laidOut(gradient.strides), g.laidOut(gradient.strides))
    let zeros = Tensor.zeros(total.shape, dtype: dtype)
    let result = Tensor(uninitializedLike: self)
    guard let walk = AxisWalk(shape, axis: axis, [self.strides, result.strides, strides]) else {
      return contiguous.logSumExpGradient(totals, g, axis: axis)
    }
    let (x, dx, t, s, size) = (data, result.freshData, total.data, scale.data, dtype.size)
    let tails = zeros.data
    withExtendedLifetime((self, total, scale, zeros)) {
      walk.run { lines, at in
        let operands = [x, UnsafeRawPointer(dx)].enumerated().map { i, p in
          LinesOf(p + at[i].offset * size, dtype.kind, group: at[i].group, step: at[i].step)
        }
        let line = at[2].offset * size
        Kernels.logSumExpGradient(
          dtype.kind, lines, operands[0], shifts: t + line, tails: tails + line, s + line, operands[1])
      }
    }
    return result
  }

  /// Calls a kernel on lines along an axis of tensors of this shape; the result is laid out like this tensor, and operands
  /// that do not fit are copied into that layout.
  private func alongLines(
    _ axis: Int, _ operands: [Tensor], _ body: (ElementKind, Lines, [LinesOf], LinesOf) -> Void
  ) -> Tensor {
    if elementCount == 0 { return self }
    let result = Tensor(uninitializedLike: self)
    var operands = operands
    func walk() -> AxisWalk? { AxisWalk(shape, axis: axis, [result.strides] + operands.map(\.strides)) }
    var loops = walk()
    if loops == nil {
      operands = operands.map { $0.laidOut(result.strides) }
      loops = walk()
    }
    let (kind, size) = (dtype.kind, dtype.size)
    withExtendedLifetime(operands) {
      let pointers = [UnsafeRawPointer(result.freshData)] + operands.map(\.data)
      loops?.run { lines, at in
        let all = pointers.indices.map { i in
          LinesOf(pointers[i] + at[i].offset * size, kind, group: at[i].group, step: at[i].step)
        }
        body(kind, lines, Array(all.dropFirst()), all[0])
      }
    }
    return result
  }
}

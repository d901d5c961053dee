import Kernels

/// Cross-entropy from logits, without forming log-probabilities. Labels are `.int64` of the shape without the class axis, in
/// 0..<classes, or negative for a line that counts for nothing.
extension Tensor {
  /// −ln softmax(self) at the labels; and ln Σ eˣ as shift + tail (with size 1 at the axis), which the way back needs.
  package func crossEntropy(
    axis: Int, labels: Tensor
  ) -> (losses: Tensor, shifts: Tensor, tails: Tensor) {
    guard hasLines(along: axis) else { return copied().crossEntropy(axis: axis, labels: labels) }
    let (shifts, _) = perLine(axis, dtype)
    let (tails, losses) = (Tensor(uninitializedLike: shifts), Tensor(uninitializedLike: shifts))
    forEachLabelledRun(axis, [], labels, [shifts, tails, losses]) { kind, lines, x, labels, perLine in
      Kernels.logSumExpParts(kind, lines, x[0], shifts: perLine[0], tails: perLine[1])
      Kernels.crossEntropy(kind, lines, x[0], labels: labels, shifts: perLine[0], tails: perLine[1], perLine[2])
    }
    return (losses.reshaped(labels.shape), shifts, tails)
  }

  /// The backward pass: g·(softmax(self) − one-hot labels), from shifts and tails and the losses' gradient g.
  package func crossEntropyGradient(
    axis: Int, labels: Tensor, shifts: Tensor, tails: Tensor, _ g: Tensor
  ) -> Tensor {
    guard hasLines(along: axis) else {
      return copied().crossEntropyGradient(axis: axis, labels: labels, shifts: shifts, tails: tails, g)
    }
    let result = Tensor(uninitializedLike: self)
    let gradient = g.reshaped(shifts.shape).laidOut(shifts.strides)
    forEachLabelledRun(axis, [result], labels, [shifts, tails, gradient]) { kind, lines, x, labels, perLine in
      Kernels.crossEntropyGradient(
        kind, lines, x[0], labels: labels, shifts: perLine[0], tails: perLine[1], perLine[2], x[1])
    }
    return result
  }

  /// Whether lines along an axis can be walked in this tensor's own memory.
  private func hasLines(along axis: Int) -> Bool {
    elementCount == 0 || AxisWalk(shape, axis: axis, [strides, perLine(axis, dtype).strides]) != nil
  }

  /// Runs of lines along an axis of this tensor, which has them, and `others` laid out like it, with the labels and the tensors of one element a line, which
  /// share their strides.
  private func forEachLabelledRun(
    _ axis: Int, _ others: [Tensor], _ labels: Tensor, _ perLine: [Tensor],
    _ body: (ElementKind, Lines, [LinesOf], UnsafePointer<Int64>, [UnsafeMutableRawPointer]) -> Void
  ) {
    if elementCount == 0 { return }
    let places = labels.reshaped(perLine[0].shape).laidOut(perLine[0].strides)
    var strides = perLine[0].strides
    strides[axis] = 0
    let walk = AxisWalk(shape, axis: axis, [self.strides] + others.map(\.strides) + [strides])
    let (kind, size, tensors) = (dtype.kind, dtype.size, [self] + others)
    withExtendedLifetime((places, tensors, perLine)) {
      walk?.run { lines, at in
        let operands = tensors.indices.map { i in
          LinesOf(tensors[i].data + at[i].offset * size, kind, group: at[i].group, step: at[i].step)
        }
        let line = at[tensors.count].offset
        let results = perLine.map { $0.freshData + line * size }
        body(kind, lines, operands, places.data.of(Int64.self) + line, results)
      }
    }
  }

  /// These class indices as `.int64`, −1 in place of the ignored ones, if any are; how many those are, and the smallest and
  /// largest of the others.
  package func classLabels(ignoring ignored: Int?) -> (labels: Tensor, ignoredCount: Int, range: ClosedRange<Int>?) {
    let (source, result) = (to(.int64).contiguous, Tensor(uninitialized: shape, .int64))
    let ignored = ignored.map { Int64($0) }
    let (x, y) = (source.data.of(Int64.self), result.freshData.of(Int64.self))
    var (count, low, high) = (0, Int64.max, Int64.min)
    withExtendedLifetime(source) {
      for i in 0..<elementCount {
        let isIgnored = x[i] == ignored
        y[i] = isIgnored ? -1 : x[i]
        if isIgnored { count += 1 } else { (low, high) = (Swift.min(low, x[i]), Swift.max(high, x[i])) }
      }
    }
    return (result, count, low <= high ? Int(low)...Int(high) : nil)
  }
}

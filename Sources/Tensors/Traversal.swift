import Kernels

/// The way of an elementwise operation through as many as four operands, broadcast to one shape, and its output.
///
/// Where all operands stand in memory in the same order without gaps, or are one value, it is one run from the first
/// element to the last, whatever the order of the axes: the output of transposed operands is transposed like them. Else
/// the output is row-major, and the run is cut into rows along which each operand is contiguous or one value; an operand
/// whose rows have gaps is copied first.
package struct Traversal {
  /// The memory of the operands at the start of a run; as many as there are, the rest repeats the first.
  package typealias Pointers = InlineArray<4, UnsafeRawPointer>

  private let operands: [Tensor]
  private let shape: Shape
  /// The strides of the output.
  package let strides: AxisValues
  private let loops: BroadcastLoops?
  private let steps: SIMD4<Int>

  package init(_ operands: [Tensor], over shape: Shape) {
    self.shape = shape
    let order = operands.first { $0.shape == shape && $0.isDense }?.strides ?? shape.contiguousStrides
    if let steps = Traversal.flatSteps(operands, shape, order) {
      (self.operands, strides, loops, self.steps) = (operands, order, nil, steps)
    } else {
      let even = operands.map { $0.hasEvenRows(in: shape) ? $0 : $0.copied() }
      let loops = BroadcastLoops(sizes: shape.sizes.array, strides: Traversal.lanes(even, shape))
      (self.operands, strides, self.loops, steps) = (even, shape.contiguousStrides, loops, loops.steps)
    }
  }

  /// 1 for each operand in this order, 0 for each that is one value; nil if there is another.
  private static func flatSteps(_ operands: [Tensor], _ shape: Shape, _ order: AxisValues) -> SIMD4<Int>? {
    var steps = SIMD4<Int>.zero
    for (i, operand) in operands.enumerated() {
      if operand.shape == shape && operand.stands(in: order) {
        steps[i] = 1
      } else if !operand.isOneValue {
        return nil
      }
    }
    return steps
  }

  private static func lanes(_ operands: [Tensor], _ shape: Shape) -> [SIMD4<Int>] {
    let strides = operands.map { $0.broadcastStrides(to: shape) }
    return (0..<shape.rank).map { axis in
      strides.indices.reduce(into: SIMD4<Int>.zero) { $0[$1] = strides[$1][axis] }
    }
  }

  /// Memory for the output: that of the first of these operands that stands in it as the output would, else fresh.
  package func output(_ dtype: DType, reusing candidates: Tensor?...) -> Tensor {
    for case let operand? in candidates where operand.dtype == dtype && operand.shape == shape {
      if operand.stands(in: strides) { return operand }
    }
    return Tensor(uninitialized: shape, strides, dtype)
  }

  /// Calls `body(n, operands, steps, start)` for runs of n elements that begin at element `start` of the output, shared
  /// among threads; an operand's step is 1, or 0 where it is one value.
  package func run(_ body: (Int, Pointers, SIMD4<Int>, Int) -> Void) {
    withExtendedLifetime(operands) {
      let base = Pointers { operands[$0 < operands.count ? $0 : 0].data }
      let sizes = InlineArray<4, Int> { operands[$0 < operands.count ? $0 : 0].dtype.size }
      func pointers(_ offsets: SIMD4<Int>) -> Pointers { Pointers { base[$0] + offsets[$0] &* sizes[$0] } }
      guard let loops else {
        return parallel(shape.elementCount, grain: elementwiseGrain) { range in
          body(range.count, pointers(steps &* SIMD4(repeating: range.lowerBound)), steps, range.lowerBound)
        }
      }
      let n = loops.rowLength
      parallel(shape.elementCount == 0 ? 0 : loops.rowCount, grain: max(1, elementwiseGrain / max(1, n))) { rows in
        loops.forEachRow(in: rows) { body(n, pointers($1), steps, $0 &* n) }
      }
    }
  }
}

extension Tensor {
  /// Whether the elements fill their memory without gaps or repetition, in some order of the axes.
  package var isDense: Bool {
    if isContiguous { return true }
    let axes = (0..<rank).filter { shape.sizes[$0] != 1 }.sorted { strides[$0] < strides[$1] }
    var step = 1
    for axis in axes {
      if strides[axis] != step { return false }
      step *= shape.sizes[axis]
    }
    return true
  }

  /// Whether the elements stand in the order of these strides, which only count along axes longer than 1.
  fileprivate func stands(in order: AxisValues) -> Bool {
    for axis in 0..<rank where shape.sizes[axis] != 1 && strides[axis] != order[axis] { return false }
    return true
  }

  /// Whether every position reads the same element.
  package var isOneValue: Bool {
    for axis in 0..<rank where shape.sizes[axis] != 1 && strides[axis] != 0 { return false }
    return true
  }

  /// Whether this operand advances by 1 or 0 along the innermost axis of a shape that it broadcasts to.
  fileprivate func hasEvenRows(in shape: Shape) -> Bool {
    let steps = broadcastStrides(to: shape)
    for axis in (0..<shape.rank).reversed() where shape.sizes[axis] != 1 { return steps[axis] == 0 || steps[axis] == 1 }
    return true
  }

  /// Strides over a shape that this one broadcasts to: 0 on repeated axes.
  package func broadcastStrides(to shape: Shape) -> AxisValues {
    AxisValues(repeating: 0, count: shape.rank) { steps in
      for axis in 0..<rank where self.shape.sizes[axis] != 1 { steps[shape.rank - rank + axis] = strides[axis] }
    }
  }
}

import CKernels

/// Elements that a thread takes at a time, at least.
let poolGrain = 1 << 15

/// The maxima of the windows of `shape.batch` planes [input], and where in its plane each is, as integers of the elements'
/// width: [batch, output]. Of equal elements the first counts, NaN is largest, and what is outside of the plane never
/// wins. Every window must meet its plane.
package func maxPool(
  _ kind: ElementKind, _ shape: ConvolutionShape, _ x: UnsafeRawPointer, _ y: UnsafeMutableRawPointer,
  _ indices: UnsafeMutableRawPointer
) {
  if shape.batch * shape.output.count > 0 { MaxPool(kind, shape).run(x, y, indices) }
}

/// Pools planes one by one from a padded copy, whose rows are sorted so that lanes are neighbouring windows.
private struct MaxPool {
  private let shape: ConvolutionShape
  private let source: Correlation
  private let layout: SourceLayout
  private let offsets: [Int]
  /// The distance in the plane of each tap from its window's first.
  private let taps: [Int]
  /// The first row of the plane that each window of a row of windows meets; and the first plane's.
  private let firstRows: [Int]

  init(_ kind: ElementKind, _ shape: ConvolutionShape) {
    self.shape = shape
    source = .forward(kind, shape)
    layout = .padded(source, planes: shape.output.z, rows: shape.output.y)
    let pass = source.passes[0]
    offsets = source.offsets(pass, layout)
    let plane = SourceLayout.inPlace(shape.input)
    taps = source.offsets(pass, plane)
    firstRows = (0..<shape.output.z).flatMap { z in
      let first = shape.firstInside(\.z, z) * plane.plane
      return (0..<shape.output.y).map { y in first + shape.firstInside(\.y, y) * plane.row }
    }
  }

  func run(_ x: UnsafeRawPointer, _ y: UnsafeMutableRawPointer, _ indices: UnsafeMutableRawPointer) {
    let (kind, lanes) = (source.kind, 64 / source.kind.size)
    let width = roundedUp(shape.output.x, lanes)
    let work = shape.input.count + shape.output.count * shape.kernel.count / lanes
    withScratch(UInt8.self, 2 * width * kind.size) { columns in
      let columns = UnsafeMutableRawPointer(columns)
      for i in 0..<shape.output.x {
        write(i * shape.stride.x - shape.padding.x, columns, i)
        write(shape.firstInside(\.x, i), columns, width + i)
      }
      parallel(shape.batch, grain: max(1, poolGrain / work)) { range in
        withScratch(UInt8.self, (layout.channel + lanes) * kind.size) { copy in
          for plane in range { pool(plane, x, columns, width, y, indices, copy) }
        }
      }
    }
  }

  private func write(_ value: Int, _ target: UnsafeMutableRawPointer, _ i: Int) {
    if source.kind == .float32 {
      target.of(Int32.self)[i] = Int32(value)
    } else {
      target.of(Int64.self)[i] = Int64(value)
    }
  }

  private func pool(
    _ plane: Int, _ x: UnsafeRawPointer, _ columns: UnsafeRawPointer, _ width: Int, _ y: UnsafeMutableRawPointer,
    _ indices: UnsafeMutableRawPointer, _ copy: UnsafeMutableRawPointer
  ) {
    let (size, output, input) = (source.kind.size, shape.output, shape.input)
    PositionBlock(z: 0..<output.z, y: 0..<output.y).copySource(
      source, layout, fill: -.infinity, x + plane * input.count * size, copy)
    for z in 0..<output.z {
      let first = ((z * shape.stride.z - shape.padding.z) * input.y - shape.padding.y) * input.x
      let target = (plane * output.count + z * output.y * output.x) * size
      taps.map { $0 + first }.withUnsafeBufferPointer { taps in
        offsets.withUnsafeBufferPointer { offsets in
          firstRows.withUnsafeBufferPointer { firstRows in
            let maximum = adj_pool_maximum(
              rows: output.y, count: output.x, k: offsets.count, x_row: shape.stride.y * layout.row,
              index_row: shape.stride.y * input.x, offsets: offsets.baseAddress, taps: taps.baseAddress,
              first_rows: firstRows.baseAddress.map { $0 + z * output.y })
            maximumRows(
              source.kind, maximum, copy + z * shape.stride.z * layout.plane * size, columns, columns + width * size,
              y + target, indices + target)
          }
        }
      }
    }
  }
}

extension ConvolutionShape {
  /// The first position of the plane on one axis that a tap of this window meets.
  fileprivate func firstInside(_ axis: KeyPath<Volume, Int>, _ window: Int) -> Int {
    let start = window * stride[keyPath: axis] - padding[keyPath: axis]
    let step = dilation[keyPath: axis]
    return start >= 0 ? start : start + (step - 1 - start) / step * step
  }
}

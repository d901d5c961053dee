import CKernels

/// Σ over p of scalars at x + offsets[p] times columns of the panel: positions side by side, channels in lanes. The panel
/// begins with what the sums start from.
@inline(__always)
private func channelTile<R: TileRows>(
  _ type: R.Type, _ product: adj_conv_product, _ x: UnsafePointer<R.Scalar>, _ panel: UnsafePointer<R.Scalar>,
  _ y: UnsafeMutablePointer<R.Scalar>
) {
  let offsets: UnsafePointer<Int> = product.offsets
  var rows = R(columns: .load(panel))
  var w = panel + R.Columns.lanes
  var p = 0
  while p < product.k {
    rows.add(x + offsets[p], .load(w))
    w += R.Columns.lanes
    p &+= 1
  }
  rows.forEach(from: 0) { i, columns in columns.store(y + i &* R.Columns.lanes) }
}

/// y[c·yc + j·step] = t[j·ld + c], for count x channels elements. 4x4 blocks, the last ones overlapping those before.
@inline(__always)
private func storeTransposed<E: Lane>(
  _ count: Int, _ channels: Int, _ t: UnsafePointer<E>, _ ld: Int, _ y: UnsafeMutablePointer<E>, _ yc: Int, _ step: Int
) {
  guard step == 1, count >= 4, channels >= 4 else {
    for c in 0..<channels {
      for j in 0..<count { y[c &* yc &+ j &* step] = t[j &* ld &+ c] }
    }
    return
  }
  var c = 0
  while c < channels {
    let c4 = min(c, channels &- 4)
    var j = 0
    while j < count {
      let j4 = min(j, count &- 4)
      E.transpose4(t + j4 &* ld + c4, ld, y + c4 &* yc + j4, yc)
      j &+= 4
    }
    c &+= 4
  }
}

@inline(__always)
private func channelLanes<C: Strip>(
  _ type: C.Type, _ p: adj_conv_product, _ x: UnsafePointer<C.Scalar>, _ panel: UnsafePointer<C.Scalar>,
  _ y: UnsafeMutablePointer<C.Scalar>, _ scratch: UnsafeMutablePointer<C.Scalar>
) {
  for row in 0..<p.rows {
    forEachTile(p.count, atMost: p.tile) { start, size in
      let x = x + row &* p.x_row + start
      switch size {
      case 1: channelTile(Row<C>.self, p, x, panel, scratch)
      case 2: channelTile(Rows2<C>.self, p, x, panel, scratch)
      case 3: channelTile(Rows3<C>.self, p, x, panel, scratch)
      case 4: channelTile(Rows4<C>.self, p, x, panel, scratch)
      case 5: channelTile(Rows5<C>.self, p, x, panel, scratch)
      case 6: channelTile(Rows6<C>.self, p, x, panel, scratch)
      case 7: channelTile(Rows7<C>.self, p, x, panel, scratch)
      default: channelTile(Rows8<C>.self, p, x, panel, scratch)
      }
      storeTransposed(
        size, p.channels, scratch, C.lanes, y + row &* p.y_row + start &* p.y_step, p.y_channel, p.y_step)
    }
  }
}

@c(adj_conv_channel_lanes1_f32) @inline(__always)
func convChannelLanes1F32(
  _ p: UnsafePointer<adj_conv_product>, _ x: UnsafePointer<Float>, _ panel: UnsafePointer<Float>,
  _ y: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>
) {
  channelLanes(OneVector<Float.Vector>.self, p.pointee, x, panel, y, scratch)
}

@c(adj_conv_channel_lanes1_f64) @inline(__always)
func convChannelLanes1F64(
  _ p: UnsafePointer<adj_conv_product>, _ x: UnsafePointer<Double>, _ panel: UnsafePointer<Double>,
  _ y: UnsafeMutablePointer<Double>, _ scratch: UnsafeMutablePointer<Double>
) {
  channelLanes(OneVector<Double.Vector>.self, p.pointee, x, panel, y, scratch)
}

@c(adj_conv_channel_lanes2_f32) @inline(__always)
func convChannelLanes2F32(
  _ p: UnsafePointer<adj_conv_product>, _ x: UnsafePointer<Float>, _ panel: UnsafePointer<Float>,
  _ y: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>
) {
  channelLanes(TwoVectors<Float.Vector>.self, p.pointee, x, panel, y, scratch)
}

@c(adj_conv_channel_lanes2_f64) @inline(__always)
func convChannelLanes2F64(
  _ p: UnsafePointer<adj_conv_product>, _ x: UnsafePointer<Double>, _ panel: UnsafePointer<Double>,
  _ y: UnsafeMutablePointer<Double>, _ scratch: UnsafeMutablePointer<Double>
) {
  channelLanes(TwoVectors<Double.Vector>.self, p.pointee, x, panel, y, scratch)
}

/// The same sums with channels side by side and positions in lanes. The lanes past the last position read what stands
/// there, and are not stored.
@inline(__always)
private func positionTile<R: TileRows>(
  _ type: R.Type, _ product: adj_conv_product, _ x: UnsafePointer<R.Scalar>, _ panel: UnsafePointer<R.Scalar>,
  _ y: UnsafeMutablePointer<R.Scalar>, _ ld: Int
) {
  let offsets: UnsafePointer<Int> = product.offsets
  var rows = R(scalars: panel)
  var w = panel + R.count
  var p = 0
  while p < product.k {
    rows.add(w, .load(x + offsets[p]))
    w += R.count
    p &+= 1
  }
  rows.forEach(from: 0) { i, columns in columns.store(y + i &* ld) }
}

/// y[r·yc + j·step] = t[r·ld + j], for channels x count elements.
@inline(__always)
private func storeRows<C: Strip>(
  _ type: C.Type, _ channels: Int, _ count: Int, _ t: UnsafePointer<C.Scalar>, _ y: UnsafeMutablePointer<C.Scalar>,
  _ yc: Int, _ step: Int
) {
  for r in 0..<channels {
    let (source, target) = (t + r &* C.lanes, y + r &* yc)
    if step == 1 {
      C.load(source).store(target, count: count)
    } else {
      for j in 0..<count { target[j &* step] = source[j] }
    }
  }
}

/// All rows and blocks of positions; `tile(x, y, ld)` writes the sums of one block, all lanes, to rows `ld` apart.
@inline(__always)
private func positionBlocks<C: Strip>(
  _ type: C.Type, _ p: adj_conv_product, _ x: UnsafePointer<C.Scalar>, _ y: UnsafeMutablePointer<C.Scalar>,
  _ scratch: UnsafeMutablePointer<C.Scalar>,
  _ tile: (UnsafePointer<C.Scalar>, UnsafeMutablePointer<C.Scalar>, Int) -> Void
) {
  for row in 0..<p.rows {
    var j = 0
    while j < p.count {
      let (source, target) = (x + row &* p.x_row + j, y + row &* p.y_row + j &* p.y_step)
      let isWhole = p.y_step == 1 && j &+ C.lanes <= p.count
      tile(source, isWhole ? target : scratch, isWhole ? p.y_channel : C.lanes)
      if !isWhole {
        storeRows(type, p.channels, min(C.lanes, p.count &- j), scratch, target, p.y_channel, p.y_step)
      }
      j &+= C.lanes
    }
  }
}

@inline(__always)
private func positionLanes<C: Strip>(
  _ type: C.Type, _ p: adj_conv_product, _ x: UnsafePointer<C.Scalar>, _ panel: UnsafePointer<C.Scalar>,
  _ y: UnsafeMutablePointer<C.Scalar>, _ scratch: UnsafeMutablePointer<C.Scalar>
) {
  positionBlocks(type, p, x, y, scratch) { x, y, ld in
    switch p.channels {
    case 1: positionTile(Row<C>.self, p, x, panel, y, ld)
    case 2: positionTile(Rows2<C>.self, p, x, panel, y, ld)
    case 3: positionTile(Rows3<C>.self, p, x, panel, y, ld)
    case 4: positionTile(Rows4<C>.self, p, x, panel, y, ld)
    case 5: positionTile(Rows5<C>.self, p, x, panel, y, ld)
    case 6: positionTile(Rows6<C>.self, p, x, panel, y, ld)
    case 7: positionTile(Rows7<C>.self, p, x, panel, y, ld)
    default: positionTile(Rows8<C>.self, p, x, panel, y, ld)
    }
  }
}

/// One or two channels have too few sums under way for one or two vectors; they take four.
@inline(__always)
private func fewChannels<C: Strip>(
  _ type: C.Type, _ p: adj_conv_product, _ x: UnsafePointer<C.Scalar>, _ panel: UnsafePointer<C.Scalar>,
  _ y: UnsafeMutablePointer<C.Scalar>, _ scratch: UnsafeMutablePointer<C.Scalar>
) {
  positionBlocks(type, p, x, y, scratch) { x, y, ld in
    if p.channels == 1 {
      positionTile(Row<C>.self, p, x, panel, y, ld)
    } else {
      positionTile(Rows2<C>.self, p, x, panel, y, ld)
    }
  }
}

@c(adj_conv_position_lanes1_f32) @inline(__always)
func convPositionLanes1F32(
  _ p: UnsafePointer<adj_conv_product>, _ x: UnsafePointer<Float>, _ panel: UnsafePointer<Float>,
  _ y: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>
) {
  positionLanes(OneVector<Float.Vector>.self, p.pointee, x, panel, y, scratch)
}

@c(adj_conv_position_lanes1_f64) @inline(__always)
func convPositionLanes1F64(
  _ p: UnsafePointer<adj_conv_product>, _ x: UnsafePointer<Double>, _ panel: UnsafePointer<Double>,
  _ y: UnsafeMutablePointer<Double>, _ scratch: UnsafeMutablePointer<Double>
) {
  positionLanes(OneVector<Double.Vector>.self, p.pointee, x, panel, y, scratch)
}

@c(adj_conv_position_lanes2_f32) @inline(__always)
func convPositionLanes2F32(
  _ p: UnsafePointer<adj_conv_product>, _ x: UnsafePointer<Float>, _ panel: UnsafePointer<Float>,
  _ y: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>
) {
  positionLanes(TwoVectors<Float.Vector>.self, p.pointee, x, panel, y, scratch)
}

@c(adj_conv_position_lanes2_f64) @inline(__always)
func convPositionLanes2F64(
  _ p: UnsafePointer<adj_conv_product>, _ x: UnsafePointer<Double>, _ panel: UnsafePointer<Double>,
  _ y: UnsafeMutablePointer<Double>, _ scratch: UnsafeMutablePointer<Double>
) {
  positionLanes(TwoVectors<Double.Vector>.self, p.pointee, x, panel, y, scratch)
}

@c(adj_conv_position_lanes4_f32) @inline(__always)
func convPositionLanes4F32(
  _ p: UnsafePointer<adj_conv_product>, _ x: UnsafePointer<Float>, _ panel: UnsafePointer<Float>,
  _ y: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>
) {
  fewChannels(FourVectors<Float.Vector>.self, p.pointee, x, panel, y, scratch)
}

@c(adj_conv_position_lanes4_f64) @inline(__always)
func convPositionLanes4F64(
  _ p: UnsafePointer<adj_conv_product>, _ x: UnsafePointer<Double>, _ panel: UnsafePointer<Double>,
  _ y: UnsafeMutablePointer<Double>, _ scratch: UnsafeMutablePointer<Double>
) {
  fewChannels(FourVectors<Double.Vector>.self, p.pointee, x, panel, y, scratch)
}

/// Which index of a product runs through the lanes of its vectors; the other one is a register tile's rows.
enum ProductLanes { case channels, positions }

/// Writes rows of sums for one panel of channels, by tiles of `vectors` vectors.
@inline(never)
func multiply(
  _ lanes: ProductLanes, vectors: Int, _ product: adj_conv_product, _ x: UnsafePointer<Float>,
  _ panel: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ scratch: UnsafeMutablePointer<Float>
) {
  var product = product
  switch (lanes, vectors) {
  case (.channels, 1): adj_conv_channel_lanes1_f32_dispatch(&product, x, panel, y, scratch)
  case (.channels, _): adj_conv_channel_lanes2_f32_dispatch(&product, x, panel, y, scratch)
  case (.positions, 1): adj_conv_position_lanes1_f32_dispatch(&product, x, panel, y, scratch)
  case (.positions, 2): adj_conv_position_lanes2_f32_dispatch(&product, x, panel, y, scratch)
  case (.positions, _): adj_conv_position_lanes4_f32_dispatch(&product, x, panel, y, scratch)
  }
}

/// ``multiply(_:vectors:_:_:_:_:_:)`` in float64.
@inline(never)
func multiply(
  _ lanes: ProductLanes, vectors: Int, _ product: adj_conv_product, _ x: UnsafePointer<Double>,
  _ panel: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ scratch: UnsafeMutablePointer<Double>
) {
  var product = product
  switch (lanes, vectors) {
  case (.channels, 1): adj_conv_channel_lanes1_f64_dispatch(&product, x, panel, y, scratch)
  case (.channels, _): adj_conv_channel_lanes2_f64_dispatch(&product, x, panel, y, scratch)
  case (.positions, 1): adj_conv_position_lanes1_f64_dispatch(&product, x, panel, y, scratch)
  case (.positions, 2): adj_conv_position_lanes2_f64_dispatch(&product, x, panel, y, scratch)
  case (.positions, _): adj_conv_position_lanes4_f64_dispatch(&product, x, panel, y, scratch)
  }
}

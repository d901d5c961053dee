import CKernels

/// y[r·ldy + lane] += Σ over positions of scalar r times the vectors there: taps and input channels side by side, output
/// channels in lanes.
@inline(__always)
private func weightTile<R: TileRows>(
  _ type: R.Type, _ p: adj_conv_sum, _ x: UnsafePointer<R.Scalar>, _ g: UnsafePointer<R.Scalar>,
  _ y: UnsafeMutablePointer<R.Scalar>, _ ldy: Int
) {
  var sums = R(columns: R.Columns(repeating: 0))
  for row in 0..<p.rows {
    var (x, g) = (x + row &* p.x_row, g + row &* p.g_row)
    var j = 0
    while j < p.count {
      sums.add(x, .load(g))
      x += p.x_step
      g += p.g_step
      j &+= 1
    }
  }
  sums.forEach(from: 0) { i, columns in
    let target = y + i &* ldy
    (.load(target) + columns).store(target)
  }
}

@inline(__always)
private func weightTile<C: Strip>(
  _ type: C.Type, _ p: adj_conv_sum, _ x: UnsafePointer<C.Scalar>, _ g: UnsafePointer<C.Scalar>,
  _ y: UnsafeMutablePointer<C.Scalar>, _ ldy: Int
) {
  switch p.tile {
  case 1: weightTile(Row<C>.self, p, x, g, y, ldy)
  case 2: weightTile(Rows2<C>.self, p, x, g, y, ldy)
  case 3: weightTile(Rows3<C>.self, p, x, g, y, ldy)
  case 4: weightTile(Rows4<C>.self, p, x, g, y, ldy)
  case 5: weightTile(Rows5<C>.self, p, x, g, y, ldy)
  case 6: weightTile(Rows6<C>.self, p, x, g, y, ldy)
  case 7: weightTile(Rows7<C>.self, p, x, g, y, ldy)
  default: weightTile(Rows8<C>.self, p, x, g, y, ldy)
  }
}

@c(adj_conv_weight_channel_lanes1_f32) @inline(__always)
func convWeightChannelLanes1F32(
  _ p: UnsafePointer<adj_conv_sum>, _ x: UnsafePointer<Float>, _ g: UnsafePointer<Float>,
  _ y: UnsafeMutablePointer<Float>,
  _ ldy: Int
) {
  weightTile(OneVector<Float.Vector>.self, p.pointee, x, g, y, ldy)
}

@c(adj_conv_weight_channel_lanes1_f64) @inline(__always)
func convWeightChannelLanes1F64(
  _ p: UnsafePointer<adj_conv_sum>, _ x: UnsafePointer<Double>, _ g: UnsafePointer<Double>,
  _ y: UnsafeMutablePointer<Double>,
  _ ldy: Int
) {
  weightTile(OneVector<Double.Vector>.self, p.pointee, x, g, y, ldy)
}

@c(adj_conv_weight_channel_lanes2_f32) @inline(__always)
func convWeightChannelLanes2F32(
  _ p: UnsafePointer<adj_conv_sum>, _ x: UnsafePointer<Float>, _ g: UnsafePointer<Float>,
  _ y: UnsafeMutablePointer<Float>,
  _ ldy: Int
) {
  weightTile(TwoVectors<Float.Vector>.self, p.pointee, x, g, y, ldy)
}

@c(adj_conv_weight_channel_lanes2_f64) @inline(__always)
func convWeightChannelLanes2F64(
  _ p: UnsafePointer<adj_conv_sum>, _ x: UnsafePointer<Double>, _ g: UnsafePointer<Double>,
  _ y: UnsafeMutablePointer<Double>,
  _ ldy: Int
) {
  weightTile(TwoVectors<Double.Vector>.self, p.pointee, x, g, y, ldy)
}

/// Adds one tile of the weights' gradient: sum.tile rows of `vectors` vectors of output channels.
@inline(never)
func addWeightTile(
  _ kind: ElementKind, vectors: Int, _ sum: adj_conv_sum, _ x: UnsafeRawPointer, _ g: UnsafeRawPointer,
  _ y: UnsafeMutableRawPointer, _ ldy: Int
) {
  var sum = sum
  if kind == .float32 {
    let (x, g, y) = (x.of(Float.self), g.of(Float.self), y.of(Float.self))
    if vectors == 1 {
      adj_conv_weight_channel_lanes1_f32_dispatch(&sum, x, g, y, ldy)
    } else {
      adj_conv_weight_channel_lanes2_f32_dispatch(&sum, x, g, y, ldy)
    }
  } else {
    let (x, g, y) = (x.of(Double.self), g.of(Double.self), y.of(Double.self))
    if vectors == 1 {
      adj_conv_weight_channel_lanes1_f64_dispatch(&sum, x, g, y, ldy)
    } else {
      adj_conv_weight_channel_lanes2_f64_dispatch(&sum, x, g, y, ldy)
    }
  }
}

import CKernels

/// A product by register tiles, with pointers of its type.
private struct Tiles<E: Lane> {
  let job: adj_tiles
  let scratch: UnsafeMutablePointer<E>

  @inline(__always) init(_ job: adj_tiles, _ scratch: UnsafeMutablePointer<E>) {
    (self.job, self.scratch) = (job, scratch)
  }

  @inline(__always) var b: UnsafePointer<E> { job.b.assumingMemoryBound(to: E.self) }
  @inline(__always) var c: UnsafeMutablePointer<E> { job.c.assumingMemoryBound(to: E.self) }
  @inline(__always) var bias: UnsafePointer<E> { job.bias.assumingMemoryBound(to: E.self) }
  @inline(__always) var floor: E.Vector { E.Vector(repeating: E(job.floor)) }

  /// One register tile: rows of A times columns of B, to a block in memory.
  @inline(__always)
  func multiply<T: RegisterTile>(
    _ type: T.Type, _ a: UnsafePointer<E>, _ b: UnsafePointer<E>, _ c: UnsafeMutablePointer<E>, _ row: Int,
    add: Bool, bias: UnsafePointer<E>, finish: Bool
  ) where T.Columns.Vector == E.Vector {
    var (a, b, left) = (a, b, job.k)
    var add = add
    T.prefetch(c, row)
    repeat {
      var tile = T()
      var steps = left < job.depth ? left : job.depth
      left &-= steps
      while steps > 0 {
        tile.addProduct(a, job.a_row, T.Columns.load(b))
        a += job.a_step
        b += job.b_step
        steps &-= 1
      }
      if add { tile.add(c, row) }
      if finish && left == 0 { tile.finish(T.Columns.load(bias), floor) }
      tile.store(c, row)
      add = true
    } while left > 0
  }

  /// A tile's rows times all columns of B: wide tiles, narrow ones, and what is left of a vector at the edge.
  @inline(__always)
  func sweep<W: RegisterTile, N: RegisterTile>(_ wide: W.Type, _ narrow: N.Type, _ a: UnsafePointer<E>, _ i: Int)
  where W.Columns.Vector == E.Vector, N.Columns.Vector == E.Vector {
    let c = self.c + i &* job.c_row
    var (b, j) = (self.b, 0)
    while j &+ W.columns <= job.n {
      multiply(W.self, a, b, c + j, job.c_row, add: job.add, bias: bias + j, finish: job.finish)
      b += job.b_panel
      j &+= W.columns
    }
    while j < job.n {
      let width = job.n &- j
      if width >= N.columns || !job.padded {
        // At the edge of an operand that isn't padded, the last whole vector: some columns are computed twice.
        let back = width < N.columns ? N.columns &- width : 0
        multiply(N.self, a, b - back, c + j - back, job.c_row, add: job.add, bias: bias + j - back, finish: job.finish)
      } else {
        multiply(N.self, a, b, scratch, N.columns, add: false, bias: bias, finish: false)
        for r in 0..<N.rows { finishEdge(scratch + r &* N.columns, width, c + r &* job.c_row + j, bias + j) }
      }
      b += N.columns
      j &+= N.columns
    }
  }

  /// One row of a tile that overhangs C: the columns inside.
  @inline(__always)
  func finishEdge(_ sum: UnsafePointer<E>, _ count: Int, _ c: UnsafeMutablePointer<E>, _ bias: UnsafePointer<E>) {
    typealias V = E.Vector
    var total = V.load(sum)
    if job.add { total = V.load(c, count: count, fill: 0) + total }
    if job.finish {
      let raised = total + V.load(bias, count: count, fill: 0)
      total = V.select(V.lessEqual(raised, floor), floor, raised)
    }
    V.store(total, c, count: count)
  }

  /// All rows, which are whole tiles.
  @inline(__always)
  func run<W: RegisterTile, N: RegisterTile>(_ wide: W.Type, _ narrow: N.Type)
  where W.Columns.Vector == E.Vector, N.Columns.Vector == E.Vector {
    var (a, i) = (job.a.assumingMemoryBound(to: E.self), 0)
    while i < job.m {
      sweep(W.self, N.self, a, i)
      (a, i) = (a + job.a_tile, i &+ W.rows)
    }
  }
}

private typealias WideStrip<E: Lane> = Beside<OneVector<E.Vector>, OneVector<E.Vector>>
private typealias NarrowStrip<E: Lane> = OneVector<E.Vector>

@c(adj_matmul_wide8_f32) @inline(__always)
func matmulWide8F32(_ job: UnsafePointer<adj_tiles>, _ scratch: UnsafeMutablePointer<Float>) {
  Tiles(job.pointee, scratch).run(EightRows<WideStrip<Float>>.self, EightRows<NarrowStrip<Float>>.self)
}

@c(adj_matmul_wide8_f64) @inline(__always)
func matmulWide8F64(_ job: UnsafePointer<adj_tiles>, _ scratch: UnsafeMutablePointer<Double>) {
  Tiles(job.pointee, scratch).run(EightRows<WideStrip<Double>>.self, EightRows<NarrowStrip<Double>>.self)
}

@c(adj_matmul_wide4_f32) @inline(__always)
func matmulWide4F32(_ job: UnsafePointer<adj_tiles>, _ scratch: UnsafeMutablePointer<Float>) {
  Tiles(job.pointee, scratch).run(FourRows<WideStrip<Float>>.self, FourRows<NarrowStrip<Float>>.self)
}

@c(adj_matmul_wide4_f64) @inline(__always)
func matmulWide4F64(_ job: UnsafePointer<adj_tiles>, _ scratch: UnsafeMutablePointer<Double>) {
  Tiles(job.pointee, scratch).run(FourRows<WideStrip<Double>>.self, FourRows<NarrowStrip<Double>>.self)
}

@c(adj_matmul_wide2_f32) @inline(__always)
func matmulWide2F32(_ job: UnsafePointer<adj_tiles>, _ scratch: UnsafeMutablePointer<Float>) {
  Tiles(job.pointee, scratch).run(TwoRows<WideStrip<Float>>.self, TwoRows<NarrowStrip<Float>>.self)
}

@c(adj_matmul_wide2_f64) @inline(__always)
func matmulWide2F64(_ job: UnsafePointer<adj_tiles>, _ scratch: UnsafeMutablePointer<Double>) {
  Tiles(job.pointee, scratch).run(TwoRows<WideStrip<Double>>.self, TwoRows<NarrowStrip<Double>>.self)
}

@c(adj_matmul_wide1_f32) @inline(__always)
func matmulWide1F32(_ job: UnsafePointer<adj_tiles>, _ scratch: UnsafeMutablePointer<Float>) {
  Tiles(job.pointee, scratch).run(TileRow<WideStrip<Float>>.self, TileRow<NarrowStrip<Float>>.self)
}

@c(adj_matmul_wide1_f64) @inline(__always)
func matmulWide1F64(_ job: UnsafePointer<adj_tiles>, _ scratch: UnsafeMutablePointer<Double>) {
  Tiles(job.pointee, scratch).run(TileRow<WideStrip<Double>>.self, TileRow<NarrowStrip<Double>>.self)
}

@c(adj_matmul_narrow6_f32) @inline(__always)
func matmulNarrow6F32(_ job: UnsafePointer<adj_tiles>, _ scratch: UnsafeMutablePointer<Float>) {
  Tiles(job.pointee, scratch).run(SixRows<NarrowStrip<Float>>.self, SixRows<NarrowStrip<Float>>.self)
}

@c(adj_matmul_narrow6_f64) @inline(__always)
func matmulNarrow6F64(_ job: UnsafePointer<adj_tiles>, _ scratch: UnsafeMutablePointer<Double>) {
  Tiles(job.pointee, scratch).run(SixRows<NarrowStrip<Double>>.self, SixRows<NarrowStrip<Double>>.self)
}

@c(adj_matmul_narrow4_f32) @inline(__always)
func matmulNarrow4F32(_ job: UnsafePointer<adj_tiles>, _ scratch: UnsafeMutablePointer<Float>) {
  Tiles(job.pointee, scratch).run(FourRows<NarrowStrip<Float>>.self, FourRows<NarrowStrip<Float>>.self)
}

@c(adj_matmul_narrow4_f64) @inline(__always)
func matmulNarrow4F64(_ job: UnsafePointer<adj_tiles>, _ scratch: UnsafeMutablePointer<Double>) {
  Tiles(job.pointee, scratch).run(FourRows<NarrowStrip<Double>>.self, FourRows<NarrowStrip<Double>>.self)
}

@c(adj_matmul_narrow2_f32) @inline(__always)
func matmulNarrow2F32(_ job: UnsafePointer<adj_tiles>, _ scratch: UnsafeMutablePointer<Float>) {
  Tiles(job.pointee, scratch).run(TwoRows<NarrowStrip<Float>>.self, TwoRows<NarrowStrip<Float>>.self)
}

@c(adj_matmul_narrow2_f64) @inline(__always)
func matmulNarrow2F64(_ job: UnsafePointer<adj_tiles>, _ scratch: UnsafeMutablePointer<Double>) {
  Tiles(job.pointee, scratch).run(TwoRows<NarrowStrip<Double>>.self, TwoRows<NarrowStrip<Double>>.self)
}

@c(adj_matmul_narrow1_f32) @inline(__always)
func matmulNarrow1F32(_ job: UnsafePointer<adj_tiles>, _ scratch: UnsafeMutablePointer<Float>) {
  Tiles(job.pointee, scratch).run(TileRow<NarrowStrip<Float>>.self, TileRow<NarrowStrip<Float>>.self)
}

@c(adj_matmul_narrow1_f64) @inline(__always)
func matmulNarrow1F64(_ job: UnsafePointer<adj_tiles>, _ scratch: UnsafeMutablePointer<Double>) {
  Tiles(job.pointee, scratch).run(TileRow<NarrowStrip<Double>>.self, TileRow<NarrowStrip<Double>>.self)
}

/// The register tile that the current level runs: rows of A times columns of B.
struct TileShape {
  let isWide: Bool
  let rows: Int
  let columns: Int

  /// AVX-512 has 32 vector registers: 16 accumulators, 2 vectors of B and a broadcast of A. Elsewhere a SIMD16 is several;
  /// on AVX2 12 accumulators of 16. 12 x 2 vectors measured no faster than 8 x 2.
  static func current(_ kind: ElementKind) -> TileShape {
    let lanes = 64 / kind.size
    return SIMDLevel.current == .avx512
      ? TileShape(isWide: true, rows: 8, columns: 2 * lanes) : TileShape(isWide: false, rows: 6, columns: lanes)
  }
}

/// Runs a product by the shape's register tiles: rows in whole tiles, then what is left by fours, twos and one.
func multiplyTiles(_ shape: TileShape, _ kind: ElementKind, _ job: adj_tiles) {
  withUnsafeTemporaryAllocation(byteCount: 8 * 64, alignment: 64) { scratch in
    let tile = scratch.baseAddress.unsafelyUnwrapped
    var (rest, rows, step) = (job, shape.rows, job.a_tile)
    while rest.m > 0 {
      var part = rest
      part.m = rest.m / rows * rows
      part.a_tile = step
      if part.m > 0 { multiplyRows(shape.isWide, rows, kind, &part, tile) }
      rest.m -= part.m
      rest.a += part.m / rows * step * kind.size
      rest.c += part.m * job.c_row * kind.size
      rows = rows > 4 ? 4 : rows / 2
      step = rows * job.a_row
    }
  }
}

/// m is a multiple of `rows`.
@inline(never)
private func multiplyRows(
  _ isWide: Bool, _ rows: Int, _ kind: ElementKind, _ job: UnsafePointer<adj_tiles>, _ scratch: UnsafeMutableRawPointer
) {
  if kind == .float32 {
    let tile = scratch.of(Float.self)
    switch (isWide, rows) {
    case (true, 4): adj_matmul_wide4_f32_dispatch(job, tile)
    case (true, 2): adj_matmul_wide2_f32_dispatch(job, tile)
    case (true, 1): adj_matmul_wide1_f32_dispatch(job, tile)
    case (true, _): adj_matmul_wide8_f32_dispatch(job, tile)
    case (false, 4): adj_matmul_narrow4_f32_dispatch(job, tile)
    case (false, 2): adj_matmul_narrow2_f32_dispatch(job, tile)
    case (false, 1): adj_matmul_narrow1_f32_dispatch(job, tile)
    case (false, _): adj_matmul_narrow6_f32_dispatch(job, tile)
    }
  } else {
    let tile = scratch.of(Double.self)
    switch (isWide, rows) {
    case (true, 4): adj_matmul_wide4_f64_dispatch(job, tile)
    case (true, 2): adj_matmul_wide2_f64_dispatch(job, tile)
    case (true, 1): adj_matmul_wide1_f64_dispatch(job, tile)
    case (true, _): adj_matmul_wide8_f64_dispatch(job, tile)
    case (false, 4): adj_matmul_narrow4_f64_dispatch(job, tile)
    case (false, 2): adj_matmul_narrow2_f64_dispatch(job, tile)
    case (false, 1): adj_matmul_narrow1_f64_dispatch(job, tile)
    case (false, _): adj_matmul_narrow6_f64_dispatch(job, tile)
    }
  }
}

/// C[m, n] = or += A·B over packed operands: A in tiles of the shape's rows, B in panels of its columns, both padded.
func multiplyPacked(
  _ shape: TileShape, _ kind: ElementKind, _ m: Int, _ n: Int, _ k: Int, _ a: UnsafeRawPointer, _ b: UnsafeRawPointer,
  _ c: UnsafeMutableRawPointer, _ ldc: Int, add: Bool
) {
  multiplyTiles(
    shape, kind,
    adj_tiles(
      m: m, n: n, k: k, depth: k, a: a, a_tile: shape.rows * k, a_row: 1, a_step: shape.rows, b: b,
      b_panel: shape.columns * k, b_step: shape.columns, padded: true, c: c, c_row: ldc, add: add, finish: false,
      bias: b,
      floor: -.infinity))
}

import TestSupport
import Testing

import Kernels

/// A matrix in memory of its own with any strides: rows and columns stand `gap` elements further apart than they must.
struct Matrix<F: FloatElement> {
  let rows: Int
  let columns: Int
  let rowStride: Int
  let columnStride: Int
  let values: [F]

  init(_ rows: Int, _ columns: Int, transposed: Bool, gap: Int = 0, _ samples: inout Samples) {
    (self.rows, self.columns) = (rows, columns)
    let inner = 1 + gap
    rowStride = transposed ? inner : (columns + gap) * inner
    columnStride = transposed ? (rows + gap) * inner : inner
    values = samples.floats(max(1, rows * columns * (1 + gap) * (1 + gap) + (rows + columns) * 4 * (1 + gap)))
  }

  func operand(_ p: UnsafeRawPointer) -> MatrixOperand {
    MatrixOperand(p, rowStride: rowStride, columnStride: columnStride)
  }
  subscript(i: Int, j: Int) -> Truth { Truth(values[i * rowStride + j * columnStride]) }
}

/// The largest error of a product in ε·Σ|a·b|, the natural unit: dot products of k terms stay within √k or so of it.
func productError<F: FloatElement>(_ a: Matrix<F>, _ b: Matrix<F>, _ c: [F], ldc: Int) -> Double {
  var worst = 0.0
  for i in 0..<a.rows {
    for j in 0..<b.columns {
      let terms = (0..<a.columns).map { a[i, $0] * b[$0, j] }
      let scale = terms.reduce(Truth(F.leastNormalMagnitude)) { $0 + abs($1) }
      worst = max(worst, scaledError([c[i * ldc + j]], [terms.reduce(0, +)], [scale]))
    }
  }
  return worst
}

func product<F: FloatElement>(_ a: Matrix<F>, _ b: Matrix<F>, ldc: Int, _ epilogue: Epilogue? = nil) -> [F] {
  output((a.rows - 1) * ldc + b.columns) { c in
    a.values.withUnsafeBytes { x in
      b.values.withUnsafeBytes { y in
        matmul(
          F.kind, a.rows, b.columns, a.columns, a.operand(x.baseAddress!), b.operand(y.baseAddress!), c, ldc, epilogue)
      }
    }
  }
}

@Suite(.exclusiveKernels) struct MatmulTests {
  /// 16 where sums are in vectors of partial sums or blocks; a plain loop of k = 700 would pass too.
  private let tolerance = 16.0

  private func check<F: FloatElement>(_ type: F.Type, _ m: Int, _ n: Int, _ k: Int, gap: Int = 0, pad: Int = 0) {
    var samples = Samples(UInt64(m * 1000 + n * 10 + k))
    for (ta, tb) in [(false, false), (false, true), (true, false), (true, true)] {
      let a = Matrix<F>(m, k, transposed: ta, gap: gap, &samples)
      let b = Matrix<F>(k, n, transposed: tb, gap: gap, &samples)
      let c = product(a, b, ldc: n + pad)
      #expect(productError(a, b, c, ldc: n + pad) <= tolerance, "\(m)x\(k)·\(k)x\(n) transposed \(ta) \(tb) gap \(gap)")
      let gaps = c.indices.filter { $0 % (n + pad) >= n }
      #expect(gaps.allSatisfy { c[$0] == F.sentinel }, "wrote between the rows")
    }
  }

  private static let sizes = isDebug ? [1, 2, 9, 33] : [1, 2, 5, 6, 7, 8, 9, 16, 17, 31, 32, 33, 65]

  @Test(arguments: SIMDLevel.available) func oddSizesAndAllTransposes(level: SIMDLevel) {
    SIMDLevel.with(level) {
      for m in Self.sizes {
        for n in Self.sizes {
          for k in [1, 9] + (isDebug ? [] : [33]) {
            check(Float.self, m, n, k)
            if !isDebug || m != n { check(Double.self, m, n, k) }
          }
        }
      }
    }
  }

  @Test(arguments: SIMDLevel.available) func stridesAndGapsBetweenRows(level: SIMDLevel) {
    SIMDLevel.with(level) {
      for (m, n, k) in [(9, 17, 5), (1, 17, 5), (9, 1, 5), (1, 1, 5), (33, 34, 3)] {
        check(Float.self, m, n, k, gap: 1)
        check(Double.self, m, n, k, gap: 2, pad: 3)
        check(Float.self, m, n, k, pad: 5)
      }
    }
  }

  /// k beyond the terms that are summed at a time (256), and beyond a packed slice (four times as many): C is added to.
  @Test(arguments: SIMDLevel.available) func deepProducts(level: SIMDLevel) {
    SIMDLevel.with(level) {
      for (m, n, k) in [(2, 3, 257), (7, 17, 513), (1, 40, 400), (40, 1, 400), (2, 2, 1025)] {
        check(Float.self, m, n, k)
        check(Double.self, m, n, k, pad: 1)
      }
    }
  }

  /// Sizes past every limit of packing, blocks and threads, with edges on all sides: B read where it lies and cut across
  /// with less than a vector left, both packed, several blocks of rows and slices.
  private static let large =
    isDebug
    ? [(9, 70, 3)]
    : [
      (32, 197, 100), (9, 517, 20), (63, 257, 70), (70, 261, 70), (97, 45, 300), (105, 530, 33), (300, 33, 40),
      (4000, 9, 11), (3, 70, 1030), (17, 300, 1100),
    ]

  /// One number from two vectors: of few terms, of whole chains of vectors, and of what is left after them.
  @Test(arguments: SIMDLevel.available) func singleDotProducts(level: SIMDLevel) {
    SIMDLevel.with(level) {
      for k in [3, 31, 63, 64, 65, 79, 128, 130, 191, isDebug ? 300 : 5000] {
        check(Float.self, 1, 1, k)
        check(Double.self, 1, 1, k)
        check(Float.self, 1, 1, k, gap: 1)
      }
    }
  }

  @Test(arguments: SIMDLevel.available) func pathsOfLargeProducts(level: SIMDLevel) {
    SIMDLevel.with(level) {
      for (m, n, k) in Self.large {
        check(Float.self, m, n, k)
        if m * n * k < 2_000_000 { check(Double.self, m, n, k, pad: 3) }
      }
    }
  }

  private func checkEpilogue<F: FloatElement>(_ type: F.Type, _ m: Int, _ n: Int, _ k: Int) {
    var samples = Samples(UInt64(m + n + k))
    let bias: [F] = samples.floats(n)
    for transposed in [false, true] {
      let a = Matrix<F>(m, k, transposed: transposed, &samples)
      let b = Matrix<F>(k, n, transposed: transposed, &samples)
      let plain = product(a, b, ldc: n)
      let sum = plain.indices.map { plain[$0] + bias[$0 % n] }
      let (biased, raised) = bias.withUnsafeBytes { p in
        (
          product(a, b, ldc: n, Epilogue(bias: p.baseAddress!)),
          product(a, b, ldc: n, Epilogue(bias: p.baseAddress!, isReLU: true))
        )
      }
      #expect(same(biased, sum), "\(m)x\(k)·\(k)x\(n) bias")
      #expect(same(raised, sum.map { $0 <= 0 ? 0 : $0 }), "\(m)x\(k)·\(k)x\(n) relu")
    }
  }

  /// A bias and relu on the way to memory change no bit.
  @Test(arguments: SIMDLevel.available) func epiloguesGiveTheBitsOfSeparateSteps(level: SIMDLevel) {
    let sizes = [(1, 5, 3), (1, 40, 7), (5, 1, 3), (3, 3, 0), (7, 9, 4), (13, 33, 5), (8, 48, 3)]
    SIMDLevel.with(level) {
      for (m, n, k) in sizes + (isDebug ? [] : [(15, 37, 300), (97, 300, 300), (33, 197, 100)]) {
        checkEpilogue(Float.self, m, n, k)
        checkEpilogue(Double.self, m, n, k)
      }
    }
  }

  /// NaN from the product stays NaN through relu; −∞ is raised to zero.
  @Test func epiloguesKeepNaN() {
    let (a, b): ([Float], [Float]) = ([1, 0, 1, 0], [.nan, -.infinity, 1, 1])
    let bias: [Float] = [1, 1]
    let c: [Float] = output(4) { c in
      bias.withUnsafeBytes {
        matmul(
          .float32, 2, 2, 2, MatrixOperand(a, rowStride: 2, columnStride: 1),
          MatrixOperand(b, rowStride: 2, columnStride: 1), c, 2, Epilogue(bias: $0.baseAddress!, isReLU: true))
      }
    }
    #expect(same(c, [.nan, .nan, .nan, .nan].enumerated().map { $0.offset % 2 == 0 ? $0.element : 0 }))
  }

  @Test func noTermsGiveZerosAndNoRowsNothing() {
    var samples = Samples()
    let (a, b) = (Matrix<Float>(3, 0, transposed: false, &samples), Matrix<Float>(0, 4, transposed: false, &samples))
    #expect(
      product(a, b, ldc: 6) == [0, 0, 0, 0, Float.sentinel, .sentinel, 0, 0, 0, 0, .sentinel, .sentinel, 0, 0, 0, 0])
  }

  /// Zero times NaN or infinity is NaN: no shortcut may skip a term, and padding may add none.
  @Test(arguments: SIMDLevel.available) func nonFiniteValuesArrive(level: SIMDLevel) {
    SIMDLevel.with(level) {
      let a: [Float] = [0, 0, 0, 1, 1, 1]
      let b: [Float] = [.nan, 1, .infinity, 1, 1, 1]
      let c: [Float] = output(4) {
        matmul(
          .float32, 2, 2, 3, MatrixOperand(a, rowStride: 3, columnStride: 1),
          MatrixOperand(b, rowStride: 2, columnStride: 1), $0, 2)
      }
      #expect(same(c, [.nan, 0, .nan, 3]))
    }
  }

  private func checkThreads<F: FloatElement>(_ type: F.Type, _ m: Int, _ n: Int, _ k: Int) {
    var samples = Samples()
    for transposed in [false, true] {
      let a = Matrix<F>(m, k, transposed: !transposed, &samples)
      let b = Matrix<F>(k, n, transposed: transposed, &samples)
      let results = withThreadCounts { product(a, b, ldc: n) }
      for c in results { #expect(same(c, results[0]), "\(m) \(n) \(k)") }
      #expect(productError(a, b, results[0], ldc: n) <= tolerance)
    }
  }

  /// One NaN in A spoils its row, one in B its column, and nothing else: no path reads past an edge and keeps it.
  @Test(arguments: SIMDLevel.available) func nonFiniteValuesStayInTheirLine(level: SIMDLevel) {
    SIMDLevel.with(level) {
      for (m, n, k) in [(9, 17, 5), (7, 33, 4), (3, 35, 2)] + (isDebug ? [] : [(70, 261, 70)]) {
        for transposed in [false, true] {
          let (a, b) = ([Float](repeating: 0, count: m * k), [Float](repeating: 1, count: k * n))
          var (x, y) = (a, b)
          (x[(m - 1) * k], y[n - 1]) = (.nan, .infinity)
          if transposed { y = (0..<k * n).map { y[$0 % k * n + $0 / k] } }
          let c: [Float] = output(m * n) {
            matmul(
              .float32, m, n, k, MatrixOperand(x, rowStride: k, columnStride: 1),
              MatrixOperand(y, rowStride: transposed ? 1 : n, columnStride: transposed ? k : 1), $0, n)
          }
          #expect(c.indices.allSatisfy { c[$0].isNaN == ($0 / n == m - 1 || $0 % n == n - 1) }, "\(m) \(n) \(k)")
        }
      }
    }
  }

  /// Large enough for several blocks and slices; one size in debug, just past the limit of parallel work.
  @Test func anyNumberOfThreadsGivesTheSameBits() {
    checkThreads(Float.self, 65, 65, 65)
    if isDebug { return }
    checkThreads(Float.self, 130, 600, 400)
    checkThreads(Double.self, 200, 33, 500)
    checkThreads(Float.self, 1, 3000, 300)
    for (m, n, k) in Self.large { checkThreads(Float.self, m, n, k) }
    checkThreads(Float.self, 3000, 1, 300)
  }

  private func checkBatch(_ count: Int, _ m: Int, _ n: Int, _ k: Int) {
    var samples = Samples()
    let a = (0..<count).map { _ in Matrix<Float>(m, k, transposed: false, &samples) }
    let b = (0..<count).map { Matrix<Float>(k, n, transposed: $0 % 2 == 1, &samples) }
    let (pa, pb) = (
      a.map { UnsafeMutablePointer<Float>.copy($0.values) }, b.map { UnsafeMutablePointer<Float>.copy($0.values) }
    )
    defer { (pa + pb).forEach { $0.deallocate() } }
    let results = withThreadCounts {
      output(count * m * n, as: Float.self) { c in
        matmulBatch(.float32, count, m, n, k, c) { (a[$0].operand(pa[$0]), b[$0].operand(pb[$0])) }
      }
    }
    for c in results {
      #expect(same(c, results[0]))
      for i in 0..<count {
        #expect(productError(a[i], b[i], Array(c[i * m * n..<(i + 1) * m * n]), ldc: n) <= tolerance)
      }
    }
  }

  @Test func batchesOfProducts() {
    checkBatch(3, 2, 5, 4)
    checkBatch(0, 2, 5, 4)
    checkBatch(2, 3, 4, 0)
    checkBatch(isDebug ? 3 : 40, isDebug ? 5 : 30, 20, 30)
  }
}

extension UnsafeMutablePointer where Pointee: BitwiseCopyable {
  fileprivate static func copy(_ values: [Pointee]) -> Self {
    let p = allocate(capacity: values.count)
    p.initialize(from: values, count: values.count)
    return p
  }
}

/// [N, C, S], contiguous: what batch normalisation runs over.
package struct Channels: Sendable {
  package let batch: Int
  package let channels: Int
  package let inner: Int

  package init(batch: Int, channels: Int, inner: Int) {
    (self.batch, self.channels, self.inner) = (batch, channels, inner)
  }

  fileprivate var apart: Int { channels * inner }
  /// Elements of one channel.
  package var count: Int { batch * inner }

  /// Calls `body` for every channel, each worked through while it is in cache.
  fileprivate func forEachChannel(_ body: (Int) -> Void) {
    parallel(channels, grain: max(1, linesGrain / 2 / max(1, count))) { for c in $0 { body(c) } }
  }

  /// Calls `body(rows, first column, columns)` for blocks of [N, C].
  fileprivate func forEachRow(_ body: (Range<Int>) -> Void) {
    parallel(batch, grain: max(1, linesGrain / 2 / max(1, channels)), body)
  }

  fileprivate func forEachStrip(_ body: (Range<Int>) -> Void) { parallel(channels, grain: 256, body) }
}

extension ElementKind {
  fileprivate func withType(_ body: (any ChannelColumnKernels.Type) -> Void) {
    if self == .float32 { body(Float.self) } else { body(Double.self) }
  }
}

/// y = (x − mean)·rstd·weight + bias for each channel, with the channel's mean and rstd = 1/√(variance + eps), which are
/// kept for the way back, and its variance (divided by the count). Weight and bias may be nil for 1 and 0.
package func batchNorm(
  _ kind: ElementKind, _ shape: Channels, _ x: UnsafeRawPointer, weight: UnsafeRawPointer?, bias: UnsafeRawPointer?,
  eps: Double, _ y: UnsafeMutableRawPointer, mean: UnsafeMutableRawPointer, rstd: UnsafeMutableRawPointer,
  variance: UnsafeMutableRawPointer
) {
  func run<E: ChannelColumnKernels>(_ type: E.Type) {
    let (x, y, mean, rstd) = (x.of(E.self), y.of(E.self), mean.of(E.self), rstd.of(E.self))
    let (weight, bias, variance) = (weight?.of(E.self), bias?.of(E.self), variance.of(E.self))
    func finish(_ c: Int) {
      variance[c] /= E(shape.count)
      rstd[c] = 1 / (variance[c] + E(eps)).squareRoot()
    }
    if shape.inner == 1 {
      let lines = Lines(outer: 1, shape.batch, inner: shape.channels, areRows: false)
      moments(kind, lines, LinesOf(x, kind, group: 0, step: shape.channels), mean: mean, m2: variance)
      for c in 0..<shape.channels { finish(c) }
      return scaled(shape, x, mean, rstd, weight, bias, y)
    }
    shape.forEachChannel { c in
      let (x, y) = (x + c * shape.inner, y + c * shape.inner)
      E.moments(shape.batch, shape.inner, x, shape.apart, mean: mean + c, m2: variance + c)
      finish(c)
      let (scale, shift) = (rstd[c] * (weight?[c] ?? 1), bias?[c] ?? 0)
      E.affine(shape.batch, shape.inner, x, shape.apart, mean: mean[c], scale: scale, shift: shift, y)
    }
  }
  kind.withType { run($0) }
}

/// y = (x − mean)·rstd·weight + bias for each channel, from statistics that are given.
package func channelAffine(
  _ kind: ElementKind, _ shape: Channels, _ x: UnsafeRawPointer, mean: UnsafeRawPointer, rstd: UnsafeRawPointer,
  weight: UnsafeRawPointer?, bias: UnsafeRawPointer?, _ y: UnsafeMutableRawPointer
) {
  func run<E: ChannelColumnKernels>(_ type: E.Type) {
    let (x, y, weight, bias) = (x.of(E.self), y.of(E.self), weight?.of(E.self), bias?.of(E.self))
    let (mean, rstd) = (mean.of(E.self), rstd.of(E.self))
    if shape.inner == 1 { return scaled(shape, x, mean, rstd, weight, bias, y) }
    shape.forEachChannel { c in
      let (scale, shift) = (rstd[c] * (weight?[c] ?? 1), bias?[c] ?? 0)
      E.affine(
        shape.batch, shape.inner, x + c * shape.inner, shape.apart, mean: mean[c], scale: scale, shift: shift,
        y + c * shape.inner)
    }
  }
  kind.withType { run($0) }
}

/// The affine part of [N, C].
private func scaled<E: ChannelColumnKernels>(
  _ shape: Channels, _ x: UnsafePointer<E>, _ mean: UnsafePointer<E>, _ rstd: UnsafePointer<E>,
  _ weight: UnsafePointer<E>?, _ bias: UnsafePointer<E>?, _ y: UnsafeMutablePointer<E>
) {
  let width = shape.channels
  withScratch(E.self, 2 * width) { scale in
    for c in 0..<width { (scale[c], scale[width + c]) = (rstd[c] * (weight?[c] ?? 1), bias?[c] ?? 0) }
    shape.forEachRow { rows in
      let at = rows.lowerBound * width
      E.affine(rows.count, width, x + at, width, mean: mean, scale: scale, shift: scale + width, y + at)
    }
  }
}

/// The backward pass of ``batchNorm``: dx = weight·rstd·(g − Σg/M − x̂·Σ(g·x̂)/M) over the M elements of each channel, the
/// gradient of weight Σ g·x̂, and that of bias Σ g.
package func batchNormGradient(
  _ kind: ElementKind, _ shape: Channels, _ g: UnsafeRawPointer, _ x: UnsafeRawPointer, weight: UnsafeRawPointer?,
  mean: UnsafeRawPointer, rstd: UnsafeRawPointer, _ dx: UnsafeMutableRawPointer, dweight: UnsafeMutableRawPointer,
  dbias: UnsafeMutableRawPointer
) {
  func run<E: ChannelColumnKernels>(_ type: E.Type) {
    let (g, x, dx, weight) = (g.of(E.self), x.of(E.self), dx.of(E.self), weight?.of(E.self))
    let (mean, rstd, dweight, dbias) = (mean.of(E.self), rstd.of(E.self), dweight.of(E.self), dbias.of(E.self))
    let one = 1 / E(shape.count)
    /// The coefficients of g, of x − mean, and of 1, once the sums stand in dbias and dweight (not yet times rstd).
    func coefficients(_ c: Int) -> (scale: E, slope: E, offset: E) {
      dweight[c] *= rstd[c]
      let scale = rstd[c] * (weight?[c] ?? 1)
      return (scale, scale * rstd[c] * dweight[c] * one, scale * dbias[c] * one)
    }
    if shape.inner == 1 {
      let width = shape.channels
      return withScratch(E.self, 3 * width) { scale in
        shape.forEachStrip { strip in
          let c = strip.lowerBound
          E.sums(shape.batch, strip.count, g + c, x + c, width, mean: mean + c, dbias + c, dweight + c)
          for c in strip { (scale[c], scale[width + c], scale[2 * width + c]) = coefficients(c) }
        }
        shape.forEachRow { rows in
          let at = rows.lowerBound * width
          E.gradient(
            rows.count, width, g + at, x + at, width, mean: mean, scale: scale, slope: scale + width,
            offset: scale + 2 * width, dx + at)
        }
      }
    }
    shape.forEachChannel { c in
      let (g, x, dx) = (g + c * shape.inner, x + c * shape.inner, dx + c * shape.inner)
      (dbias[c], dweight[c]) = E.sums(shape.batch, shape.inner, g, x, shape.apart, mean: mean[c])
      let (scale, slope, offset) = coefficients(c)
      E.gradient(
        shape.batch, shape.inner, g, x, shape.apart, mean: mean[c], scale: scale, slope: slope, offset: offset, dx)
    }
  }
  kind.withType { run($0) }
}

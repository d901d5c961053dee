import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct BatchNormTests {
  private struct Sample<F: FloatElement> {
    let (batch, channels, inner): (Int, Int, Int)
    let (x, g, weight, bias): ([F], [F], [F]?, [F]?)
    let eps = 1e-5

    init(_ batch: Int, _ channels: Int, _ inner: Int, affine: Bool = true) {
      var samples = Samples(UInt64(batch * 100 + channels))
      (self.batch, self.channels, self.inner) = (batch, channels, inner)
      (x, g) = (
        samples.floats(batch * channels * inner, in: 1...3), samples.floats(batch * channels * inner)
      )
      weight = affine ? samples.floats(channels) : nil
      bias = affine ? samples.floats(channels) : nil
    }

    var shape: Channels { Channels(batch: batch, channels: channels, inner: inner) }

    private func channel(_ values: [F], _ c: Int) -> [Truth] {
      positions([batch, inner]).map { Truth(values[($0[0] * channels + c) * inner + $0[1]]) }
    }

    private func joined(_ all: [[Truth]]) -> [Truth] {
      positions([batch, channels, inner]).map { all[$0[1]][$0[0] * inner + $0[2]] }
    }

    func normal(_ c: Int) -> (x: [Truth], mean: Truth, variance: Truth, rstd: Truth) {
      let x = channel(x, c)
      let mean = x.reduce(0, +) / Truth(x.count)
      let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Truth(x.count)
      let rstd = 1 / (variance + Truth(eps)).squareRoot()
      return (x.map { ($0 - mean) * rstd }, mean, variance, rstd)
    }

    var output: [Truth] {
      joined(
        (0..<channels).map { c in
          normal(c).x.map { $0 * Truth(weight?[c] ?? 1) + Truth(bias?[c] ?? 0) }
        })
    }

    var gradient: (x: [Truth], weight: [Truth], bias: [Truth]) {
      var (dx, dw, db) = ([[Truth]](), [Truth](), [Truth]())
      for c in 0..<channels {
        let (normal, g) = (normal(c), channel(g, c))
        db.append(g.reduce(0, +))
        dw.append(zip(g, normal.x).reduce(0) { $0 + $1.0 * $1.1 })
        let (mean, slope) = (db[c] / Truth(g.count), dw[c] / Truth(g.count))
        let scale = normal.rstd * Truth(weight?[c] ?? 1)
        dx.append(zip(g, normal.x).map { scale * ($0 - mean - $1 * slope) })
      }
      return (joined(dx), dw, db)
    }

    func run() -> (y: [F], mean: [F], rstd: [F], variance: [F]) {
      var statistics: [F] = []
      let y: [F] = KernelsTests.output(x.count) { y in
        statistics = KernelsTests.output(3 * channels) { p in
          batchNorm(
            F.kind, shape, x, weight: weight, bias: bias, eps: eps, y, mean: p, rstd: p + channels,
            variance: p + 2 * channels)
        }
      }
      let parts = (0..<3).map { Array(statistics[$0 * channels..<($0 + 1) * channels]) }
      return (y, parts[0], parts[1], parts[2])
    }

    func runGradient() -> (dx: [F], parameters: [F]) {
      let (_, mean, rstd, _) = run()
      var parameters: [F] = []
      let dx: [F] = KernelsTests.output(x.count) { dx in
        parameters = KernelsTests.output(2 * channels) { p in
          batchNormGradient(
            F.kind, shape, g, x, weight: weight, mean: mean, rstd: rstd, dx, dweight: p, dbias: p + channels)
        }
      }
      return (dx, parameters)
    }

    func runAffine(_ mean: [F], _ rstd: [F]) -> [F] {
      KernelsTests.output(x.count) {
        channelAffine(F.kind, shape, x, mean: mean, rstd: rstd, weight: weight, bias: bias, $0)
      }
    }
  }

  /// As for layer norm: tens of ulps of 1 times the size of rstd, which is large where few elements lie close together.
  private func check<F: FloatElement>(_ sample: Sample<F>) {
    let name = "\(sample.batch) x \(sample.channels) x \(sample.inner)"
    let normals = (0..<sample.channels).map { sample.normal($0) }
    let (y, mean, rstd, variance) = sample.run()
    let scale = Swift.max(1, normals.map(\.rstd).max() ?? 1)
    #expect(scaledError(y, sample.output, y.map { _ in scale }) <= 24, "\(name)")
    #expect(scaledError(mean, normals.map(\.mean), mean.map { _ in 3 }) <= 4, "\(name)")
    #expect(scaledError(variance, normals.map(\.variance), mean.map { _ in 1 }) <= 8, "\(name)")
    #expect(same(sample.runAffine(mean, rstd), y), "\(name)")
    let (truth, (dx, parameters)) = (sample.gradient, sample.runGradient())
    #expect(scaledError(dx, truth.x, dx.map { _ in scale * scale }) <= 48, "dx of \(name)")
    let count = Truth(4 + sample.batch * sample.inner)
    let all = truth.weight + truth.bias
    #expect(scaledError(parameters, all, all.map { _ in scale * count }) <= 16, "parameters of \(name)")
  }

  @Test(arguments: SIMDLevel.available) func everyLayout(level: SIMDLevel) {
    SIMDLevel.with(level) {
      for (n, c, s) in [(2, 1, 1), (5, 3, 1), (70, 17, 1), (3, 300, 1), (1, 2, 5), (3, 2, 16), (4, 3, 49), (20, 2, 33)]
      {
        check(Sample<Float>(n, c, s))
        check(Sample<Double>(n, c, s))
        check(Sample<Float>(n, c, s, affine: false))
      }
      check(Sample<Float>(2, 2, 2500))
    }
  }

  @Test func threadsGiveTheSameBits() {
    for sample in [Sample<Float>(8, 6, isDebug ? 30 : 1500), Sample<Float>(isDebug ? 20 : 300, 400, 1)] {
      let results = withThreadCounts { (sample.run(), sample.runGradient()) }
      for (forward, backward) in results {
        #expect(same(forward.y, results[0].0.y) && same(forward.variance, results[0].0.variance))
        #expect(same(backward.dx, results[0].1.dx) && same(backward.parameters, results[0].1.parameters))
      }
    }
  }
}

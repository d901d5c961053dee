import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct ConvolutionTests {
  /// Each sum of k products stays within √k or so of ε·Σ|a·b|, and within k always; the longest here has 3,000 terms.
  private let tolerance = 16.0

  private func check<F: FloatElement>(_ type: F.Type, _ shape: ConvolutionShape, _ samples: inout Samples) {
    let naive = NaiveConvolution<F>(shape, &samples)
    let (y, dx, dw) = naive.run()
    for (name, error) in zip(["y", "dx", "dw"], naive.errors(y: y, dx: dx, dw: dw)) {
      #expect(error <= tolerance, "\(type) \(name): \(shape)")
    }
  }

  /// A shape of one to three axes with every option drawn on its own for each axis.
  private func randomShape(_ axes: Int, _ samples: inout Samples) -> ConvolutionShape {
    func integer(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &samples) }
    func volume(_ range: ClosedRange<Int>, else missing: Int) -> Volume {
      Volume(axes > 2 ? integer(range) : missing, axes > 1 ? integer(range) : missing, integer(range))
    }
    while true {
      let shape = ConvolutionShape(
        integer(1...3), groups: integer(1...3), integer(1...5), integer(0...3) == 0 ? integer(6...40) : integer(1...9),
        volume(axes == 1 ? 1...60 : axes == 2 ? 1...20 : 1...7, else: 1), volume(1...4, else: 1),
        stride: volume(1...3, else: 1), padding: volume(0...3, else: 0), dilation: volume(1...3, else: 1))
      let isSmall = shape.output.count * shape.outputChannels < (isDebug ? 60 : .max)
      if shape.output.z > 0, shape.output.y > 0, shape.output.x > 0, isSmall { return shape }
    }
  }

  @Test(arguments: SIMDLevel.available, [1, 2, 3]) func allOptionsAtRandom(level: SIMDLevel, axes: Int) {
    SIMDLevel.with(level) {
      var samples = Samples(UInt64(axes))
      for _ in 0..<(isDebug ? 6 : 120) {
        check(Float.self, randomShape(axes, &samples), &samples)
        check(Double.self, randomShape(axes, &samples), &samples)
      }
    }
  }

  /// Every number of channels and positions that a tile can have, with vectors of either index.
  @Test(arguments: SIMDLevel.available) func everyTile(level: SIMDLevel) {
    SIMDLevel.with(level) {
      var samples = Samples(7)
      for n in Array(1...9) + [15, 16, 17, 31, 32, 33, 70] where !isDebug || n % 4 == 1 {
        check(Float.self, ConvolutionShape(1, 3, n, Volume(1, 2, 5), Volume(1, 2, 2)), &samples)
        check(Float.self, ConvolutionShape(1, n, 2, Volume(1, 2, 40), Volume(1, 2, 3)), &samples)
        check(Float.self, ConvolutionShape(2, 2, 20, Volume(1, 2, n + 2), Volume(1, 2, 3)), &samples)
        check(Double.self, ConvolutionShape(2, 2, n, Volume(1, 2, n + 2), Volume(1, 2, 3)), &samples)
        check(Float.self, ConvolutionShape(2, groups: n, 1, 1, Volume(1, 4, n + 2), Volume(1, 3, 3)), &samples)
      }
    }
  }

  /// Output channels far from a multiple of anything, deep sums, and channels a power of two apart in memory.
  @Test func largerSizes() {
    if isDebug { return }
    var samples = Samples(8)
    check(
      Float.self, ConvolutionShape(2, 70, 67, Volume(1, 9, 11), Volume(1, 5, 5), padding: Volume(0, 2, 2)), &samples)
    check(Float.self, ConvolutionShape(1, 16, 24, Volume(1, 32, 32), Volume(1, 1, 1)), &samples)
    check(Double.self, ConvolutionShape(3, 16, 24, Volume(1, 16, 16), Volume(1, 1, 1)), &samples)
    check(
      Float.self,
      ConvolutionShape(
        1, 3, 16, Volume(1, 130, 90), Volume(1, 3, 3), stride: Volume(1, 2, 2), padding: Volume(0, 1, 1)),
      &samples)
  }

  /// The gradient's padding may reach further than the kernel, and strides may skip taps or input altogether.
  @Test(arguments: SIMDLevel.available) func edges(level: SIMDLevel) {
    SIMDLevel.with(level) {
      var samples = Samples(9)
      let (one, row) = (Volume(1, 1, 1), Volume(1, 1, 3))
      for shape in [
        ConvolutionShape(1, 1, 1, one, one), ConvolutionShape(1, 2, 3, row, one, padding: Volume(2, 3, 4)),
        ConvolutionShape(1, 2, 3, Volume(1, 1, 9), one, stride: Volume(1, 1, 4)),
        ConvolutionShape(1, 2, 3, row, Volume(1, 1, 2), stride: Volume(1, 1, 9)),
        ConvolutionShape(1, 2, 3, row, Volume(1, 1, 7), padding: Volume(0, 0, 5), dilation: Volume(1, 1, 2)),
        ConvolutionShape(
          1, 2, 3, Volume(1, 1, 11), Volume(1, 1, 2), stride: Volume(1, 1, 2), dilation: Volume(1, 1, 4)),
      ] {
        check(Float.self, shape, &samples)
        check(Double.self, shape, &samples)
      }
    }
  }

  @Test func nothingGivesBiasesAndZeros() {
    let empty = ConvolutionShape(0, 2, 3, Volume(1, 4, 4), Volume(1, 3, 3))
    #expect(output(0, as: Float.self) { convolution(.float32, empty, [0], [0], nil, $0) } == [])
    let weights: [Float] = output(54) { convolutionWeightGradient(.float32, empty, [0], [0], $0) }
    #expect(weights == Array(repeating: 0, count: 54))
    // No input channel: each output is its bias.
    let blind = ConvolutionShape(1, 0, 2, Volume(1, 1, 3), Volume(1, 1, 1))
    let y: [Float] = output(6) { convolution(.float32, blind, [0], [0], [2, 3] as [Float], $0) }
    #expect(y == [2, 2, 2, 3, 3, 3])
  }

  /// A phase of the gradient that no tap reaches holds the bias alone.
  @Test func biasesOfTheTransposed() {
    let shape = ConvolutionShape(1, 1, 1, Volume(1, 1, 5), Volume(1, 1, 1), stride: Volume(1, 1, 2))
    let x: [Float] = output(5) {
      convolutionInputGradient(.float32, shape, [1, 2, 3] as [Float], [10] as [Float], [0.5] as [Float], $0)
    }
    #expect(x == [10.5, 0.5, 20.5, 0.5, 30.5])
  }

  /// An infinity reaches the positions whose taps meet it, and no other: lanes past an edge are not stored, and padding
  /// is not multiplied into what it does not belong to.
  @Test(arguments: SIMDLevel.available) func nonFiniteValuesStayInTheirWindows(level: SIMDLevel) {
    SIMDLevel.with(level) {
      for channels in [1, 20] {
        let shape = ConvolutionShape(1, 1, channels, Volume(1, 3, 21), Volume(1, 3, 3), padding: Volume(0, 1, 1))
        var x = [Float](repeating: 1, count: 63)
        x[21 + 20] = .nan
        let w = [Float](repeating: 1, count: 9 * channels)
        let y: [Float] = output(63 * channels) { convolution(.float32, shape, x, w, nil, $0) }
        for i in y.indices { #expect(y[i].isNaN == (i % 21 >= 19), "\(channels) channels, position \(i)") }
        let dw: [Float] = output(9 * channels) { convolutionWeightGradient(.float32, shape, x, y.map { _ in 1 }, $0) }
        #expect(dw.allSatisfy { $0.isNaN } == false)
        // The tap that reaches one column further left never meets the last column's neighbour outside.
        for i in dw.indices { #expect(dw[i].isNaN == (i % 3 != 0), "\(channels) channels, tap \(i)") }
      }
    }
  }

  private func checkThreads<F: FloatElement>(_ type: F.Type, _ shape: ConvolutionShape) {
    var samples = Samples(3)
    let naive = NaiveConvolution<F>(shape, &samples)
    let results = withThreadCounts { naive.run() }
    for r in results {
      #expect(same(r.y, results[0].y) && same(r.dx, results[0].dx) && same(r.dw, results[0].dw), "\(shape)")
    }
    let error = naive.errors(y: results[0].y, dx: results[0].dx, dw: results[0].dw).max()!
    #expect(error <= tolerance, "\(shape)")
  }

  @Test func anyNumberOfThreadsGivesTheSameBits() {
    let (three, pad) = (Volume(1, 3, 3), Volume(0, 1, 1))
    checkThreads(Float.self, ConvolutionShape(3, 2, 17, Volume(1, 6, 7), three, padding: pad))
    if isDebug { return }
    checkThreads(Float.self, ConvolutionShape(17, 6, 32, Volume(1, 14, 14), three, padding: pad))
    checkThreads(Double.self, ConvolutionShape(9, 8, 18, Volume(1, 12, 12), three, padding: pad))
    checkThreads(Float.self, ConvolutionShape(5, groups: 12, 1, 1, Volume(1, 30, 30), three, padding: pad))
    checkThreads(Float.self, ConvolutionShape(40, 1, 2, Volume(1, 20, 20), three, padding: pad))
    checkThreads(Float.self, ConvolutionShape(1, 8, 16, Volume(1, 64, 64), three, stride: Volume(1, 2, 2)))
    checkThreads(Float.self, ConvolutionShape(1, 4, 8, Volume(6, 20, 20), Volume(3, 3, 3)))
  }
}

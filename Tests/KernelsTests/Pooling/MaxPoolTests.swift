import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct MaxPoolTests {
  /// By the definition: the taps in order, a later one if larger or NaN.
  private func naive<F: FloatElement>(_ s: ConvolutionShape, _ x: [F]) -> (y: [F], indices: [Int]) {
    var (y, indices): ([F], [Int]) = ([], [])
    for plane in 0..<s.batch {
      for p in positions([s.output.z, s.output.y, s.output.x]) {
        var best: (value: F, index: Int)?
        for k in positions([s.kernel.z, s.kernel.y, s.kernel.x]) {
          let z = p[0] * s.stride.z + k[0] * s.dilation.z - s.padding.z
          let r = p[1] * s.stride.y + k[1] * s.dilation.y - s.padding.y
          let c = p[2] * s.stride.x + k[2] * s.dilation.x - s.padding.x
          guard (0..<s.input.z).contains(z), (0..<s.input.y).contains(r), (0..<s.input.x).contains(c) else { continue }
          let index = (z * s.input.y + r) * s.input.x + c
          let value = x[plane * s.input.count + index]
          if best == nil || value > best!.value || value.isNaN { best = (value, index) }
        }
        y.append(best!.value)
        indices.append(best!.index)
      }
    }
    return (y, indices)
  }

  private func pool<F: FloatElement, I: Element & BinaryInteger>(
    _ s: ConvolutionShape, _ x: [F], _ type: I.Type
  ) -> (y: [F], indices: [Int]) {
    let count = s.batch * s.output.count
    var indices: [I] = []
    let y: [F] = output(count) { y in indices = output(count) { maxPool(F.kind, s, x, y, $0) } }
    return (y, indices.map { Int($0) })
  }

  private func check<F: FloatElement, I: Element & BinaryInteger>(_ s: ConvolutionShape, _ x: [F], _ type: I.Type) {
    let (actual, expected) = (pool(s, x, type), naive(s, x))
    #expect(same(actual.y, expected.y), "\(s)")
    #expect(actual.indices == expected.indices, "\(s)")
  }

  private static let shapes: [ConvolutionShape] = {
    let (two, three) = (Volume(1, 2, 2), Volume(1, 3, 3))
    return [
      ConvolutionShape(3, 1, 1, Volume(1, 8, 9), two, stride: two),
      ConvolutionShape(2, 1, 1, Volume(1, 9, 40), three, stride: two, padding: Volume(0, 1, 1)),
      ConvolutionShape(2, 1, 1, Volume(1, 7, 37), three),
      ConvolutionShape(1, 1, 1, Volume(1, 9, 70), three, stride: Volume(1, 3, 3), dilation: Volume(1, 2, 3)),
      ConvolutionShape(1, 1, 1, Volume(1, 1, 100), Volume(1, 1, 5), stride: Volume(1, 1, 2), padding: Volume(0, 0, 2)),
      ConvolutionShape(
        2, 1, 1, Volume(5, 4, 6), Volume(2, 3, 2), stride: Volume(2, 1, 3), padding: Volume(1, 1, 0)),
      ConvolutionShape(1, 1, 1, Volume(1, 1, 1), Volume(1, 1, 1)),
    ]
  }()

  @Test(arguments: SIMDLevel.available) func everyWindow(level: SIMDLevel) {
    SIMDLevel.with(level) {
      var samples = Samples(1)
      for s in Self.shapes {
        check(s, samples.floats(s.batch * s.input.count) as [Float], Int32.self)
        check(s, samples.floats(s.batch * s.input.count) as [Double], Int64.self)
        // Many equal elements: the first of them counts. And windows of nothing but −inf, and of NaN.
        let few = samples.integers(s.batch * s.input.count, in: 0...4 as ClosedRange<Int32>)
        let kinds: [Float] = [-1, 0, 1, -Float.infinity, Float.nan]
        let x: [Float] = few.map { kinds[Int($0)] }
        check(s, x, Int32.self)
        let y: [Double] = few.map { $0 < 4 ? -Double.infinity : Double.nan }
        check(s, y, Int64.self)
        check(s, few.map { _ in -Float.infinity }, Int32.self)
      }
    }
  }

  @Test func gradientsGoToTheIndices() {
    let indices: [Int32] = [2, 2, 0, 1, 1, 1]
    let g: [Float] = [1, 2, 4, 8, 16, 32]
    let x: [Float] = output(8) { scatterToMaxima(.float32, planes: 2, from: 3, to: 4, g, indices, $0) }
    #expect(x == [4, 0, 3, 0, 0, 56, 0, 0])
    let wide: [Double] = output(4) {
      scatterToMaxima(.float64, planes: 1, from: 2, to: 4, [1, 2] as [Double], [3, 0] as [Int64], $0)
    }
    #expect(wide == [2, 0, 0, 1])
  }

  @Test func anyNumberOfThreadsGivesTheSameBits() {
    var samples = Samples(2)
    let s = ConvolutionShape(isDebug ? 3 : 300, 1, 1, Volume(1, 20, 20), Volume(1, 3, 3), stride: Volume(1, 2, 2))
    let x: [Float] = samples.floats(s.batch * s.input.count)
    let results = withThreadCounts { pool(s, x, Int32.self) }
    for r in results { #expect(same(r.y, results[0].y) && r.indices == results[0].indices) }
    #expect(results[0].indices == naive(s, x).indices)
  }
}

import Foundation
import TestSupport
import Testing

import Kernels

@Suite(.exclusiveKernels) struct AttentionTests {
  /// In units of the terms that are added, as for matrix products.
  private let tolerance = 16.0

  /// The case at every level: the truth is what takes the time.
  private func check<F: FloatElement>(_ c: AttentionCase<F>) {
    let truth = AttentionTruth(c)
    for level in SIMDLevel.available {
      let actual = SIMDLevel.with(level) { c.run() }
      let name: Comment =
        "\(level) \(F.self) \(c.batch)x\(c.queries)x\(c.keys)x\(c.features)x\(c.values) \(c.isCausal) \(c.mask)"
      #expect(error(actual.output, truth.output) <= tolerance, name)
      #expect(error(actual.query, truth.query) <= tolerance, name)
      #expect(error(actual.key, truth.key) <= tolerance, name)
      #expect(error(actual.value, truth.value) <= tolerance, name)
      #expect(error(actual.mask, truth.mask) <= tolerance, name)
    }
  }

  /// An element without terms must be 0 exactly.
  private func error<F: FloatElement>(_ actual: [F], _ truth: AttentionTruth.Part) -> Double {
    scaledError(actual, truth.value, truth.size.map { $0 == 0 ? Truth.leastNormalMagnitude : $0 })
  }

  private func checkAll(_ batch: Int, _ queries: Int, _ keys: Int, _ features: Int, _ values: Int) {
    for isCausal in [false, true] {
      for isInterleaved in [false, true] {
        check(
          AttentionCase<Float>(batch, queries, keys, features, values).with {
            ($0.isCausal, $0.isInterleaved) = (isCausal, isInterleaved)
          })
      }
      check(AttentionCase<Double>(batch, queries, keys, features, values).with { $0.isCausal = isCausal })
    }
  }

  /// Around the edges of blocks (24, 32, 48, 64 queries; 126, 128 keys), of tiles (6, 8) and of vectors (8, 16).
  private static let sizes: [(Int, Int, Int, Int, Int)] =
    isDebug
    ? [(1, 1, 1, 1, 1), (2, 3, 9, 5, 4), (1, 17, 5, 3, 17)]
    : [
      (1, 1, 1, 1, 1), (2, 3, 5, 4, 4), (2, 17, 33, 5, 9), (1, 50, 130, 16, 8), (1, 65, 129, 24, 40),
      (1, 130, 50, 32, 32), (1, 31, 126, 33, 31), (1, 33, 127, 1, 2), (1, 49, 257, 8, 16), (1, 140, 140, 7, 17),
    ]

  @Test func everySize() {
    for (b, l, s, e, v) in Self.sizes { checkAll(b, l, s, e, v) }
  }

  @Test func everyMask() {
    for mask in [AttentionCase<Float>.Mask.boolean, .additive, .keysOnly] {
      let (l, s) = isDebug ? (5, 7) : (37, 140)
      check(AttentionCase<Float>(2, l, s, 6, 5).with { $0.mask = mask })
      check(AttentionCase<Float>(2, l, s, 16, 16).with { ($0.mask, $0.isCausal) = (mask, true) })
    }
    check(AttentionCase<Double>(1, 9, 11, 3, 3).with { $0.mask = .boolean })
    check(AttentionCase<Double>(1, 9, 11, 3, 3).with { $0.mask = .additive })
  }

  @Test func scales() {
    for scale in [-1.5, 0, 3] {
      check(AttentionCase<Float>(1, 5, 9, 4, 3).with { $0.scale = scale })
      check(AttentionCase<Double>(1, 5, 9, 4, 3).with { $0.scale = scale })
    }
  }

  /// Of two key shares and more.
  @Test func sharesOfKeys() {
    #expect(attentionKeyShares(batch: 1, keys: 511) == 1 && attentionKeyShares(batch: 8, keys: 4096) == 1)
    #expect(attentionKeyShares(batch: 1, keys: 600) == 2 && attentionKeyShares(batch: 3, keys: 4096) == 3)
    #expect(attentionKeyShares(batch: 0, keys: 4096) >= 1 && attentionKeyShares(batch: 1, keys: 0) == 1)
    if isDebug { return }
    check(AttentionCase<Float>(1, 40, 600, 8, 8))
    check(AttentionCase<Float>(1, 300, 800, 8, 8).with { $0.isCausal = true })
  }

  @Test func emptySizes() {
    for (b, l, s, e, v) in [(0, 3, 4, 2, 2), (2, 0, 4, 2, 2), (2, 3, 4, 2, 0), (1, 3, 0, 2, 2)] {
      for isCausal in [false, true] {
        let c = AttentionCase<Float>(b, l, s, e, v).with { $0.isCausal = isCausal }
        #expect(c.forward().output.allSatisfy { $0 == 0 })
      }
    }
    // Without features all scores are equal.
    let mean = AttentionCase<Double>(1, 2, 4, 0, 1)
    for y in mean.forward().output { #expect(abs(y - mean.value.reduce(0, +) / 4) <= 4 * .ulpOfOne) }
  }

  private func constant<F: FloatElement>(_ type: F.Type, keys: Int, _ query: F, _ key: [F], _ value: [F]) -> [F] {
    AttentionCase<F>(1, 1, keys, 1, 1).with { ($0.query, $0.key, $0.value) = ([query], key, value) }.forward().output
  }

  /// What PyTorch's plain formula gives: NaN where a score is NaN or +∞, 0 for weights of −∞.
  private func checkExtremes<F: FloatElement>(_ type: F.Type) {
    let big = F.greatestFiniteMagnitude.squareRoot() / 4
    #expect(constant(F.self, keys: 2, big, [big, -big], [3, 5]) == [3])
    #expect(constant(F.self, keys: 3, 1, [10_000, 9_999, -10_000], [0, 1, 7])[0] <= 0.2690)
    #expect(constant(F.self, keys: 2, 1, [-.infinity, 0], [3, 5]) == [5])
    #expect(constant(F.self, keys: 2, 1, [-.infinity, -.infinity], [3, 5]) == [0])
    for bad in [F.nan, .infinity] {
      #expect(constant(F.self, keys: 2, 1, [bad, 0], [3, 5])[0].isNaN)
      #expect(constant(F.self, keys: 2, 1, [-.infinity, bad], [3, 5])[0].isNaN)
    }
    #expect(constant(F.self, keys: 2, .nan, [1, 0], [3, 5])[0].isNaN)
    #expect(constant(F.self, keys: 2, 1, [0, 0], [.infinity, 5]) == [.infinity])
    #expect(constant(F.self, keys: 2, 1, [0, 0], [.infinity, -.infinity])[0].isNaN)
  }

  @Test(arguments: SIMDLevel.available) func extremes(level: SIMDLevel) {
    SIMDLevel.with(level) {
      checkExtremes(Float.self)
      checkExtremes(Double.self)
    }
  }

  /// A maximum in a later block rescales what the earlier ones gave.
  @Test func maximumInALaterBlock() {
    let count = 300
    let key = (0..<count).map { Float($0 == 299 ? 40 : $0 == 140 ? 30 : 0) }
    let value = (0..<count).map { Float($0 == 299 ? 2 : 1000) }
    #expect(abs(constant(Float.self, keys: count, 1, key, value)[0] - 2) < 0.05)
  }

  /// One query with a score of NaN or +∞ must not touch another; a masked key's NaN is not hidden by causality's block.
  @Test func badQueriesStayAlone() {
    var c = AttentionCase<Float>(1, 40, 40, 4, 4).with { $0.isCausal = true }
    let clean = c.forward().output
    c.query[5 * 4] = .nan
    c.key[20 * 4 + 1] = .nan
    let output = c.forward().output
    for i in 0..<40 {
      let row = i * 4..<i * 4 + 4
      if i == 5 || i >= 20 {
        #expect(output[row].allSatisfy { $0.isNaN }, "query \(i)")
      } else {
        #expect(output[row] == clean[row], "query \(i)")
      }
    }
  }

  @Test func anyNumberOfThreadsGivesTheSameBits() {
    let (l, s) = isDebug ? (40, 10) : (300, 600)
    for batch in [1, 3] {
      let c = AttentionCase<Float>(batch, l, s, 16, 8).with { ($0.isCausal, $0.mask) = (batch == 3, .additive) }
      let results = withThreadCounts { c.run() }
      for r in results { #expect(zip(r.all, results[0].all).allSatisfy { same($0, $1) }) }
    }
  }

  /// A task's memory grows with the features only: the scores of 2048 x 2048 never stand anywhere.
  @Test func memoryDoesNotGrowWithTheSequence() {
    func bytes(_ length: Int) -> (Int, Int) {
      let none = AttentionOperand(UnsafeRawPointer(bitPattern: 64)!, offsets: [0], rowStride: 64)
      let problem = AttentionProblem(
        .float32, batch: 1, queries: length, keys: length, features: 64, valueFeatures: 64, scale: 1, isCausal: false,
        query: none, key: none, value: none, mask: .none)
      return (attentionScratchBytes(problem), attentionGradientScratchBytes(problem))
    }
    #expect(bytes(2048) == bytes(128))
    #expect(bytes(2048).0 < 1 << 18 && bytes(2048).1 < 1 << 19)
  }
}

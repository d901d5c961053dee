import Foundation
import Tensors
import TestSupport
import Testing

import Training

/// Predictions, targets and figures of `Tests/Fixtures/metrics.json`, made with scikit-learn.
struct MetricCase: Decodable, Sendable, CustomTestStringConvertible {
  let name: String
  private let shape: [Int]
  private let prediction: [Double]
  private let targetShape: [Int]
  private let target: [Double]
  private let expected: [String: Double?]
  let threshold: Double?
  let confusion: [[Int]]?

  struct Book: Decodable {
    let classes: [MetricCase]
    let decisions: [MetricCase]
    let regression: [MetricCase]
  }

  static let book: Book = {
    do {
      let data = try Data(contentsOf: URL(fileURLWithPath: Fixtures.path("metrics.json")))
      return try JSONDecoder().decode(Book.self, from: data)
    } catch { fatalError("metrics.json: \(error)") }
  }()

  var testDescription: String { name }
  var figures: [String] { expected.keys.sorted() }

  func predictions(_ dtype: DType = .float32) -> Tensor { Tensor(prediction, shape: Shape(shape), dtype: dtype) }
  func targets(_ dtype: DType) -> Tensor { Tensor(target, shape: Shape(targetShape), dtype: dtype) }

  /// The reference's figure; NaN where it is undefined.
  func figure(_ name: String) throws -> Double { try #require(expected[name]) ?? .nan }
}

/// Equal up to so many ulps of the larger magnitude, or of 1; NaN is equal to NaN.
func isClose(_ a: Double, _ b: Double, ulps: Double = 8) -> Bool {
  if a == b || (a.isNaN && b.isNaN) { return true }
  return abs(a - b) <= ulps * Double.ulpOfOne * max(1, abs(b))
}

/// A metric after the whole batch; a failure unless every way to cut it, empty batches too, leads to exactly the same,
/// also where it is encoded and decoded in between.
func whole<M: Metric & Equatable>(
  _ metric: M, _ x: Tensor, _ y: Tensor, location: SourceLocation = #_sourceLocation
) -> M {
  var whole = metric
  whole.update(x, y)
  let count = y.shape[0]
  for size in [1, 2, 3, 7, 16, count] {
    var parts = metric
    parts.update(x[0..<0], y[0..<0])
    parts = recoded(parts)
    for start in stride(from: 0, to: count, by: size) {
      let rows = start..<min(start + size, count)
      parts.update(x[rows], y[rows])
      parts.update(x[rows.upperBound..<rows.upperBound], y[0..<0])
      if rows.lowerBound < 2 * size { parts = recoded(parts) }
    }
    #expect(parts == whole || (parts.value.isNaN && whole.value.isNaN), "batches of \(size)", sourceLocation: location)
  }
  #expect(metric.value.isNaN, "nothing counted", sourceLocation: location)
  return whole
}

/// After a way through JSON.
private func recoded<M: Metric>(_ metric: M) -> M {
  do {
    return try JSONDecoder().decode(M.self, from: JSONEncoder().encode(metric))
  } catch {
    Issue.record("\(metric) is not encoded: \(error)")
    return metric
  }
}

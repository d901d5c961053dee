import Foundation
import TestSupport
import Testing

import Kernels

/// One call of attention in memory of its own, forward and backward, and the same by naive loops.
struct AttentionCase<F: FloatElement> {
  enum Mask { case none, boolean, additive, keysOnly }

  let batch: Int
  let queries: Int
  let keys: Int
  let features: Int
  let values: Int
  var isCausal = false
  var mask = Mask.none
  /// Whether an entry's rows lie `batch` rows apart, as heads do in [L, H, E].
  var isInterleaved = false
  var scale: Double?
  var query: [F] = []
  var key: [F] = []
  var value: [F] = []
  var gradient: [F] = []
  var booleans: [UInt8] = []
  var biases: [F] = []

  init(_ batch: Int, _ queries: Int, _ keys: Int, _ features: Int, _ values: Int) {
    (self.batch, self.queries, self.keys, self.features, self.values) = (batch, queries, keys, features, values)
    var samples = Samples(UInt64(queries * 1000 + keys * 10 + features))
    query = samples.floats(batch * queries * features)
    key = samples.floats(batch * keys * features)
    value = samples.floats(batch * keys * values)
    gradient = samples.floats(batch * queries * values)
    // The first query sees nothing but for the additive mask's first key.
    booleans = samples.integers(queries * keys, in: 0...2).enumerated().map { $0 < keys ? 0 : UInt8($1 > 0 ? 1 : 0) }
    biases = samples.floats(queries * keys, in: -2...2)
    for i in biases.indices where i % 5 == 1 { biases[i] = -.infinity }
  }

  func with(_ change: (inout Self) -> Void) -> Self {
    var copy = self
    change(&copy)
    return copy
  }

  var usedScale: Double { scale ?? 1 / Double(features).squareRoot() }

  struct Results {
    var output: [F] = []
    var lse: [F] = []
    var query: [F] = []
    var key: [F] = []
    var value: [F] = []
    var mask: [F] = []
    var all: [[F]] { [output, lse, query, key, value, mask] }
  }

  /// The position of an element of [batch, rows, n].
  func position(_ b: Int, _ row: Int, _ c: Int, rows: Int, _ n: Int) -> Int {
    ((isInterleaved ? row * batch + b : b * rows + row) * n) + c
  }

  private func operand(_ p: UnsafeRawPointer, _ rows: Int, _ n: Int, shares: Int = 1) -> AttentionOperand {
    let offsets = (0..<batch * shares).map { i in
      i / batch * batch * rows * n + position(i % batch, 0, 0, rows: rows, n)
    }
    return AttentionOperand(p, offsets: offsets, rowStride: isInterleaved ? batch * n : n)
  }

  private func kernelMask(_ booleans: UnsafeRawPointer, _ biases: UnsafeRawPointer) -> AttentionMask {
    let offsets = Array(repeating: 0, count: batch)
    switch mask {
    case .none: return .none
    case .boolean: return .boolean(AttentionOperand(booleans, offsets: offsets, rowStride: keys))
    case .additive: return .additive(AttentionOperand(biases, offsets: offsets, rowStride: keys))
    case .keysOnly: return .additive(AttentionOperand(biases, offsets: offsets, rowStride: 0))
    }
  }

  /// Calls `body` with the problem, whose pointers are valid inside.
  func withProblem(_ body: (AttentionProblem) -> Void) {
    query.withUnsafeBytes { q in
      key.withUnsafeBytes { k in
        value.withUnsafeBytes { v in
          booleans.withUnsafeBytes { m in
            biases.withUnsafeBytes { b in
              // An empty array has no address; nothing is read from any other.
              let none = UnsafeRawPointer(bitPattern: 64)!
              body(
                AttentionProblem(
                  F.kind, batch: batch, queries: queries, keys: keys, features: features, valueFeatures: values,
                  scale: usedScale, isCausal: isCausal, query: operand(q.baseAddress ?? none, queries, features),
                  key: operand(k.baseAddress ?? none, keys, features),
                  value: operand(v.baseAddress ?? none, keys, values),
                  mask: kernelMask(m.baseAddress ?? none, b.baseAddress ?? none)))
            }
          }
        }
      }
    }
  }

  func forward() -> Results {
    var results = Results()
    withProblem { problem in
      results.output = written(batch * queries * values) { y in
        results.lse = written(batch * queries) { lse in
          attention(problem, operand(y, queries, values), logSumExp: lse)
        }
      }
    }
    return results
  }

  /// Forward and backward; the shares of the query's gradient are added up.
  func run() -> Results {
    var results = forward()
    let shares = attentionKeyShares(batch: batch, keys: keys)
    var partial: [F] = []
    withProblem { problem in
      gradient.withUnsafeBytes { g in
        results.output.withUnsafeBytes { y in
          results.lse.withUnsafeBytes { lse in
            let result = AttentionResult(
              output: operand(y.baseAddress!, queries, values), gradient: operand(g.baseAddress!, queries, values),
              logSumExp: lse.baseAddress!)
            partial = written(shares * batch * queries * features) { dq in
              results.key = written(batch * keys * features) { dk in
                results.value = written(batch * keys * values) { dv in
                  results.mask = written(batch * queries * keys) { dm in
                    let scores = AttentionOperand(
                      dm, offsets: (0..<batch).map { $0 * queries * keys }, rowStride: keys)
                    let targets = AttentionGradients(
                      query: operand(dq, queries, features, shares: shares), key: operand(dk, keys, features),
                      value: operand(dv, keys, values), mask: scores)
                    attentionGradient(problem, result, targets)
                  }
                }
              }
            }
          }
        }
      }
    }
    let count = batch * queries * features
    results.query = (0..<count).map { i in (0..<shares).reduce(F(0)) { $0 + partial[$1 * count + i] } }
    return results
  }
}

/// `output` under a name that the nested closures above can infer.
private func written<E: Element>(_ count: Int, _ body: (UnsafeMutablePointer<E>) -> Void) -> [E] {
  output(count, as: E.self, body)
}

/// The true values of a case, and for each the size of the terms it is made of, the unit of its rounding errors.
struct AttentionTruth {
  struct Part {
    var value: [Truth]
    var size: [Truth]

    init(_ count: Int) { (value, size) = (Array(repeating: 0, count: count), Array(repeating: 0, count: count)) }

    mutating func add(_ i: Int, _ v: Truth, _ s: Truth) {
      value[i] += v
      size[i] += s
    }
  }

  var output: Part
  var query: Part
  var key: Part
  var value: Part
  var mask: Part

  init<F: FloatElement>(_ c: AttentionCase<F>) {
    output = Part(c.batch * c.queries * c.values)
    query = Part(c.batch * c.queries * c.features)
    key = Part(c.batch * c.keys * c.features)
    value = Part(c.batch * c.keys * c.values)
    mask = Part(c.batch * c.queries * c.keys)
    for b in 0..<c.batch { for i in 0..<c.queries { addRow(c, b, i) } }
  }

  private mutating func addRow<F: FloatElement>(_ c: AttentionCase<F>, _ b: Int, _ i: Int) {
    func at(_ x: [F], _ row: Int, _ column: Int, _ rows: Int, _ n: Int) -> Truth {
      Truth(x[c.position(b, row, column, rows: rows, n)])
    }
    func q(_ e: Int) -> Truth { at(c.query, i, e, c.queries, c.features) }
    func k(_ j: Int, _ e: Int) -> Truth { at(c.key, j, e, c.keys, c.features) }
    func v(_ j: Int, _ e: Int) -> Truth { at(c.value, j, e, c.keys, c.values) }
    func g(_ e: Int) -> Truth { at(c.gradient, i, e, c.queries, c.values) }
    func bias(_ j: Int) -> Truth {
      if c.isCausal && j > i { return -.infinity }
      switch c.mask {
      case .none: return 0
      case .boolean: return c.booleans[i * c.keys + j] != 0 ? 0 : -.infinity
      case .additive: return Truth(c.biases[i * c.keys + j])
      case .keysOnly: return Truth(c.biases[j])
      }
    }
    let (scale, magnitude) = (Truth(c.usedScale), Truth(abs(c.usedScale)))
    let scores = (0..<c.keys).map { j in (0..<c.features).reduce(Truth(0)) { $0 + q($1) * k(j, $1) } * scale + bias(j) }
    let top = scores.max() ?? -.infinity
    if top == -.infinity { return }
    // A score's absolute error is its weight's relative error.
    let spread = (0..<c.keys).map { j in (0..<c.features).reduce(Truth(0)) { $0 + abs(q($1) * k(j, $1)) } * magnitude }
    let noise = 1 + (spread.max() ?? 0)
    let weights = scores.map { exp($0 - top) }
    let total = weights.reduce(0, +)
    let p = weights.map { $0 / total }
    let dp = (0..<c.keys).map { j in (0..<c.values).reduce(Truth(0)) { $0 + g($1) * v(j, $1) } }
    let dpSize = (0..<c.keys).map { j in (0..<c.values).reduce(Truth(0)) { $0 + abs(g($1) * v(j, $1)) } }
    let (d, dSize) = (zip(p, dp).reduce(0) { $0 + $1.0 * $1.1 }, zip(p, dpSize).reduce(0) { $0 + $1.0 * $1.1 })
    for j in 0..<c.keys where p[j] > 0 {
      let (ds, dsSize) = (p[j] * (dp[j] - d), p[j] * (dpSize[j] + dSize) * noise)
      mask.add((b * c.queries + i) * c.keys + j, ds, dsSize)
      for e in 0..<c.values {
        output.add(c.position(b, i, e, rows: c.queries, c.values), p[j] * v(j, e), p[j] * abs(v(j, e)) * noise)
        value.add(c.position(b, j, e, rows: c.keys, c.values), p[j] * g(e), p[j] * abs(g(e)) * noise)
      }
      for e in 0..<c.features {
        query.add(
          c.position(b, i, e, rows: c.queries, c.features), scale * ds * k(j, e), magnitude * dsSize * abs(k(j, e)))
        key.add(c.position(b, j, e, rows: c.keys, c.features), scale * ds * q(e), magnitude * dsSize * abs(q(e)))
      }
    }
  }
}

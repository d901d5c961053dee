import Kernels

/// Random indices, each with its own probability.
extension Tensor {
  /// `count` indices into each row of weights, as `.int64`: [n] → [count], [rows, n] → [rows, count]. Weights need not sum
  /// to 1; what weighs 0 is never drawn.
  ///
  /// With replacement each index is drawn by its share of the row's sum. Without, each by its share of what is left, in the
  /// order drawn: the largest of ln weight − ln E with E exponential (Efraimidis and Spirakis, 2006,
  /// doi:10.1016/j.ipl.2005.11.003). A weight that is negative or not finite, a row that sums to 0, and more draws without
  /// replacement than weights above 0 stop the program.
  public static func multinomial(
    _ weights: Tensor, count: Int, replacement: Bool = false, generator: Generator = .default
  ) -> Tensor {
    require(
      weights.rank == 1 || weights.rank == 2, "multinomial", "weights of shape \(weights.shape); expected 1 or 2 axes")
    let n = weights.shape[weights.rank - 1]
    require(
      count > 0 && (replacement || count <= n), "multinomial",
      "\(count) draws \(replacement ? "with" : "without") replacement from weights of shape \(weights.shape); expected at "
        + "least 1\(replacement ? "" : " and at most \(n)")")
    let shape = Shape(Array(weights.shape.dropLast()) + [count])
    let rows = CategoryRows("multinomial", weights, drawing: replacement ? 1 : count)
    return (replacement ? rows.drawn(count, generator) : rows.drawnOnce(count, generator)).reshaped(shape)
  }

  /// An index into each row of weights, drawn by its share of the row's sum, as `.int64`: [.., n] → [..].
  public static func categorical(probabilities: Tensor, generator: Generator = .default) -> Tensor {
    require(
      probabilities.rank > 0, "categorical", "the probabilities have shape []; expected at least one axis")
    let rows = CategoryRows("categorical", probabilities, drawing: 1)
    return rows.drawn(1, generator).reshaped(Shape(probabilities.shape.dropLast()))
  }

  /// An index into each row, drawn with the probabilities softmax(logits), as `.int64`: [.., n] → [..]. −∞ is never drawn.
  public static func categorical(logits: Tensor, generator: Generator = .default) -> Tensor {
    require(logits.rank > 0, "categorical", "the logits have shape []; expected at least one axis")
    var x = logits.scalars(as: Double.self)
    let n = Swift.max(logits.shape[logits.rank - 1], 1)
    for start in stride(from: 0, to: x.count, by: n) {
      let row = start..<start + n
      let top = x[row].max() ?? 0
      require(
        top.isFinite && x[row].allSatisfy { $0 <= top }, "categorical",
        "row \(start / n) of logits \(logits.shape) has the maximum \(top), or NaN; expected finite numbers or -inf")
      for i in row { x[i] = portableExp(x[i] - top) }
    }
    let weights = Tensor(x, shape: logits.shape, dtype: .float64)
    return categorical(probabilities: weights, generator: generator)
  }
}

/// Rows of weights that can be drawn from.
private struct CategoryRows {
  private let weights: Tensor
  private let rowCount: Int
  private let n: Int

  /// The last axis as rows; each must have at least `wanted` weights above 0, and none that is no weight.
  init(_ operation: String, _ weights: Tensor, drawing wanted: Int) {
    (n, rowCount) = (weights.shape[weights.rank - 1], weights.shape.dropLast().reduce(1, *))
    self.weights = weights.to(.float64).contiguous
    weights.requireAll(.nonnegative, operation, "weight")
    for row in 0..<rowCount {
      withRow(row) { requireEnough($0, operation, "row \(row) of shape \(weights.shape)", wanted) }
    }
  }

  private func requireEnough(
    _ row: UnsafeBufferPointer<Double>, _ operation: String, _ what: @autoclosure () -> String, _ wanted: Int
  ) {
    let sum = row.reduce(0, +)
    require(sum > 0 && sum.isFinite, operation, "\(what()) sums to \(sum); expected a sum above 0 and finite")
    let available = wanted > 1 ? row.count { $0 > 0 } : 1
    require(
      available >= wanted, operation,
      "\(wanted) draws without replacement from \(what()), which has \(available) weights above 0; expected as many at least"
    )
  }

  private func withRow<R>(_ row: Int, _ body: (UnsafeBufferPointer<Double>) -> R) -> R {
    withExtendedLifetime(weights) {
      body(UnsafeBufferPointer(start: weights.data.of(Double.self) + row * n, count: n))
    }
  }

  /// The first index whose running sum exceeds a uniform share of the total: O(n + count·log n) a row.
  func drawn(_ count: Int, _ generator: Generator) -> Tensor {
    let words = generator.words(rowCount * count)
    let result = Tensor(uninitialized: [rowCount, count], .int64)
    let y = result.freshData.of(UInt64.self)
    parallel(rowCount, grain: max(1, (1 << 13) / max(1, n + count))) { rows in
      // The words stand where their indices will.
      words.copy(rows.lowerBound * count..<rows.upperBound * count, to: y + rows.lowerBound * count)
      for row in rows {
        let sums = withRow(row) { runningSums($0) }
        for i in row * count..<(row + 1) * count { y[i] = UInt64(sums.index(of: fraction(y[i]))) }
      }
    }
    return result
  }

  /// The running sums up to the last weight above 0, which rounding may make the share of.
  private func runningSums(_ row: UnsafeBufferPointer<Double>) -> [Double] {
    var (sum, sums) = (0.0, [Double]())
    sums.reserveCapacity(row.count)
    for weight in row[...(row.lastIndex { $0 > 0 } ?? 0)] {
      sum += weight
      sums.append(sum)
    }
    return sums
  }

  /// The `count` largest of ln weight − ln E in each row: O(n) a row while the count is small.
  func drawnOnce(_ count: Int, _ generator: Generator) -> Tensor {
    let w = weights.data.of(Double.self)
    let keys = withExtendedLifetime(weights) {
      Tensor.filled([rowCount, n], .float64, "multinomial", generator) {
        $0.fill { word, i in
          w[i] > 0 ? portableLog(w[i]) - portableLog(-portableLog(midpoint(word))) : -.infinity
        }
      }
    }
    return keys.topK(count).indices
  }
}

extension [Double] {
  /// The first index of these ascending sums that is above a share of the last, or the last index.
  fileprivate func index(of share: Double) -> Int {
    let wanted = share * self[count - 1]
    var (low, high) = (0, count - 1)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] > wanted { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

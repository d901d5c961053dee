import Tensors

/// The middles of the cells that a plane is cut into, row by row from the top left.
package struct RegionGrid: Sendable {
  package let columns: Int
  package let rows: Int
  private let x: ClosedRange<Double>
  private let y: ClosedRange<Double>

  /// As many rows as make the cells about square in a picture of that ratio of width to height.
  package init(_ x: ClosedRange<Double>, _ y: ClosedRange<Double>, columns: Int, aspect: Double) {
    require(columns > 0, "DecisionRegions", "resolution \(columns); expected 1 or more")
    for range in [x, y] {
      require(
        range.lowerBound < range.upperBound && Series.extent([range.lowerBound, range.upperBound]) == range,
        "DecisionRegions", "range \(range); expected finite ends, the lower below the upper")
    }
    (self.x, self.y, self.columns) = (x, y, columns)
    rows = max(Int((Double(columns) / aspect).rounded()), 1)
  }

  package var count: Int { columns * rows }

  /// Some of the middles, [N, 2].
  package func points(_ indices: Range<Int>, dtype: DType) -> Tensor {
    let values = indices.flatMap { index in
      let (row, column) = (index / columns, index % columns)
      return [Self.middle(column, of: columns, x), Self.middle(rows - 1 - row, of: rows, y)]
    }
    return Tensor(values, shape: [indices.count, 2], dtype: dtype)
  }

  private static func middle(_ index: Int, of count: Int, _ range: ClosedRange<Double>) -> Double {
    let share = (Double(index) + 0.5) / Double(count)
    return range.lowerBound * (1 - share) + range.upperBound * share
  }
}

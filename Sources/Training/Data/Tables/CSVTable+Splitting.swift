import Tensors

extension CSVTable {
  /// Tables of these numbers of rows, which must add up to all, drawn at random without replacement, each in random order.
  public func split(_ counts: [Int], generator: Generator = .default) -> [CSVTable] {
    randomParts(of: rows.count, counts, generator).map { self[rows: $0] }
  }

  /// Tables with these shares of the rows, which must add up to 1, drawn at random without replacement, each in random
  /// order; their sizes are those of ``Dataset``'s parts.
  public func split(_ fractions: [Double], generator: Generator = .default) -> [CSVTable] {
    split(partSizes(of: rows.count, fractions), generator: generator)
  }
}

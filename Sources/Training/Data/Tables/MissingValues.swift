/// What empty cells of a table, and numbers that are NaN, count as.
public enum MissingValues: Sendable, Equatable {
  /// Nothing: the first of them is an error.
  case refused
  /// The mean of the column's other numbers in the table that an encoder was fitted on.
  case mean
  /// This number.
  case value(Double)
}

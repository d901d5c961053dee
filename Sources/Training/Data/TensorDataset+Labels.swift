import Tensors

extension TensorDataset {
  /// Throws unless every target is a label of one of these classes: what comes from a file is checked here once, before a
  /// loss stops the program.
  ///
  /// The targets must be integers.
  ///
  /// - Parameters:
  ///   - classes: The labels that there may be, such as 0 ..< 10.
  ///   - file: Where the labels come from; the error names it.
  /// - Throws: ``DataError`` naming the row of the first label outside (1 is the first row) and the label.
  public func requireLabels(in classes: Range<Int>, file: String) throws {
    require(
      !targets.dtype.isFloatingPoint && targets.dtype != .bool, "requireLabels",
      "targets \(targets.dtype)\(targets.shape); expected integers")
    if targets.elementCount == 0 { return }
    let labels = targets.scalars(as: Int.self)
    guard let place = labels.firstIndex(where: { !classes.contains($0) }) else { return }
    throw DataError(
      file: file, field: "row \(place / (labels.count / count) + 1)",
      reason: "the label \(labels[place]), expected one of \(classes.lowerBound) to \(classes.upperBound - 1)")
  }
}

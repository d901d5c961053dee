import Tensors

/// A number for every parameter group, or one for each: `maxLR: 0.1`, `maxLR: [0.1, 0.01]`.
public protocol PerGroup {
  /// The numbers, for so many groups.
  func perGroup(_ count: Int) -> [Double]
}

extension Double: PerGroup {
  /// This number for every group.
  public func perGroup(_ count: Int) -> [Double] { Array(repeating: self, count: count) }
}

extension Int: PerGroup {
  /// This number for every group.
  public func perGroup(_ count: Int) -> [Double] { Double(self).perGroup(count) }
}

extension [Double]: PerGroup {
  /// These numbers.
  public func perGroup(_ count: Int) -> [Double] { self }
}

extension PerGroup {
  /// One number for each group of an optimizer; otherwise the program stops.
  func values(for optimizer: any Optimizer, _ scheduler: String, _ name: String) -> [Double] {
    requireOneEach(perGroup(optimizer.learningRates.count), optimizer, scheduler, name)
  }
}

/// Stops the program unless there is one value for each group of an optimizer.
func requireOneEach<Value>(
  _ values: [Value], _ optimizer: any Optimizer, _ scheduler: String, _ name: String
) -> [Value] {
  let count = optimizer.learningRates.count
  require(
    values.count == count, scheduler,
    "\(name) has \(values.count) values for \(count) parameter groups; expected one, or one for each group")
  return values
}

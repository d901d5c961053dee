/// How one figure comes from those of the classes, as scikit-learn defines it.
public enum Averaging: String, Sendable, Hashable, CaseIterable, Codable {
  /// The figure of class 1 of two.
  case binary
  /// The figure of all decisions counted together. For classes that exclude each other it is the accuracy.
  case micro
  /// The mean over the classes that occur among the labels or the predictions, each alike.
  case macro
  /// The mean over the classes, each weighted by how many labels it has.
  case weighted
}

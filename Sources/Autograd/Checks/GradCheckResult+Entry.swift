extension GradCheckResult {
  /// One comparison of two numbers: a derivative ∂output/∂input and what was expected.
  public struct Entry: CustomStringConvertible, Sendable {
    private let place: Place
    private let comparison: Comparison
    /// The derivative that a sweep computed; where two runs or layouts were compared, the second's number.
    public let analytic: Double
    /// The derivative by central differences; where two runs or layouts were compared, the first's number.
    public let numeric: Double
    /// How far apart the two may be.
    public let tolerance: Double

    init(_ place: Place, _ comparison: Comparison, found: Double, expected: Double, tolerance: Double) {
      (self.place, self.comparison) = (place, comparison)
      (analytic, numeric, self.tolerance) = (found, expected, tolerance)
    }

    /// The output's position among the outputs; the last one's if all were swept at once.
    public var output: Int { place.output }
    /// The element of the output; nil if the derivative is of a weighted sum over them.
    public var outputIndex: [Int]? { place.outputIndex }
    /// The input's position among the inputs; nil if it is the output itself that differs between two runs.
    public var input: Int? { place.input }
    /// The element of the input; nil if the derivative is along a direction.
    public var inputIndex: [Int]? { place.inputIndex }

    /// |analytic − numeric|.
    public var absoluteError: Double { abs(analytic - numeric) }
    /// |analytic − numeric|/|numeric|; 0 where the two are equal, and infinite where `numeric` alone is 0.
    public var relativeError: Double { analytic == numeric ? 0 : absoluteError / abs(numeric) }

    var isFinite: Bool { analytic.isFinite && numeric.isFinite }

    /// `∂output 0[1]/∂input 0[2]: analytic 2.0, numeric 1.0, error 1.0 (relative 1.0), tolerance 1e-07`.
    public var description: String {
      let names = comparison.names
      return "\(place): \(names.found) \(analytic), \(names.expected) \(numeric), "
        + "error \(absoluteError) (relative \(relativeError)), tolerance \(tolerance)"
    }
  }

  /// Which derivative it is.
  struct Place: CustomStringConvertible, Sendable {
    let output: Int
    let outputIndex: [Int]?
    let input: Int?
    let inputIndex: [Int]?
    let outputName: String
    let inputName: String?

    var description: String {
      let above = Place.text(outputName, outputIndex)
      guard let inputName else { return above }
      return "∂\(sum(above))/∂\(Place.text(inputName, inputIndex))" + (inputIndex == nil ? " along a direction" : "")
    }

    private func sum(_ output: String) -> String { outputIndex == nil ? "(weighted sum of \(output))" : output }

    private static func text(_ name: String, _ index: [Int]?) -> String {
      guard let index, !index.isEmpty else { return name }
      return name.contains(" of ") ? "(\(name))\(index)" : "\(name)\(index)"
    }
  }
}

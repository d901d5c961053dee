/// What a check of gradients found.
public struct GradCheckResult: CustomStringConvertible, Sendable {
  /// What is wrong.
  public enum Failure: Hashable, Sendable {
    /// Derivatives differ from differences.
    case derivative
    /// A derivative or a difference is infinite or NaN.
    case notFinite
    /// Two runs of the function, or of its sweep, differ.
    case nondeterministic
    /// An output's gradient of zeros gives an input another than zeros.
    case zeroGradient
    /// A sweep from several outputs is not the sum of the sweeps from each.
    case severalOutputs
    /// Outputs or gradients are others where the elements of inputs and gradients stand apart in memory.
    case nonContiguous
  }

  /// 1 if a function's gradients were checked, 2 if their derivatives were.
  public let order: Int
  /// What is wrong; nil if nothing is.
  public let failure: Failure?
  /// How many numbers were compared: in full mode all entries of the Jacobians, or where another comparison failed, its.
  public let entryCount: Int
  /// How many of them differ.
  public let wrongCount: Int
  /// The five entries furthest beyond their tolerance, or nearest to it if none differs, worst first.
  public let worst: [Entry]

  /// Whether every comparison agreed.
  public var passed: Bool { failure == nil }

  /// Throws a ``GradCheckError`` unless the check passed: the form for tests.
  ///
  /// ```swift
  /// try gradcheck({ $0[0].tanh() }, inputs: [x]).check()
  /// ```
  public func check() throws(GradCheckError) {
    if !passed { throw GradCheckError(result: self) }
  }

  /// One line: what agreed, or how many entries did not, and the worst of them.
  public var description: String {
    let entries = "\(entryCount) \(entryCount == 1 ? "entry" : "entries")"
    let worst = worst.first.map { "\($0)" } ?? "nothing to compare"
    if passed { return "\(subject) agree: \(entries); nearest to the tolerance: \(worst)" }
    return "\(complaint): \(wrongCount) of \(entries) \(wrongCount == 1 ? "differs" : "differ"); worst: \(worst)"
  }

  private var subject: String { order == 1 ? "gradients" : "second derivatives" }

  private var complaint: String {
    switch failure {
    case .derivative, nil: "\(subject) differ from differences"
    case .notFinite: "\(subject) are not finite"
    case .nondeterministic: "two runs differ"
    case .zeroGradient: "\(subject) of a zero gradient are not zero"
    case .severalOutputs: "\(subject) of several outputs are not the sum of each output's"
    case .nonContiguous: "\(subject) differ where elements stand apart in memory"
    }
  }
}

/// A check of gradients that failed.
public struct GradCheckError: Error, CustomStringConvertible, Sendable {
  /// What was found.
  public let result: GradCheckResult
  /// ``GradCheckResult/description``.
  public var description: String { result.description }
}

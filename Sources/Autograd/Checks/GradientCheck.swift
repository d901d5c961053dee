import Tensors

/// The course of one check: cheap comparisons that explain a disagreement go first.
struct GradientCheck {
  let function: CheckedFunction
  let mode: GradCheckMode
  let eps: Double
  let tolerance: Tolerance
  let nondeterminismTolerance: Double
  let nonContiguous: Bool
  let run: RecordedRun
  /// v for each output that is differentiated, by its number.
  let weights: [Int: Tensor]
  /// vᵀJ of each output by itself.
  let pulled: [Int: [[Double]]]

  init(
    _ function: CheckedFunction, mode: GradCheckMode, eps: Double, tolerance: Tolerance,
    nondeterminismTolerance: Double, nonContiguous: Bool
  ) {
    require(eps > 0 && eps.isFinite, function.operation, "eps \(eps); expected a positive number")
    require(
      tolerance.atol >= 0 && tolerance.rtol >= 0 && nondeterminismTolerance >= 0, function.operation,
      "atol \(tolerance.atol), rtol \(tolerance.rtol), nondeterminismTolerance \(nondeterminismTolerance); "
        + "expected none below 0")
    (self.function, self.mode, self.eps, self.tolerance) = (function, mode, eps, tolerance)
    (self.nondeterminismTolerance, self.nonContiguous) = (nondeterminismTolerance, nonContiguous)
    let run = RecordedRun(function, at: function.inputs)
    let weights = run.numbers.map { ($0, signedWeights(run.shape(of: $0), seed: 1 + $0)) }
    self.run = run
    self.weights = Dictionary(uniqueKeysWithValues: weights)
    pulled = Dictionary(uniqueKeysWithValues: weights.map { k, v in (k, run.pull([k: v])) })
  }

  /// The first comparison that fails, or else what the derivatives' gave.
  func verdict() -> GradCheckResult {
    let repetition = compareRepetition()
    if repetition.wrongCount > 0 { return result(repetition, .nondeterministic) }
    let derivatives = compareDerivatives()
    if let worst = derivatives.worst.first, derivatives.wrongCount > 0 {
      return result(derivatives, worst.isFinite ? .derivative : .notFinite)
    }
    for (compare, failure) in others {
      let tally = compare()
      if tally.wrongCount > 0 { return result(tally, failure) }
    }
    return result(derivatives, nil)
  }

  private var others: [(() -> Tally, GradCheckResult.Failure)] {
    let always = [(compareZeros, GradCheckResult.Failure.zeroGradient), (compareJointSweep, .severalOutputs)]
    return nonContiguous ? always + [(compareSpread, .nonContiguous)] : always
  }

  private func compareDerivatives() -> Tally {
    if mode == .full { return compareJacobians() }
    let projections = compareProjections()
    if projections.wrongCount == 0 { return projections }
    let entries = compareJacobians()
    return entries.wrongCount > 0 ? entries : projections
  }

  private func result(_ tally: Tally, _ failure: GradCheckResult.Failure?) -> GradCheckResult {
    GradCheckResult(
      order: function.order, failure: failure, entryCount: tally.count, wrongCount: tally.wrongCount, worst: tally.worst
    )
  }

  /// The position of an element of an input.
  func inputIndex(_ i: Int, _ element: Int) -> [Int] { function.inputs[i].shape.index(of: element) }
}

import Tensors

/// Sweeps beside sweeps: what must hold of any function's gradients, and needs no differences.
extension GradientCheck {
  /// A second run beside the first.
  func compareRepetition() -> Tally {
    let again = RecordedRun(function, at: function.inputs)
    require(
      again.outputs.map { $0?.shape } == run.outputs.map { $0?.shape }, function.operation,
      "two runs give outputs of shapes \(run.shapes) and \(again.shapes); expected the same")
    var tally = Tally(.repetition)
    compareOutputs(again, &tally) { _ in nondeterminismTolerance }
    if tally.wrongCount > 0 { return tally }
    for k in run.numbers {
      compare(again.pull([k: weights[k]!]), pulled[k]!, output: k, &tally) { _ in nondeterminismTolerance }
    }
    return tally
  }

  /// Gradients of zeros, of each output by itself.
  func compareZeros() -> Tally {
    var tally = Tally(.zeros)
    for k in run.numbers {
      let found = run.pull([k: weights[k]!.zerosLike()])
      compare(found, found.map { $0.map { _ in 0 } }, output: k, &tally) { _ in 0 }
    }
    return tally
  }

  /// A sweep from all outputs at once beside the sum of those from each.
  func compareJointSweep() -> Tally {
    var tally = Tally(.jointSweep)
    guard let last = run.numbers.last, run.numbers.count > 1 else { return tally }
    let sums = function.checked.indices.map { p in
      pulled[last]![p].indices.map { element in run.numbers.reduce(0) { $0 + pulled[$1]![p][element] } }
    }
    compare(run.pull(weights), sums, output: last, of: "all outputs", &tally, tolerance.around)
    return tally
  }

  /// A run whose inputs, and sweeps whose gradients, have gaps in memory.
  func compareSpread() -> Tally {
    var point = function.inputs
    for i in function.checked { point[i] = point[i].spread }
    let spread = RecordedRun(function, at: point)
    var tally = Tally(.layout)
    compareOutputs(spread, &tally, tolerance.around)
    if tally.wrongCount > 0 { return tally }
    for k in run.numbers {
      compare(spread.pull([k: weights[k]!.spread]), pulled[k]!, output: k, &tally, tolerance.around)
    }
    return tally
  }

  private func compareOutputs(_ other: RecordedRun, _ tally: inout Tally, _ limit: (Double) -> Double) {
    for k in run.numbers {
      let (found, expected) = (other.outputs[k]!.value.scalars(as: Double.self), run.outputs[k]!.value)
      for (element, (a, e)) in zip(found, expected.scalars(as: Double.self)).enumerated() {
        tally.compare(a, e, limit(e), at: function.place(k, expected.shape.index(of: element)))
      }
    }
  }

  private func compare(
    _ found: [[Double]], _ expected: [[Double]], output k: Int, of name: String? = nil, _ tally: inout Tally,
    _ limit: (Double) -> Double
  ) {
    for (p, i) in function.checked.enumerated() {
      for (element, (a, e)) in zip(found[p], expected[p]).enumerated() {
        tally.compare(a, e, limit(e), at: function.place(k, nil, i, inputIndex(i, element), outputName: name))
      }
    }
  }
}

extension RecordedRun {
  fileprivate var shapes: [Shape] { outputs.compactMap { $0?.shape } }
}

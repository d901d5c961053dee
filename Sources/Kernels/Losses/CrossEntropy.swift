/// y[line] = shift + tail − x at the line's label: the cross-entropy of a line of logits whose ln Σ eˣ is shift + tail. A
/// negative label counts for nothing: 0.
package func crossEntropy(
  _ kind: ElementKind, _ lines: Lines, _ x: LinesOf, labels: UnsafePointer<Int64>, shifts: UnsafeRawPointer,
  tails: UnsafeRawPointer, _ y: UnsafeMutableRawPointer
) {
  func run<E: Lane>(_ type: E.Type) {
    let (shifts, tails, y) = (shifts.of(E.self), tails.of(E.self), y.of(E.self))
    forEachLine(lines) { outer, j, line in
      let label = Int(labels[line])
      y[line] = label < 0 ? 0 : (shifts[line] - x.at(outer, label, j).of(E.self)[0]) + tails[line]
    }
  }
  if kind == .float32 { run(Float.self) } else { run(Double.self) }
}

/// dx = g·(exp(x − total) − 1 at the label) for each line; 0 where the label is negative.
package func crossEntropyGradient(
  _ kind: ElementKind, _ lines: Lines, _ x: LinesOf, labels: UnsafePointer<Int64>, shifts: UnsafeRawPointer,
  tails: UnsafeRawPointer, _ g: UnsafeRawPointer, _ dx: LinesOf
) {
  logSumExpGradient(kind, lines, x, shifts: shifts, tails: tails, g, dx)
  func run<E: Lane>(_ type: E.Type) {
    let g = g.of(E.self)
    forEachLine(lines) { outer, j, line in
      let label = Int(labels[line])
      if label >= 0 { return dx.at(outer, label, j).of(E.self)[0] -= g[line] }
      for i in 0..<lines.n { dx.at(outer, i, j).of(E.self)[0] = 0 }
    }
  }
  if kind == .float32 { run(Float.self) } else { run(Double.self) }
}

@inline(__always)
private func forEachLine(_ lines: Lines, _ body: (_ outer: Int, _ j: Int, _ line: Int) -> Void) {
  for outer in 0..<lines.outer {
    for j in 0..<lines.inner { body(outer, j, outer * lines.inner + j) }
  }
}

/// One axis of a correlation: target positions, each a sum of source positions times taps.
///
/// Positions are numbered by q. The source of tap offset t is `low + q·step + t`; of phase f, the target of q is
/// `q·targetStep + f.target`. A convolution has one phase. Its gradient at the input has one for each remainder of the
/// input position modulo the stride, since only the taps of the same remainder reach it: so no product with the zeros
/// between the strided positions is ever made.
struct CorrelationAxis {
  /// The target positions that one subset of the taps reaches.
  struct Phase {
    let taps: [(index: Int, offset: Int)]
    let positions: Range<Int>
    let target: Int
  }

  let sourceSize: Int
  let step: Int
  let low: Int
  /// The largest offset of a tap.
  let reach: Int
  let targetStep: Int
  let phases: [Phase]
  /// All phases' positions.
  let positions: Range<Int>

  private init(
    sourceSize: Int, step: Int, low: Int, reach: Int, targetStep: Int, _ phases: [Phase]
  ) {
    (self.sourceSize, self.step, self.low, self.reach) = (sourceSize, step, low, reach)
    self.targetStep = targetStep
    self.phases = phases.filter { !$0.positions.isEmpty }
    let (first, end) = (self.phases.map(\.positions.lowerBound).min(), self.phases.map(\.positions.upperBound).max())
    positions = (first ?? 0)..<(end ?? 0)
  }

  /// From the input to the output: y[o] = Σ w[k]·x[o·stride + k·dilation − padding].
  static func forward(
    input: Int, output: Int, kernel: Int, stride: Int, padding: Int, dilation: Int
  ) -> CorrelationAxis {
    let taps = (0..<kernel).map { (index: $0, offset: $0 * dilation) }
    return CorrelationAxis(
      sourceSize: input, step: stride, low: -padding, reach: (kernel - 1) * dilation, targetStep: 1,
      [Phase(taps: taps, positions: 0..<output, target: 0)])
  }

  /// From the output back to the input: x[i] = Σ w[k]·y[(i + padding − k·dilation)/stride] where that is whole.
  ///
  /// With i + padding = q·stride + φ, the taps with k·dilation ≡ φ modulo the stride read y[q − (k·dilation − φ)/stride].
  static func transposed(
    input: Int, output: Int, kernel: Int, stride: Int, padding: Int, dilation: Int
  ) -> CorrelationAxis {
    let reach = (kernel - 1) * dilation / stride
    let phases = (0..<stride).map { phase in
      let taps = (0..<kernel).filter { $0 * dilation % stride == phase }
      let first = max(0, (padding - phase + stride - 1) / stride)
      let last = input - 1 + padding - phase
      return Phase(
        taps: taps.map { ($0, reach - ($0 * dilation - phase) / stride) },
        positions: first..<max(first, last < 0 ? 0 : last / stride + 1), target: phase - padding)
    }
    return CorrelationAxis(sourceSize: output, step: 1, low: -reach, reach: reach, targetStep: stride, phases)
  }

  /// Whether every tap of every position is inside of the source, which then need not be padded.
  var isInside: Bool {
    positions.isEmpty
      || (low + positions.lowerBound * step >= 0 && low + (positions.upperBound - 1) * step + reach < sourceSize)
  }

  /// The source positions, padding included, that these positions read: a start and a count.
  func source(of positions: Range<Int>) -> (start: Int, count: Int) {
    (low + positions.lowerBound * step, max(0, positions.count - 1) * step + reach + 1)
  }
}

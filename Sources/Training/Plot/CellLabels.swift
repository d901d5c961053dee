import Autograd

/// The names of rows or columns of cells, so many of them that they don't overlap.
struct CellLabels {
  private let names: [(index: Int, text: String)]
  private let step: Double
  private let isTurned: Bool

  /// Names for `count` cells of `step` pixels each; without names, their numbers from 0 on. A name is at most `room`
  /// pixels long.
  init(_ names: [String], count: Int, step: Double, room: Double) {
    let all = (0..<count).map { SVG.fitted(names.isEmpty ? String($0) : names[$0], room: room) }
    let widest = all.map { SVG.width(of: $0) }.max() ?? 0
    // Numbers are left out rather than turned.
    let space = names.isEmpty ? widest + 6 : 14
    isTurned = !names.isEmpty && widest + 4 > step
    let stride = step >= space || (!isTurned && !names.isEmpty) ? 1 : Self.stride(space / max(step, 1e-9))
    self.step = step
    self.names = all.enumerated().filter { $0.offset % stride == 0 }.map { ($0.offset, $0.element) }
  }

  /// The smallest of 1, 2, 5, 10, 20, … that is at least this.
  private static func stride(_ least: Double) -> Int {
    var power = 1
    while true {
      for factor in [1, 2, 5] where Double(factor * power) >= least { return factor * power }
      power *= 10
    }
  }

  /// The room that the names take to the left of the cells.
  var width: Double { names.map { SVG.width(of: $0.text) }.max() ?? 0 }
  /// The room that the names take below the cells.
  var depth: Double { isTurned ? width + 8 : 18 }

  private func middle(_ index: Int) -> Double { (Double(index) + 0.5) * step }

  /// The names to the left of the cells.
  var beside: String {
    names.map { SVG.text($0.text, x: -8, y: middle($0.index) + 4, anchor: .end) }.joined()
  }

  /// The names below the cells, which end at `y`; names wider than a column read upwards.
  func below(_ y: Double) -> String {
    names.map { name in
      isTurned
        ? SVG.text(name.text, x: middle(name.index) + 4, y: y + 8, anchor: .end, turned: true)
        : SVG.text(name.text, x: middle(name.index), y: y + 16, anchor: .middle)
    }.joined()
  }
}

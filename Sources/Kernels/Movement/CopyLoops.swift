/// The loop nest of a strided copy: sizes and two lists of strides, the target's longest stride first, so that a thread
/// writes through memory in order. Axes of size 1 are dropped, and neighbours merged where both sides run through them
/// evenly.
struct CopyLoops {
  private(set) var sizes: [Int] = []
  private(set) var source: [Int] = []
  private(set) var target: [Int] = []

  init(sizes: [Int], source: [Int], target: [Int]) {
    for axis in CopyLoops.order(sizes, source, target) { append(sizes[axis], source[axis], target[axis]) }
    while self.sizes.count < 2 { insertAxis() }
  }

  private static func order(_ sizes: [Int], _ source: [Int], _ target: [Int]) -> [Int] {
    let axes = sizes.indices.filter { sizes[$0] != 1 }
    func comesFirst(_ a: Int, _ b: Int) -> Bool {
      (abs(target[a]), abs(source[a])) > (abs(target[b]), abs(source[b]))
    }
    let isInOrder = zip(axes, axes.dropFirst()).allSatisfy { !comesFirst($1, $0) }
    return isInOrder ? axes : axes.sorted(by: comesFirst)
  }

  private mutating func append(_ size: Int, _ s: Int, _ t: Int) {
    if let last = sizes.indices.last, source[last] == s * size, target[last] == t * size {
      sizes[last] *= size
      (source[last], target[last]) = (s, t)
    } else {
      sizes.append(size)
      source.append(s)
      target.append(t)
    }
  }

  private mutating func insertAxis() {
    sizes.insert(1, at: 0)
    source.insert(0, at: 0)
    target.insert(0, at: 0)
  }

  /// Makes the axis before the last one that whose source stride is the shortest, zero aside.
  mutating func bringForwardSourceAxis() {
    let candidates = sizes.indices.dropLast().filter { source[$0] != 0 }
    guard let best = candidates.min(by: { abs(source[$0]) < abs(source[$1]) }), best < sizes.count - 2 else { return }
    let place = sizes.count - 2
    sizes.insert(sizes.remove(at: best), at: place)
    source.insert(source.remove(at: best), at: place)
    target.insert(target.remove(at: best), at: place)
  }
}

/// A rectangle of the last two axes, and where it starts on both sides.
struct CopyBlock {
  let rows: Int
  let columns: Int
  let source: Int
  let target: Int
}

/// The blocks that a loop nest is cut into: each at most `height` by `width` of its last two axes, numbered with the last
/// axis fastest. The cut depends on the sizes alone.
struct CopyBlocks {
  private let loops: CopyLoops
  private let height: Int
  private let width: Int
  /// For each axis the number of blocks, and what one block more adds to the offsets.
  private let counts: [Int]
  private let source: [Int]
  private let target: [Int]
  let count: Int

  init(_ loops: CopyLoops, height: Int, width: Int) {
    (self.loops, self.height, self.width) = (loops, height, width)
    let last = loops.sizes.count - 1
    let cuts = loops.sizes.indices.map { $0 == last ? width : $0 == last - 1 ? height : 1 }
    counts = zip(loops.sizes, cuts).map { ($0 + $1 - 1) / $1 }
    source = zip(loops.source, cuts).map { $0 * $1 }
    target = zip(loops.target, cuts).map { $0 * $1 }
    count = counts.reduce(1, *)
  }

  /// Calls `body` with every block of a range.
  func forEach(_ range: Range<Int>, _ body: (CopyBlock) -> Void) {
    var (position, s, t) = start(range.lowerBound)
    for _ in range {
      body(block(position, s, t))
      var axis = counts.count - 1
      while axis >= 0 {
        position[axis] += 1
        s += source[axis]
        t += target[axis]
        if position[axis] < counts[axis] { break }
        s -= source[axis] * counts[axis]
        t -= target[axis] * counts[axis]
        position[axis] = 0
        axis -= 1
      }
    }
  }

  /// The position of a block by its number, and its offsets.
  private func start(_ number: Int) -> (position: [Int], source: Int, target: Int) {
    var (position, s, t, rest) = ([Int](repeating: 0, count: counts.count), 0, 0, number)
    for axis in counts.indices.reversed() {
      position[axis] = rest % counts[axis]
      rest /= counts[axis]
      s += position[axis] * source[axis]
      t += position[axis] * target[axis]
    }
    return (position, s, t)
  }

  private func block(_ position: [Int], _ s: Int, _ t: Int) -> CopyBlock {
    let last = position.count - 1
    return CopyBlock(
      rows: min(height, loops.sizes[last - 1] - position[last - 1] * height),
      columns: min(width, loops.sizes[last] - position[last] * width), source: s, target: t)
  }
}

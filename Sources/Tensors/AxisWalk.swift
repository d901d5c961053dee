import Kernels

extension Int {
  /// How far apart in memory a stride takes elements, for ordering axes: repeated elements come outermost.
  fileprivate var reach: Int { self == 0 ? .max : Swift.abs(self) }
}

/// How tensors of one shape are walked together along one axis, without copying: the other axes are ordered by the first
/// tensor's strides and merged where all of them run through them evenly.
///
/// Either elements along the axis stand side by side in every tensor (rows), or those along one other axis do (columns). A
/// tensor that has one element for each line has stride 0 along the axis.
struct AxisWalk {
  private struct Loop {
    var size: Int
    var strides: [Int]
  }

  private var loops: [Loop] = []
  private let n: Int
  private let steps: [Int]
  private let areRows: Bool

  /// Nil if neither rows nor columns are possible: some tensor has to be copied.
  init?(_ shape: Shape, axis: Int, _ strides: [AxisValues]) {
    n = shape.sizes[axis]
    steps = strides.map { $0[axis] }
    for other in 0..<shape.rank where other != axis && shape.sizes[other] != 1 {
      let loop = Loop(size: shape.sizes[other], strides: strides.map { $0[other] })
      let place = loops.firstIndex { $0.strides[0].reach < loop.strides[0].reach } ?? loops.count
      loops.insert(loop, at: place)
    }
    // One element a line: its results stand side by side in the order of the lines.
    areRows = n == 1 ? false : steps.allSatisfy { $0 == 1 || $0 == 0 } && steps[0] == 1
    merge()
    if areRows { return }
    if loops.isEmpty { loops = [Loop(size: 1, strides: strides.map { _ in 1 })] }
    if loops[loops.count - 1].strides.contains(where: { $0 != 1 }) { return nil }
  }

  private mutating func merge() {
    var merged: [Loop] = []
    for loop in loops {
      if let last = merged.last, zip(last.strides, loop.strides).allSatisfy({ $0 == $1 * loop.size }) {
        merged[merged.count - 1] = Loop(size: last.size * loop.size, strides: loop.strides)
      } else {
        merged.append(loop)
      }
    }
    loops = merged
  }

  /// Calls `body(lines, places)` with each run of lines that a kernel takes at once: for every tensor the offset of its
  /// first element and the distance of its groups. Runs are shared among threads if there are several.
  func run(_ body: (Lines, [(offset: Int, group: Int, step: Int)]) -> Void) {
    let inner = areRows ? 1 : loops[loops.count - 1].size
    var outer = areRows ? loops : loops.dropLast()
    let group = outer.popLast() ?? Loop(size: 1, strides: steps.map { _ in 0 })
    let lines = Lines(outer: group.size, n, inner: inner, areRows: areRows)
    let runs = outer.reduce(1) { $0 * $1.size }
    let perRun = Swift.max(1, n * inner * group.size)
    parallel(runs, grain: Swift.max(1, elementwiseGrain / perRun)) { range in
      for run in range {
        let offsets = Self.offsets(run, outer, steps.count)
        body(lines, steps.indices.map { (offsets[$0], group.strides[$0], steps[$0]) })
      }
    }
  }

  private static func offsets(_ run: Int, _ loops: [Loop], _ count: Int) -> [Int] {
    var (rest, result) = (run, Array(repeating: 0, count: count))
    for loop in loops.reversed() {
      let i = rest % loop.size
      rest /= loop.size
      for t in 0..<count { result[t] += i * loop.strides[t] }
    }
    return result
  }
}

extension Tensor {
  /// Strides of a gapless array of this shape whose axes stand in memory in the order of this tensor's.
  var denseStrides: AxisValues {
    if isContiguous { return shape.contiguousStrides }
    let order = (0..<rank).sorted { (strides[$1].reach, $0) < (strides[$0].reach, $1) }
    return AxisValues(repeating: 1, count: rank) { strides in
      var step = 1
      for axis in order.reversed() {
        strides[axis] = step
        step &*= Swift.max(1, shape.sizes[axis])
      }
    }
  }

  /// An uninitialised tensor with one element for each line along an axis, laid out in the order of this one's strides; and
  /// its strides over this tensor's shape, 0 along the axis.
  func perLine(_ axis: Int, _ dtype: DType) -> (result: Tensor, strides: AxisValues) {
    var kept = shape.sizes
    kept[axis] = 1
    let lines = view(Shape(sizes: kept), strides)
    var strides = lines.denseStrides
    let result = Tensor(uninitialized: lines.shape, strides, dtype)
    strides[axis] = 0
    return (result, strides)
  }

  /// An uninitialised tensor of another's shape and dtype, its axes in memory in the other's order, without gaps.
  init(uninitializedLike other: Tensor) {
    self.init(uninitialized: other.shape, other.denseStrides, other.dtype)
  }

  /// This tensor's elements where `strides` want them: itself if they are its own.
  func laidOut(_ strides: AxisValues) -> Tensor {
    if self.strides == strides { return self }
    let copy = Tensor(uninitialized: shape, strides, dtype)
    Kernels.copyStrided(
      dtype.kind, sizes: shape.sizes.array, data, self.strides.array, copy.freshData, strides.array)
    return copy
  }
}

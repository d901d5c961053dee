/// The first `count` elements as a vector, the rest filled; all lanes where `count` is their number.
@inline(__always)
func loadLanes<V: FloatVector>(_ p: UnsafePointer<V.Scalar>, _ count: Int, fill: V.Scalar = 0) -> V {
  count == V.lanes ? V.load(p) : V.load(p, count: count, fill: fill)
}

/// Writes the first `count` lanes.
@inline(__always)
func storeLanes<V: FloatVector>(_ v: V, _ p: UnsafeMutablePointer<V.Scalar>, _ count: Int) {
  if count == V.lanes { V.store(v, p) } else { V.store(v, p, count: count) }
}

/// Calls `body(i, count)` for a vector of elements at a time: i = 0, lanes, 2·lanes, …, the last with what is left.
@inline(__always)
func forEachVector<V: FloatVector>(_ type: V.Type, _ n: Int, _ body: (_ i: Int, _ count: Int) -> Void) {
  var i = 0
  while i &+ V.lanes <= n {
    body(i, V.lanes)
    i &+= V.lanes
  }
  if i < n { body(i, n &- i) }
}

/// f of one number, by way of a vector.
@inline(__always)
func scalar<E: Lane>(_ x: E, _ f: (E.Vector) -> E.Vector) -> E {
  f(E.Vector(repeating: x)).lane0
}

/// Elements that one accumulator of a sum adds up before it joins a total: rounding errors grow with the block and with the
/// number of blocks, not with their product.
@inline(__always) var blockSize: Int { 2048 }

/// Σ of `block(start, count)` over blocks of ``blockSize`` elements.
@inline(__always)
func sumOfBlocks<V: FloatVector>(_ n: Int, _ block: (_ start: Int, _ count: Int) -> V) -> V {
  var total = V(repeating: 0)
  var start = 0
  while start < n {
    total = total + block(start, min(blockSize, n &- start))
    start &+= blockSize
  }
  return total
}

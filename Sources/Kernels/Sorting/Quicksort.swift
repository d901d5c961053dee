import CKernels

/// Keys that AVX-512 sorts by quicksort: partitions by whole vectors, and sorting networks for what fits into registers.
protocol VectorKey: RadixItem, FixedWidthInteger, UnsignedInteger where Key == Self {
  /// Lanes of a vector.
  static var lanes: Int { get }
  /// Keys of `count` vectors below the pivot to `low`, which may be `x`, the others to `high`; returns how many are below.
  static func split(
    _ count: Int, _ x: UnsafePointer<Self>, _ pivot: Self, _ low: UnsafeMutablePointer<Self>,
    _ high: UnsafeMutablePointer<Self>
  ) -> Int
  /// Sorts the keys of 2, 4, 8 or 16 vectors.
  static func sortVectors(_ keys: UnsafeMutablePointer<Self>, _ count: Int)
}

#if arch(x86_64)
  extension UInt32: VectorKey {
    static var lanes: Int { 16 }
    static func split(
      _ count: Int, _ x: UnsafePointer<Self>, _ pivot: Self, _ low: UnsafeMutablePointer<Self>,
      _ high: UnsafeMutablePointer<Self>
    ) -> Int {
      adj_u32_split(count, x, pivot, low, high)
    }
    static func sortVectors(_ keys: UnsafeMutablePointer<Self>, _ count: Int) {
      adj_u32_sort_vectors(keys, Int32(count))
    }
  }

  extension UInt64: VectorKey {
    static var lanes: Int { 8 }
    static func split(
      _ count: Int, _ x: UnsafePointer<Self>, _ pivot: Self, _ low: UnsafeMutablePointer<Self>,
      _ high: UnsafeMutablePointer<Self>
    ) -> Int {
      adj_u64_split(count, x, pivot, low, high)
    }
    static func sortVectors(_ keys: UnsafeMutablePointer<Self>, _ count: Int) {
      adj_u64_sort_vectors(keys, Int32(count))
    }
  }
#endif

/// Moves the keys below the pivot to the front and returns how many there are: they stay in the array, which is read
/// ahead of where it is written, while the others wait in spare memory.
private func partition<K: VectorKey>(
  _ n: Int, _ keys: UnsafeMutablePointer<K>, _ spare: UnsafeMutablePointer<K>, _ pivot: K
) -> Int {
  var below = K.split(n / K.lanes, keys, pivot, keys, spare)
  let whole = n &- n % K.lanes
  var above = whole &- below
  for i in whole..<n {
    let key = keys[i]
    keys[below] = key
    spare[above] = key
    if key < pivot { below &+= 1 } else { above &+= 1 }
  }
  (keys + below).update(from: spare, count: above)
  return below
}

/// Sorts up to 16 vectors' worth of keys in the smallest network that they fit into, filled up with the greatest key.
private func sortBlock<K: VectorKey>(_ n: Int, _ keys: UnsafeMutablePointer<K>, _ spare: UnsafeMutablePointer<K>) {
  var vectors = 2
  while vectors &* K.lanes < n { vectors &*= 2 }
  spare.update(from: keys, count: n)
  (spare + n).update(repeating: .max, count: vectors &* K.lanes &- n)
  K.sortVectors(spare, vectors)
  keys.update(from: spare, count: n)
}

/// Keys up to which an array is sorted by one thread.
private let quicksortGrain = 1 << 16

/// Keys that spare memory holds beyond those to be sorted: whole vectors are written into it, up to 16 of them.
let quicksortSlack = 256

/// Sorts keys, on several threads if there are many. `spare` holds n keys and `quicksortSlack`.
///
/// Quicksort (Hoare, 1961) with the median of three medians of three as its pivot; after 2·log₂ n levels what is left goes
/// to the radix sort, so that the worst case stays linear.
func quicksort<K: VectorKey>(_ n: Int, _ keys: UnsafeMutablePointer<K>, _ spare: UnsafeMutablePointer<K>) {
  let levels = 2 * (Int.bitWidth - n.leadingZeroBitCount)
  guard n > quicksortGrain else { return quicksort(n, keys, spare, levels) }
  var parts = [0..<n]
  for _ in 0..<4 { parts = parts.flatMap { halves($0, keys, spare) } }
  parallel(parts.count) { i in
    let part = parts[i]
    withScratch(K.self, part.count + quicksortSlack) { quicksort(part.count, keys + part.lowerBound, $0, levels) }
  }
}

/// What remains to be sorted of a part after one division; a small part is left whole.
private func halves<K: VectorKey>(
  _ part: Range<Int>, _ keys: UnsafeMutablePointer<K>, _ spare: UnsafeMutablePointer<K>
) -> [Range<Int>] {
  guard part.count > quicksortGrain else { return [part] }
  let (below, from) = divide(part.count, keys + part.lowerBound, spare)
  return [part.lowerBound..<part.lowerBound + below, part.lowerBound + from..<part.upperBound]
}

private func quicksort<K: VectorKey>(
  _ n: Int, _ keys: UnsafeMutablePointer<K>, _ spare: UnsafeMutablePointer<K>, _ levels: Int
) {
  if n <= 16 * K.lanes { return sortBlock(n, keys, spare) }
  if levels == 0 {
    let sorted = radixSort(n, keys, spare)
    if sorted != keys { keys.update(from: sorted, count: n) }
    return
  }
  let (below, from) = divide(n, keys, spare)
  quicksort(below, keys, spare, levels - 1)
  quicksort(n - from, keys + from, spare, levels - 1)
}

/// Divides keys in two: those before `below` are less than those after `from`, and what stands between is in place.
private func divide<K: VectorKey>(
  _ n: Int, _ keys: UnsafeMutablePointer<K>, _ spare: UnsafeMutablePointer<K>
) -> (below: Int, from: Int) {
  let pivot = pseudomedian(n, keys)
  let below = partition(n, keys, spare, pivot)
  if below > 0 { return (below, below) }
  // The pivot is the least key: its equals go to the front, and are done.
  return (0, pivot == .max ? n : partition(n, keys, spare, pivot &+ 1))
}

/// The median of the medians of three triples, spread over the array.
private func pseudomedian<K: VectorKey>(_ n: Int, _ keys: UnsafeMutablePointer<K>) -> K {
  func median(_ a: K, _ b: K, _ c: K) -> K { max(min(a, b), min(max(a, b), c)) }
  func triple(_ i: Int) -> K {
    median(keys[(2 * i + 1) * n / 18], keys[(2 * i + 7) * n / 18], keys[(2 * i + 13) * n / 18])
  }
  return median(triple(0), triple(1), triple(2))
}

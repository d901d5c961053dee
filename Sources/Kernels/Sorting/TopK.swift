/// The k first of a row's elements in sorted order, without sorting the row.
///
/// Elements that come before the k-th of those seen are kept in a buffer; a full buffer is sorted and cut to k, which
/// moves the threshold. O(n) comparisons, and on average k·log(n/k) elements kept; in the worst order n, O(n·log k) work.
private struct Candidates<Item: PlacedItem> {
  private let k: Int
  private let capacity: Int
  private let items: UnsafeMutablePointer<Item>
  private var count = 0
  /// Keys from here on come too late.
  private(set) var limit: Item.Key = .max
  private var isOpen = true

  /// While few are kept, putting each new one in its place is faster than sorting many at once.
  static func capacity(_ k: Int) -> Int { k <= 16 ? k + 1 : 2 * k }

  /// `memory` holds twice the capacity.
  init(_ k: Int, _ memory: UnsafeMutablePointer<Item>) {
    self.k = k
    items = memory
    capacity = Candidates.capacity(k)
  }

  /// Whether a key is to be kept; later places come after earlier ones with the same key.
  @inline(__always) func admits(_ key: Item.Key) -> Bool { key < limit || isOpen }

  @inline(__always) mutating func append(_ key: Item.Key, _ place: Int) {
    items[count] = Item(key: key, place: place)
    count &+= 1
    if count == capacity { _ = cut() }
  }

  /// The k first, in order.
  @inline(never) mutating func cut() -> UnsafeMutablePointer<Item> {
    let sorted = radixSort(count, items, items + capacity)
    count = min(k, count)
    if sorted != items { items.update(from: sorted, count: count) }
    if count == k { (limit, isOpen) = (items[k - 1].key, false) }
    return items
  }
}

private func topKRows<E: Sortable, Item: PlacedItem>(
  _ largest: Bool, _ rows: Int, _ n: Int, _ k: Int, _ x: UnsafePointer<E>, _ item: Item.Type,
  _ indices: UnsafeMutablePointer<Int64>
) where Item.Key == E.Key {
  let flip: E.Key = largest ? .max : 0
  parallel(rows, grain: max(1, 1 << 14 / n)) { range in
    withScratch(Item.self, 2 * Candidates<Item>.capacity(k)) { memory in
      for row in range {
        var candidates = Candidates(k, memory)
        for i in 0..<n {
          let key = x[row &* n &+ i].mergedKey ^ flip
          if candidates.admits(key) { candidates.append(key, i) }
        }
        let first = candidates.cut()
        for i in 0..<k { indices[row &* k &+ i] = Int64(first[i].place) }
      }
    }
  }
}

/// Each row of `indices` = the places of the k ≤ n largest (or smallest) of a row's n elements, in their order; of equal
/// ones the first. NaN counts as largest.
package func topKRows(
  _ kind: ElementKind, largest: Bool, _ rows: Int, _ n: Int, _ k: Int, _ x: UnsafeRawPointer,
  _ indices: UnsafeMutablePointer<Int64>
) {
  guard k > 0 else { return }
  switch kind {
  case .float32: topKRows(largest, rows, n, k, x.of(Float.self), NarrowItem.self, indices)
  case .float64: topKRows(largest, rows, n, k, x.of(Double.self), WideItem.self, indices)
  case .int32: topKRows(largest, rows, n, k, x.of(Int32.self), NarrowItem.self, indices)
  case .int64: topKRows(largest, rows, n, k, x.of(Int64.self), WideItem.self, indices)
  case .uint8, .bool: topKRows(largest, rows, n, k, x.of(UInt8.self), NarrowItem.self, indices)
  }
}

/// Sorting of rows of n contiguous elements, NaN as the greatest. Many rows are shared among the threads, and so is one
/// long row.

/// Elements that one thread sorts at least.
private let sortGrain = 1 << 12

/// Sorts keys by the fastest way there is; returns which of the two holds the result.
private func sortKeys<K: RadixItem>(
  _ n: Int, _ keys: UnsafeMutablePointer<K>, _ spare: UnsafeMutablePointer<K>
) -> UnsafeMutablePointer<K> {
  #if arch(x86_64)
    if SIMDLevel.current == .avx512 {
      if K.self == UInt32.self {
        quicksort(n, UnsafeMutableRawPointer(keys).of(UInt32.self), UnsafeMutableRawPointer(spare).of(UInt32.self))
        return keys
      }
      if K.self == UInt64.self {
        quicksort(n, UnsafeMutableRawPointer(keys).of(UInt64.self), UnsafeMutableRawPointer(spare).of(UInt64.self))
        return keys
      }
    }
  #endif
  return radixSort(n, keys, spare)
}

private func sortRows<E: Sortable>(
  _ descending: Bool, _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ y: UnsafeMutablePointer<E>
) where E.Key: RadixItem {
  let flip: E.Key = descending ? .max : 0
  parallel(rows, grain: max(1, sortGrain / n)) { range in
    withScratch(E.Key.self, 2 * n + quicksortSlack) { keys in
      for row in range {
        let (source, target) = (x + row &* n, y + row &* n)
        for i in 0..<n { keys[i] = source[i].sortKey ^ flip }
        let sorted = sortKeys(n, keys, keys + n)
        for i in 0..<n { target[i] = E(sortKey: sorted[i] ^ flip) }
      }
    }
  }
}

/// Each row of y = the row of x in order. Among equal numbers only −0 and +0 can be told apart: they come in this order.
package func sortRows(
  _ kind: ElementKind, descending: Bool, _ rows: Int, _ n: Int, _ x: UnsafeRawPointer, _ y: UnsafeMutableRawPointer
) {
  guard n > 0 else { return }
  switch kind {
  case .float32: sortRows(descending, rows, n, x.of(Float.self), y.of(Float.self))
  case .float64: sortRows(descending, rows, n, x.of(Double.self), y.of(Double.self))
  case .int32: sortRows(descending, rows, n, x.of(Int32.self), y.of(Int32.self))
  case .int64: sortRows(descending, rows, n, x.of(Int64.self), y.of(Int64.self))
  case .uint8, .bool: sortRows(descending, rows, n, x.of(UInt8.self), y.of(UInt8.self))
  }
}

private func argsortRows<E: Sortable, Item: PlacedItem>(
  _ descending: Bool, _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ item: Item.Type,
  _ indices: UnsafeMutablePointer<Int64>
) where Item.Key == E.Key {
  let flip: E.Key = descending ? .max : 0
  parallel(rows, grain: max(1, sortGrain / n)) { range in
    withScratch(Item.self, 2 * n) { items in
      for row in range {
        let (source, target) = (x + row &* n, indices + row &* n)
        for i in 0..<n { items[i] = Item(key: source[i].mergedKey ^ flip, place: i) }
        let sorted = radixSort(n, items, items + n)
        for i in 0..<n { target[i] = Int64(sorted[i].place) }
      }
    }
  }
}

/// Each row of `indices` = the places of the row's elements in order; equal elements keep their order.
package func argsortRows(
  _ kind: ElementKind, descending: Bool, _ rows: Int, _ n: Int, _ x: UnsafeRawPointer,
  _ indices: UnsafeMutablePointer<Int64>
) {
  guard n > 0 else { return }
  switch kind {
  case .float32: argsortRows(descending, rows, n, x.of(Float.self), NarrowItem.self, indices)
  case .float64: argsortRows(descending, rows, n, x.of(Double.self), WideItem.self, indices)
  case .int32: argsortRows(descending, rows, n, x.of(Int32.self), NarrowItem.self, indices)
  case .int64: argsortRows(descending, rows, n, x.of(Int64.self), WideItem.self, indices)
  case .uint8, .bool: argsortRows(descending, rows, n, x.of(UInt8.self), NarrowItem.self, indices)
  }
}

/// A key and its place as one number, or two that compare as one: by key, and among equal keys by place.
private protocol ComparableItem: PlacedItem {
  static func < (a: Self, b: Self) -> Bool
}

extension NarrowItem: ComparableItem {
  @inline(__always) static func < (a: NarrowItem, b: NarrowItem) -> Bool { a.word < b.word }
}
extension WideItem: ComparableItem {
  @inline(__always) static func < (a: WideItem, b: WideItem) -> Bool {
    a.key < b.key || (a.key == b.key && a.place < b.place)
  }
}

/// The k-th of n different items in order, k counted from 0; the items are moved about. Nil after 2·log₂ n divisions.
///
/// Hoare's FIND (Algorithm 65, doi:10.1145/366622.366647) with the median of three as the pivot: O(n) on average.
@inline(__always)
private func select<Item: ComparableItem>(_ k: Int, _ n: Int, _ items: UnsafeMutablePointer<Item>) -> Item? {
  var (low, high) = (0, n &- 1)
  for _ in 0..<2 * (Int.bitWidth - n.leadingZeroBitCount) where high &- low > 16 {
    let (left, right) = divide(items, low, high)
    if k <= right { high = right } else if k >= left { low = left } else { return items[k] }
  }
  if high &- low > 16 { return nil }
  insertionSort(items + low, high &- low &+ 1)
  return items[k]
}

@inline(__always)
private func insertionSort<Item: ComparableItem>(_ items: UnsafeMutablePointer<Item>, _ n: Int) {
  for i in 1..<max(n, 1) {
    let item = items[i]
    var j = i
    while j > 0, item < items[j &- 1] {
      items[j] = items[j &- 1]
      j &-= 1
    }
    items[j] = item
  }
}

/// Divides items[low...high] by a pivot from among them: none up to `right` is greater, none from `left` on less, and
/// what stands between is in place.
@inline(__always)
private func divide<Item: ComparableItem>(
  _ items: UnsafeMutablePointer<Item>, _ low: Int, _ high: Int
) -> (left: Int, right: Int) {
  let pivot = median(items[low], items[low &+ (high &- low) / 2], items[high])
  var (i, j) = (low, high)
  while i <= j {
    while items[i] < pivot { i &+= 1 }
    while pivot < items[j] { j &-= 1 }
    if i <= j {
      (items[i], items[j]) = (items[j], items[i])
      i &+= 1
      j &-= 1
    }
  }
  return (i, j)
}

@inline(__always)
private func median<Item: ComparableItem>(_ a: Item, _ b: Item, _ c: Item) -> Item {
  let (low, high) = b < a ? (b, a) : (a, b)
  return c < low ? low : high < c ? high : c
}

/// The place of the k-th element of a row in order; a row that resists selection is sorted.
@inline(__always)
private func select<E: Sortable, Item: ComparableItem>(
  _ k: Int, _ n: Int, _ x: UnsafePointer<E>, _ items: UnsafeMutablePointer<Item>
) -> Int where Item.Key == E.Key {
  func fill() { for i in 0..<n { items[i] = Item(key: x[i].mergedKey, place: i) } }
  fill()
  if let item = select(k, n, items) { return item.place }
  fill()
  return radixSort(n, items, items + n)[k].place
}

private func selectRows<E: Sortable, Item: ComparableItem>(
  _ rows: Int, _ n: Int, _ x: UnsafePointer<E>, _ item: Item.Type, _ places: UnsafePointer<Int64>,
  _ indices: UnsafeMutablePointer<Int64>
) where Item.Key == E.Key {
  parallel(rows, grain: max(1, 1 << 14 / n)) { range in
    withScratch(Item.self, 2 * n) { items in
      for row in range {
        indices[row] = Int64(select(Int(places[row]), n, x + row &* n, items))
      }
    }
  }
}

/// indices[row] = where in a row of n elements that one is which comes to places[row] < n when the row is sorted: NaN
/// last, equal elements in their order.
package func selectRows(
  _ kind: ElementKind, _ rows: Int, _ n: Int, _ x: UnsafeRawPointer, _ places: UnsafePointer<Int64>,
  _ indices: UnsafeMutablePointer<Int64>
) {
  guard n > 0 else { return }
  switch kind {
  case .float32: selectRows(rows, n, x.of(Float.self), NarrowItem.self, places, indices)
  case .float64: selectRows(rows, n, x.of(Double.self), WideItem.self, places, indices)
  case .int32: selectRows(rows, n, x.of(Int32.self), NarrowItem.self, places, indices)
  case .int64: selectRows(rows, n, x.of(Int64.self), WideItem.self, places, indices)
  case .uint8, .bool: selectRows(rows, n, x.of(UInt8.self), NarrowItem.self, places, indices)
  }
}

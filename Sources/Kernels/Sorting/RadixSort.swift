/// What a radix sort moves: a key alone, or a key with the place it came from.
protocol RadixItem: BitwiseCopyable {
  associatedtype Key: FixedWidthInteger & UnsignedInteger
  var key: Key { get }
}

extension UInt32: RadixItem {
  @inline(__always) var key: UInt32 { self }
}
extension UInt64: RadixItem {
  @inline(__always) var key: UInt64 { self }
}

/// A key and the place it came from.
protocol PlacedItem: RadixItem {
  init(key: Key, place: Int)
  var place: Int { get }
}

/// Both in one word.
struct NarrowItem: PlacedItem {
  let word: UInt64
  @inline(__always) init(key: UInt32, place: Int) { word = UInt64(key) << 32 | UInt64(truncatingIfNeeded: place) }
  @inline(__always) var key: UInt32 { UInt32(truncatingIfNeeded: word >> 32) }
  @inline(__always) var place: Int { Int(word & 0xFFFF_FFFF) }
}

struct WideItem: PlacedItem {
  let key: UInt64
  let place: Int
}

/// Items up to which inserting each in its place is the fastest way.
private let insertionLimit = 32

/// Items that one thread distributes at least.
private let radixGrain = 1 << 16

/// Sorts n < 2³² items by key, keeping the order of equal keys, with as much spare memory; returns which of the two
/// holds the result. Long arrays are shared among threads; a stable order is unique, so the threads don't show in it.
///
/// Least significant digit first (Knuth, The Art of Computer Programming, vol. 3, section 5.2.5): O(n) a digit, of 8 bits
/// in short arrays and 11 in long ones. A digit that all items share costs one pass of counting.
@inline(__always)
func radixSort<Item: RadixItem>(
  _ n: Int, _ items: UnsafeMutablePointer<Item>, _ spare: UnsafeMutablePointer<Item>
) -> UnsafeMutablePointer<Item> {
  if n <= insertionLimit {
    insertionSort(n, items)
    return items
  }
  let width = n > 4096 ? 11 : 8
  let pieces = max(1, min(8, n / radixGrain))
  var (from, to) = (items, spare)
  withScratch(UInt32.self, pieces << width) { counts in
    for shift in stride(from: 0, to: Item.Key.bitWidth, by: width) {
      if distribute(n, from, to, shift, width, pieces, counts) { swap(&from, &to) }
    }
  }
  return from
}

@inline(__always)
private func insertionSort<Item: RadixItem>(_ n: Int, _ items: UnsafeMutablePointer<Item>) {
  var i = 1
  while i < n {
    let item = items[i]
    var j = i
    while j > 0, items[j &- 1].key > item.key {
      items[j] = items[j &- 1]
      j &-= 1
    }
    items[j] = item
    i &+= 1
  }
}

/// Moves the items to `to` in the order of one digit; does nothing, and returns false, if they share it.
@inline(__always)
private func distribute<Item: RadixItem>(
  _ n: Int, _ from: UnsafeMutablePointer<Item>, _ to: UnsafeMutablePointer<Item>, _ shift: Int, _ width: Int,
  _ pieces: Int, _ counts: UnsafeMutablePointer<UInt32>
) -> Bool {
  let (mask, size) = (Item.Key(truncatingIfNeeded: (1 << width) - 1), (n + pieces - 1) / pieces)
  let shift = Item.Key(truncatingIfNeeded: shift)
  parallel(pieces) { piece in
    let count = counts + piece << width
    count.update(repeating: 0, count: 1 << width)
    for i in piece &* size..<min(n, (piece &+ 1) &* size) {
      count[Int(truncatingIfNeeded: from[i].key &>> shift & mask)] &+= 1
    }
  }
  let first = Int(truncatingIfNeeded: from[0].key &>> shift & mask)
  guard placesOfDigits(1 << width, pieces, counts, n, first) else { return false }
  parallel(pieces) { piece in
    let place = counts + piece << width
    for i in piece &* size..<min(n, (piece &+ 1) &* size) {
      let digit = Int(truncatingIfNeeded: from[i].key &>> shift & mask)
      to[Int(truncatingIfNeeded: place[digit])] = from[i]
      place[digit] &+= 1
    }
  }
  return true
}

/// Turns each piece's count of each digit into the place of its first item with that digit. False, and nothing done, if
/// all n items have the digit `first`.
private func placesOfDigits(
  _ digits: Int, _ pieces: Int, _ counts: UnsafeMutablePointer<UInt32>, _ n: Int, _ first: Int
) -> Bool {
  var alike = 0
  for piece in 0..<pieces { alike += Int(counts[piece * digits + first]) }
  if alike == n { return false }
  var total: UInt32 = 0
  for digit in 0..<digits {
    for piece in 0..<pieces {
      let at = piece &* digits &+ digit
      (counts[at], total) = (total, total &+ counts[at])
    }
  }
  return true
}

import Kernels

/// Neighbouring elements of a tensor that is being filled, few enough for the first cache: where their words come from and
/// where their numbers go.
struct Stretch {
  private static let limit = 512

  private let source: RandomWords
  private let range: Range<Int>
  /// Both have room for `limit` elements.
  private let words: UnsafeMutablePointer<UInt64>
  private let numbers: UnsafeMutablePointer<Double>

  /// f of each element's word and index.
  @inline(__always)
  func fill(_ f: (UInt64, Int) -> Double) {
    source.copy(range, to: words)
    for j in 0..<range.count { numbers[j] = f(words[j], range.lowerBound + j) }
  }

  /// f of a standard normal number for each element.
  @inline(__always)
  func fillWithNormals(_ f: (Double) -> Double) {
    let padded = (range.count + 7) & ~7
    source.copy(range.lowerBound..<range.lowerBound + padded, to: words)
    Kernels.normals(padded, words: words, numbers)
    for j in 0..<range.count { numbers[j] = f(numbers[j]) }
  }

  /// f of each element's own stream and index.
  @inline(__always)
  func fillFromStreams(_ f: (inout RandomStream, Int) -> Double) {
    for j in 0..<range.count {
      var stream = source.stream(range.lowerBound + j)
      numbers[j] = f(&stream, range.lowerBound + j)
    }
  }

  /// Calls `body` for each stretch of a range, and converts its numbers to the elements of an array.
  static func forEach(
    in range: Range<Int>, of source: RandomWords, _ dtype: DType, _ y: UnsafeMutableRawPointer,
    _ body: (Stretch) -> Void
  ) {
    withUnsafeTemporaryAllocation(byteCount: 16 * limit, alignment: 64) { scratch in
      let words = scratch.baseAddress.unsafelyUnwrapped
      let numbers = words + 8 * limit
      for start in Swift.stride(from: range.lowerBound, to: range.upperBound, by: limit) {
        let part = start..<min(start + limit, range.upperBound)
        body(Stretch(source: source, range: part, words: words.of(UInt64.self), numbers: numbers.of(Double.self)))
        Kernels.cast(part.count, numbers, .float64, y + start * dtype.size, dtype.kind)
      }
    }
  }
}

extension Tensor {
  /// A tensor whose stretches `fill` fills; each element takes a word of the generator. Whole numbers may be of any dtype.
  static func filled(
    _ shape: Shape, _ dtype: DType, _ name: String, _ generator: Generator, isDiscrete: Bool = false,
    _ fill: (Stretch) -> Void
  ) -> Tensor {
    require(isDiscrete || dtype.isFloatingPoint, name, "dtype \(dtype); expected float32 or float64")
    let (result, words) = (Tensor(uninitialized: shape, dtype), generator.words(shape.elementCount))
    let y = result.freshData
    parallel(shape.elementCount, grain: 1 << 13) { Stretch.forEach(in: $0, of: words, dtype, y, fill) }
    return result
  }
}

/// A word as a number in [0, 1): its upper 53 bits.
@inline(__always)
func fraction(_ word: UInt64) -> Double { Double(Int64(bitPattern: word >> 11)) * 0x1p-53 }

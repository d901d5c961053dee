import Tensors

/// Windows of a text as inputs, and as targets the same windows one character later: sample i is the characters from
/// i·stride on, [length] and [length], `.int64`.
///
/// ```swift
/// let windows = TextWindows(try vocabulary.encode(text), length: 64)
/// for (x, y) in DataLoader(windows, batchSize: 32, shuffle: true) { … }    // [32, 64] and [32, 64]
/// ```
///
/// Of n codes there are ⌊(n − length − 1)/stride⌋ + 1 windows, none if n ≤ length; what is left at the end is not used.
public struct TextWindows: Dataset {
  /// The codes of the text, [n], `.int64`.
  public let codes: Tensor
  /// The characters in a window.
  public let length: Int
  /// How many characters a window starts after the one before it.
  public let stride: Int

  /// Windows of so many codes. Without a stride each begins where the one before it ends, so that a pass predicts each
  /// character once; a stride of 1 gives every window there is.
  public init(_ codes: Tensor, length: Int, stride: Int? = nil) {
    require(
      length > 0 && (stride ?? 1) > 0, "TextWindows", "length \(length), stride \(stride ?? length); expected 1 or more"
    )
    self.codes = codesOfText(codes, "TextWindows")
    (self.length, self.stride) = (length, stride ?? length)
  }

  /// The number of windows.
  public var count: Int { codes.shape[0] <= length ? 0 : (codes.shape[0] - length - 1) / stride + 1 }

  /// A window and the one that is a character later, as views.
  public subscript(index: Int) -> (Tensor, Tensor) {
    let start = start(index)
    return (codes[start..<start + length], codes[start + 1..<start + length + 1])
  }

  /// Windows of these numbers: [N, length] and [N, length].
  public func batch(_ indices: [Int]) -> (Tensor, Tensor) {
    let starts = Tensor(indices.map(start)).unsqueezed(axis: 1)
    let places = (starts + Tensor.arange(length + 1)).flattened()
    let windows = codes.indexSelect(index: places).reshaped([indices.count, length + 1])
    return (windows[0..., ..<length], windows[0..., 1...])
  }

  private func start(_ index: Int) -> Int {
    require(index >= 0 && index < count, "TextWindows", "window \(index); expected one of 0..<\(count)")
    return index * stride
  }
}

/// The codes of a text as `.int64`; anything else stops the program.
func codesOfText(_ codes: Tensor, _ name: String) -> Tensor {
  require(
    codes.rank == 1 && !codes.dtype.isFloatingPoint && codes.dtype != .bool, name,
    "codes \(codes.dtype)\(codes.shape); expected integers [n]")
  return codes.to(.int64).contiguous
}

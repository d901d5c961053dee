import Tensors

/// A text cut into streams that are read side by side, a window at a time and in order: each row of a window goes on where
/// that row of the window before it ended, so that a recurrent network can keep its state (truncated backpropagation
/// through time).
///
/// ```swift
/// var state: Variable? = nil
/// for (x, y) in TextStreams(codes, streams: 16, length: 64) {      // [16, 64] and [16, 64]
///   let (output, next) = network(x, state)
///   state = next.detached()
///   …
/// }
/// ```
///
/// Of n codes each stream has m = ⌊(n − 1)/streams⌋, stream b those from b·m on; a target is the code after its input. There
/// are ⌈m/length⌉ windows, the last of which may be shorter. As a ``Dataset`` its samples are whole windows, to be loaded
/// unshuffled with a batch size of 1; larger batches join windows along the text.
public struct TextStreams: Dataset, RandomAccessCollection {
  /// The number of streams, the rows of a window.
  public let streams: Int
  /// The codes in a row of a window, but for the last.
  public let length: Int

  private let inputs: Tensor
  private let targets: Tensor

  /// So many streams of these codes, [n] integers, in windows of this length.
  public init(_ codes: Tensor, streams: Int, length: Int) {
    require(streams > 0 && length > 0, "TextStreams", "\(streams) streams, length \(length); expected 1 or more")
    let codes = codesOfText(codes, "TextStreams")
    let size = Swift.max(0, codes.shape[0] - 1) / streams
    (self.streams, self.length) = (streams, length)
    inputs = codes[..<(streams * size)].reshaped([streams, size])
    targets = codes[1...][..<(streams * size)].reshaped([streams, size])
  }

  /// 0, the first window.
  public var startIndex: Int { 0 }
  /// The number of windows.
  public var endIndex: Int { (inputs.shape[1] + length - 1) / length }
  /// The number of windows.
  public var count: Int { endIndex }

  /// A window of all streams and the one that is a character later, [streams, length] each, as views.
  public subscript(index: Int) -> (Tensor, Tensor) {
    require(index >= 0 && index < count, "TextStreams", "window \(index); expected one of 0..<\(count)")
    let columns = index * length..<Swift.min((index + 1) * length, inputs.shape[1])
    return (inputs[0..., columns], targets[0..., columns])
  }

  /// Windows of these numbers joined along the text: [streams, codes of all] each.
  public func batch(_ indices: [Int]) -> (Tensor, Tensor) {
    let windows = indices.map { self[$0] }
    return (.concatenate(windows.map(\.0), axis: 1), .concatenate(windows.map(\.1), axis: 1))
  }
}

import Autograd
import Tensors

/// Packs a padded batch [L, N, *], or with `batchFirst` [N, L, *], of sequences of these lengths.
///
/// - Parameters:
///   - lengths: one for each sequence, from 1 to L.
///   - enforceSorted: whether lengths that are not in falling order stop the program; without it, sequences are sorted, those
///     of one length in their order.
public func packPaddedSequence(
  _ input: Variable, lengths: [Int], batchFirst: Bool = false, enforceSorted: Bool = true
) -> PackedSequence {
  require(
    input.rank >= 2, "packPaddedSequence",
    "expected input \(batchFirst ? "[N, L, *]" : "[L, N, *]"), got \(input.shape)")
  let (length, count) = batchFirst ? (input.shape[1], input.shape[0]) : (input.shape[0], input.shape[1])
  require(
    count > 0 && lengths.count == count && lengths.allSatisfy { (1...max(length, 1)).contains($0) },
    "packPaddedSequence", "lengths \(lengths) for input \(input.shape); expected \(count) from 1 to \(length)")
  let order = enforceSorted ? nil : lengths.indices.sorted { (-lengths[$0], $0) < (-lengths[$1], $1) }
  require(
    order != nil || zip(lengths, lengths.dropFirst()).allSatisfy(>=), "packPaddedSequence",
    "lengths \(lengths); expected falling ones, or enforceSorted: false")
  let sizes = (0..<lengths.max()!).map { step in lengths.count { $0 > step } }
  let rows = sizes.enumerated().flatMap { step, size in
    (0..<size).map { place in
      let sequence = order?[place] ?? place
      return batchFirst ? sequence * length + step : step * count + sequence
    }
  }
  let data = input.flattened(from: 0, through: 1).indexSelect(axis: 0, index: Tensor(rows))
  return PackedSequence(data, batchSizes: sizes, order: order)
}

/// The padded batch [L, N, *], or with `batchFirst` [N, L, *], of packed sequences, and their lengths, in the order in which
/// they were given.
///
/// - Parameters:
///   - paddingValue: what stands behind the end of a sequence.
///   - totalLength: L, at least the length of the longest sequence, which it is by default.
public func padPackedSequence(
  _ sequence: PackedSequence, batchFirst: Bool = false, paddingValue: Double = 0, totalLength: Int? = nil
) -> (padded: Variable, lengths: [Int]) {
  let (data, sizes) = (sequence.data, sequence.batchSizes)
  let length = totalLength ?? sizes.count
  require(
    length >= sizes.count, "padPackedSequence",
    "totalLength \(length); expected at least the length of the longest sequence, \(sizes.count)")
  let starts = sizes.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
  let places = sequence.places
  // The row behind the last is the padding.
  func row(_ step: Int, _ place: Int) -> Int {
    step < sizes.count && place < sizes[step] ? starts[step] + place : data.shape[0]
  }
  let rows =
    batchFirst
    ? places.flatMap { place in (0..<length).map { row($0, place) } }
    : (0..<length).flatMap { step in places.map { row(step, $0) } }
  let features = Array(data.shape.dropFirst())
  let padding = Variable(.full(Shape([1] + features), paddingValue, dtype: data.dtype))
  let padded = Variable.concatenate([data, padding]).indexSelect(axis: 0, index: Tensor(rows))
  let leading = batchFirst ? [places.count, length] : [length, places.count]
  return (padded.reshaped(Shape(leading + features)), sequence.lengths)
}

/// At which end of a sequence padding stands.
public enum PaddingSide: Sendable {
  /// Before its first step.
  case left
  /// Behind its last step.
  case right
}

/// Sequences [Lᵢ, *] padded to the longest and stacked: [L, N, *], or with `batchFirst` [N, L, *].
public func padSequence(
  _ sequences: [Variable], batchFirst: Bool = false, paddingValue: Double = 0, paddingSide: PaddingSide = .right
) -> Variable {
  require(
    sequences.first?.rank ?? 0 > 0
      && sequences.allSatisfy { $0.shape.dropFirst().elementsEqual(sequences[0].shape.dropFirst()) }, "padSequence",
    "sequences \(sequences.map(\.shape)); expected at least one, [L, *] with equal *")
  let length = sequences.map { $0.shape[0] }.max()!
  let padded = sequences.map { sequence in
    let missing = length - sequence.shape[0]
    let width = paddingSide == .left ? (before: missing, after: 0) : (before: 0, after: missing)
    let rest = Array(repeating: (before: 0, after: 0), count: sequence.rank - 1)
    return sequence.padded([width] + rest, value: paddingValue)
  }
  return .stack(padded, axis: batchFirst ? 0 : 1)
}

/// Packs sequences [Lᵢ, *], each of one step at least; `enforceSorted` as for
/// ``packPaddedSequence(_:lengths:batchFirst:enforceSorted:)``.
public func packSequence(_ sequences: [Variable], enforceSorted: Bool = true) -> PackedSequence {
  packPaddedSequence(
    padSequence(sequences), lengths: sequences.map { $0.shape[0] }, enforceSorted: enforceSorted)
}

/// The sequences [Lᵢ, *] of a padded batch [L, N, *], or with `batchFirst` [N, L, *]: the opposite of
/// ``padSequence(_:batchFirst:paddingValue:paddingSide:)``.
public func unpadSequence(_ padded: Variable, lengths: [Int], batchFirst: Bool = false) -> [Variable] {
  require(
    padded.rank >= 2 && padded.shape[batchFirst ? 0 : 1] == lengths.count, "unpadSequence",
    "\(lengths.count) lengths for input \(padded.shape); expected one for each sequence of "
      + (batchFirst ? "[N, L, *]" : "[L, N, *]"))
  return zip(padded.unbound(axis: batchFirst ? 0 : 1), lengths).map { $0.narrowed(axis: 0, from: 0, count: $1) }
}

/// The sequences [Lᵢ, *] that were packed, in the order in which they were given.
public func unpackSequence(_ packed: PackedSequence) -> [Variable] {
  let (padded, lengths) = padPackedSequence(packed)
  return unpadSequence(padded, lengths: lengths)
}

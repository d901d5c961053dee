import Adjoint

/// A text as numbers, one for each character, split into the part to learn from and its end, which is held out.
public struct TextData: Sendable {
  /// Which number stands for which character.
  public let vocabulary: CharacterVocabulary
  /// The part to learn from, [N].
  public let training: Tensor
  /// The part held out, [N].
  public let validation: Tensor

  /// Reads a text file, or the bundled text, and holds out its last tenth.
  ///
  /// - Parameter atLeast: how many characters a part must have, the one to learn from and the one held out.
  /// - Throws: `DataError` for a file that can't be read, is no UTF-8, or is too short.
  public init(file: String? = nil, atLeast count: (training: Int, validation: Int)) throws {
    let file = file ?? BundledData.text
    let text = try TextFile.read(file)
    vocabulary = CharacterVocabulary(text)
    let codes = try vocabulary.encode(text, file: file)
    let heldOut = codes.elementCount / 10
    let least = max(count.validation * 10, (count.training * 10 + 8) / 9)
    guard heldOut >= count.validation, codes.elementCount - heldOut >= count.training else {
      throw DataError(file: file, field: "text", reason: "\(codes.elementCount) characters, expected at least \(least)")
    }
    training = codes[..<(codes.elementCount - heldOut)]
    validation = codes[(codes.elementCount - heldOut)...]
  }

  /// How well pairs of characters predict the part held out: the mark that a network has to beat.
  public var bigramLoss: Double {
    BigramTable(training, characters: vocabulary.count).crossEntropy(validation)
  }

  /// Where a text may begin: at a line's end, or with any character where there are no lines. [1].
  public var beginning: Tensor { Tensor([Int64(vocabulary.code(of: "\n") ?? 0)], dtype: .int64) }

  /// What is known of the text, in a line.
  public var summary: String {
    "\(training.elementCount) characters to learn from, \(validation.elementCount) held out; \(vocabulary.count) different"
  }
}

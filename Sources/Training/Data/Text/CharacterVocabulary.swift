import Tensors

/// The characters of a text, numbered in the order of their code points: what `sorted(set(text))` is in Python.
///
/// ```swift
/// let vocabulary = CharacterVocabulary(text)
/// let codes = try vocabulary.encode(text)        // [characters], int64
/// print(vocabulary.decode(codes) == text)        // true
/// ```
///
/// A character is a Unicode scalar, as in Python: the code of a text is the codes of its parts one after the other, and
/// decoding gives the same bytes back.
public struct CharacterVocabulary: Sendable, Equatable {
  /// The characters; the place of each is its code.
  public let characters: [Unicode.Scalar]

  private let codes: [Unicode.Scalar: Int64]

  /// The characters of a text. That of ``text`` is this vocabulary again.
  public init(_ text: String) {
    characters = Set(text.unicodeScalars).sorted()
    codes = Dictionary(uniqueKeysWithValues: zip(characters, 0...))
  }

  /// The number of characters.
  public var count: Int { characters.count }

  /// Every character once, in order: what is to be kept beside a model's weights.
  public var text: String { String(String.UnicodeScalarView(characters)) }

  /// The code of a character, or nil if it isn't in the vocabulary.
  public func code(of character: Unicode.Scalar) -> Int? { codes[character].map(Int.init) }

  /// The codes of a text, [characters], `.int64`.
  ///
  /// - Parameter file: What the error calls the text, such as its file.
  /// - Throws: ``DataError`` naming line and column (1 is the first of each) of the first character that isn't in the
  ///   vocabulary.
  public func encode(_ text: String, file: String = "text") throws -> Tensor {
    var result: [Int64] = []
    result.reserveCapacity(text.utf8.count)
    for character in text.unicodeScalars {
      guard let code = codes[character] else { throw unknown(character, after: result.count, text, file) }
      result.append(code)
    }
    return Tensor(result, dtype: .int64)
  }

  /// The text of these codes, in the order of memory, whatever the shape. A code outside of 0 ..< count stops the program.
  public func decode(_ codes: Tensor) -> String {
    require(
      !codes.dtype.isFloatingPoint && codes.dtype != .bool, "decode", "codes of dtype \(codes.dtype); expected integers"
    )
    return decode(codes.scalars(as: Int.self))
  }

  /// The text of these codes. A code outside of 0 ..< count stops the program.
  public func decode(_ codes: [Int]) -> String {
    var text = String.UnicodeScalarView()
    for code in codes {
      require(code >= 0 && code < count, "decode", "the code \(code); expected one of 0..<\(count)")
      text.append(characters[code])
    }
    return String(text)
  }

  private func unknown(_ character: Unicode.Scalar, after offset: Int, _ text: String, _ file: String) -> DataError {
    let before = text.unicodeScalars.prefix(offset)
    let line = before.count { $0 == "\n" } + 1
    let column = before.reversed().prefix { $0 != "\n" }.count + 1
    let number = String(character.value, radix: 16, uppercase: true)
    let padded = String(repeating: "0", count: max(0, 4 - number.count)) + number
    return DataError(
      file: file, field: "line \(line), column \(column)",
      reason:
        "found \(String(character).debugDescription) (U+\(padded)), expected one of the \(count) characters of the "
        + "vocabulary")
  }
}

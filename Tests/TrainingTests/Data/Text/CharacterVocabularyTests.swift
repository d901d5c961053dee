import TestSupport
import Tensors
import Testing

import Training

@Suite struct CharacterVocabularyTests {
  private let vocabulary = CharacterVocabulary("hello, wörld\n")

  @Test func numbersCharactersByCodePoint() throws {
    #expect(vocabulary.characters == ["\n", " ", ",", "d", "e", "h", "l", "o", "r", "w", "ö"])
    #expect(vocabulary.count == 11)
    #expect(vocabulary.code(of: "h") == 5)
    #expect(vocabulary.code(of: "x") == nil)
    #expect(try vocabulary.encode("hö\n") == Tensor([5, 10, 0]))
    #expect(try vocabulary.encode("") == Tensor([Int]()))
  }

  @Test func decodesWhatItEncodes() throws {
    let text = "world, hello\n"
    #expect(try vocabulary.decode(vocabulary.encode(text)) == text)
    #expect(vocabulary.decode([5, 4]) == "he")
    #expect(vocabulary.decode(Tensor([[5, 4], [6, 6]], dtype: .uint8)) == "hell")
    #expect(vocabulary.decode([]) == "")
  }

  /// Line ends of Windows and an accent apart from its letter: one `Character` of Swift's each, but two characters here.
  @Test func theCodeOfATextIsThatOfItsParts() throws {
    let (first, second) = ("a\r", "\ne\u{301}")
    let vocabulary = CharacterVocabulary(first + second)
    #expect(vocabulary.characters == ["\n", "\r", "a", "e", "\u{301}"])
    let parts = Tensor.concatenate([try vocabulary.encode(first), try vocabulary.encode(second)])
    #expect(try vocabulary.encode(first + second) == parts)
    #expect(Array(vocabulary.decode(parts).utf8) == Array((first + second).utf8))
  }

  @Test func itsTextMakesItAgain() {
    #expect(CharacterVocabulary(vocabulary.text) == vocabulary)
    #expect(CharacterVocabulary(vocabulary.text + "x") != vocabulary)
    #expect(CharacterVocabulary("").count == 0)
  }

  @Test func namesAnUnknownCharacterAndItsPlace() {
    #expect(
      dataError { try vocabulary.encode("hello\nwell, hé", file: "prompt") }?.description
        == "prompt: line 2, column 8: found \"é\" (U+00E9), expected one of the 11 characters of the vocabulary")
    #expect(dataError { try vocabulary.encode("x") }?.field == "line 1, column 1")
    #expect(
      dataError { try vocabulary.encode("h\n\n\t") }?.description.contains("line 3, column 1: found \"\\t\" (U+0009)")
        == true)
    #expect(dataError { try vocabulary.encode("😀") }?.reason.contains("U+1F600") == true)
  }

  @Test func refusesCodesThatAreNone() async {
    let code = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = CharacterVocabulary("ab").decode([0, 2])
    }
    expectMessage(code, "decode", "the code 2; expected one of 0..<2")
    let fractions = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = CharacterVocabulary("ab").decode(Tensor([0.5]))
    }
    expectMessage(fractions, "decode", "dtype float32; expected integers")
  }
}

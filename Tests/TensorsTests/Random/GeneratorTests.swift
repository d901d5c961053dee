import TestSupport
import Testing

import Tensors

@Suite struct GeneratorTests {
  /// The published vector of Philox 4x32-10 for counter 0 and key 0, then others of an independent implementation that
  /// gives the published ones: position, seed, two words.
  @Test(
    arguments: [
      (0, 0x0, 0xE169_C58D_6627_E8D5, 0x9B00_DBD8_BC57_AC4C),
      (2, 0x0, 0x5CB2_00DB_F8E4_CCA4, 0x097E_FF67_B1A5_74EB),
      (0, 0x1, 0xE50A_0EBC_E3E8_0670, 0xB615_AA27_95F2_22C0),
      (10, 0x2A, 0x4B20_B5D2_5099_D809, 0x0A65_3407_0D41_B5E2),
      (8_589_934_606, 0x299F_31D0_A409_3822, 0xBB20_4ED5_DD24_3B22, 0xBA2A_EFE5_FDAC_A4C9),
      (9_223_372_036_854_800_498, 0xFFFF_FFFF_FFFF_FFFF, 0x87FA_5D07_9F17_7673, 0x962C_779F_2A31_6E10),
    ] as [(UInt64, UInt64, UInt64, UInt64)])
  func knownAnswers(position: UInt64, seed: UInt64, first: UInt64, second: UInt64) {
    let generator = Generator(seed: seed)
    generator.state.position = position
    #expect(generator.next() == first && generator.next() == second)
  }

  @Test func wordsAreAFunctionOfTheirIndex() {
    let (together, apart) = (Generator(seed: 9).words(7), Generator(seed: 9))
    #expect((0..<7).map { together[$0] } == (0..<7).map { _ in apart.next() })
    #expect(apart.state.seed == 9 && apart.state.position == 7)
  }

  @Test func seedsGiveDifferentStreamsAndTheSameSeedTheSame() {
    let streams = (0..<50).map { seed in (0..<4).map { [words = Generator(seed: seed).words(4)] in words[$0] } }
    #expect(Set(streams).count == 50)
    #expect(Generator(seed: 3).words(1)[0] == Generator(seed: 3).next())
  }

  @Test func theStateCanBeSavedAndRestored() {
    let generator = Generator(seed: 5)
    _ = generator.words(3)
    let state = generator.state
    let expected = generator.next()
    generator.state = state
    #expect(generator.next() == expected)
  }

  @Test func splitsAreStreamsOfTheirOwn() {
    let (generator, same) = (Generator(seed: 5), Generator(seed: 5))
    let parts = generator.split(20) + [generator]
    let draws = parts.map { part in (0..<4).map { _ in part.next() } }
    #expect(Set(draws).count == 21)
    #expect(same.split().next() == draws[0][0] && same.state.position == 1)
  }

  @Test func unseededGeneratorsDiffer() {
    let seeds = (0..<4).map { _ in Generator().state.seed }
    #expect(Set(seeds).count == 4 && Generator().state.position == 0)
  }

  @Test func seedsAgain() {
    let generator = Generator(seed: 1)
    _ = generator.words(5)
    generator.manualSeed(9)
    #expect(generator.state == Generator(seed: 9).state)
  }

  /// Swift's own functions take it.
  @Test func servesTheStandardLibrary() {
    var generator = Generator(seed: 6)
    #expect((0..<20).shuffled(using: &generator).sorted() == Array(0..<20))
    #expect(generator.state.position > 0)
  }

  /// Distinct stretches of one stream, no word twice.
  @Test func threadsDrawDistinctWords() async {
    let generator = Generator(seed: 1)
    let words = await withTaskGroup(of: [UInt64].self) { group in
      for _ in 0..<8 { group.addTask { (0..<100).map { _ in generator.next() } } }
      return await group.reduce(into: [], +=)
    }
    #expect(Set(words).count == 800 && generator.state.position == 800)
  }

  @Test func integersStayBelowTheirBound() {
    let words = Generator(seed: 2).words(2000)
    #expect((0..<2000).allSatisfy { words.integer($0, below: 7) < 7 && words.integer($0, below: 1) == 0 })
  }
}

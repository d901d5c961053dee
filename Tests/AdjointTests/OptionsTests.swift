import ExampleSupport
import Testing

@Suite struct OptionsTests {
  private let known: [Options.Option] = [
    .init("--epochs", "N", "how often", default: "5"), .init("--data", "DIR", "where"),
    .init("--lr", "RATE", "how fast", default: "0.1"), .init(switch: "--again", "once more"),
  ]

  private func parse(_ arguments: String...) throws -> Options { try Options(known, arguments: arguments) }

  @Test func defaultsAndValues() throws {
    let options = try parse("--data", "here", "--lr=0.5")
    #expect(try options.integer("--epochs", in: 1...10) == 5)
    #expect(options.text("--data") == "here")
    #expect(try options.positive("--lr") == 0.5)
    #expect(try parse().text("--data") == nil)
  }

  @Test func switchesAreOnWhereTheyAreGiven() throws {
    #expect(try !parse().isOn("--again") && !parse("--epochs", "3").isOn("--again"))
    let options = try parse("--again", "--epochs", "3")
    #expect(options.isOn("--again"))
    #expect(try options.integer("--epochs", in: 1...10) == 3, "a switch takes no value")
  }

  private func message(_ body: () throws -> Void) -> String? {
    do { try body() } catch { return "\(error)" }
    return nil
  }

  @Test func everyMistakeIsOneLine() throws {
    #expect(message { _ = try parse("--epoch", "3") } == "unknown option --epoch; see --help")
    #expect(message { _ = try parse("stray") } == "unknown option stray; see --help")
    #expect(message { _ = try parse("--again=yes") } == "--again=yes: expected no value")
    #expect(message { _ = try parse("--data") } == "--data needs a value, DIR")
    #expect(
      message { _ = try parse("--epochs", "11").integer("--epochs", in: 1...10) }
        == "--epochs 11: expected a whole number, 1 to 10")
    #expect(
      message { _ = try parse("--epochs", "x").integer("--epochs", in: 0 ... .max) }
        == "--epochs x: expected a whole number, at least 0")
    for bad in ["0", "-1", "nan", "inf", "fast"] {
      #expect(message { _ = try parse("--lr", bad).positive("--lr") } == "--lr \(bad): expected a number above 0")
    }
  }

  @Test func helpListsEveryOption() {
    let help = Options.help("program", "Does it.", known)
    #expect(
      help == """
        Does it.

        swift run -c release program [OPTION …]

          --epochs N  how often (5)
          --data DIR  where
          --lr RATE   how fast (0.1)
          --again     once more
          --help      prints this
        """)
  }
}

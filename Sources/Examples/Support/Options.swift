import Adjoint
import Foundation

/// The command line of an example: a few named options with values, `--help`, and nothing else.
public struct Options {
  /// One option: `--epochs N`, or a switch without a value.
  public struct Option: Sendable {
    let name: String
    /// What stands for the value in the help; nil for a switch.
    let placeholder: String?
    let help: String
    let fallback: String?

    /// An option `--name PLACEHOLDER`; `fallback` is its value where it isn't given.
    public init(_ name: String, _ placeholder: String, _ help: String, default fallback: String? = nil) {
      (self.name, self.placeholder, self.help, self.fallback) = (name, placeholder, help, fallback)
    }

    /// A switch `--name`, off where it isn't given.
    public init(switch name: String, _ help: String) {
      (self.name, self.help, placeholder, fallback) = (name, help, nil, nil)
    }
  }

  /// What is wrong with a command line, in one line.
  public struct UsageError: Error, CustomStringConvertible, Equatable {
    /// The line.
    public let description: String
  }

  private let values: [String: String]

  /// Reads the arguments, the program's name not among them.
  ///
  /// - Throws: ``UsageError`` for an unknown option, one without its value, or a stray word.
  public init(_ options: [Option], arguments: [String]) throws {
    var values: [String: String] = [:]
    for option in options { values[option.name] = option.fallback }
    var rest = arguments[...]
    while let word = rest.popFirst() {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard let option = options.first(where: { $0.name == parts[0] }) else {
        throw UsageError(description: "unknown option \(word); see --help")
      }
      values[option.name] = try Self.value(of: option, parts.count > 1 ? parts[1] : nil, &rest)
    }
    self.values = values
  }

  private static func value(of option: Option, _ given: String?, _ rest: inout ArraySlice<String>) throws -> String {
    guard let placeholder = option.placeholder else {
      if let given { throw UsageError(description: "\(option.name)=\(given): expected no value") }
      return ""
    }
    guard let value = given ?? rest.popFirst() else {
      throw UsageError(description: "\(option.name) needs a value, \(placeholder)")
    }
    return value
  }

  /// Whether a switch is given.
  public func isOn(_ name: String) -> Bool { values[name] != nil }

  /// The text of an option, nil if it has neither a value nor a default.
  public func text(_ name: String) -> String? { values[name] }

  /// The value of an option that is a whole number in `range`.
  public func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int {
    let text = values[name] ?? ""
    guard let value = Int(text), range.contains(value) else {
      let limits =
        range.upperBound == .max ? "at least \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
      throw UsageError(description: "\(name) \(text): expected a whole number, \(limits)")
    }
    return value
  }

  /// The value of an option that is a positive number.
  public func positive(_ name: String) throws -> Double {
    let text = values[name] ?? ""
    guard let value = Double(text), value > 0, value.isFinite else {
      throw UsageError(description: "\(name) \(text): expected a number above 0")
    }
    return value
  }

  /// What `--help` prints.
  public static func help(_ program: String, _ summary: String, _ options: [Option]) -> String {
    let names = options.map { [$0.name, $0.placeholder].compactMap { $0 }.joined(separator: " ") } + ["--help"]
    let texts = options.map { $0.help + ($0.fallback.map { " (\($0))" } ?? "") } + ["prints this"]
    let width = names.map(\.count).max() ?? 0
    let lines = zip(names, texts).map { "  " + $0.padding(toLength: width, withPad: " ", startingAt: 0) + "  " + $1 }
    return "\(summary)\n\nswift run -c release \(program) [OPTION …]\n\n" + lines.joined(separator: "\n")
  }
}

/// What to type to go on with this run of an example: the same command with `--resume`.
public func resumeCommand(_ program: String) -> String {
  let arguments = CommandLine.arguments.dropFirst().filter { $0 != "--resume" }
  let words = arguments.map { $0.contains(" ") ? "'\($0)'" : $0 }
  return (["swift run -c release", program] + words + ["--resume"]).joined(separator: " ")
}

/// Runs an example: `--help` prints and ends; a bad option or path, or bad data, is one line on standard error and exit
/// code 2; a training that went wrong is one line and exit code 1.
public func runExample(
  _ program: String, _ summary: String, _ options: [Options.Option], _ body: (Options) throws -> Void
) -> Never {
  let arguments = Array(CommandLine.arguments.dropFirst())
  if arguments.contains("--help") || arguments.contains("-h") {
    print(Options.help(program, summary, options))
    exit(0)
  }
  do {
    try body(Options(options, arguments: arguments))
    exit(0)
  } catch {
    FileHandle.standardError.write(Data("\(program): \(error)\n".utf8))
    exit(error is DivergenceError ? 1 : 2)
  }
}

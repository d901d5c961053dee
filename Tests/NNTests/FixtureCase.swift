import Foundation
import TestSupport
import Testing

import NN
import Tensors

/// One recorded computation of a fixture file: its options, and its tensors without the case's name before theirs.
struct FixtureCase: Sendable, CustomTestStringConvertible {
  /// What the file's metadata says about a case, by kind of value.
  struct Options: Sendable {
    fileprivate(set) var texts: [String: String] = [:]
    fileprivate(set) var numbers: [String: Double] = [:]
    fileprivate(set) var lists: [String: [Double]] = [:]
    fileprivate(set) var rates: [String: Double] = [:]
    /// Names in a list, such as those of functions.
    fileprivate(set) var words: [String: [String]] = [:]
    /// The options of what the case is composed of.
    fileprivate(set) var members: [Options] = []
    fileprivate(set) var flags: [String: Bool] = [:]

    /// The keys of all options.
    var names: Set<String> {
      let own = Set(texts.keys).union(numbers.keys).union(flags.keys).union(lists.keys).union(words.keys)
      return members.reduce(own.union(rates.isEmpty ? [] : ["lr_of"])) { $0.union($1.names) }
    }

    /// A truth value; `default` where it is not given.
    func flag(_ key: String, default: Bool = false) -> Bool { flags[key] ?? `default` }
  }

  let name: String
  let options: Options
  let tensors: [String: Tensor]

  var testDescription: String { name }

  func tensor(_ key: String) throws -> Tensor { try #require(tensors[key], "\(name) has no \(key)") }

  /// All cases of `Tests/Fixtures/FILE.safetensors`, by name.
  static func all(_ file: String) throws -> [FixtureCase] {
    let contents = try Fixtures.load(file)
    let text = try #require(contents.metadata["cases"])
    let described = try JSONDecoder().decode([String: Options].self, from: Data(text.utf8))
    return described.sorted { $0.key < $1.key }.map { name, options in
      let own = contents.tensors.filter { $0.key.hasPrefix(name + ".") }
      let pairs = own.map { (String($0.key.dropFirst(name.count + 1)), $0.value) }
      return FixtureCase(name: name, options: options, tensors: Dictionary(uniqueKeysWithValues: pairs))
    }
  }
}

extension FixtureCase.Options: Decodable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    for key in values.allKeys {
      let name = key.stringValue
      if let flag = try? values.decode(Bool.self, forKey: key) {
        flags[name] = flag
      } else if let number = try? values.decode(Double.self, forKey: key) {
        numbers[name] = number
      } else if let text = try? values.decode(String.self, forKey: key) {
        texts[name] = text
      } else if let list = try? values.decode([Double].self, forKey: key) {
        lists[name] = list
      } else if let list = try? values.decode([String].self, forKey: key) {
        words[name] = list
      } else if let list = try? values.decode([Self].self, forKey: key) {
        members = list
      } else {
        rates = try values.decode([String: Double].self, forKey: key)
      }
    }
  }
}

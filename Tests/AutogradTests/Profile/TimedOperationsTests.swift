import Foundation
import Tensors
import Testing

import Autograd

/// What an operation computes stands in its own event.
@Suite struct TimedOperationsTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../Sources/Autograd/Operations").standardized

  @Test(arguments: Probe.all.map(\.name)) func probedOperationsAreEvents(_ name: String) throws {
    let probe = try #require(Probe.all.first { $0.name == name })
    let generator = Generator(seed: 1)
    let inputs = probe.inputs.map { Variable($0.sample(generator), requiresGrad: true) }
    let (output, profile) = profiled { probe.function(inputs) }
    // The operations of the graph are the ones that the profile has seen.
    var (stack, names, seen): ([Node], [String], Set<ObjectIdentifier>) = ([try #require(output.node)], [], [])
    while let node = stack.popLast() {
      guard !node.isLeaf, seen.insert(ObjectIdentifier(node)).inserted else { continue }
      names.append(node.operation)
      node.forEachParent { stack.append($0) }
    }
    let events = profile.events.filter { $0.depth == 0 }
    #expect(events.allSatisfy { $0.phase == .forward && $0.duration >= 0 && !$0.operation.isEmpty })
    #expect(Set(names).isSubset(of: events.map(\.operation)), "\(names) in \(events.map(\.operation))")
  }

  /// A value that is not computed within `record(…)` is computed in `timed { … }`. Operations that pullbacks run, whose names
  /// end in Gradient, are part of the pullback's time in any case.
  @Test func valuesComputedBeforehandAreTimed() throws {
    var checked = 0
    for file in try FileManager.default.contentsOfDirectory(at: Self.folder, includingPropertiesForKeys: nil) {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /record\(\s*"(\w+)",\s*(?:outputs:\s*)?(\w+)(?:\.\w+)?,/)
      where !match.1.hasSuffix("Gradient") {
        checked += 1
        let before = text[..<match.range.lowerBound].components(separatedBy: "func ").last ?? ""
        #expect(
          isTimed(String(match.2), in: before),
          "\(file.lastPathComponent): \(match.1)'s value \(match.2) is computed outside of timed { }")
      }
    }
    #expect(checked > 10)
  }

  /// Whether a name is bound by `let value = timed {`, `let (value, info) = timed {` or `let (a, value) = (b, timed {`, or is
  /// a list of parts of what such a name stands for. Names are identifiers, which need no escaping.
  private func isTimed(_ name: String, in code: String) -> Bool {
    let binding = try! Regex("let [^=]*\\b\(name)\\b[^=]*= [^\\n]*timed \\{")
    if code.contains(binding) { return true }
    let list = try! Regex("let \(name) = \\[(\\w+)\\.", as: (Substring, Substring).self)
    return code.firstMatch(of: list).map { isTimed(String($0.1), in: code) } ?? false
  }
}

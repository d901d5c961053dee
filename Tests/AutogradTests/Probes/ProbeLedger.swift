import Foundation
import Synchronization
import Tensors

import Autograd

/// Which checks have run on which probes.
final class ProbeLedger: Sendable {
  static let shared = ProbeLedger()
  private let probes = Mutex<[ProbeCheck: Set<String>]>([:])

  var entries: [ProbeCheck: Set<String>] { probes.withLock { $0 } }

  func record(_ check: ProbeCheck, _ probe: String) {
    probes.withLock { _ = $0[check, default: []].insert(probe) }
  }
}

/// The names that operations are recorded under: those in the sources, and those in the graphs of probes.
struct RecordedOperations {
  let inSources: Set<String>
  private let graphs: [String: Set<String>]

  init() throws {
    inSources = try namesInSources()
    graphs = Dictionary(uniqueKeysWithValues: Probe.all.map { ($0.name, namesInGraph(of: $0)) })
  }

  /// What the graphs of these probes, and of their gradients, consist of.
  func inGraphs(of probes: [Probe]) -> Set<String> {
    probes.reduce(into: []) { $0.formUnion(graphs[$1.name] ?? []) }
  }
}

private func namesInSources() throws -> Set<String> {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../../Sources/Autograd/Operations").standardized
  var names: Set<String> = []
  for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
    let text = try String(contentsOf: file, encoding: .utf8)
    for match in text.matches(of: /(?:record|extremum)\(\s*"(\w+)"/) { names.insert(String(match.1)) }
  }
  return names
}

private func namesInGraph(of probe: Probe) -> Set<String> {
  var names: Set<String> = []
  let x = probe.samples.map { Variable($0, requiresGrad: true) }
  let y = probe.function(x)
  collect(y.node, &names)
  let seed = Variable(y.value.onesLike(), requiresGrad: true)
  for gradient in grad(of: y, withRespectTo: x, gradient: seed, createGraph: true, allowUnused: true) {
    collect(gradient?.node, &names)
  }
  return names
}

private func collect(_ node: Node?, _ names: inout Set<String>) {
  var stack = node.map { [$0] } ?? []
  while let next = stack.popLast() {
    names.insert("\(next.name)")
    next.forEachParent { stack.append($0) }
  }
}

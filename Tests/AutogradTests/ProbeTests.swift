import Foundation
import Tensors
import TestSupport
import Testing

import Autograd

/// Runs every check on every operation's probes, and tells how many ran.
@Suite(ProbeSummary()) struct ProbeTests {
  @Test(.steadyKernels, arguments: ProbeCheck.allCases, Probe.all.map(\.name))
  func holds(_ check: ProbeCheck, of name: String) throws {
    let probe = try #require(Probe.all.first { $0.name == name })
    guard check.applies(to: probe) else { return }
    ProbeLedger.shared.record(check, name)
    try check.run(probe)
  }

  /// A probe that stands twice would be run once: the second by the first's name.
  @Test func namesAreUnique() {
    #expect(Set(Probe.all.map(\.name)).count == Probe.all.count)
    #expect(Set(references.keys).subtracting(Probe.all.map(\.name)) == [], "references without a probe")
  }
}

/// Tells after the suite how many probes got each check, and demands that each operation of the sources got each.
struct ProbeSummary: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await function()
    let ledger = ProbeLedger.shared.entries
    // Only another test of the suite was asked for.
    if ledger.isEmpty { return }
    let operations = try RecordedOperations()
    let counts = ProbeCheck.allCases.map { check in "\(check.rawValue) \(ledger[check]?.count ?? 0)" }
    print(
      "probes: \(operations.inSources.count) operations in \(Probe.all.count) probes; ran "
        + counts.joined(separator: ", "))
    #expect(operations.inSources.count > 25)
    for check in ProbeCheck.allCases {
      let covered = operations.inGraphs(of: Probe.all.filter { ledger[check]?.contains($0.name) == true })
      let expected =
        check == .shapes ? operations.inGraphs(of: Probe.all.filter(\.isElementwise)) : operations.inSources
      #expect(expected.subtracting(covered) == [], "operations without \(check.rawValue)")
    }
  }
}

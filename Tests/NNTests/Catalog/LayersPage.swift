import TestSupport

/// The documentation page that lists the catalog of layers and losses, and the recorded optimizers and schedules.
enum LayersPage {
  static func text() throws -> String {
    let recorded = [
      section("Optimizers", "torch.optim", try optimizers()),
      section("Schedules", "torch.optim.lr_scheduler", try counts("schedules", "scheduler")),
    ]
    return ([introduction] + CatalogEntry.families.map(section) + recorded).joined(separator: "\n")
  }

  private static var introduction: String {
    let count = RecordedCase.all.values.reduce(0) { $0 + $1.count }
    return """
      # Layers, losses, optimizers, schedules

      By PyTorch's name, and what the tests compare with PyTorch.

      ## Overview

      \(CatalogEntry.all.count) layers and losses, \(count) cases: outputs, gradients of inputs and parameters, and buffers
      after the call, with contiguous and strided inputs, against those that PyTorch computes in float64. "∂" marks those
      whose gradients are compared, "∂²" those whose first and second derivatives are confirmed by differences. A case of
      an optimizer is a trajectory of 50 steps, one of a schedule a sequence of more than 50 rates. The page is made by the
      tests (`ADJOINT_WRITE_PAGES=1 swift test --filter LayersPageTests`).

      """
  }

  private static func section(_ title: String, _ entries: [CatalogEntry]) -> String {
    let head = ["## \(title)", "", "| PyTorch | Adjoint | ∂ | ∂² | cases |", "|---|---|---|---|---|"]
    return (head + entries.map(row) + [""]).joined(separator: "\n")
  }

  private static func row(_ entry: CatalogEntry) -> String {
    let cases = RecordedCase.all[entry.name] ?? []
    let isDifferentiated = cases.contains { !$0.gradients.isEmpty || !$0.parameterGradients.isEmpty }
    let isChecked = cases.contains(where: \.isSmooth)
    let marks = [isDifferentiated ? "✓" : "", isChecked ? "✓" : "", "\(cases.count)"]
    return line(["`\(entry.torch)`", "`\(entry.adjoint)`"] + marks)
  }

  /// How many recorded cases each class has.
  private static func counts(_ file: String, _ key: String) throws -> [String: Int] {
    try FixtureCase.all(file).reduce(into: [:]) { counts, fixture in
      if let name = fixture.options.texts[key] { counts[name, default: 0] += 1 }
    }
  }

  /// Of L-BFGS, which steps by a function, the minimizations.
  private static func optimizers() throws -> [String: Int] {
    var counts = try counts("optimizers", "optimizer")
    counts["LBFGS"] = try FixtureCase.all("minimizers").count
    return counts
  }

  private static func section(_ title: String, _ module: String, _ counts: [String: Int]) -> String {
    let head = ["## \(title)", "", "| PyTorch | Adjoint | cases |", "|---|---|---|"]
    let rows = counts.sorted { $0.key < $1.key }.map { name, count in
      line([name == "Lion" ? "" : "`\(module).\(name)`", "`\(name)`", "\(count)"])
    }
    return (head + rows + [""]).joined(separator: "\n")
  }

  private static func line(_ cells: [String]) -> String {
    "| \(cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")) |"
  }
}

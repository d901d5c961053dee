import TestSupport

/// The documentation page that lists the catalog.
enum OperationsPage {
  static let text = ([introduction] + Operation.families.map(section)).joined(separator: "\n")

  private static var introduction: String {
    let count = RecordedCase.all.values.reduce(0) { $0 + $1.count }
    return """
      # Operations

      Every operation by PyTorch's name, and what the tests compare with PyTorch.

      ## Overview

      \(Operation.all.count) operations, \(count) cases: values, gradients and second derivatives of each, with contiguous
      and strided inputs, against those that PyTorch computes in float64. An operation is on `Tensor` and on `Variable`
      alike; "∂" marks those whose gradients, "∂²" those whose second derivatives are compared. The page is made by the
      tests (`ADJOINT_WRITE_PAGES=1 swift test --filter OperationsPageTests`).

      """
  }

  private static func section(_ title: String, _ operations: [Operation]) -> String {
    let head = ["## \(title)", "", "| PyTorch | Adjoint | ∂ | ∂² | cases |", "|---|---|---|---|---|"]
    return (head + operations.map(row) + [""]).joined(separator: "\n")
  }

  private static func row(_ operation: Operation) -> String {
    let cases = RecordedCase.all[operation.name] ?? []
    let (first, second) = (cases.contains { !$0.gradients.isEmpty }, cases.contains { !$0.seconds.isEmpty })
    let cells = [
      "`\(operation.torch)`", "`\(operation.adjoint)`", first ? "✓" : "", second ? "✓" : "", "\(cases.count)",
    ]
    return "| \(cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ")) |"
  }
}

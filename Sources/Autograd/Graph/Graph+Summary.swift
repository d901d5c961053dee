import Tensors

extension Graph {
  /// What a graph consists of, in numbers. Of a folded graph they are those of the graph it was folded from.
  public struct Summary: Sendable, Equatable {
    /// The operations of one name.
    public struct Row: Sendable, Equatable {
      /// The operation's name.
      public let operation: String
      /// How often it was recorded.
      public fileprivate(set) var count = 0
      /// Its results' types and shapes, such as `float32[64, 10]`, each once with the number of results, in order of
      /// appearance.
      public fileprivate(set) var results: [(type: String, count: Int)] = []

      /// Whether all is equal.
      public static func == (a: Row, b: Row) -> Bool {
        a.operation == b.operation && a.count == b.count && a.results.elementsEqual(b.results, by: ==)
      }
    }

    /// The operations, the most frequent first, then in order of appearance.
    public fileprivate(set) var operations: [Row] = []
    /// The number of nodes.
    public fileprivate(set) var nodeCount = 0
    /// The number of operations; one of several outputs counts once.
    public fileprivate(set) var operationCount = 0
    /// The number of leaves, with or without names.
    public fileprivate(set) var leafCount = 0
    /// The number of elements of all leaves.
    public fileprivate(set) var leafElementCount = 0
    /// The number of leaves with names.
    public fileprivate(set) var parameterCount = 0
    /// The number of elements of the leaves with names.
    public fileprivate(set) var parameterElementCount = 0
    /// The number of operations on the longest path from a leaf to an output.
    public fileprivate(set) var depth = 0
    /// The bytes of all operations' results, by their shapes. The graph keeps fewer alive: what the pullbacks have
    /// saved.
    public fileprivate(set) var resultBytes = 0
  }

  /// Counts of nodes, operations, parameters and bytes. Printed, it is a table.
  /// - Complexity: O(nodes).
  public var summary: Summary {
    var (summary, places) = (Summary(), Summary.Places())
    summary.depth = depth
    for node in nodes {
      summary.nodeCount += node.repeats
      if node.isLeaf { summary.count(leaf: node) } else { summary.count(result: node, &places) }
    }
    // Sorting by the place too makes it stable.
    summary.operations = summary.operations.enumerated()
      .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }.map(\.element)
    return summary
  }
}

extension Graph.Summary {
  fileprivate mutating func count(leaf: Graph.Node) {
    let elements = saturated((leaf.shape?.elementCount ?? 0).multipliedReportingOverflow(by: leaf.repeats))
    leafCount += leaf.repeats
    leafElementCount = saturated(leafElementCount.addingReportingOverflow(elements))
    guard leaf.isParameter else { return }
    parameterCount += leaf.repeats
    parameterElementCount = saturated(parameterElementCount.addingReportingOverflow(elements))
  }

  fileprivate mutating func count(result node: Graph.Node, _ places: inout Places) {
    let place = places.operations[node.operation] ?? operations.count
    if place == operations.count {
      places.operations[node.operation] = place
      operations.append(Row(operation: node.operation))
    }
    if node.outputIndex == nil {
      operations[place].count += node.repeats
      operationCount += node.repeats
    }
    guard let shape = node.shape, let dtype = node.dtype else { return }
    operations[place].add("\(dtype)\(shape)", node.repeats, &places.results)
    let bytes = Shape.byteCount([node.repeats] + shape, elementSize: dtype.size) ?? .max
    resultBytes = saturated(resultBytes.addingReportingOverflow(bytes))
  }

  private func saturated(_ result: (partialValue: Int, overflow: Bool)) -> Int {
    result.overflow ? .max : result.partialValue
  }
}

extension Graph.Summary {
  /// Where operations, and results of a type, stand in the table.
  fileprivate struct Places {
    var operations: [String: Int] = [:]
    var results: [[String]: Int] = [:]
  }
}

extension Graph.Summary.Row {
  fileprivate mutating func add(_ type: String, _ repeats: Int, _ places: inout [[String]: Int]) {
    let place = places[[operation, type]] ?? results.count
    if place == results.count {
      places[[operation, type]] = place
      results.append((type, 0))
    }
    results[place].count += repeats
  }
}

extension Graph.Summary: CustomStringConvertible {
  /// The table: a row an operation with its results, then the totals.
  public var description: String {
    let rows = [("operation", "count", "results")] + operations.map { ($0.operation, grouped($0.count), $0.shapes) }
    let (first, second) = (rows.map(\.0.count).max() ?? 0, rows.map(\.1.count).max() ?? 0)
    let table = rows.map { row in
      row.0 + spaces(first - row.0.count + 2 + second - row.1.count) + row.1 + "  " + row.2 + "\n"
    }
    return table.joined() + totals
  }

  private var totals: String {
    let others = (count: leafCount - parameterCount, elements: leafElementCount - parameterElementCount)
    return """
      nodes         \(grouped(nodeCount)): \(grouped(operationCount)) operations, \(grouped(leafCount)) leaves
      parameters    \(grouped(parameterCount)) of \(grouped(parameterElementCount)) elements
      other leaves  \(grouped(others.count)) of \(grouped(others.elements)) elements
      longest path  \(grouped(depth)) operations
      results       \(grouped(resultBytes)) bytes

      """
  }
}

extension Graph.Summary.Row {
  /// The first few results' shapes.
  fileprivate var shapes: String {
    let shown = results.prefix(4).map { $0.count == 1 ? $0.type : "\($0.type) × \(grouped($0.count))" }
    let rest = results.count - shown.count
    return (shown + (rest > 0 ? ["\(grouped(rest)) more"] : [])).joined(separator: ", ")
  }
}

private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

/// `1,234,567`.
func grouped(_ number: Int) -> String {
  let digits = String(number)
  let marks = digits.enumerated().map { i, digit in
    i > 0 && (digits.count - i) % 3 == 0 ? ",\(digit)" : "\(digit)"
  }
  return marks.joined()
}

import Tensors

extension Graph {
  /// The graph with every repeated piece once: a loop's body, a stack of equal layers.
  ///
  /// The rule: where consecutive operations, in the order of ``nodes``, come as copies of the same sequence of at most
  /// 256, at least `atLeast` times in a row, the first copy stands for all. Operations are copies if they have the same
  /// name, shape, type and number of inputs, and each input is
  ///
  /// - in both the operation at the same distance, so that a copy may use what the one before has made, the first copy
  ///   anything else in its place; or
  /// - in both the same node; or
  /// - in both a copy of one node folded before; or
  /// - in both a leaf of one shape and type, with a name or without: all copies may share it, or each have its own, as
  ///   layers their weights. Two inputs that are one leaf in a copy are one leaf in all.
  ///
  /// Of several such sequences at one place the one that covers most operations counts. A node that stands for several
  /// has ``Node/repeats`` and the names of the first and the last, its inputs from the copy before are its
  /// ``Node/carried``, and inputs in a row that are copies of one node are one. The query, key and value of an
  /// attention stay apart by the default of 4. ``summary`` and ``depth`` are those of the whole graph. A folded graph
  /// is not folded again.
  ///
  /// - Complexity: O(nodes + edges), times 256 for what does not repeat.
  public func folded(atLeast minimum: Int = 4) -> Graph {
    require(minimum > 1, "folded", "atLeast \(minimum); expected 2 or more repetitions")
    if isFolded { return self }
    let folding = GraphFolding(self, atLeast: minimum)
    return folding.runs.isEmpty ? self : GraphGroups(self, folding).graph(depth: depth)
  }
}

/// Recorded nodes put together, and the graph of the groups.
private struct GraphGroups {
  private let nodes: [Graph.Node]
  private let folding: GraphFolding
  /// For each node the first of its group.
  private var first: [Int]
  /// For each operation the run it is in; −1 for none.
  private var runs: [Int]

  init(_ graph: Graph, _ folding: GraphFolding) {
    (nodes, self.folding) = (graph.nodes, folding)
    first = Array(nodes.indices)
    runs = Array(repeating: -1, count: folding.operations.count)
    for (place, node) in folding.operations.enumerated() {
      first[node.id] = folding.operations[folding.originals[place]].id
    }
    for (number, run) in folding.runs.enumerated() {
      for place in run.start..<run.end {
        runs[place] = number
        uniteLeaves(folding.operations[place], folding.operations[folding.originals[place]])
      }
    }
    for id in first.indices { first[id] = root(id) }
  }

  /// Leaves in the same place of two copies are in one group.
  private mutating func uniteLeaves(_ copy: Graph.Node, _ original: Graph.Node) {
    for (a, b) in zip(copy.parents, original.parents) where nodes[a].isLeaf {
      let (a, b) = (root(a), root(b))
      first[max(a, b)] = min(a, b)
    }
  }

  /// Follows `first` to its end, shortening the way by half.
  private mutating func root(_ id: Int) -> Int {
    var id = id
    while first[id] != id {
      first[id] = first[first[id]]
      id = first[id]
    }
    return id
  }

  /// The groups in the order of their first nodes: those come after the first nodes of their inputs.
  func graph(depth: Int) -> Graph {
    var members = Array(repeating: [Int](), count: nodes.count)
    for id in nodes.indices { members[first[id]].append(id) }
    let groups = members.filter { !$0.isEmpty }
    var numbers = Array(repeating: -1, count: nodes.count)
    for (number, group) in groups.enumerated() { numbers[group[0]] = number }
    var seen = Array(repeating: -1, count: nodes.count)
    var slot = 0
    let folded = groups.enumerated().map { number, group in
      let (parents, carried) = inputs(of: group, &seen, &slot)
      return node(number, group, parents.map { numbers[$0] }, carried.map { numbers[$0] })
    }
    return Graph(folded, depth: depth, isFolded: true)
  }

  /// The groups that a group's inputs are in, input by input, apart from those of an earlier copy.
  private func inputs(of group: [Int], _ seen: inout [Int], _ slot: inout Int) -> (parents: [Int], carried: [Int]) {
    var (parents, carried): ([Int], [Int]) = ([], [])
    for input in nodes[group[0]].parents.indices {
      slot += 1
      for id in group where !continuesRow(id, input) {
        let parent = nodes[id].parents[input]
        if seen[first[parent]] == slot { continue }
        seen[first[parent]] = slot
        if isCarried(parent, to: id) { carried.append(first[parent]) } else { parents.append(first[parent]) }
      }
    }
    return (parents, carried)
  }

  /// Whether an input is another copy of the node that the input before it is a copy of.
  private func continuesRow(_ id: Int, _ input: Int) -> Bool {
    guard input > 0 else { return false }
    let (a, b) = (nodes[id].parents[input - 1], nodes[id].parents[input])
    return a != b && first[a] == first[b] && isCarried(a, to: id) == isCarried(b, to: id)
  }

  /// Whether an input comes from an earlier copy of the run.
  private func isCarried(_ parent: Int, to id: Int) -> Bool {
    let (a, b) = (folding.places[parent], folding.places[id])
    guard a >= 0, runs[a] >= 0, runs[a] == runs[b] else { return false }
    let run = folding.runs[runs[a]]
    return (a - run.start) / run.period < (b - run.start) / run.period
  }

  private func node(_ id: Int, _ group: [Int], _ parents: [Int], _ carried: [Int]) -> Graph.Node {
    let original = nodes[group[0]]
    let names = group.lazy.compactMap { nodes[$0].name }
    let name = names.first.map { $0 == names.last! ? $0 : "\($0) … \(names.last!)" }
    return Graph.Node(
      id: id, operation: original.operation, name: name, shape: original.shape, dtype: original.dtype,
      isLeaf: original.isLeaf, isOutput: group.contains { nodes[$0].isOutput }, isReleased: original.isReleased,
      outputIndex: original.outputIndex, parents: parents, carried: carried, repeats: group.count)
  }
}

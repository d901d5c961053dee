import Tensors

/// The recorded graph that variables came from, as it was when this was made: plain values, which keep no node and no
/// tensor alive.
///
/// ```swift
/// let graph = loss.graph(names: model.namedParameters())
/// print(graph)                              // a table of operations, then every node with its inputs and consumers
/// try graph.write(to: "graph.svg")          // a picture
/// ```
///
/// Only what gradients flow along is in it: leaves that require gradients, the operations recorded on them, and an edge
/// for every input that requires a gradient. Constants, and operations on constants alone, are not. A sweep without
/// `retainGraph` frees the edges behind it; a node that it has passed is marked ``Node/isReleased`` and has no parents.
///
/// An operation of several outputs is one node without a shape, and one node more for each output that was used, whose
/// only parent it is.
public struct Graph: Sendable, Equatable {
  /// A leaf, an operation, or one output of an operation of several.
  public struct Node: Sendable, Equatable, Identifiable {
    /// The node's place in ``Graph/nodes``.
    public let id: Int
    /// The operation's name; `leaf` for a leaf.
    public let operation: String
    /// The name it was given, `first … last` if it stands for several of different names.
    public let name: String?
    /// The shape of the result; nil for an operation of several outputs.
    public let shape: Shape?
    /// The type of the result's elements; nil for an operation of several outputs.
    public let dtype: DType?
    /// Whether this is a variable that the user made.
    public let isLeaf: Bool
    /// Whether this is one of the variables whose graph it is.
    public let isOutput: Bool
    /// Whether a sweep has used up this node and freed its edges.
    public let isReleased: Bool
    /// Which of its parent's several outputs this is; nil for everything else.
    public let outputIndex: Int?
    /// The inputs that require gradients, in the order of the operation's inputs; `x * x` names x twice.
    public let parents: [Int]
    /// Nodes of the previous repetition that are inputs of this one; empty unless the graph is
    /// ``Graph/folded(atLeast:)``.
    public let carried: [Int]
    /// How many recorded nodes this stands for: 1 unless the graph is ``Graph/folded(atLeast:)``.
    public let repeats: Int
    /// The nodes that have this one among their ``parents``, each once, in order.
    public internal(set) var consumers: [Int] = []

    /// Whether this is a leaf with a name.
    public var isParameter: Bool { isLeaf && name != nil }
  }

  /// All nodes in topological order, inputs before consumers: the order in which a depth-first search from the outputs
  /// leaves them, which goes to an operation's deepest input first, among equals to the first. A leaf stands right
  /// before the first operation that uses it. So what a loop has recorded comes pass by pass.
  public let nodes: [Node]
  /// The number of operations on the longest path from a leaf to an output.
  public let depth: Int
  let isFolded: Bool

  /// A graph of these nodes, with the consumers filled in.
  init(_ nodes: [Node], depth: Int? = nil, isFolded: Bool = false) {
    var nodes = nodes
    for id in nodes.indices {
      for parent in nodes[id].parents where nodes[parent].consumers.last != id { nodes[parent].consumers.append(id) }
    }
    (self.nodes, self.isFolded) = (nodes, isFolded)
    self.depth = depth ?? Graph.depth(of: nodes)
  }

  private static func depth(of nodes: [Node]) -> Int {
    var depths: [Int] = []
    depths.reserveCapacity(nodes.count)
    for node in nodes {
      let above = node.parents.reduce(0) { max($0, depths[$1]) }
      depths.append(node.isLeaf || node.outputIndex != nil ? above : above + 1)
    }
    return depths.max() ?? 0
  }
}

/// Looking things up.
extension Graph {
  /// The leaves, in order.
  public var leaves: [Node] { nodes.filter(\.isLeaf) }
  /// The leaves that have names, in order.
  public var parameters: [Node] { nodes.filter(\.isParameter) }
  /// The nodes of the variables whose graph it is, in order.
  public var outputs: [Node] { nodes.filter(\.isOutput) }

  /// The first node of this name.
  public func node(named name: String) -> Node? { nodes.first { $0.name == name } }

  /// A node's inputs that require gradients, in the order of the operation's inputs.
  public func parents(of node: Node) -> [Node] { node.parents.map { nodes[$0] } }

  /// The nodes that have this one among their inputs, each once.
  public func consumers(of node: Node) -> [Node] { node.consumers.map { nodes[$0] } }
}

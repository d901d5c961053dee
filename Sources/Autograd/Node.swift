import Tensors

/// One recorded operation, or a leaf: a variable made by the user that requires a gradient.
///
/// Subclasses differ in the number of inputs and in what their pullbacks need. They hold the nodes of the inputs, never
/// variables: a variable that nobody holds any more is freed, and what the pullbacks captured is exactly what the graph keeps
/// in memory. The state of a sweep lives here too, because dictionaries beside the graph would double its cost.
package class Node {
  package final let name: StaticString
  package final let shape: Shape
  package final let dtype: DType
  package final let isLeaf: Bool

  // Accesses to the properties below, and to those of subclasses, are not checked for overlap at run time: they are single
  // reads and writes, which never run code of the user's, and the checks would take a fifth of an operation's time.

  /// Whether a sweep has used up and freed the pullbacks.
  @exclusivity(unchecked) package final private(set) var isReleased = false

  /// What few nodes have: hooks, a gradient kept on demand.
  @exclusivity(unchecked) package final var extras: NodeExtras?

  // A sweep's working state.
  @exclusivity(unchecked) final var sweep: UInt64 = 0
  @exclusivity(unchecked) final var pending = 0
  @exclusivity(unchecked) final var isNeeded = false
  @exclusivity(unchecked) final var gradient: Variable?
  @exclusivity(unchecked) final var ownsGradient = false

  /// A leaf's accumulated gradient, or one that was asked to be kept.
  @exclusivity(unchecked) package final var grad: Variable?

  init(_ name: StaticString, _ shape: Shape, _ dtype: DType, isLeaf: Bool = false) {
    self.name = name
    self.shape = shape
    self.dtype = dtype
    self.isLeaf = isLeaf
  }

  /// The node of a variable that the user makes.
  static func leaf(_ shape: Shape, _ dtype: DType) -> Node { Node("leaf", shape, dtype, isLeaf: true) }

  /// The operation's name, as the user knows it.
  package final var operation: String { extras?.operation ?? "\(name)" }

  /// Calls `body` with the node of each input that requires a gradient, in order; one that is used twice comes twice.
  package func forEachParent(_ body: (Node) -> Void) {}

  /// Puts other nodes in the place of the parents.
  func redirect(_ replacement: (Node) -> Node) {}

  /// Delivers to each parent that the sweep needs what its pullback makes of the gradient, nil of nil. In a sweep that does
  /// not retain the graph, each pullback is freed once it has been called.
  func propagate(_ gradient: Variable?, in sweep: inout Sweep) {}

  /// What has arrived for several outputs, moved out for a sweep inside another; and back.
  func takeArrived() -> [Variable?] { [] }
  func restoreArrived(_ arrived: [Variable?]) {}

  /// Gives up parents and pullbacks. The node itself stays, to explain a second backward.
  func release() { isReleased = true }
}

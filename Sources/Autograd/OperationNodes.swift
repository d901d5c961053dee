import Tensors

/// From an operation's output gradient to one input's gradient.
package typealias Pullback = (Variable) -> Variable

/// One of many inputs.
typealias Link = (parent: Node, pullback: Pullback?)

/// An operation with one input that requires a gradient.
final class UnaryNode: Node {
  @exclusivity(unchecked) private var parent: Node?
  @exclusivity(unchecked) private var pullback: Pullback?

  @inline(__always)
  init(_ name: StaticString, _ value: Tensor, _ parent: Node, _ pullback: @escaping Pullback) {
    (self.parent, self.pullback) = (parent, pullback)
    super.init(name, value.shape, value.dtype)
  }

  override func forEachParent(_ body: (Node) -> Void) {
    if let parent { body(parent) }
  }

  override func redirect(_ replacement: (Node) -> Node) { parent = parent.map(replacement) }

  override func propagate(_ gradient: Variable?, in sweep: inout Sweep) {
    sweep.follow(sweep.claim(&parent), sweep.claim(&pullback), gradient, from: self)
  }

  override func release() {
    super.release()
    (parent, pullback) = (nil, nil)
  }

  deinit {
    if parent != nil { retire(.one(parent.take()!, pullback.take())) }
  }
}

/// An operation with one input whose pullback needs the output: it gets it from here, since a closure that captured it would
/// hold the node that holds the closure.
final class OutputNode: Node {
  @exclusivity(unchecked) private var parent: Node?
  @exclusivity(unchecked) private var pullback: ((Variable, Variable) -> Variable)?
  @exclusivity(unchecked) private var value: Tensor?

  @inline(__always)
  init(
    _ name: StaticString, _ value: Tensor, _ parent: Node, _ pullback: @escaping (Variable, Variable) -> Variable
  ) {
    (self.parent, self.pullback, self.value) = (parent, pullback, value)
    super.init(name, value.shape, value.dtype)
  }

  override func forEachParent(_ body: (Node) -> Void) {
    if let parent { body(parent) }
  }

  override func redirect(_ replacement: (Node) -> Node) { parent = parent.map(replacement) }

  override func propagate(_ gradient: Variable?, in sweep: inout Sweep) {
    guard let parent, let pullback, let value, sweep.isNeeded(parent) else { return }
    sweep.deliver(gradient.map { pullback($0, Variable(value, node: self)) }, to: parent, from: self)
  }

  override func release() {
    super.release()
    (parent, pullback, value) = (nil, nil, nil)
  }

  deinit {
    if parent != nil { retire(.output(parent.take()!, pullback.take())) }
  }
}

/// An operation with two inputs that require gradients.
final class BinaryNode: Node {
  @exclusivity(unchecked) private var first: Node?
  @exclusivity(unchecked) private var second: Node?
  @exclusivity(unchecked) private var firstPullback: Pullback?
  @exclusivity(unchecked) private var secondPullback: Pullback?

  @inline(__always)
  init(
    _ name: StaticString, _ value: Tensor, _ first: Node, _ firstPullback: @escaping Pullback, _ second: Node,
    _ secondPullback: @escaping Pullback
  ) {
    (self.first, self.second) = (first, second)
    (self.firstPullback, self.secondPullback) = (firstPullback, secondPullback)
    super.init(name, value.shape, value.dtype)
  }

  override func forEachParent(_ body: (Node) -> Void) {
    if let first { body(first) }
    if let second { body(second) }
  }

  override func redirect(_ replacement: (Node) -> Node) {
    (first, second) = (first.map(replacement), second.map(replacement))
  }

  override func propagate(_ gradient: Variable?, in sweep: inout Sweep) {
    sweep.follow(sweep.claim(&first), sweep.claim(&firstPullback), gradient, from: self)
    sweep.follow(sweep.claim(&second), sweep.claim(&secondPullback), gradient, from: self)
  }

  override func release() {
    super.release()
    (first, second, firstPullback, secondPullback) = (nil, nil, nil, nil)
  }

  deinit {
    if first != nil { retire(.one(first.take()!, firstPullback.take())) }
    if second != nil { retire(.one(second.take()!, secondPullback.take())) }
  }
}

/// An operation with any number of inputs that require gradients.
final class ManyNode: Node {
  @exclusivity(unchecked) private var links: [Link]

  init(_ name: StaticString, _ value: Tensor, _ links: [Link]) {
    self.links = links
    super.init(name, value.shape, value.dtype)
  }

  override func forEachParent(_ body: (Node) -> Void) {
    for link in links { body(link.parent) }
  }

  override func redirect(_ replacement: (Node) -> Node) {
    links = links.map { Link(replacement($0.parent), $0.pullback) }
  }

  override func propagate(_ gradient: Variable?, in sweep: inout Sweep) {
    for i in links.indices {
      sweep.follow(links[i].parent, sweep.claim(&links[i].pullback), gradient, from: self)
    }
  }

  override func release() {
    super.release()
    links = []
  }

  deinit {
    if !links.isEmpty { retire(.many(takeLinks())) }
  }

  private func takeLinks() -> [Link] {
    var taken: [Link] = []
    swap(&taken, &links)
    return taken
  }
}

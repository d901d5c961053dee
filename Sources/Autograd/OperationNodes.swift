import Tensors

/// From an operation's output gradient to one input's gradient.
package typealias Pullback = (Variable) -> Variable

/// The way back to one input: its node, and the pullback that leads there.
struct Link {
  let parent: Node
  let pullback: Pullback

  func redirected(_ replacement: (Node) -> Node) -> Link { Link(parent: replacement(parent), pullback: pullback) }
}

/// An operation with one input that requires a gradient.
final class UnaryNode: Node {
  @exclusivity(unchecked) private var link: Link?

  @inline(__always)
  init(_ name: StaticString, _ value: Tensor, _ parent: Node, _ pullback: @escaping Pullback) {
    link = Link(parent: parent, pullback: pullback)
    super.init(name, value.shape, value.dtype)
  }

  override func forEachParent(_ body: (Node) -> Void) {
    if let parent = link?.parent { body(parent) }
  }

  override func redirect(_ replacement: (Node) -> Node) { link = link?.redirected(replacement) }

  override func propagate(_ gradient: Variable?, in sweep: inout Sweep) {
    sweep.follow(sweep.claim(&link), gradient, from: self)
  }

  override func release() {
    super.release()
    link = nil
  }

  deinit {
    if link != nil { retire(.one(link.take()!)) }
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
  @exclusivity(unchecked) private var first: Link?
  @exclusivity(unchecked) private var second: Link?

  @inline(__always)
  init(
    _ name: StaticString, _ value: Tensor, _ first: Node, _ firstPullback: @escaping Pullback, _ second: Node,
    _ secondPullback: @escaping Pullback
  ) {
    self.first = Link(parent: first, pullback: firstPullback)
    self.second = Link(parent: second, pullback: secondPullback)
    super.init(name, value.shape, value.dtype)
  }

  override func forEachParent(_ body: (Node) -> Void) {
    if let parent = first?.parent { body(parent) }
    if let parent = second?.parent { body(parent) }
  }

  override func redirect(_ replacement: (Node) -> Node) {
    (first, second) = (first?.redirected(replacement), second?.redirected(replacement))
  }

  override func propagate(_ gradient: Variable?, in sweep: inout Sweep) {
    sweep.follow(sweep.claim(&first), gradient, from: self)
    sweep.follow(sweep.claim(&second), gradient, from: self)
  }

  override func release() {
    super.release()
    (first, second) = (nil, nil)
  }

  deinit {
    if first != nil { retire(.one(first.take()!)) }
    if second != nil { retire(.one(second.take()!)) }
  }
}

/// An operation with three inputs, of which some may require no gradient.
final class TernaryNode: Node {
  @exclusivity(unchecked) private var first: Link?
  @exclusivity(unchecked) private var second: Link?
  @exclusivity(unchecked) private var third: Link?

  init(_ name: StaticString, _ value: Tensor, _ first: Link?, _ second: Link?, _ third: Link?) {
    (self.first, self.second, self.third) = (first, second, third)
    super.init(name, value.shape, value.dtype)
  }

  override func forEachParent(_ body: (Node) -> Void) {
    if let parent = first?.parent { body(parent) }
    if let parent = second?.parent { body(parent) }
    if let parent = third?.parent { body(parent) }
  }

  override func redirect(_ replacement: (Node) -> Node) {
    (first, second) = (first?.redirected(replacement), second?.redirected(replacement))
    third = third?.redirected(replacement)
  }

  override func propagate(_ gradient: Variable?, in sweep: inout Sweep) {
    sweep.follow(sweep.claim(&first), gradient, from: self)
    sweep.follow(sweep.claim(&second), gradient, from: self)
    sweep.follow(sweep.claim(&third), gradient, from: self)
  }

  override func release() {
    super.release()
    (first, second, third) = (nil, nil, nil)
  }

  deinit {
    if first != nil { retire(.one(first.take()!)) }
    if second != nil { retire(.one(second.take()!)) }
    if third != nil { retire(.one(third.take()!)) }
  }
}

/// An operation with any number of inputs that require gradients.
final class ManyNode: Node {
  @exclusivity(unchecked) private var links: [Link?]

  init(_ name: StaticString, _ value: Tensor, _ links: [Link?]) {
    self.links = links
    super.init(name, value.shape, value.dtype)
  }

  override func forEachParent(_ body: (Node) -> Void) {
    for case let link? in links { body(link.parent) }
  }

  override func redirect(_ replacement: (Node) -> Node) { links = links.map { $0?.redirected(replacement) } }

  override func propagate(_ gradient: Variable?, in sweep: inout Sweep) {
    for i in links.indices { sweep.follow(sweep.claim(&links[i]), gradient, from: self) }
  }

  override func release() {
    super.release()
    links = []
  }

  deinit {
    if !links.isEmpty { retire(.many(takeLinks())) }
  }

  private func takeLinks() -> [Link?] {
    var taken: [Link?] = []
    swap(&taken, &links)
    return taken
  }
}

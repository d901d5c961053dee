import CKernels
import Tensors

/// Watches the operations of one thread, forward and backward, from ``observed(by:_:)``. Where nobody watches, an operation
/// pays for one read of a thread's variable.
package protocol Observer: AnyObject {
  /// Work begins that belongs to the operation that starts next.
  func operationPrepares()
  /// An operation starts to compute its value.
  func operationStarts()
  /// An operation has its outputs, recorded or not.
  func operationEnds(_ name: String, inputs: [Variable?], outputs: [Variable])
  /// A sweep is about to call the pullbacks of a node with its whole gradient.
  func pullbackStarts(_ node: Node, gradient: Variable)
  /// A pullback has made a gradient for one of the node's inputs.
  func pullbackDelivers(_ part: Variable, to parent: Node, from node: Node)
  /// The pullbacks of a node are done.
  func pullbackEnds(_ node: Node)
}

/// An observer need not look at everything.
extension Observer {
  package func operationPrepares() {}
  package func operationStarts() {}
  package func operationEnds(_ name: String, inputs: [Variable?], outputs: [Variable]) {}
  package func pullbackStarts(_ node: Node, gradient: Variable) {}
  package func pullbackDelivers(_ part: Variable, to parent: Node, from node: Node) {}
  package func pullbackEnds(_ node: Node) {}
}

/// The observers of a thread, the innermost first.
package final class Observers {
  private let observer: any Observer
  private let outer: Observers?

  fileprivate init(_ observer: any Observer, outer: Observers?) { (self.observer, self.outer) = (observer, outer) }

  /// Those of this thread; nil where nobody watches.
  @inline(__always)
  package static var current: Observers? {
    guard let pointer = adj_observer() else { return nil }
    return Unmanaged<Observers>.fromOpaque(pointer).takeUnretainedValue()
  }

  /// Calls `body` with each of them.
  func forEach(_ body: (any Observer) -> Void) {
    var next: Observers? = self
    while let chain = next {
      body(chain.observer)
      next = chain.outer
    }
  }
}

/// Runs `body` while `observer` watches the operations of this thread, beside those that watch already.
package func observed<R>(by observer: any Observer, _ body: () throws -> R) rethrows -> R {
  let before = adj_observer()
  let observers = Observers(observer, outer: Observers.current)
  adj_set_observer(Unmanaged.passUnretained(observers).toOpaque())
  defer { adj_set_observer(before) }
  return try withExtendedLifetime(observers, body)
}

/// Makes an operation's output in sight of the observers.
@inline(__always)
func observed(_ name: StaticString, _ inputs: @autoclosure () -> [Variable?], _ make: () -> Variable) -> Variable {
  let observer = adj_observer()
  if observer != nil { startObserved() }
  let output = make()
  if observer != nil { endObserved(name, nil, inputs(), [output]) }
  return output
}

/// Makes an operation's outputs in sight of the observers, under a name made at run time if there is one.
func observed(
  _ name: StaticString, label: String? = nil, _ inputs: [Variable?], _ make: () -> [Variable]
) -> [Variable] {
  let observer = adj_observer()
  if observer != nil { startObserved() }
  let outputs = make()
  if observer != nil { endObserved(name, label, inputs, outputs) }
  return outputs
}

/// Computes what an operation records afterwards: its time counts as that operation's.
@inline(__always)
func timed<R>(_ body: () -> R) -> R {
  if let observer = Observers.current { observer.forEach { $0.operationPrepares() } }
  return body()
}

@inline(never)
private func startObserved() { Observers.current?.forEach { $0.operationStarts() } }

@inline(never)
private func endObserved(
  _ name: StaticString, _ label: String?, _ inputs: [Variable?], _ outputs: [Variable]
) {
  let name = label ?? "\(name)"
  Observers.current?.forEach { $0.operationEnds(name, inputs: inputs, outputs: outputs) }
}

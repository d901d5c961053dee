import CKernels
import Tensors

/// Watches the operations of one thread, forward and backward, from ``observed(by:_:)``. Where nobody watches, an operation
/// pays for two reads of a thread's variable.
package class Observer {
  /// The one that watched before, and goes on watching.
  fileprivate var outer: Observer?

  package init() {}

  /// Work begins that belongs to the operation that starts next.
  package func operationPrepares() {}
  /// An operation starts to compute its value.
  package func operationStarts() {}
  /// An operation has its outputs, recorded or not.
  package func operationEnds(_ name: String, inputs: [Variable?], outputs: [Variable]) {}
  /// A sweep is about to call the pullbacks of a node with its whole gradient.
  package func pullbackStarts(_ node: Node, gradient: Variable) {}
  /// A pullback has made a gradient for one of the node's inputs.
  package func pullbackDelivers(_ part: Variable, to parent: Node, from node: Node) {}
  /// The pullbacks of a node are done.
  package func pullbackEnds(_ node: Node) {}

  /// The thread's observer.
  @inline(__always)
  package static var current: Observer? {
    guard let pointer = adj_observer() else { return nil }
    return Unmanaged<Observer>.fromOpaque(pointer).takeUnretainedValue()
  }

  /// Calls `body` with this observer and those around it.
  func forEach(_ body: (Observer) -> Void) {
    var next: Observer? = self
    while let observer = next {
      body(observer)
      next = observer.outer
    }
  }
}

/// Runs `body` while `observer` watches the operations of this thread, beside those that watch already.
package func observed<R>(by observer: Observer, _ body: () throws -> R) rethrows -> R {
  let before = adj_observer()
  observer.outer = Observer.current
  adj_set_observer(Unmanaged.passUnretained(observer).toOpaque())
  defer {
    adj_set_observer(before)
    observer.outer = nil
  }
  return try withExtendedLifetime(observer, body)
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
  if let observer = Observer.current { observer.forEach { $0.operationPrepares() } }
  return body()
}

@inline(never)
private func startObserved() { Observer.current?.forEach { $0.operationStarts() } }

@inline(never)
private func endObserved(
  _ name: StaticString, _ label: String?, _ inputs: [Variable?], _ outputs: [Variable]
) {
  let name = label ?? "\(name)"
  Observer.current?.forEach { $0.operationEnds(name, inputs: inputs, outputs: outputs) }
}

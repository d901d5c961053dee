import Tensors

import Autograd

/// Counts which nodes and which memory of the operations that it has watched still live.
final class LiveObjects: Observer {
  private struct Weak {
    weak var object: AnyObject?
  }

  private var seen: [Weak] = []

  /// The number of nodes and storages that operations made.
  var made: Int { seen.count }
  /// How many of them somebody still holds.
  var live: Int { seen.count { $0.object != nil } }

  func operationEnds(_ name: String, inputs: [Variable?], outputs: [Variable]) {
    for output in outputs {
      if let node = output.node {
        seen.append(Weak(object: node))
        node.forEachParent { if !$0.isLeaf { seen.append(Weak(object: $0)) } }
      }
      // A view's memory is its input's.
      if !inputs.contains(where: { $0?.value.storage === output.value.storage }) {
        seen.append(Weak(object: output.value.storage))
      }
    }
  }
}

import CKernels
import Tensors

extension Node {
  /// Adds a contribution to the gradient of a node inside the graph.
  func add(_ part: Variable, createGraph: Bool) {
    guard let sum = gradient else {
      gradient = part
      return
    }
    // The first contribution may be an object that other nodes hold too; the second makes a sum of our own.
    if ownsGradient && !createGraph {
      sum.add(part.value)
    } else {
      gradient = sum + part
      ownsGradient = true
    }
  }

  /// Adds a contribution to a leaf's gradient, which sweeps on several threads may do at once: what is there is taken
  /// out, the sum made, and put back. What another sweep has put there in between is added in turn.
  func accumulate(_ part: Variable, createGraph: Bool) {
    var sum: Variable?
    exchange(&sum)
    if let known = sum, createGraph {
      sum = known + part
    } else if let known = sum {
      known.add(part.value)
    } else {
      // A handle of the leaf's own: `part` may be another leaf's gradient too.
      sum = Variable(part.value, node: createGraph ? part.node : nil)
    }
    exchange(&sum)
    if let other = sum { accumulate(other, createGraph: createGraph) }
  }

  /// Swaps the gradient slot's reference with another in one step.
  @inline(__always)
  private func exchange(_ gradient: inout Variable?) {
    withUnsafeMutablePointer(to: &grad) { slot in
      withUnsafeMutablePointer(to: &gradient) { adj_exchange_reference(slot, $0) }
    }
  }
}

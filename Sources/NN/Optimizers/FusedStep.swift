import Kernels
import Tensors

/// The updates of one optimizer step, collected and then run together: one pass over the memory of each parameter and its
/// state, pieces of all parameters shared among threads. Small parameters join a piece with their neighbours, so that a
/// step hands work to other threads once, and a thread meets the same parameters at every step.
struct FusedStep {
  /// A parameter's elements stand at `start` in the numbering of all elements, which begins each parameter at a multiple of
  /// a vector's length.
  private struct Update {
    let start: Int
    let buffers: OptimizerBuffers
    /// Keeps its memory.
    let gradient: Tensor
    let kernel: (OptimizerBuffers) -> Void
  }

  private var updates: [Update] = []
  private var total = 0
  /// Elements that one thread updates at a time.
  private static let grain = 1 << 15
  private static let alignment = 16

  /// `kernel` updates pieces of a parameter's memory.
  mutating func add(_ buffers: OptimizerBuffers, _ gradient: Tensor, _ kernel: @escaping (OptimizerBuffers) -> Void) {
    updates.append(Update(start: total, buffers: buffers, gradient: gradient, kernel: kernel))
    total += (buffers.count + FusedStep.alignment - 1) / FusedStep.alignment * FusedStep.alignment
  }

  func run() {
    parallel(total, grain: FusedStep.grain) { range in
      for update in updates where update.start < range.upperBound {
        let part = (range.lowerBound - update.start..<range.upperBound - update.start)
          .clamped(to: 0..<update.buffers.count)
        if !part.isEmpty { update.kernel(update.buffers[part]) }
      }
    }
  }
}

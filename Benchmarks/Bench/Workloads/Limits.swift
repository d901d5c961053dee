import Adjoint
import Foundation
import Kernels

/// What the machine can do at most, on as many cores as there are threads: the yardsticks of the other workloads.
extension Workload {
  /// Multiply-adds in registers alone, 8 vectors of 64 bytes a step, shared among the threads in 64 pieces.
  private static func multiplyAdds(_ dtype: DType, _ kind: ElementKind) -> Workload {
    let (pieces, steps) = (64, 20_000)
    let flops = Double(pieces * steps * 8 * 64 / kind.size * 2)
    return Workload(name: "limit/fma-\(dtype)", flops: flops, dtype: dtype) {
      (1, { parallel(pieces) { _ in run(kind, steps) } })
    }
  }

  private static func run(_ kind: ElementKind, _ steps: Int) {
    withScratch(UInt8.self, 64) { memory in
      memory.update(repeating: 0, count: 64)
      Kernels.multiplyAdds(kind, steps: steps, memory)
    }
  }

  /// A copy of memory that no cache holds: every byte is read once and written once.
  private static let bandwidth: Workload = {
    let bytes = 1 << 27  // each of source and target
    return Workload(name: "limit/bandwidth", bytes: Double(2 * bytes)) {
      let (source, target) = (Buffer(bytes), Buffer(bytes))
      return (
        1,
        {
          parallel(bytes, grain: 1 << 24) { range in
            (target.start + range.lowerBound).copyMemory(from: source.start + range.lowerBound, byteCount: range.count)
          }
        }
      )
    }
  }()

  /// Memory that has been written to, so that its pages are there.
  private final class Buffer {
    let start: UnsafeMutableRawPointer

    init(_ bytes: Int) {
      start = .allocate(byteCount: bytes, alignment: 1 << 21)
      start.initializeMemory(as: UInt8.self, repeating: 1, count: bytes)
    }

    deinit { start.deallocate() }
  }

  static let limits = [multiplyAdds(.float32, .float32), multiplyAdds(.float64, .float64), bandwidth]
}

import Adjoint

/// One thing to time: a name, how it is set up, and one unit of its work.
struct Workload: Sendable {
  let name: String
  /// Floating-point operations that a unit, or one of its `count` parts, cannot do without, a multiply-add as two; nil
  /// where they say nothing.
  var flops: Double? = nil
  /// The type that those operations are done in.
  var dtype = DType.float32
  /// Bytes that it must move between memory and caches, where its operands fit in no cache.
  var bytes: Double? = nil
  /// Prepares everything and returns the unit; the unit's time is divided by `count`. Throws where a check finds that the
  /// unit computes something wrong.
  let make: @Sendable () throws -> (count: Int, unit: () -> Void)

  /// All of them; families stand together.
  static let all: [Workload] = [
    limits,
    overhead,
    matmul,
    attention,
    linear,
    elementwise,
    movement,
    cumsum,
    sorting,
    linearAlgebra,
    reductions,
    layers,
    steps,
    inference,
    scaling,
    epochs,
    optimizers,
    convolution,
    pooling,
  ].flatMap { $0 }
}

/// Uses a result, so that its computation cannot be left out.
@inline(never)
func keep(_ tensor: Tensor) {}

import Adjoint

/// One thing to time: a name, how it is set up, and one unit of its work.
struct Workload: Sendable {
  let name: String
  /// Prepares everything and returns the unit; the unit's time is divided by `count`.
  let make: @Sendable () -> (count: Int, unit: () -> Void)

  /// All of them; families stand together.
  static let all: [Workload] = [
    overhead,
    matmul,
    elementwise,
    movement,
    cumsum,
    sorting,
    mlp,
    optimizers,
  ].flatMap { $0 }
}

/// Uses a result, so that its computation cannot be left out.
@inline(never)
func keep(_ tensor: Tensor) {}

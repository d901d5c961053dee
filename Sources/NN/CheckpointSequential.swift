import Autograd
import Tensors

/// The output of a sequential model whose layers run in checkpointed segments: see
/// ``checkpointSequential(_:segments:_:generators:)``.
public func checkpointSequential(
  _ model: Sequential, segments: Int, _ x: Variable, generators: [Generator] = [.default]
) -> Variable {
  checkpointSequential(
    model.layers.map { layer in { layer($0) } }, segments: segments, x, generators: generators)
}

import Autograd
import Tensors

extension Variable {
  /// Gives a parameter new numbers, made for its shape and dtype: `weight.initialize { Initializer.xavierUniform($0, dtype: $1) }`.
  ///
  /// Not recorded: graphs made before keep the old numbers, and the gradient stays.
  public func initialize(_ numbers: (Shape, DType) -> Tensor) {
    let new = numbers(shape, dtype)
    require(
      new.shape == shape && new.dtype == dtype, "initialize",
      "\(new.dtype)\(new.shape) for a parameter of \(dtype)\(shape); expected its shape and dtype")
    value = new
  }
}

extension Tensor {
  /// What dropout multiplies by: 0 with probability p, else 1/(1 − p), so that the mean is 1.
  ///
  /// Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, "Dropout: A Simple Way to Prevent Neural Networks from
  /// Overfitting", 2014.
  public static func dropoutMask(
    _ shape: Shape, _ p: Double = 0.5, dtype: DType = .float32, generator: Generator = .default
  ) -> Tensor {
    require(p >= 0 && p <= 1, "dropoutMask", "the probability \(p); expected 0 ... 1")
    let kept = 1 / (1 - p)
    return filled(shape, dtype, "dropoutMask", generator) { $0.fill { word, _ in fraction(word) < p ? 0 : kept } }
  }
}

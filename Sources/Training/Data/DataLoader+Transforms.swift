import Tensors

extension DataLoader where Batch == (Tensor, Tensor) {
  /// The same batches with their inputs changed by `transform` where they are made; the targets stay. What is random is
  /// drawn anew in each pass.
  public func transformed(_ transform: any Transform) -> DataLoader {
    changed(isRandom: isRandom || transform.isRandom) { batch, generator in
      (transform(batch.0, generator: generator), batch.1)
    }
  }
}

extension DataLoader where Batch == Tensor {
  /// The same batches, changed by `transform` where they are made.
  public func transformed(_ transform: any Transform) -> DataLoader {
    changed(isRandom: isRandom || transform.isRandom) { batch, generator in transform(batch, generator: generator) }
  }
}

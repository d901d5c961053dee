import Adjoint

/// The images that a classifier reads wrong, the most confident mistakes first, each with what was read and what it is.
public func mistakeSheet(_ logits: Tensor, _ data: TensorDataset, count: Int = 20) -> ImageSheet {
  let (read, right) = (logits.argmax(axis: 1).scalars(as: Int.self), data.targets.scalars(as: Int.self))
  let confidence = logits.softmax(axis: 1).max(axis: 1).scalars(as: Double.self)
  let wrong = read.indices.filter { read[$0] != right[$0] }.sorted { confidence[$0] > confidence[$1] }
  let shown = Array(wrong.prefix(count))
  return ImageSheet(
    "\(wrong.count) mistakes in \(read.count) test images (read, truth)", data.inputs[shown],
    captions: shown.map { "\(read[$0]), not \(right[$0])" })
}

/// A model's output for every input, in evaluation mode, some at a time so that no more memory is needed than in training.
public func predictions(of model: Module, for data: TensorDataset, batchSize: Int = 256) -> Tensor {
  model.eval()
  defer { model.train() }
  return noGrad { .concatenate(DataLoader(data, batchSize: batchSize).map { model($0.0).value }) }
}

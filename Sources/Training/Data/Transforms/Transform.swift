import Tensors

/// A change of whole batches on their way to the model: [N, …] → [N, …], one sample a row.
///
/// ```swift
/// let scale = Standardize(fitting: train.inputs)
/// let loader = DataLoader(train, batchSize: 32, shuffle: true).transformed(Compose([scale, GaussianNoise(0.1)]))
/// ```
///
/// What is random comes from the generator alone, so that the results depend neither on threads nor on the order in which
/// batches are made. A transform that decides nothing at random leaves the generator where it stands.
public protocol Transform: Sendable {
  /// The batch, changed.
  func callAsFunction(_ x: Tensor, generator: Generator) -> Tensor
  /// Whether it draws from the generator. True unless a transform says otherwise, so that none is taken for certain that
  /// isn't; a ``DataLoader`` of transforms that draw nothing draws no seed for them.
  var isRandom: Bool { get }
}

extension Transform {
  /// The batch, changed; what is random comes from the default generator.
  public func callAsFunction(_ x: Tensor) -> Tensor { self(x, generator: .default) }

  /// True.
  public var isRandom: Bool { true }
}

/// Transforms one after the other: the first takes the batch, each of the others what the one before it gives.
public struct Compose: Transform {
  /// The transforms, in order.
  public let transforms: [any Transform]

  /// These transforms in this order; none of them changes nothing.
  public init(_ transforms: [any Transform]) { self.transforms = transforms }

  /// The batch after all of them.
  public func callAsFunction(_ x: Tensor, generator: Generator) -> Tensor {
    transforms.reduce(x) { $1($0, generator: generator) }
  }

  /// Whether one of them is.
  public var isRandom: Bool { transforms.contains(where: \.isRandom) }
}

extension TensorDataset {
  /// The same rows, with transforms applied once to all inputs and to all targets.
  ///
  /// This is the place for transforms that are not random. Random ones would draw once for all passes;
  /// `DataLoader.transformed(_:)` draws anew for every batch.
  public func transformed(
    inputs: (any Transform)? = nil, targets: (any Transform)? = nil, generator: Generator = .default
  ) -> TensorDataset {
    TensorDataset(
      inputs.map { $0(self.inputs, generator: generator) } ?? self.inputs,
      targets.map { $0(self.targets, generator: generator) } ?? self.targets)
  }
}

import Autograd
import Tensors

/// The mean of a model's weights over the steps of training, each with the same weight: stochastic weight averaging.
///
/// ā = ā + (w − ā)/(n + 1) with each ``update()``; the first one copies. What `torch.optim.swa_utils.AveragedModel` does; see
/// ``ExponentialMovingAverage`` for fading weights.
///
/// ```swift
/// let average = ExponentialMovingAverage(model, decay: 0.999)
/// for (x, target) in batches {
///   …
///   optimizer.step()
///   average.update()
/// }
/// let accuracy = average.applied { evaluate(model) }
/// ```
///
/// Izmailov, Podoprikhin, Garipov, Vetrov, Wilson, "Averaging Weights Leads to Wider Optima and Better Generalization", 2018,
/// arXiv:1803.05407.
public class WeightAverage {
  /// Something with a value, and its average.
  private struct Entry {
    let name: String
    let get: () -> Tensor
    let set: (Tensor) -> Void
    var average: Tensor

    init(_ name: String, _ parameter: Variable) {
      (self.name, average) = (name, parameter.value)
      (get, set) = ({ parameter.value }, { parameter.value = $0 })
    }

    init(_ name: String, _ buffer: Buffer) {
      (self.name, average) = (name, buffer.value)
      (get, set) = ({ buffer.value }, { buffer.value = $0 })
    }
  }

  private var entries: [Entry]
  /// What the averages have displaced.
  private var displaced: [Tensor]?
  /// The number of updates so far.
  public private(set) var updateCount = 0

  /// Averages of these variables, and of these buffers.
  public init(_ parameters: [(name: String, parameter: Variable)], buffers: [(name: String, buffer: Buffer)] = []) {
    entries = parameters.map { Entry($0.name, $0.parameter) } + buffers.map { Entry($0.name, $0.buffer) }
  }

  /// Averages of all parameters of a model; with `useBuffers` of its buffers too, such as running statistics.
  public convenience init(_ model: Module, useBuffers: Bool = false) {
    self.init(model.namedParameters(), buffers: useBuffers ? model.namedBuffers() : [])
  }

  /// How far the averages move towards the values in the next update, from 0 to 1.
  var pace: Double { 1 / Double(updateCount + 1) }

  /// Takes up the values as they are now, after a step of the optimizer. Averages have the dtypes of the values.
  public func update() {
    require(displaced == nil, "WeightAverage", "update() while the averages are applied; expected restore() before it")
    for i in entries.indices {
      let (average, value) = (entries[i].average, entries[i].get())
      // What had no elements at the update before begins here.
      let isFirst = updateCount == 0 || average.shape != value.shape
      entries[i].average = isFirst ? value : average.lerp(value, weight: pace).to(value.dtype)
    }
    updateCount += 1
  }

  /// The averages, by name.
  public var averages: [String: Tensor] {
    Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.average) })
  }

  /// Puts the averages into the places of the values, until ``restore()``.
  public func apply() {
    require(displaced == nil, "WeightAverage", "apply() while the averages are applied; expected restore() before it")
    displaced = entries.map { $0.get() }
    for entry in entries { entry.set(entry.average.to(entry.get().dtype)) }
  }

  /// Puts the values back that ``apply()`` has displaced.
  public func restore() {
    guard let values = displaced.take() else { fail("WeightAverage", "restore(); expected apply() before it") }
    for (entry, value) in zip(entries, values) { entry.set(value) }
  }

  /// Runs `body` with the averages in the places of the values, and puts the values back, also when it throws.
  public func applied<Result>(_ body: () throws -> Result) rethrows -> Result {
    apply()
    defer { restore() }
    return try body()
  }

  /// The averages under PyTorch's keys, `module.NAME`, and the number of updates, `n_averaged`.
  public func stateDict() -> [String: Tensor] {
    var state = ["n_averaged": Tensor(updateCount, dtype: .int64)]
    for entry in entries { state["module.\(entry.name)"] = entry.average }
    return state
  }

  /// Sets the averages from a state dict, converting dtypes. Nothing is changed if it throws.
  ///
  /// - Throws: ``StateDictError`` listing every missing, unexpected and mis-shaped key.
  public func loadStateDict(_ state: [String: Tensor]) throws {
    var reader = StateDictReader(state)
    let count = reader.takeCount("n_averaged")
    let averages = entries.map { entry in
      let value = entry.get()
      return reader.take("module.\(entry.name)", value.shape)?.to(value.dtype)
    }
    try reader.finish()
    updateCount = count ?? updateCount
    for (i, average) in averages.enumerated() { entries[i].average = average ?? entries[i].average }
  }
}

/// An average of a model's weights that forgets old ones: ā = decay·ā + (1 − decay)·w with each ``WeightAverage/update()``; the
/// first one copies. What `torch.optim.swa_utils.AveragedModel` does with `get_ema_multi_avg_fn`.
///
/// Polyak and Juditsky, "Acceleration of Stochastic Approximation by Averaging", SIAM J. Control Optim. 30, 1992,
/// doi:10.1137/0330046.
public final class ExponentialMovingAverage: WeightAverage {
  /// How much of the average an update keeps.
  public let decay: Double

  /// Averages of these variables, and of these buffers.
  public init(
    _ parameters: [(name: String, parameter: Variable)], decay: Double = 0.999,
    buffers: [(name: String, buffer: Buffer)] = []
  ) {
    require((0...1).contains(decay), "ExponentialMovingAverage", "decay \(decay); expected 0 ≤ decay ≤ 1")
    self.decay = decay
    super.init(parameters, buffers: buffers)
  }

  /// Averages of all parameters of a model; with `useBuffers` of its buffers too, such as running statistics.
  public convenience init(_ model: Module, decay: Double = 0.999, useBuffers: Bool = false) {
    self.init(model.namedParameters(), decay: decay, buffers: useBuffers ? model.namedBuffers() : [])
  }

  override var pace: Double { 1 - decay }
}

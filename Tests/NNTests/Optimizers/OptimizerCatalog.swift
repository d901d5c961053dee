import Autograd
import NN
import Tensors
import Testing

/// All optimizers that step without a closure.
enum OptimizerCatalog {
  /// Makes an optimizer with default options for each group of parameters.
  typealias Maker = @Sendable ([[Variable]]) -> any Optimizer

  static let makers: [String: Maker] = [
    "SGD": { SGD($0.map { .init($0, .init()) }) },
    "Adam": { Adam($0.map { .init($0, .init()) }) },
    "AdamW": { AdamW($0.map { .init($0, .init()) }) },
    "Adamax": { Adamax($0.map { .init($0, .init()) }) },
    "NAdam": { NAdam($0.map { .init($0, .init()) }) },
    "RAdam": { RAdam($0.map { .init($0, .init()) }) },
    "Adagrad": { Adagrad($0.map { .init($0, .init()) }) },
    "Adadelta": { Adadelta($0.map { .init($0, .init()) }) },
    "RMSprop": { RMSprop($0.map { .init($0, .init()) }) },
    "Rprop": { Rprop($0.map { .init($0, .init()) }) },
    "Lion": { Lion($0.map { .init($0, .init()) }) },
    "Muon": { Muon($0.map { .init($0, .init()) }) },
  ]
}

extension FixtureCase.Options {
  /// The optimizer that these options describe, by way of its state dict; `lr_of` puts each parameter into a group with its
  /// own rate.
  func optimizer(_ parameters: [(name: String, parameter: Variable)]) throws -> any Optimizer {
    let name = try #require(texts["optimizer"])
    let maker = try #require(OptimizerCatalog.makers[name])
    let groups = rates.isEmpty ? [parameters.map(\.parameter)] : parameters.map { [$0.parameter] }
    let optimizer = maker(groups)
    var state = optimizer.stateDict()
    for (key, value) in try values {
      for i in groups.indices { state["param_groups.\(i).\(key)"] = value }
    }
    if !rates.isEmpty {
      for (i, pair) in parameters.enumerated() {
        state["param_groups.\(i).lr"] = Tensor(try #require(rates[pair.name]), dtype: .float64)
      }
    }
    try optimizer.loadStateDict(state)
    return optimizer
  }

  /// The numbers of the options by PyTorch's names.
  private var values: [String: Tensor] {
    get throws {
      var result = numbers.mapValues { Tensor($0, dtype: .float64) }
      for (key, list) in lists { result[key] = Tensor(list, dtype: .float64) }
      for (key, flag) in flags where key != "nan" { result[key] = Tensor(flag ? 1 : 0, dtype: .bool) }
      if let name = texts["adjust_lr_fn"] {
        let ways: [String: Muon.LearningRateAdjustment] = [
          "match_rms_adamw": .matchRMSAdamW, "spectral_unclamped": .spectralUnclamped,
        ]
        result["adjust_lr_fn"] = Tensor(try #require(ways[name]).rawValue, dtype: .int64)
      }
      return result
    }
  }
}

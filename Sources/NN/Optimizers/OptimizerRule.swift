import Autograd
import Kernels
import Tensors

/// What makes one optimizer out of ``GroupedOptimizer``: the names of its numbers and of its state, and its step.
struct OptimizerRule<Options> {
  /// The name in messages.
  let name: String
  let lr: WritableKeyPath<Options, Double>
  var momentum: WritableKeyPath<Options, Double>?
  /// The numbers of a group, as a state dict has them.
  let options: [OptionField<Options>]
  /// The tensors of a parameter's state, at most three.
  var state: [StateTensor<Options>] = []
  /// Whether the number of steps is part of the state.
  var countsSteps = true
  /// The step of one parameter, whose gradient is given: what to do with each piece of its memory, or nil if it is done.
  let update: (Options, ParameterState, Tensor) -> ((OptimizerBuffers) -> Void)?

  /// Makes the tensors that are needed and not there: all of them at first, later those of an option switched on.
  func complete(_ state: ParameterState, _ options: Options) {
    state.follow(name)
    for i in self.state.indices where state.tensors[i] == nil && self.state[i].isNeeded(options) {
      state.tensors[i] = self.state[i].initial(state, options)
    }
  }
}

extension OptimizerRule {
  /// The memory of a parameter's step. The gradient must be held meanwhile.
  func buffers(_ state: ParameterState, _ gradient: Tensor) -> OptimizerBuffers {
    func memory(_ i: Int) -> UnsafeMutableRawPointer? {
      i < self.state.count && !self.state[i].isScalar ? state.tensors[i]?.withMutableData { $0 } : nil
    }
    let parameter = state.parameter
    return OptimizerBuffers(
      kind: parameter.dtype.kind, count: gradient.elementCount, weights: parameter.value.withMutableData { $0 },
      gradient: gradient.data, states: (memory(0), memory(1), memory(2)))
  }
}

/// One tensor of a parameter's state.
struct StateTensor<Options> {
  let name: String
  let isNeeded: (Options) -> Bool
  let isScalar: Bool
  /// How it starts; nil if the rule itself makes it from the first gradient.
  let initial: (ParameterState, Options) -> Tensor?

  init(
    _ name: String, isScalar: Bool = false, when isNeeded: @escaping (Options) -> Bool = { _ in true },
    initial: @escaping (ParameterState, Options) -> Tensor? = { state, _ in state.parameter.value.zerosLike() }
  ) {
    (self.name, self.isScalar, self.isNeeded, self.initial) = (name, isScalar, isNeeded, initial)
  }

  func shape(_ parameter: Variable) -> Shape { isScalar ? [] : parameter.shape }
}

/// What an optimizer remembers of a parameter. The parameter is held too: freed, its identity could pass to another one.
class ParameterState {
  let parameter: Variable
  /// Steps taken.
  var step = 0
  /// The optimizer's call of the last one.
  var lastCall = 0
  /// In the order of the rule's ``OptimizerRule/state``.
  var tensors: [Tensor?]
  /// The parameter's, as the tensors know it.
  private var shape: Shape
  private var dtype: DType

  init(_ parameter: Variable, tensorCount: Int) {
    self.parameter = parameter
    tensors = Array(repeating: nil, count: tensorCount)
    (shape, dtype) = (parameter.shape, parameter.dtype)
  }

  /// Takes up the dtype that the parameter has now, its model converted. With another shape there is no going on.
  final func follow(_ name: String) {
    if shape != parameter.shape {
      require(
        tensors.allSatisfy { $0 == nil }, name,
        "a parameter of shape \(parameter.shape) with a state of shape \(shape); expected the same, or a new variable")
      shape = parameter.shape
    }
    if dtype != parameter.dtype {
      dtype = parameter.dtype
      convert(to: dtype)
    }
  }

  /// Converts the tensors.
  func convert(to dtype: DType) {
    for i in tensors.indices { tensors[i] = tensors[i]?.to(dtype) }
  }
}

/// Stops the program for a number below 0, or NaN.
func requireNotNegative(_ name: String, _ numbers: KeyValuePairs<String, Double>) {
  for (what, number) in numbers { require(number >= 0, name, "\(what) \(number); expected 0 or more") }
}

/// Stops the program unless both factors of the moments are in [0, 1).
func requireBetas(_ name: String, _ betas: (Double, Double)) {
  require((0..<1).contains(betas.0) && (0..<1).contains(betas.1), name, "betas \(betas); expected 0 ≤ β < 1")
}

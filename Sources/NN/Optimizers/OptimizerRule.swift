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
    for (i, slot) in self.state.enumerated() where state.tensors[i] == nil && slot.isNeeded(options) {
      state.tensors[i] = slot.initial(state, options)
    }
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
final class ParameterState {
  let parameter: Variable
  /// Steps taken.
  var step = 0
  /// In the order of the rule's ``OptimizerRule/state``.
  var tensors: [Tensor?]

  init(_ parameter: Variable, tensorCount: Int) {
    self.parameter = parameter
    tensors = Array(repeating: nil, count: tensorCount)
  }

  /// The memory of a step. The gradient must be held meanwhile.
  func buffers(_ gradient: Tensor) -> OptimizerBuffers {
    func memory(_ i: Int) -> UnsafeMutableRawPointer? {
      i < tensors.count ? tensors[i]?.withMutableData { $0 } : nil
    }
    return OptimizerBuffers(
      kind: parameter.dtype.kind, count: gradient.elementCount, weights: parameter.value.withMutableData { $0 },
      gradient: gradient.data, states: (memory(0), memory(1), memory(2)))
  }
}

import Tensors

/// A differentiable operation of your own, as a type: constants are its properties, and it chooses what the backward pass
/// keeps.
///
/// ```swift
/// struct Scaled: CustomFunction {
///   let factor: Double
///   func forward(_ inputs: [Variable], _ context: FunctionContext) -> [Variable] {
///     context.save(inputs[0])
///     return [inputs[0].square() * factor]
///   }
///   func backward(_ gradients: [Variable], _ context: FunctionContext) -> [Variable?] {
///     [gradients[0] * context.saved[0] * (2 * factor)]
///   }
/// }
/// let y = Scaled(factor: 3)(x)
/// ```
///
/// `forward` runs without recording. `backward` runs on variables, so that it can be differentiated in turn, with respect to
/// the gradients and to saved inputs and outputs; other saved variables are constants.
public protocol CustomFunction {
  /// What graphs, profiles and messages call the operation. The type's name unless given.
  var name: String { get }

  /// The outputs for the inputs, of any number, shapes and dtypes.
  func forward(_ inputs: [Variable], _ context: FunctionContext) -> [Variable]

  /// From ∂L/∂output for each output, zeros where no gradient has arrived, to ∂L/∂input for each input, nil where nothing flows
  /// back. Each is of its input's shape, or of one that broadcasting has made of it.
  func backward(_ gradients: [Variable], _ context: FunctionContext) -> [Variable?]
}

extension CustomFunction {
  /// The type's name.
  public var name: String { "\(Self.self)" }

  /// The function of one output, applied.
  public func callAsFunction(_ inputs: Variable...) -> Variable {
    let outputs = apply(inputs)
    require(outputs.count == 1, name, "forward returned \(outputs.count) outputs; expected one, or a call of apply(_:)")
    return outputs[0]
  }

  /// The function applied: a variable for each output, recorded where an input requires a gradient.
  public func apply(_ inputs: [Variable]) -> [Variable] {
    let context = FunctionContext(needsInputGradient: inputs.map(\.isRecorded))
    let returned = ReturnedGradients(name, inputs)
    return Variable.recordCustom(name, inputs) {
      let outputs = noGrad { forward(inputs, context) }
      context.finishForward(inputs: inputs, outputs: outputs)
      return (outputs.map(\.value), context.keepsOutputs)
    } _: { gradients, outputs in
      returned.checked(backward(context.filled(gradients), context.forBackward(outputs)))
    }
  }
}

/// What a ``CustomFunction`` hands from its forward to its backward pass.
public final class FunctionContext {
  private enum Kept {
    case input(Saved)
    case output(Int)
    case constant(Tensor)
  }

  /// Whether each input's gradient is asked for; `backward` may return nil for the others.
  public let needsInputGradient: [Bool]

  /// What `forward` has saved, in the order of the calls; in `backward`, inputs and outputs come with their graph.
  public private(set) var saved: [Variable] = []

  private var kept: [Kept] = []
  private var outputs: [(shape: Shape, dtype: DType)] = []

  fileprivate init(needsInputGradient: [Bool]) { self.needsInputGradient = needsInputGradient }

  /// Keeps variables for the backward pass: inputs, outputs, or others, which are constants there.
  public func save(_ variables: Variable...) { saved += variables }

  fileprivate var keepsOutputs: Bool {
    kept.contains { if case .output = $0 { true } else { false } }
  }

  /// Replaces the variables by what the graph may keep: an output's variable would hold the node that holds this context.
  fileprivate func finishForward(inputs: [Variable], outputs: [Variable]) {
    self.outputs = outputs.map { ($0.shape, $0.dtype) }
    kept = saved.map { variable in
      if let k = outputs.firstIndex(where: { $0 === variable }) { return .output(k) }
      if inputs.contains(where: { $0 === variable }) { return .input(variable.saved) }
      return .constant(variable.value)
    }
    saved = []
  }

  /// The outputs' gradients, zeros where none has arrived.
  fileprivate func filled(_ gradients: [Variable?]) -> [Variable] {
    zip(gradients, outputs).map { $0 ?? Variable(Tensor.zeros($1.shape, dtype: $1.dtype)) }
  }

  /// This context with what it keeps as variables, given the outputs.
  fileprivate func forBackward(_ outputs: [Variable]) -> FunctionContext {
    let context = FunctionContext(needsInputGradient: needsInputGradient)
    context.saved = kept.map { kept in
      switch kept {
      case .input(let saved): saved.variable
      case .output(let k): outputs[k]
      case .constant(let tensor): Variable(tensor)
      }
    }
    return context
  }
}

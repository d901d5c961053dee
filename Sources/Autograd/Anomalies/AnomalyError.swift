import Tensors

/// The first NaN or infinity that ``detectAnomalies(infinities:_:)`` has found: in which operation, and where the program
/// called it.
public struct AnomalyError: Error, Sendable {
  /// What was found.
  public enum Kind: String, Sendable {
    /// Not a number.
    case nan = "NaN"
    /// inf or −inf.
    case infinity
  }

  /// Which of an operation's tensors it was found in.
  public enum Place: Sendable, Hashable {
    /// The value of an output, counted from 0: the operation made it.
    case output(Int)
    /// The gradient of an input, counted from 0: the operation's pullback made it. nil where the operation was recorded
    /// outside, and its inputs are not known.
    case inputGradient(Int?)
    /// The gradient that arrived at the operation: passed to `backward(gradient:)`, returned by a hook, or the sum of those
    /// that its consumers delivered.
    case outputGradient
  }

  /// A tensor that an operation worked on.
  public struct Operand: Sendable, Hashable {
    /// The sizes of its axes.
    public let shape: Shape
    /// The type of its elements.
    public let dtype: DType
    /// Whether it held NaN.
    public let hasNaN: Bool
    /// Whether it held an infinity.
    public let hasInfinity: Bool
  }

  /// The operation's name.
  public let operation: String
  /// What was found.
  public let kind: Kind
  /// Which tensor it was found in.
  public let place: Place
  /// The operation's inputs, nil for absent ones; nil where it was recorded outside of ``detectAnomalies(infinities:_:)``.
  public let inputs: [Operand?]?
  /// The operation's outputs.
  public let outputs: [Operand]
  /// In the backward pass the gradients of the outputs, nil where none has arrived; empty in the forward pass.
  public let gradients: [Operand?]
  /// The call of the operation, in the innermost function that is not the library's own; in the backward pass the call that
  /// recorded it. nil where it was recorded outside, or the program has no debug information.
  public let site: SourceSite?

  /// The pass in which it was found.
  public var phase: Phase { if case .output = place { .forward } else { .backward } }
}

extension AnomalyError: CustomStringConvertible {
  /// What was found, and in lines of their own the tensors that the operation worked on and its place in the program.
  public var description: String {
    var lines = ["\(operation): \(kind.rawValue) in \(placeText)"]
    for case (let k, let gradient?) in gradients.enumerated() {
      lines.append("gradient of the output\(max(gradients.count, outputs.count) > 1 ? " \(k)" : ""): \(gradient.text)")
    }
    for case (let i, let input?) in (inputs ?? []).enumerated() { lines.append("input \(i): \(input.text)") }
    return (lines + [siteText]).joined(separator: "\n  ")
  }

  private var placeText: String {
    switch place {
    case .output(let k): "its value, " + (outputs.count > 1 ? "output \(k) of type " : "") + outputs[k].type
    case .inputGradient(let i?): "the gradient of input \(i), made by its backward pass"
    case .inputGradient(nil): "the gradient of an input, made by its backward pass"
    case .outputGradient: "the gradient that arrived at it: passed to backward, a hook's, or a sum of several"
    }
  }

  private var siteText: String {
    if let site { return "called \(site.line == nil ? "in" : "at") \(site)" }
    return inputs == nil
      ? "called outside of detectAnomalies, so where is not known; run the forward pass inside too"
      : "where it was called is not known: the program has no debug information"
  }
}

extension AnomalyError.Operand {
  /// Looks at every element. A sum with NaN or an infinity in it is never finite: for nearly all tensors it is enough.
  init(_ tensor: Tensor) {
    (shape, dtype) = (tensor.shape, tensor.dtype)
    let isSuspect = dtype.isFloatingPoint && !tensor.sum().item(as: Double.self).isFinite
    hasNaN = isSuspect && tensor.isNaN().any().item(as: Bool.self)
    hasInfinity = isSuspect && tensor.isInf().any().item(as: Bool.self)
  }

  var isFinite: Bool { !hasNaN && !hasInfinity }

  fileprivate var type: String { "\(dtype)\(shape)" }

  fileprivate var text: String {
    switch (hasNaN, hasInfinity) {
    case (false, false): "\(type), finite"
    case (true, false): "\(type), held NaN already"
    case (false, true): "\(type), held an infinity already"
    case (true, true): "\(type), held NaN and an infinity already"
    }
  }
}

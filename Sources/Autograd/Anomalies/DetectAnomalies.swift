import Tensors

/// Runs `body`, and throws if an operation in it made NaN or an infinity: the first such operation, with the line of the
/// program that called it.
///
/// ```swift
/// try detectAnomalies {
///   let loss = model(x).log().mean()
///   loss.backward()
/// }
/// ```
///
/// Examined are the values of all operations on this thread's variables, and in sweeps the gradients that pullbacks
/// deliver; not the operations that a pullback runs inside. NaN in a result is always an anomaly. An infinity is one unless
/// an input, or the gradient that arrived, held an infinity already: a mask of −inf is legitimate. Operations on tensors are
/// not seen, nor is an optimizer's step.
///
/// `body` runs to its end; after the first anomaly nothing more is examined. The search reads every operand once more, and
/// remembers with each recorded operation its shapes and the calls that led to it. In a release build the
/// optimizer inlines functions, merges equal ones and turns last calls into jumps: the line may be left out, or be a caller's.
///
/// - Parameters:
///   - infinities: whether to search for infinities too, or for NaN alone.
///   - body: a training step, or the forward pass with the sweep. A sweep whose forward pass ran outside is examined too,
///     but its operations' places in the program are not known.
/// - Returns: what `body` returns.
/// - Throws: ``AnomalyError``; an error of `body`'s own goes first.
@discardableResult
public func detectAnomalies<R>(infinities: Bool = true, _ body: () throws -> R) throws -> R {
  let detector = AnomalyDetector(infinities: infinities)
  let result = try observed(by: detector, body)
  if let anomaly = detector.found { throw anomaly }
  return result
}

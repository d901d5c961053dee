import Autograd
import Tensors

/// What every optimizer does: after `backward()`, ``step()`` changes the parameters and ``zeroGrad()`` clears their
/// gradients.
///
/// Gradients of several calls of `backward()` add up until ``zeroGrad()``: one step for several small batches is one step
/// for a large one, if each loss is divided by their number.
///
/// ```swift
/// for (i, (x, target)) in batches.enumerated() {
///   (mseLoss(model(x), target) / 4).backward()
///   if (i + 1) % 4 == 0 {
///     optimizer.step()
///     optimizer.zeroGrad()
///   }
/// }
/// ```
public protocol Optimizer: AnyObject {
  /// Changes every parameter that requires a gradient and has one, once.
  func step()
  /// Evaluates the loss, with recording on, and steps. The closure clears the gradients, computes the loss, calls its
  /// `backward()` and returns it; an optimizer that looks around before it moves (``LBFGS``) calls it several times.
  ///
  /// - Returns: the loss of the first evaluation.
  @discardableResult func step(_ closure: () -> Variable) -> Variable
  /// Forgets the gradients of all parameters.
  func zeroGrad()
  /// The learning rate of each parameter group.
  var learningRates: [Double] { get set }
  /// The rates that schedules go by: those before the first ``LRScheduler`` was made, which sets them. Nil before, and to let
  /// the next one begin from the present rates.
  var initialLearningRates: [Double]? { get set }
  /// The momentum of each parameter group (β₁ of ``Adam`` and its relatives); nil where there is none.
  var momenta: [Double?] { get set }
  /// Everything a later run needs to go on with the same bits: the numbers of each group and the state of each parameter.
  func stateDict() -> [String: Tensor]
  /// Takes up the state of an optimizer with the same parameters in the same groups. Nothing is changed if it throws.
  ///
  /// - Throws: ``StateDictError`` listing every missing, unexpected and mis-shaped key.
  func loadStateDict(_ state: [String: Tensor]) throws
}

extension Optimizer {
  /// Evaluates the loss, and steps.
  @discardableResult
  public func step(_ closure: () -> Variable) -> Variable {
    let loss = enableGrad(closure)
    step()
    return loss
  }

  /// Writes the state dict to a `.safetensors` file, through a temporary one that then takes its name.
  ///
  /// - Throws: `DataError` naming the path.
  public func save(to path: String) throws { try SafeTensors.write(stateDict(), to: path) }

  /// Loads the state dict from a `.safetensors` file.
  ///
  /// - Throws: `DataError` for the file, ``StateDictError`` for its contents.
  public func load(from path: String) throws {
    try loadStateDict(SafeTensors.read(path, mapped: false).tensors)
  }
}

/// Parameters that share options: `Adam([.init(head, .init(lr: 1e-3)), .init(body, .init(lr: 1e-4))])`.
public struct ParameterGroup<Options> {
  /// The parameters.
  public var parameters: [Variable]
  /// Their options.
  public var options: Options

  /// These parameters with these options.
  public init(_ parameters: [Variable], _ options: Options) {
    (self.parameters, self.options) = (parameters, options)
  }
}

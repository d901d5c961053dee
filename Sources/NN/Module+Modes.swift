import Autograd
import Tensors

extension Module {
  /// Puts this module and all inside it into training mode, or with `false` into evaluation mode.
  public func train(_ mode: Bool = true) { modules().forEach { $0.isTraining = mode } }

  /// Puts this module and all inside it into evaluation mode.
  public func eval() { train(false) }

  /// Forgets every parameter's gradient.
  public func zeroGrad() { parameters().forEach { $0.zeroGrad() } }

  /// Switches off the gradients of all parameters: they keep their values in training. An optimizer passes them by, and
  /// nothing is recorded for them.
  public func freeze() { parameters().forEach { $0.requiresGrad = false } }

  /// Switches on the gradients of all parameters, after ``freeze()``.
  public func unfreeze() { parameters().forEach { $0.requiresGrad = true } }

  /// Calls `body` with every module below this one, each before the one that holds it, and with this one last.
  ///
  /// ```swift
  /// model.apply { module in
  ///   if let linear = module as? Linear { linear.bias?.value.fill(0) }
  /// }
  /// ```
  @discardableResult
  public func apply(_ body: (Module) -> Void) -> Self {
    namedChildren().forEach { $0.module.apply(body) }
    body(self)
    return self
  }

  /// Converts every floating-point parameter, its gradient, and every floating-point buffer to a floating-point dtype, in
  /// place: an optimizer made before still knows the parameters, and converts its own state at its next step.
  @discardableResult
  public func to(_ dtype: DType) -> Self {
    require(dtype.isFloatingPoint, "\(type(of: self)).to", "dtype \(dtype); expected float32 or float64")
    for parameter in parameters() where parameter.dtype.isFloatingPoint { parameter.convert(to: dtype) }
    for buffer in buffers() where buffer.value.dtype.isFloatingPoint { buffer.value = buffer.value.to(dtype) }
    return self
  }
}

extension Variable {
  /// A leaf's value and gradient in another dtype.
  fileprivate func convert(to dtype: DType) {
    if dtype == self.dtype { return }
    let (isTrained, gradient) = (requiresGrad, grad)
    requiresGrad = false
    value = value.to(dtype)
    requiresGrad = isTrained
    if isTrained { grad = gradient.map { Variable($0.value.to(dtype)) } }
  }
}

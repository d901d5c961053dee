import Autograd

/// y = x: [..] → [..]. Stands where a model may have another layer.
public final class Identity: Module {
  public override func forward(_ x: Variable) -> Variable { x }
}

/// Collects modules written one below the other, with `if`, `for` and arrays between them.
@resultBuilder
public enum ModuleBuilder {
  /// A module.
  public static func buildExpression(_ module: Module) -> [Module] { [module] }
  /// Several modules.
  public static func buildExpression(_ modules: [Module]) -> [Module] { modules }
  /// All lines of a block.
  public static func buildBlock(_ parts: [Module]...) -> [Module] { parts.flatMap { $0 } }
  /// An `if` without `else`.
  public static func buildOptional(_ part: [Module]?) -> [Module] { part ?? [] }
  /// An `if` that holds.
  public static func buildEither(first part: [Module]) -> [Module] { part }
  /// An `else`.
  public static func buildEither(second part: [Module]) -> [Module] { part }
  /// A `for` loop.
  public static func buildArray(_ parts: [[Module]]) -> [Module] { parts.flatMap { $0 } }
  /// An `if #available`.
  public static func buildLimitedAvailability(_ part: [Module]) -> [Module] { part }
}

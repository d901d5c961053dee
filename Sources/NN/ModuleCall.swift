import CKernels
import Tensors

/// A call of a module under way on this thread; each knows the one it was made in.
struct ModuleCall {
  // The caller holds it for the time of the call. Nil at the bottom, where somebody listens to all calls.
  unowned(unsafe) let module: Module?
  let outer: UnsafePointer<ModuleCall>?
  /// Who is told of every call made inside, if anybody is.
  let listener: (any CallListener)?

  /// The innermost call of this thread.
  static var current: UnsafePointer<ModuleCall>? {
    adj_module_call()?.assumingMemoryBound(to: ModuleCall.self)
  }

  /// Runs `body` inside this call.
  @inline(__always)
  func run<Result>(_ body: () throws -> Result) rethrows -> Result {
    try withUnsafePointer(to: self) { pointer in
      adj_set_module_call(pointer)
      defer { adj_set_module_call(outer) }
      return try body()
    }
  }

  /// Runs `body` with somebody who is told of every call of a module made inside.
  static func listening<Result>(_ listener: any CallListener, _ body: () throws -> Result) rethrows -> Result {
    try ModuleCall(module: nil, outer: nil, listener: listener).run(body)
  }

  /// Once set, messages of failures say the path of the innermost call.
  static let namesFailures: Void = failurePlace.withLock { place in
    place = { current.map { $0.pointee.path }.flatMap { $0.isEmpty ? nil : " at \($0)" } ?? "" }
  }

  /// The name of the module in the outermost one: `encoder.layers.2.linear1`. Begins anew at a module that is not part of
  /// the one that calls it.
  private var path: String {
    guard let caller = outer?.pointee, let holder = caller.module else { return "" }
    let name = holder.namedModules(removingDuplicates: false).first { $0.module === module }?.name
    guard let name, !name.isEmpty else { return name == nil ? "" : caller.path }
    return caller.path.isEmpty ? name : "\(caller.path).\(name)"
  }
}

/// Told of the calls of modules, after each.
protocol CallListener: AnyObject {
  func called(_ module: Module, output: Any)
}

extension Module {
  /// Runs `body` as a call of this module: a failure inside tells the module's path in the model that calls it, as in
  /// `Linear at encoder.layers.2.linear1: expected input [*, 512], got [32, 128, 256]`, ``summary(input:dtype:)`` lists it, and
  /// parametrized parameters have their values.
  ///
  /// `model(x)` does so by itself. A module that is called in another way, with several inputs for instance, does its work
  /// inside.
  @inline(__always)
  public final func withinCall<Result>(_ body: () throws -> Result) rethrows -> Result {
    ModuleCall.namesFailures
    let outer = ModuleCall.current
    let call = ModuleCall(module: self, outer: outer, listener: outer?.pointee.listener)
    let result = try call.run { parametrizations == nil ? try body() : try withParametrizedValues(body) }
    call.listener?.called(self, output: result)
    return result
  }
}

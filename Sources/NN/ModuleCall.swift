import CKernels
import Tensors

/// A call of a module under way on this thread; each knows the one it was made in.
struct ModuleCall {
  // The caller holds it for the time of the call.
  unowned(unsafe) let module: Module
  let outer: UnsafePointer<ModuleCall>?
  /// Who is told of every call made inside, if anybody is.
  let listener: (any CallListener)?

  /// The innermost call of this thread.
  static var current: UnsafePointer<ModuleCall>? {
    adj_module_call()?.assumingMemoryBound(to: ModuleCall.self)
  }

  /// Once set, messages of failures say the path of the innermost call.
  static let namesFailures: Void = failurePlace.withLock { place in
    place = { current.map { $0.pointee.path }.flatMap { $0.isEmpty ? nil : " at \($0)" } ?? "" }
  }

  /// The name of the module in the outermost one: `encoder.layers.2.linear1`. Begins anew at a module that is not part of
  /// the one that calls it.
  private var path: String {
    guard let outer = outer?.pointee else { return "" }
    let name = outer.module.namedModules(removingDuplicates: false).first { $0.module === module }?.name
    guard let name, !name.isEmpty else { return name == nil ? "" : outer.path }
    return outer.path.isEmpty ? name : "\(outer.path).\(name)"
  }
}

/// Told of the calls of modules, after each.
protocol CallListener: AnyObject {
  func called(_ module: Module, depth: Int, output: Any)
}

extension Module {
  /// Runs `body` as a call of this module: a failure inside tells the module's path in the model that calls it, as in
  /// `Linear at encoder.layers.2.linear1: expected input [*, 512], got [32, 128, 256]`, and a ``summary(input:)`` lists it.
  ///
  /// `model(x)` does so by itself. A module that is called in another way, with several inputs for instance, does its work
  /// inside.
  @inline(__always)
  public final func withinCall<Result>(_ body: () throws -> Result) rethrows -> Result {
    try withinCall(nil, body)
  }

  /// The same, with a listener to this call and all inside it.
  @inline(__always)
  final func withinCall<Result>(_ listener: (any CallListener)?, _ body: () throws -> Result) rethrows -> Result {
    ModuleCall.namesFailures
    let outer = ModuleCall.current
    let call = ModuleCall(module: self, outer: outer, listener: listener ?? outer?.pointee.listener)
    let result = try withUnsafePointer(to: call) { pointer in
      adj_set_module_call(pointer)
      defer { adj_set_module_call(outer) }
      return try body()
    }
    call.listener?.called(self, depth: call.depth, output: result)
    return result
  }
}

extension ModuleCall {
  /// How many calls this one is in.
  var depth: Int { sequence(first: self) { $0.outer?.pointee }.reduce(-1) { count, _ in count + 1 } }
}

#if canImport(Runtime)
  internal import Runtime
#endif

/// Captures the thread's calls, in a microsecond or two: what the program consists of is asked once, frames are found by
/// their pointers, and names and lines only when they are wanted.
package final class CallStackCapture {
  #if canImport(Runtime)
    private let images = ImageMap.capture()
  #endif

  package init() {}

  /// The calls that led here.
  @inline(never)
  package func callAsFunction() -> CallStack {
    #if canImport(Runtime)
      CallStack(backtrace: try? .capture(algorithm: .fast, limit: 128, top: 0, images: images))
    #else
      CallStack()
    #endif
  }
}

/// The calls that led to an operation.
package struct CallStack {
  #if canImport(Runtime)
    fileprivate let backtrace: Backtrace?

    /// The innermost function that is not the library's; nil where the program has no debug information.
    ///
    /// Inlined frames are left out: the toolchain's reader of debug information stops the program at functions that were
    /// inlined from another module, as release builds are full of (Swift 6.3). A line is then that of the innermost code.
    package var site: SourceSite? {
      let frames = backtrace?.symbolicated(options: [.showSourceLocations, .useSymbolCache])?.frames ?? []
      let symbols = frames.compactMap(\.symbol)
      guard let sources = Self.sources(symbols) else { return nil }
      for symbol in symbols where !symbol.isSwiftThunk {
        let location = symbol.sourceLocation.flatMap { $0.line > 0 && $0.path.hasSuffix(".swift") ? $0 : nil }
        if let location, !Self.isLibrary(location.path, sources) {
          return SourceSite(function: symbol.name, file: location.path, line: location.line)
        }
        if Self.isUsers(symbol.rawName) { return SourceSite(function: symbol.name, file: nil, line: nil) }
      }
      return nil
    }

    /// The folder of the library's modules: the first frame is this file's.
    private static func sources(_ symbols: [SymbolicatedBacktrace.Symbol]) -> ArraySlice<Substring>? {
      let paths = symbols.lazy.compactMap(\.sourceLocation?.path)
      return paths.first { $0.hasSuffix(ownPath) }.map { components($0).dropLast(components(ownPath).count) }
    }
  #else
    /// Unknown: this system's toolchain can't tell.
    package var site: SourceSite? { nil }
  #endif

  /// Whether a function, by its name for the linker, is in a module that is not the library's nor the standard library's.
  /// The name begins with the module, as in `$s8Autograd8VariableC3logACyF`; where a module `my` extends a type, it follows
  /// the type: `$s8Autograd8VariableC2myE`.
  package static func isUsers(_ mangled: String) -> Bool {
    guard let name = mangled.firstMatch(of: #/^\$s(\d+)(\w*)/#), let length = Int(name.1) else { return false }
    if !modules.contains(String(name.2.prefix(length))) { return true }
    guard let type = name.2.dropFirst(length).firstMatch(of: #/^(\d+)(\w*)/#), let typeLength = Int(type.1),
      let owner = type.2.dropFirst(typeLength).firstMatch(of: #/^[CVOP](\d+)(\w*)/#), let ownerLength = Int(owner.1)
    else { return false }
    return owner.2.dropFirst(ownerLength).first == "E" && !modules.contains(String(owner.2.prefix(ownerLength)))
  }

  /// Whether a file is in a module of the library, whose modules stand in the folder `sources`. Either path may be absolute,
  /// or relative to a folder that both are in.
  package static func isLibrary(_ path: String, _ sources: ArraySlice<Substring>) -> Bool {
    let parts = components(path)
    return parts.indices.contains { i in
      // Of a shorter path, all components are the last ones of the longer.
      modules.contains(String(parts[i])) && zip(parts[..<i].reversed(), sources.reversed()).allSatisfy(==)
        && (parts[0] != "" || sources.first != "" || i == sources.count)
    }
  }

  package static func components(_ path: String) -> ArraySlice<Substring> {
    path.split(separator: "/", omittingEmptySubsequences: false)[...]
  }

  private static let ownPath = "Autograd/Anomalies/CallStack.swift"
  private static let modules = ["CKernels", "Kernels", "Tensors", "Autograd", "NN", "Training", "Adjoint"]
}

/// A place in a program's source.
public struct SourceSite: Sendable, Hashable, CustomStringConvertible {
  /// The function, with its argument labels; of a function that was inlined, the one it was inlined into.
  public let function: String
  /// The path of the file, as the compiler was given it; nil with ``line``.
  public let file: String?
  /// The line, counted from 1; nil where the compiler has inlined the library's code into the function.
  public let line: Int?

  package init(function: String, file: String?, line: Int?) {
    // A closure at the top level stands in a function without a name.
    self.function = function.hasSuffix(" in ") ? function + "main" : function
    (self.file, self.line) = (file, line)
  }

  /// `file:line, in function`.
  public var description: String {
    guard let file, let line else { return "\(function); a debug build tells the line" }
    return "\(file):\(line), in \(function)"
  }
}

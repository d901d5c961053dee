import Foundation
import Tensors

/// A directory for an example's results, made if it is missing.
public struct OutputDirectory {
  private let path: String

  /// Makes the directory, and those above it.
  ///
  /// - Throws: `DataError` naming the path.
  public init(_ path: String) throws {
    self.path = path
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    var made = path.hasPrefix("/") ? "/" : ""
    for part in parts {
      made += part + "/"
      let code = mkdir(made, 0o777) == 0 ? 0 : errno
      guard code == 0 || isDirectory(made) else { throw systemError(path, "can't be made", code: code) }
    }
  }

  /// The path of a file in it.
  public func file(_ name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }
}

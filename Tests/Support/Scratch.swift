import Foundation
import Testing

import Tensors

/// A directory of its own for a test's files, removed at the end of the test.
package final class Scratch {
  package let path: String

  package init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("adjoint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  package func file(_ name: String) -> String { path + "/" + name }

  @discardableResult
  package func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }

  package var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }
}

/// The `DataError` that `body` throws; a test failure if it throws none.
package func dataError<Result>(
  _ location: SourceLocation = #_sourceLocation, _ body: () throws -> Result
) -> DataError? {
  do {
    _ = try body()
    Issue.record("expected a DataError", sourceLocation: location)
  } catch let error as DataError {
    return error
  } catch {
    Issue.record("expected a DataError, got \(error)", sourceLocation: location)
  }
  return nil
}

import Foundation
import Tensors
import Testing

/// Reads damaged copies of a valid file: cut at every length, and with every byte changed in ten ways. Each must throw a
/// `DataError` or give a value; a copy that is cut must throw. That nothing crashes is seen by the test's going on.
package func expectSafety<Value>(
  of file: Data, _ name: String, location: SourceLocation = #_sourceLocation, _ read: (Data) throws -> Value
) {
  #expect(throws: Never.self, "\(name) as it is", sourceLocation: location) { try read(file) }
  for count in 0..<file.count where error(of: read, file.prefix(count)) == nil {
    Issue.record("\(name) cut to \(count) of \(file.count) bytes: expected a DataError", sourceLocation: location)
  }
  for position in 0..<file.count {
    var damaged = file
    for value in changes(of: file[file.startIndex + position]) {
      damaged[damaged.startIndex + position] = value
      if let error = error(of: read, damaged), !(error is DataError) {
        Issue.record("\(name), byte \(position) = \(value): got \(error)", sourceLocation: location)
      }
    }
  }
}

private func error<Value>(of read: (Data) throws -> Value, _ data: Data) -> (any Error)? {
  do {
    _ = try read(data)
    return nil
  } catch { return error }
}

/// The byte with each bit flipped, with all set, and with none.
private func changes(of byte: UInt8) -> [UInt8] { (0..<8).map { byte ^ (1 << $0) } + [0, 255] }

import Foundation

/// The whole content of the file at `path`; a `DataError` names the path and the system's reason when it can't be read.
package func readFile(_ path: String) throws -> Data {
  let handle = FileHandle(fileDescriptor: try openForReading(path), closeOnDealloc: true)
  guard !isDirectory(path) else {
    throw DataError(file: path, field: "file", reason: "is a directory, expected a regular file")
  }
  do {
    return try handle.readToEnd() ?? Data()
  } catch {
    throw DataError(file: path, field: "file", reason: "can't be read: \(error.localizedDescription)")
  }
}

/// A descriptor of the file at `path`, which the caller closes.
package func openForReading(_ path: String) throws -> Int32 {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw systemError(path, "can't be opened for reading") }
  return descriptor
}

/// Whether a directory stands at `path`.
package func isDirectory(_ path: String) -> Bool {
  var directory: ObjCBool = false
  return FileManager.default.fileExists(atPath: path, isDirectory: &directory) && directory.boolValue
}

/// A `DataError` about the file at `path` with the text of the system call that failed last.
package func systemError(_ path: String, _ what: String, code: Int32 = errno) -> DataError {
  DataError(file: path, field: "file", reason: "\(what): \(String(cString: strerror(code)))")
}

import Foundation

/// The whole content of the file at `path`; a `DataError` names the path and the system's reason when it can't be read.
package func readFile(_ path: String) throws -> Data {
  try readToEnd(of: openForReading(path).descriptor, path)
}

/// What is left to read of an open file, which is closed then.
func readToEnd(of descriptor: Int32, _ path: String) throws -> Data {
  let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  do {
    return try handle.readToEnd() ?? Data()
  } catch {
    throw DataError(file: path, field: "file", reason: "can't be read: \(error.localizedDescription)")
  }
}

/// What an open file is.
package enum FileKind: Equatable {
  /// A file of so many bytes, which can be read at any position.
  case regular(byteCount: Int)
  /// A pipe or a device, which can be read to its end.
  case stream

  /// What is open under this descriptor, whatever stands at `path` by now; a directory is an error.
  package init(of descriptor: Int32, _ path: String) throws {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw systemError(path, "can't be examined") }
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = .regular(byteCount: Int(status.st_size))
    case S_IFDIR:
      throw DataError(file: path, field: "file", reason: "is a directory, expected a regular file")
    default: self = .stream
    }
  }
}

/// A descriptor of the file at `path`, which the caller closes, and what it is.
func openForReading(_ path: String) throws -> (descriptor: Int32, kind: FileKind) {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { throw systemError(path, "can't be opened for reading") }
  do {
    return (descriptor, try FileKind(of: descriptor, path))
  } catch {
    close(descriptor)
    throw error
  }
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

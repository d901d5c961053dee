import Foundation
import Tensors

/// A file that grows by whole lines or records: each is handed to the system at once, so that a program which is killed
/// leaves none half written, and one that the disk has no room for is taken back.
final class LogFile {
  let path: String
  private let descriptor: Int32

  /// The end of the file at `path`, which is made if it isn't there, and so is its directory.
  convenience init(appendingTo path: String) throws { try self.init(path, O_WRONLY | O_CREAT | O_APPEND) }

  /// A new file. Nil where there is one of this name.
  convenience init?(creating path: String) throws {
    do { try self.init(path, O_WRONLY | O_CREAT | O_APPEND | O_EXCL) } catch let error as DataError {
      if access(path, F_OK) == 0 { return nil }
      throw error
    }
  }

  private init(_ path: String, _ flags: Int32) throws {
    try makeDirectory(of: path)
    descriptor = open(path, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw systemError(path, "can't be opened for writing") }
    self.path = path
  }

  deinit { close(descriptor) }

  /// Writes all of `data` behind what is there, or throws and leaves the file as it was.
  func append(_ data: Data) throws {
    let end = try byteCount
    do { try writeAll(data, to: descriptor, path: path) } catch {
      if let end { ftruncate(descriptor, off_t(end)) }
      throw error
    }
  }

  /// Forces what was written to the disk. Devices and pipes have none, which is no error.
  func synchronize() throws {
    guard try byteCount != nil, fsync(descriptor) != 0 else { return }
    throw systemError(path, "can't be forced to the disk")
  }

  /// What the file has in it; nil for devices and pipes.
  var content: Data? {
    get throws { try byteCount == nil ? nil : readFile(path) }
  }

  private var byteCount: Int? {
    get throws {
      if case .regular(let count) = try FileKind(of: descriptor, path) { count } else { nil }
    }
  }

  /// The file of this name with another content, old or new to whoever reads it meanwhile, and open for more. A device
  /// or a pipe is not replaced but gets the content.
  static func replacing(_ path: String, with content: Data) throws -> LogFile {
    let old = try LogFile(appendingTo: path)
    if try old.byteCount == nil {
      try old.append(content)
      return old
    }
    try writeAtomically(content, to: path)
    return try LogFile(appendingTo: path)
  }
}

/// Makes the directory that a file shall stand in, and those above it.
func makeDirectory(of path: String) throws {
  let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
  if isDirectory(directory) { return }
  do {
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
  } catch {
    throw DataError(file: directory, field: "directory", reason: "can't be made: \(error.localizedDescription)")
  }
}

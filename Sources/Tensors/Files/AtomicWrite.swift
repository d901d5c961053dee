import Foundation

/// Writes `data` to the file at `path` so that a reader finds the old content or the new one, never a part.
///
/// The data goes to a temporary file beside it, is forced to the disk, and then takes the name. On any failure the
/// temporary file is removed, an existing file stays as it was, and a `DataError` names `path`.
package func writeAtomically(_ data: Data, to path: String) throws {
  let temporary = temporaryPath(beside: path)
  let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
  guard descriptor >= 0 else { throw systemError(path, "can't create a file in its directory") }
  do {
    try fill(descriptor, with: data, replacing: path)
    guard rename(temporary, path) == 0 else { throw systemError(path, "can't be replaced") }
  } catch {
    unlink(temporary)
    throw error
  }
  syncDirectory(of: path)
}

/// A name in the same directory, so that the rename stays within one file system; hidden, and unlike any other's.
private func temporaryPath(beside path: String) -> String {
  let url = URL(fileURLWithPath: path)
  let token = String(UInt64.random(in: 0 ... .max), radix: 36)
  return url.deletingLastPathComponent().appendingPathComponent(temporaryPrefix(of: url) + token + ".tmp").path
}

private func temporaryPrefix(of url: URL) -> String { ".\(url.lastPathComponent.prefix(200))." }

/// Removes the temporary files of programs that were killed while they wrote the file at `path`; there must be no other
/// program that writes it now.
package func removeTemporaryFiles(of path: String) {
  let url = URL(fileURLWithPath: path)
  let (directory, prefix) = (url.deletingLastPathComponent(), temporaryPrefix(of: url))
  for name in (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? [] {
    let token = name.dropFirst(prefix.count).dropLast(4)
    guard name.hasPrefix(prefix), name.hasSuffix(".tmp"), UInt64(token, radix: 36) != nil else { continue }
    unlink(directory.appendingPathComponent(name).path)
  }
}

/// Writes, syncs and closes the temporary file. It takes over the permissions of the file that it replaces.
private func fill(_ descriptor: Int32, with data: Data, replacing path: String) throws {
  do {
    var old = stat()
    if stat(path, &old) == 0 { fchmod(descriptor, old.st_mode & 0o7777) }
    try writeAll(data, to: descriptor, path: path)
    guard fsync(descriptor) == 0 else { throw systemError(path, "can't be forced to the disk") }
  } catch {
    close(descriptor)
    throw error
  }
  guard close(descriptor) == 0 else { throw systemError(path, "can't be closed") }
}

/// Writes all of `data` to an open file: the system may take less than it is given, or be interrupted.
package func writeAll(_ data: Data, to descriptor: Int32, path: String) throws {
  try data.withUnsafeBytes { bytes in
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw systemError(path, "can't write \(data.count) bytes") }
      rest = rest.dropFirst(written)
    }
  }
}

/// Forces the new name to the disk. Not every file system can, and the file is complete without it: no error.
private func syncDirectory(of path: String) {
  let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
  let descriptor = open(directory, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return }
  fsync(descriptor)
  close(descriptor)
}

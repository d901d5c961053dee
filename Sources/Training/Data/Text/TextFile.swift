import Tensors

/// Plain text in UTF-8.
public enum TextFile {
  /// The whole text of the file at `path`, as it stands there but for a byte order mark.
  ///
  /// - Throws: ``DataError`` if the file can't be read or is empty, and one that names the first byte (0 is the first of the
  ///   file) that isn't UTF-8.
  public static func read(_ path: String) throws -> String {
    let bytes = [UInt8](try readFile(path))
    try requireUTF8(bytes, name: path)
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = String(decoding: bytes.dropFirst(bytes.starts(with: mark) ? mark.count : 0), as: UTF8.self)
    if text.isEmpty { throw DataError(file: path, field: "file", reason: "is empty, expected text") }
    return text
  }
}

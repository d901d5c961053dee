/// A file, a path or a datum that isn't what it should be: which file, which part of it, and what is wrong.
///
/// Everything in Adjoint that reads or writes data throws it; a wrong shape in a program stops the program instead.
public struct DataError: Error, CustomStringConvertible, Sendable, Equatable {
  /// The path of the file or directory, as the caller gave it.
  public let file: String
  /// The part that is wrong: "magic", "header", "row 3, column age".
  public let field: String
  /// What was found there and what was expected.
  public let reason: String

  /// An error about the part `field` of `file`.
  public init(file: String, field: String, reason: String) {
    self.file = file
    self.field = field
    self.reason = reason
  }

  /// One line: the file, the part, the reason.
  public var description: String { "\(file): \(field): \(reason)" }
}

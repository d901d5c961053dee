import Foundation
import Tensors

/// Writes what TensorBoard shows: `tensorboard --logdir run` on the directory's parent, or on the directory itself.
///
/// ```swift
/// let writer = try SummaryWriter("run/first")
/// for step in 0..<100 {
///   try writer.addScalar("loss", exp(-Double(step) / 20), step: step)
/// }
/// try writer.close()
/// ```
///
/// The methods are those of PyTorch's `torch.utils.tensorboard.SummaryWriter`. Each event is handed to the system at
/// once, so that TensorBoard sees it and a program that is killed loses none.
///
/// Every method throws a ``DataError`` where the file can't be written: the disk is full, or the directory can't be
/// made.
public final class SummaryWriter {
  /// The directory that the events go to.
  public let directory: String
  private var file: EventFile?
  private var parts: [String: SummaryWriter] = [:]

  /// A writer with a file of its own in `directory`, which is made if it isn't there. TensorBoard shows the files of
  /// one directory as one run.
  ///
  /// - Parameter purgeStep: for a run that goes on at this step: TensorBoard then hides what earlier files of the
  ///   directory say of this step and of later ones.
  public init(_ directory: String, purgeStep: Int? = nil) throws {
    self.directory = directory
    file = try EventFile(in: directory)
    if let purgeStep { try begin(at: purgeStep) }
  }

  /// A number under a name; a `/` in it makes groups. TensorBoard keeps single precision.
  ///
  /// - Parameter wallTime: the seconds since 1970; now, unless told otherwise.
  public func addScalar(_ tag: String, _ value: Double, step: Int = 0, wallTime: Double? = nil) throws {
    try add(tag, step, wallTime) { $0.float(2, Float(value)) }
  }

  /// Several numbers in one chart: each goes to a run of its own in a directory `TAG_NAME` within this one.
  public func addScalars(_ tag: String, _ values: [String: Double], step: Int = 0, wallTime: Double? = nil) throws {
    for (name, value) in values.sorted(by: { $0.key < $1.key }) {
      let folder = (tag + "_" + name).split(separator: "/", omittingEmptySubsequences: false).joined(separator: "_")
      let writer = try parts[folder] ?? SummaryWriter(directory + "/" + folder)
      parts[folder] = writer
      try writer.addScalar(tag, value, step: step, wallTime: wallTime)
    }
  }

  /// A text, in Markdown.
  public func addText(_ tag: String, _ text: String, step: Int = 0, wallTime: Double? = nil) throws {
    try add(tag + "/text_summary", step, wallTime) { value in
      value.message(8) { tensor in
        tensor.integer(1, 7)  // DT_STRING
        tensor.message(2) { shape in shape.message(2) { $0.integer(1, 1) } }
        tensor.string(8, text)
      }
      value.message(9) { metadata in metadata.message(1) { $0.string(1, "text") } }
    }
  }

  /// Forces what was written to the disk, also of runs within this one.
  public func flush() throws {
    try file?.synchronize()
    for (_, part) in parts { try part.flush() }
  }

  /// Flushes and closes the file. Whatever is added after that stops the program.
  public func close() throws {
    try flush()
    (file, parts) = (nil, [:])
  }

  /// Tells TensorBoard to hide what is known of this step and of later ones.
  func begin(at step: Int) throws {
    try open().append(step: step) { event in event.message(7) { $0.integer(1, 1) } }  // SessionLog.START
  }

  /// Adds a value of a summary, whose field 1 is its tag.
  func add(_ tag: String, _ step: Int, _ wallTime: Double?, _ fill: (inout ProtobufMessage) -> Void) throws {
    try open().appendSummary(step: step, wallTime: wallTime) { value in
      value.string(1, tag)
      fill(&value)
    }
  }

  private func open() -> EventFile {
    guard let file else { fail("SummaryWriter", "the writer of \(directory) is closed; expected an open one") }
    return file
  }
}

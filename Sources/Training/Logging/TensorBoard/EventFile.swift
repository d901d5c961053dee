import Foundation
import Synchronization
import Tensors

/// A file of TensorBoard's events, each a record with checksums: its length, the length's checksum, the event, its
/// checksum.
final class EventFile {
  private let file: LogFile

  /// A new file in a directory, which is made if it isn't there.
  init(in directory: String) throws {
    file = try Self.newFile(in: directory)
    try append { $0.string(3, "brain.Event:2") }
  }

  /// Appends an event: `fill` sets what it says.
  func append(step: Int = 0, wallTime: Double? = nil, _ fill: (inout ProtobufMessage) -> Void) throws {
    let event = ProtobufMessage { event in
      event.double(1, wallTime ?? Date().timeIntervalSince1970)
      if step != 0 { event.integer(2, step) }
      fill(&event)
    }
    try file.append(Data(Self.record(event.bytes)))
  }

  /// Appends an event with one value of a summary.
  func appendSummary(step: Int, wallTime: Double?, _ fill: (inout ProtobufMessage) -> Void) throws {
    try append(step: step, wallTime: wallTime) { event in
      event.message(5) { summary in summary.message(1, fill) }
    }
  }

  func synchronize() throws { try file.synchronize() }

  private static func record(_ event: [UInt8]) -> [UInt8] {
    let length = littleEndian(UInt64(event.count))
    return length + littleEndian(CRC32C.masked(length)) + event + littleEndian(CRC32C.masked(event))
  }

  private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  private static let count = Mutex(0)

  private static func newFile(in directory: String) throws -> LogFile {
    while true {
      if let file = try LogFile(creating: directory + "/" + name(after: latest(in: directory))) { return file }
    }
  }

  private static let prefix = "events.out.tfevents."

  /// The prefix that TensorBoard looks for, the seconds since 1970 in ten digits, the machine, the process, and how
  /// many files it has made before.
  ///
  /// TensorBoard reads a directory's files in the order of their names, so the seconds are more than those of every
  /// file that is there: also of one that a killed process left a moment ago, and where the clock was set back.
  private static func name(after latest: Int) -> String {
    let number = count.withLock { count in
      defer { count += 1 }
      return count
    }
    let seconds = String(max(Int(Date().timeIntervalSince1970), latest + 1))
    let time = String(repeating: "0", count: max(10 - seconds.count, 0)) + seconds
    return "\(prefix)\(time).\(hostName()).\(getpid()).\(number)"
  }

  /// The largest number of seconds in a directory's names of files; 0 without any.
  private static func latest(in directory: String) -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return names.compactMap { $0.hasPrefix(prefix) ? Int($0.dropFirst(prefix.count).prefix(10)) : nil }.max() ?? 0
  }

  /// Without asking the network for it, as Foundation does.
  private static func hostName() -> String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, 255) == 0 else { return "localhost" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

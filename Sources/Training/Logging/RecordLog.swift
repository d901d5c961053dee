import Foundation
import Tensors

/// The log of a run in lines, kept in step with the run: one that goes on from a checkpoint has each epoch and each
/// step once, whatever was logged after that checkpoint.
///
/// Epochs are written anew from the run's history. Of steps, which no history has, those before the first new one are
/// kept.
final class RecordLog {
  private let path: String
  private let interval: LogInterval
  private let format: any LineFormat
  private var file: LogFile?
  private var columns: [String] = []
  private var isContinued = false

  init(_ path: String, _ interval: LogInterval, _ format: some LineFormat) {
    (self.path, self.interval, self.format) = (path, interval, format)
  }

  func began(_ run: TrainingRun) throws {
    (columns, isContinued) = ([], false)
    switch interval {
    case .epoch:
      let records = run.history.epochs.map(\.logFields)
      for record in records { columns += newColumns(record) }
      let lines = records.isEmpty ? [] : header + records.map { format.line($0, columns: columns) }
      file = try LogFile.replacing(path, with: data(lines))
    case .step: file = try LogFile(appendingTo: path)
    }
  }

  func stepped(_ step: StepRecord) throws {
    guard interval == .step else { return }
    if !isContinued { try keepSteps(before: step.step) }
    isContinued = true
    try add(step.logFields)
  }

  func finished(_ epoch: EpochRecord) throws {
    if interval == .epoch { try add(epoch.logFields) }
  }

  func ended() { file = nil }

  private var header: [String] { format.header(columns).map { [$0] } ?? [] }

  /// The names that have no column yet.
  private func newColumns(_ fields: LogFields) -> [String] {
    fields.entries.map(\.name).filter { !columns.contains($0) }
  }

  private func data(_ lines: [String]) -> Data { Data(lines.map { $0 + "\n" }.joined().utf8) }

  private func add(_ fields: LogFields) throws {
    let new = newColumns(fields)
    let isFirst = columns.isEmpty
    columns += new
    if !new.isEmpty && !isFirst { try widen(by: new.count) }
    try file?.append(data((isFirst ? header : []) + [format.line(fields, columns: columns)]))
  }

  /// More columns in the header, and empty cells below them.
  private func widen(by count: Int) throws {
    guard !header.isEmpty else { return }
    let cells = String(repeating: ",", count: count)
    file = try LogFile.replacing(path, with: data(header + lines().dropFirst().map { $0 + cells }))
  }

  /// Leaves the lines of earlier steps than `first`, as far as they are whole and in order.
  private func keepSteps(before first: Int) throws {
    var lines = first > 1 ? try lines()[...] : []
    if format.header([]) != nil, let names = lines.popFirst() { columns = names.split(separator: ",").map(String.init) }
    let isOurs = columns.first.map { $0 == "step" } ?? lines.first.map { format.leadingInteger($0) != nil } ?? true
    guard isOurs else { throw DataError(file: path, field: "line 1", reason: "isn't of a log of steps, to go on with") }
    let kept = lines.prefix { line in format.leadingInteger(line).map { $0 < first } ?? false }.map(String.init)
    file = try LogFile.replacing(path, with: data((columns.isEmpty ? [] : header) + kept))
  }

  /// The file's whole lines, however they end; none of a device or a pipe.
  private func lines() throws -> [Substring] {
    guard let text = try file?.content.map({ String(decoding: $0, as: UTF8.self) }) else { return [] }
    let whole = text.lastIndex(where: \.isNewline).map { text[..<$0] } ?? ""
    return whole.split(whereSeparator: \.isNewline)
  }
}

import Foundation
import Testing

/// A run of one of the examples' programs, which stand beside the tests' own binary.
struct ExampleProcess {
  /// What it wrote to standard output.
  let output: String
  /// What it wrote to standard error.
  let errors: String
  /// 0 where all went well.
  let status: Int32

  /// The lines of the output.
  var lines: [String] { output.split(separator: "\n").map(String.init) }

  /// Whether the kernels are compiled with optimization: without, only a few steps of a training can be afforded.
  static var isOptimized: Bool {
    #if DEBUG
      false
    #else
      true
    #endif
  }

  /// Runs a program to its end.
  init(_ program: String, _ arguments: String...) throws {
    let directory = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let candidates = [directory, Bundle.main.bundleURL, URL(fileURLWithPath: ".build/debug")]
    let process = Process()
    process.executableURL = try #require(
      candidates.map { $0.appendingPathComponent(program) }.first {
        FileManager.default.isExecutableFile(atPath: $0.path)
      }, "no program \(program) beside \(directory.path)")
    process.arguments = arguments
    let (out, err) = (FileManager.default.temporaryDirectory, UUID().uuidString)
    let files = ["out", "err"].map { out.appendingPathComponent("\(err).\($0)") }
    for file in files { FileManager.default.createFile(atPath: file.path, contents: nil) }
    defer { files.forEach { try? FileManager.default.removeItem(at: $0) } }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    output = try String(contentsOf: files[0], encoding: .utf8)
    errors = try String(contentsOf: files[1], encoding: .utf8)
    status = process.terminationStatus
  }
}

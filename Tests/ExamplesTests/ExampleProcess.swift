import Foundation
import TestSupport
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

  /// The program has not been built.
  struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  /// Runs a program to its end.
  init(_ program: String, _ arguments: String...) throws { try self.init(program, arguments) }

  /// Runs a program to its end, or asks it to terminate once there is a file, if one is named.
  init(_ program: String, _ arguments: [String], terminatingOnceThereIs file: String? = nil) throws {
    let directory = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let candidates = [directory, Bundle.main.bundleURL, URL(fileURLWithPath: ".build/debug")]
    let process = Process()
    let binaries = candidates.map { $0.appendingPathComponent(program) }
    let binary = binaries.first { FileManager.default.isExecutableFile(atPath: $0.path) }
    guard let binary else { throw Missing(description: "no program \(program) beside \(directory.path)") }
    process.executableURL = binary
    process.arguments = arguments
    // Files and not pipes: what isn't read of a pipe holds the program up once it is full.
    let scratch = try Scratch()
    let (out, err) = (try scratch.write([], to: "out"), try scratch.write([], to: "err"))
    process.standardOutput = FileHandle(forWritingAtPath: out)
    process.standardError = FileHandle(forWritingAtPath: err)
    try Self.runWithoutBlockedSignals(process)
    if let file {
      while process.isRunning && !FileManager.default.fileExists(atPath: file) { usleep(1000) }
      if process.isRunning { process.terminate() }
    }
    process.waitUntilExit()
    output = try String(contentsOfFile: out, encoding: .utf8)
    errors = try String(contentsOfFile: err, encoding: .utf8)
    status = process.terminationStatus
  }

  /// A program inherits the signals that the thread which starts it blocks, and those of Dispatch block nearly all: it
  /// would never hear that it shall terminate.
  private static func runWithoutBlockedSignals(_ process: Process) throws {
    var (none, own) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &own)
    defer { pthread_sigmask(SIG_SETMASK, &own, nil) }
    try process.run()
  }
}

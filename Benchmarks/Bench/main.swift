import Foundation
import Kernels

/// The workloads that `Benchmarks/compare.py` sets beside other libraries' twins.
///
/// `bench [NAME …]` times all workloads, or those named, one JSON line each; `bench --list` names them; `bench --describe`
/// says of each what its unit must do, one JSON line each; `bench --serve` answers each name on standard input with a
/// line; `bench --units N NAME` runs N units for someone who counts from outside, and says how many parts each has and
/// how much memory they took. Threads: the environment variable ADJOINT_NUM_THREADS.
func line(_ name: String) -> String {
  guard let workload = Workload.all.first(where: { $0.name == name }) else {
    return #"{"workload": "\#(name)", "error": "no such workload; --list names them"}"#
  }
  do {
    let (count, unit) = try workload.make()
    let ns = Stopwatch.nanoseconds(unit) / Double(count)
    return #"{"workload": "\#(name)", "threads": \#(kernelThreadCount), "ns": \#(ns)}"#
  } catch {
    return #"{"workload": "\#(name)", "error": "\#("\(error)".replacing("\"", with: "'"))"}"#
  }
}

/// The work of a unit, for the share of what the machine can do at most.
func description(_ workload: Workload) -> String {
  let work = [("flops", workload.flops), ("bytes", workload.bytes)].compactMap { key, value in
    value.map { #", "\#(key)": \#($0)"# }
  }
  return #"{"workload": "\#(workload.name)", "dtype": "\#(workload.dtype)"\#(work.joined())}"#
}

/// Runs so many units of a workload, untimed.
func run(units: String?, of name: String?) {
  guard let units = units.flatMap({ Int($0) }), let workload = Workload.all.first(where: { $0.name == name }) else {
    stop("expected --units N NAME with a number and a workload; --list names them")
  }
  guard let (count, unit) = try? workload.make() else { stop(line(workload.name)) }
  for _ in 0..<units { unit() }
  emit(#"{"workload": "\#(workload.name)", "units": \#(units), "count": \#(count), "peak_bytes": \#(peakBytes())}"#)
}

func stop(_ message: String) -> Never {
  FileHandle.standardError.write(Data("bench: \(message)\n".utf8))
  exit(2)
}

func emit(_ text: String) {
  print(text)
  fflush(nil)
}

let arguments = Array(CommandLine.arguments.dropFirst())
switch arguments.first {
case "--list": Workload.all.forEach { emit($0.name) }
case "--describe": Workload.all.forEach { emit(description($0)) }
case "--serve":
  while let name = readLine() { emit(line(name)) }
case "--units": run(units: arguments.dropFirst().first, of: arguments.dropFirst(2).first)
case .some(let option) where option.hasPrefix("-"):
  stop("unknown option \(option); expected --list, --describe, --serve, --units or workload names")
default: (arguments.isEmpty ? Workload.all.map(\.name) : arguments).forEach { emit(line($0)) }
}

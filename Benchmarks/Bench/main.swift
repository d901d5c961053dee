import Foundation
import Kernels

/// The workloads that `Benchmarks/compare.py` sets beside other libraries' twins.
///
/// `bench [NAME …]` times all workloads, or those named, one JSON line each; `bench --list` names them; `bench --describe`
/// says of each what its unit must do, one JSON line each; `bench --serve` answers each name on standard input with a
/// line. Threads: the environment variable ADJOINT_NUM_THREADS.
func line(_ name: String) -> String {
  guard let workload = Workload.all.first(where: { $0.name == name }) else {
    return #"{"workload": "\#(name)", "error": "no such workload; --list names them"}"#
  }
  let (count, unit) = workload.make()
  let ns = Stopwatch.nanoseconds(unit) / Double(count)
  return #"{"workload": "\#(name)", "threads": \#(kernelThreadCount), "ns": \#(ns)}"#
}

/// The work of a unit, for the share of what the machine can do at most.
func description(_ workload: Workload) -> String {
  let work = [("flops", workload.flops), ("bytes", workload.bytes)].compactMap { key, value in
    value.map { #", "\#(key)": \#($0)"# }
  }
  return #"{"workload": "\#(workload.name)", "dtype": "\#(workload.dtype)"\#(work.joined())}"#
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
case .some(let option) where option.hasPrefix("-"):
  FileHandle.standardError.write(
    Data("bench: unknown option \(option); expected --list, --describe, --serve or workload names\n".utf8))
  exit(2)
default: (arguments.isEmpty ? Workload.all.map(\.name) : arguments).forEach { emit(line($0)) }
}

import Dispatch

/// Times one unit of work: a warm-up of 0.1 s, then samples of about 5 ms for 0.3 s, at least 3; their median, in ns.
enum Stopwatch {
  static func nanoseconds(_ unit: () -> Void) -> Double {
    let once = warmUp(unit)
    let repeats = max(1, Int(5e6 / once))
    var samples: [Double] = []
    let start = now()
    while now() - start < 0.3e9 || samples.count < 3 {
      let begin = now()
      for _ in 0..<repeats { unit() }
      samples.append((now() - begin) / Double(repeats))
    }
    samples.sort()
    return samples[samples.count / 2]
  }

  /// Runs the unit for 0.1 s, at least once, and returns the time of the last run.
  private static func warmUp(_ unit: () -> Void) -> Double {
    let start = now()
    var last = 1.0
    repeat {
      let begin = now()
      unit()
      last = max(1, now() - begin)
    } while now() - start < 0.1e9
    return last
  }

  private static func now() -> Double { Double(DispatchTime.now().uptimeNanoseconds) }
}

import Foundation

/// The progress of a training run on standard output: one line redrawn on a terminal, one plain line an epoch elsewhere.
///
/// ```swift
/// var bar = ProgressBar(epochs: 20, stepsPerEpoch: loader.count)
/// for epoch in 1...20 {
///   bar.begin(epoch: epoch)
///   for batch in loader { …; bar.advance(samples: 64, [.init("loss", loss)]) }
///   bar.end([.init("loss", meanLoss), .percent("accuracy", accuracy)])
/// }
/// ```
public struct ProgressBar {
  /// The shortest time between two drawings, in seconds: a step may be shorter than a drawing.
  public static let interval = 0.05

  private let stepsPerEpoch: Int
  private let terminal: () -> Terminal
  private let clock: () -> Double
  private let write: (String) -> Void

  private var line = ProgressLine()
  private var step = 0
  private var samples = 0
  private var stepsOfRun = 0
  private var startOfRun: Double?
  private var startOfEpoch = 0.0
  private var lastDrawing = -Double.infinity
  private var drawnLength = 0

  /// A bar for `epochs` epochs of `stepsPerEpoch` steps (0 if unknown: there is no bar then, and no remaining time).
  ///
  /// `terminal` is asked before each drawing, `clock` counts seconds from any origin, `write` takes the text.
  public init(
    epochs: Int, stepsPerEpoch: Int, terminal: @escaping () -> Terminal = { .standardOutput },
    clock: @escaping () -> Double = Self.monotonicSeconds,
    write: @escaping (String) -> Void = Self.writeToStandardOutput
  ) {
    self.stepsPerEpoch = stepsPerEpoch
    self.terminal = terminal
    self.clock = clock
    self.write = write
    line.epochs = epochs
  }

  /// Starts an epoch, counted from 1. A resumed run starts with a later one, of which some steps may be done.
  public mutating func begin(epoch: Int, stepsDone: Int = 0) {
    startOfEpoch = clock()
    startOfRun = startOfRun ?? startOfEpoch
    (line.epoch, line.elapsed, line.remaining, line.samplesPerSecond) = (epoch, nil, nil, nil)
    (step, samples, lastDrawing) = (stepsDone, 0, -.infinity)
  }

  /// Counts one step of `samples` samples. The metrics are asked for only when the line is drawn.
  public mutating func advance(samples: Int, _ metrics: @autoclosure () -> [ProgressLine.Metric] = []) {
    step += 1
    stepsOfRun += 1
    self.samples += samples
    let now = clock()
    guard now - lastDrawing >= Self.interval else { return }
    lastDrawing = now
    let terminal = terminal()
    guard terminal.isInteractive else { return }
    line.metrics = metrics()
    measure(now)
    line.remaining = remaining(now)
    redraw(on: terminal)
  }

  /// Ends the epoch: its line stays, with the time that the epoch took and these metrics.
  public mutating func end(_ metrics: [ProgressLine.Metric] = []) {
    let now = clock()
    let terminal = terminal()
    line.metrics = metrics
    measure(now)
    line.elapsed = now - startOfEpoch
    if terminal.isInteractive {
      redraw(on: terminal)
      write("\n")
      drawnLength = 0
    } else {
      line.fraction = nil
      write(line.text(width: .max) + "\n")
    }
  }

  private mutating func measure(_ now: Double) {
    line.fraction = stepsPerEpoch > 0 ? Double(step) / Double(stepsPerEpoch) : nil
    let seconds = now - startOfEpoch
    line.samplesPerSecond = seconds > 0 && samples > 0 ? Double(samples) / seconds : nil
  }

  /// The steps still to do at the mean speed of the whole run, evaluation between the epochs included.
  private func remaining(_ now: Double) -> Double? {
    guard let startOfRun, stepsPerEpoch > 0, stepsOfRun > 0 else { return nil }
    let stepsLeft = (line.epochs - line.epoch) * stepsPerEpoch + max(stepsPerEpoch - step, 0)
    return (now - startOfRun) / Double(stepsOfRun) * Double(stepsLeft)
  }

  /// Spaces wipe what a longer line before left behind; the last column stays free, as writing there may wrap.
  private mutating func redraw(on terminal: Terminal) {
    let width = max(terminal.width - 1, 0)
    let length = line.text(width: width).count
    let wipe = String(repeating: " ", count: max(min(drawnLength, width) - length, 0))
    write("\r" + line.text(width: width, color: terminal.hasColor) + wipe)
    drawnLength = length
  }

  /// Seconds on a clock that never goes back.
  public static func monotonicSeconds() -> Double {
    Double(DispatchTime.now().uptimeNanoseconds) * 1e-9
  }

  /// Prints without a line end and shows it at once.
  public static func writeToStandardOutput(_ text: String) {
    print(text, terminator: "")
    fflush(nil)
  }
}

import NN
import Tensors

/// Keeps a page about a run up to date: how far it is, curves, hyper-parameters, the model, a table of the epochs.
///
/// ```swift
/// let report = HTMLReport("run/report.html", title: "Digits", parameters: ["batch size": 32, "lr": 0.1]) { run, report in
///   report.addHeading("Mistakes")
///   report.add(mistakes(of: run.model))
/// }
/// ```
///
/// The file is written before the first step, after epochs and at the end, each time whole or not at all; its directory is
/// made if it isn't there. Where it can't be written, the run ends with a ``DataError``. See ``Report`` for what such a page
/// is like.
public final class HTMLReport: Callback {
  /// Where the page is.
  public let path: String
  /// The title of the page.
  public let title: String
  /// How many epochs pass from one writing to the next; the end is always written.
  public let every: Int

  private let parameters: [(name: String, value: String)]
  private let notes: String
  private let input: Shape?
  private let extra: ((TrainingRun, inout Report) throws -> Void)?

  /// A page at `path`.
  ///
  /// - Parameters:
  ///   - parameters: what else is worth knowing of the run, such as the batch size, in a table.
  ///   - notes: a text below the title.
  ///   - input: the shape of a batch of the model's inputs; with it the page has the model's summary from the first
  ///     epoch on, otherwise only its structure.
  ///   - every: how many epochs pass from one writing to the next.
  ///   - extra: adds to the page before the table of the epochs.
  public init(
    _ path: String, title: String = "Training", parameters: KeyValuePairs<String, Any> = [:], notes: String = "",
    input: Shape? = nil, every: Int = 1, extra: ((TrainingRun, inout Report) throws -> Void)? = nil
  ) {
    require(every > 0, "HTMLReport", "every \(every) epochs; expected 1 or more")
    (self.path, self.title, self.notes, self.input, self.every, self.extra) = (path, title, notes, input, every, extra)
    self.parameters = parameters.map { ($0.key, "\($0.value)") }
  }

  /// Makes the directory and writes the page.
  public func began(_ run: TrainingRun) throws {
    try makeDirectory(of: path)
    try write(run, state: .running)
  }

  /// Writes the page.
  public func finished(_ epoch: EpochRecord, _ run: TrainingRun) throws {
    if epoch.epoch % every == 0 { try write(run, state: .running) }
  }

  /// Writes the page a last time, with how the run ended.
  public func ended(_ run: TrainingRun) throws { try write(run, state: .ended) }

  /// Writes the page a last time, with the error that ended the run; if that can't be done either, the page stays.
  public func failed(_ error: any Error, _ run: TrainingRun) { try? write(run, state: .failed("\(error)")) }

  private func write(_ run: TrainingRun, state: RunPage.State) throws {
    let page = RunPage(run: run, state: state)
    var report = Report(title)
    report.addText(page.status)
    if case .failed(let error) = state { report.addCode(error) }
    report.addText(notes)
    report.addFigures(page.figures)
    if !run.history.epochs.isEmpty { report.add(run.history.curves()) }
    page.addParameters(parameters, to: &report)
    page.addModel(input: input, to: &report)
    try extra?(run, &report)
    page.addEpochs(to: &report)
    try report.write(to: path)
  }
}

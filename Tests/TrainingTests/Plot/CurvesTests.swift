import Testing

import Training

@Suite struct CurvesTests {
  private func record(
    _ epoch: Int, _ loss: Double, validation: Double? = nil, accuracy: Double? = nil, rates: [Double] = [0.1]
  ) -> EpochRecord {
    var (training, held) = (Scores(), Scores())
    training.append("loss", loss)
    if let accuracy { training.append("accuracy", accuracy, isPercentage: true) }
    if let validation { held.append("loss", validation) }
    return EpochRecord(
      epoch: epoch, steps: epoch, training: training, validation: validation == nil ? nil : held, learningRates: rates)
  }

  @Test func drawsTrainingAndTheEpochsWithAnEvaluation() {
    let history = History((1...6).map { record($0, Double($0), validation: $0 % 2 == 0 ? 7 - Double($0) : nil) })
    let svg = LinePlot(history).svg
    let lines = polylines(svg)
    #expect(lines.map(\.count) == [6, 3])
    #expect(lines[1].map(\.x) == [lines[0][1].x, lines[0][3].x, lines[0][5].x])
    #expect(svg.contains(">training</text>") && svg.contains(">validation</text>"))
    #expect(svg.contains(">lowest loss: epoch 6</text>"))
  }

  @Test func validationHasItsColorWhereTrainingLacksTheScore() {
    var scores = Scores()
    scores.append("auc", 0.5)
    let svg = LinePlot(History([EpochRecord(epoch: 1, steps: 1, training: Scores(), validation: scores)]), "auc").svg
    #expect(svg.contains("<g class=\"s1\">") && !svg.contains("<g class=\"s0\">"))
    #expect(!svg.contains(">training<"))
  }

  @Test func nanOfAnEpochIsAGap() {
    let svg = LinePlot(History([record(1, 1), record(2, .nan), record(3, 2), record(4, 1)])).svg
    #expect(polylines(svg).map(\.count) == [2])
    #expect(!svg.contains("lowest") && !svg.contains("best"))
  }

  @Test func sharesAreShownInPercent() {
    let svg = LinePlot(History((1...4).map { record($0, 1, accuracy: 0.2 * Double($0)) }), "accuracy").svg
    #expect(svg.contains(">%</text>") && svg.contains(">80</text>"))
  }

  @Test func aPanelForEachScoreAndForRatesThatChange() {
    let steady = History((1...3).map { record($0, 1, accuracy: 0.5) })
    #expect(steady.curves().width == 2 * LinePlot(steady).width)
    #expect(steady.curves().height == LinePlot(steady).height)
    #expect(!steady.curves().svg.contains("learning rate"))
    let falling = History((1...3).map { record($0, 1, accuracy: 0.5, rates: [1 / Double($0), 1]) })
    let svg = falling.curves(title: "run").svg
    for text in ["loss", "accuracy", "learning rate", "group 0", "group 1", "run"] {
      #expect(svg.contains(">\(text)</text>"))
    }
    #expect(polylines(svg).count == 4)
  }

  @Test func bestIsWhatTheRunChoseOrTheLowestValidationLoss() {
    let losses = [3, .nan, 1, 2.0]
    let history = History(losses.enumerated().map { record($0 + 1, 1, validation: $1) })
    #expect(LinePlot(history).svg.contains(">lowest loss: epoch 3</text>"))
    #expect(!LinePlot(History([record(1, 1)])).svg.contains("lowest"))
  }

  @Test func logarithmicLossOnly() {
    let history = History((1...4).map { record($0, 1 / Double($0 * $0), accuracy: 0.5) })
    #expect(history.curves(logLoss: true).svg != history.curves().svg)
    #expect(LinePlot(history, logY: true).svg.contains(">0.1</text>"))
  }

  @Test func nothingYet() {
    #expect(History().curves().svg.contains(">no data</text>"))
    #expect(XMLCheck(History().curves().svg).isWellFormed)
    #expect(XMLCheck(LinePlot(History([record(1, .nan)])).svg).isWellFormed)
  }
}

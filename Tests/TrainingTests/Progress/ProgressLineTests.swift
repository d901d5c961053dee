import Testing

import Training

@Suite struct ProgressLineTests {
  private var line: ProgressLine {
    var line = ProgressLine()
    (line.epoch, line.epochs, line.fraction) = (3, 20, 0.5)
    line.metrics = [.init("loss", 0.1234), .percent("accuracy", 0.962)]
    (line.samplesPerSecond, line.remaining) = (12_345, 61)
    return line
  }

  @Test func showsEverythingWhenThereIsRoom() {
    let bar = String(repeating: "█", count: 12) + String(repeating: "·", count: 12)
    let text = "epoch  3/20 [\(bar)]  loss 0.1234  accuracy 96.2%  12.3k samples/s  ETA 1m01s"
    #expect(line.text(width: 200) == text)
    #expect(line.text(width: text.count) == text)
  }

  @Test func shrinksTheBarFirst() {
    let rest = "  loss 0.1234  accuracy 96.2%  12.3k samples/s  ETA 1m01s"
    #expect(line.text(width: 80) == "epoch  3/20 [████·····]" + rest)
    #expect(line.text(width: 77) == "epoch  3/20 [███···]" + rest)
  }

  @Test func dropsTheSpeedThenTheTime() {
    #expect(line.text(width: 70).hasSuffix("accuracy 96.2%  ETA 1m01s"))
    #expect(line.text(width: 55).hasSuffix("accuracy 96.2%"))
    #expect(line.text(width: 42) == "epoch  3/20  loss 0.1234  accuracy 96.2%")
  }

  @Test(arguments: 0...120) func neverExceedsTheWidth(width: Int) {
    #expect(line.text(width: width).count <= width)
  }

  @Test func coloursTakeNoRoom() {
    let colored = line.text(width: 90, color: true)
    #expect(colored.contains("\u{1b}[36m"))
    let plain = colored.replacing("\u{1b}[36m", with: "").replacing("\u{1b}[2;39m", with: "")
    #expect(plain.replacing("\u{1b}[0m", with: "") == line.text(width: 90))
  }

  @Test(arguments: [(0, 0), (1, 24), (-3, 0), (7, 24), (.nan, 0), (0.999, 23)] as [(Double, Int)])
  func fillsTheBar(fraction: Double, cells: Int) {
    var line = line
    line.fraction = fraction
    #expect(line.text(width: 200).filter { $0 == "█" }.count == cells)
    #expect(line.text(width: 200).filter { $0 == "·" }.count == 24 - cells)
  }

  @Test func leavesOutWhatIsUnknown() {
    #expect(ProgressLine().text(width: 80) == "epoch 1/1")
    var done = line
    (done.fraction, done.elapsed) = (nil, 2.5)
    #expect(done.text(width: 80) == "epoch  3/20  loss 0.1234  accuracy 96.2%  12.3k samples/s  2.5s")
  }
}

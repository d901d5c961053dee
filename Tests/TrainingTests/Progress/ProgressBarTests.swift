import Testing

import Training

@Suite struct ProgressBarTests {
  /// A clock that is set by hand, a screen that remembers, and a terminal that can change.
  final class World {
    var now = 100.0
    var output: [String] = []
    var terminal = Terminal(isInteractive: true, width: 121, hasColor: false)

    func bar(epochs: Int = 2, steps: Int = 10) -> ProgressBar {
      ProgressBar(
        epochs: epochs, stepsPerEpoch: steps, terminal: { self.terminal }, clock: { self.now },
        write: { self.output.append($0) })
    }
  }

  @Test func redrawsOneLine() {
    let world = World()
    var bar = world.bar()
    bar.begin(epoch: 1)
    for _ in 1...3 {
      world.now += 1
      bar.advance(samples: 50, [.init("loss", 2)])
    }
    #expect(world.output.count == 3)
    #expect(world.output.allSatisfy { $0.hasPrefix("\repoch 1/2 [") && !$0.contains("\n") })
    // 3 of 20 steps in 3 s: 17 s to go; 150 samples in 3 s.
    #expect(world.output[2].contains("]  loss 2.0000  50.0 samples/s  ETA 17s"))
    #expect(world.output[2].filter { $0 == "█" }.count == 7)
  }

  @Test func drawsRarelyAndAsksForMetricsOnlyThen() {
    let world = World()
    var bar = world.bar(steps: 1000)
    var asked = 0
    func metrics() -> [ProgressLine.Metric] {
      asked += 1
      return []
    }
    bar.begin(epoch: 1)
    for _ in 1...1000 {
      world.now += ProgressBar.interval / 9.5
      bar.advance(samples: 1, metrics())
    }
    #expect(asked == 100)
    #expect(world.output.count == 100)
  }

  @Test func endsALineWithTheTimeItTook() {
    let world = World()
    var bar = world.bar()
    bar.begin(epoch: 2)
    world.now += 1.5
    for _ in 1...10 { bar.advance(samples: 10) }
    world.now += 0.5
    bar.end([.percent("accuracy", 0.5)])
    #expect(world.output.last == "\n")
    let line = world.output[world.output.count - 2]
    #expect(line == "\repoch 2/2 [\(String(repeating: "█", count: 24))]  accuracy 50.0%  50.0 samples/s  2.0s")
  }

  @Test func wipesALongerLine() {
    let world = World()
    var bar = world.bar()
    bar.begin(epoch: 1)
    bar.advance(samples: 0, [.init("aLongNameForAMetric", 1)])
    world.now += 1
    bar.advance(samples: 0, [.init("loss", 1)])
    #expect(world.output[1].count == world.output[0].count)
    #expect(world.output[1].hasSuffix("     "))
  }

  @Test func neverReachesTheLastColumn() {
    let world = World()
    world.terminal.width = 50
    var bar = world.bar()
    bar.begin(epoch: 1)
    for width in [50, 30, 60, 10, 1, 0] {
      world.terminal.width = width
      world.now += 1
      bar.advance(samples: 64, [.init("loss", 0.5), .percent("accuracy", 0.5)])
      #expect((world.output.last?.count ?? .max) - 1 <= max(width - 1, 0))
    }
  }

  @Test func printsOnePlainLineAnEpochElsewhere() {
    let world = World()
    world.terminal = Terminal(isInteractive: false, width: 20, hasColor: false)
    var bar = world.bar()
    for epoch in 1...2 {
      bar.begin(epoch: epoch)
      for _ in 1...10 {
        world.now += 0.1
        bar.advance(samples: 10, [.init("loss", 1)])
      }
      bar.end([.init("loss", 0.25)])
    }
    let rest = "  loss 0.2500  100 samples/s  1.0s\n"
    #expect(world.output == ["epoch 1/2" + rest, "epoch 2/2" + rest])
  }

  @Test func estimatesOnlyFromTheStepsOfThisRun() {
    let world = World()
    var bar = world.bar(epochs: 10, steps: 10)
    bar.begin(epoch: 9)
    world.now += 2
    bar.advance(samples: 1)
    #expect(world.output[0].contains("ETA 38s"))
  }

  @Test func estimatesFromAllEpochsAndThePausesBetween() {
    let world = World()
    var bar = world.bar(epochs: 2, steps: 4)
    for epoch in 1...2 {
      bar.begin(epoch: epoch)
      for _ in 1...4 {
        world.now += 1
        bar.advance(samples: 1)
      }
      bar.end()
      world.now += 5
    }
    // After the first step of the second epoch: 10 s for 5 steps, 3 steps to go.
    #expect(world.output.contains { $0.contains("epoch 2/2") && $0.contains("ETA 6.0s") })
  }

  @Test func leavesOutBarAndTimeWhenTheStepsAreUnknown() {
    let world = World()
    var bar = world.bar(steps: 0)
    bar.begin(epoch: 1)
    world.now += 2
    bar.advance(samples: 8)
    #expect(world.output == ["\repoch 1/2  4.00 samples/s"])
  }
}

import Foundation
import Tensors
import TestSupport
import Testing

import Autograd

@Suite struct ProfileTraceTests {
  private func traced() -> Profile {
    let odd = CustomOperation("a \"b\" \\ \n µ") {
      $0 * 2
    } pullback: { g, _, _ in
      g * 2
    }
    let x = Variable(Tensor.randn([3, 2]), requiresGrad: true)
    return profile { (odd(x).tanh().softmax(axis: 1) * x).sum().backward() }
  }

  private func events(_ json: String) throws -> [[String: Any]] {
    let root = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    return try #require(root?["traceEvents"] as? [[String: Any]])
  }

  @Test func everyEventIsThere() throws {
    let profile = traced()
    let parsed = try events(profile.chromeTrace)
    #expect(parsed.count == profile.events.count)
    for (event, json) in zip(profile.events, parsed) {
      #expect(json["name"] as? String == event.operation)
      #expect(json["cat"] as? String == event.phase.rawValue)
      #expect(json["ph"] as? String == "X")
      #expect(json["pid"] as? Int == Int(getpid()) && json["tid"] as? Int == 1)
      let arguments = json["args"] as? [String: Any]
      #expect(arguments?["bytes"] as? Int == event.bytes)
      #expect(arguments?["inputs"] as? [String] == event.inputs.map { "\($0)" })
      #expect(arguments?["outputs"] as? [String] == event.outputs.map { "\($0)" })
    }
  }

  @Test func eventsNest() throws {
    let profile = traced()
    #expect(profile.events.contains { $0.depth > 0 })
    var open: [(end: Double, depth: Int)] = []
    for (event, json) in zip(profile.events, try events(profile.chromeTrace)) {
      let (start, duration) = try (#require(json["ts"] as? Double), #require(json["dur"] as? Double))
      #expect(duration >= 0)
      while let last = open.last, last.depth >= event.depth {
        // Those before on the same level are over; times are whole nanoseconds.
        #expect(last.end <= start + 1e-6)
        open.removeLast()
      }
      #expect(open.count == event.depth)
      if let last = open.last { #expect(start + duration <= last.end + 1e-6) }
      open.append((start + duration, event.depth))
    }
  }

  @Test func noEventsAreValidJSON() throws { #expect(try events(profile {}.chromeTrace).isEmpty) }

  @Test func aFileIsReplacedOrLeftAlone() throws {
    let (folder, profile) = (try Scratch(), traced())
    let path = try folder.write(Array("old".utf8), to: "trace.json")
    try profile.writeChromeTrace(to: path)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == profile.chromeTrace)
    #expect(try folder.names == ["trace.json"])
    let missing = folder.file("nowhere/trace.json")
    #expect(dataError { try profile.writeChromeTrace(to: missing) }?.file == missing)
  }
}

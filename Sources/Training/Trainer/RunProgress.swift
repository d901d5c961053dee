import Foundation
import Tensors

/// Where a run stands, apart from tensors: what a checkpoint keeps beside them.
struct RunProgress: Codable {
  /// The optimizer's steps so far.
  var steps = 0
  /// The epochs that are over.
  var epochs: [EpochRecord] = []
  /// The epoch that is not; nil between two.
  var tally: EpochTally?
  /// Where early stopping stands.
  var stopping = EarlyStopping.Progress()
  /// Where the streams of random numbers stand, by their names.
  var generators: [String: Generator.State] = [:]
  /// What the batches were made of.
  var data = Batching(samples: 0, batchSize: 0, isShuffled: false, accumulation: 1)

  /// How the data come: a resumed run must see the same batches, and make the same steps of them.
  struct Batching: Codable, Equatable, CustomStringConvertible {
    var samples: Int
    var batchSize: Int
    var isShuffled: Bool
    var accumulation: Int

    var description: String {
      let steps = accumulation == 1 ? "" : ", \(accumulation) a step"
      return "\(samples) samples in \(isShuffled ? "shuffled " : "")batches of \(batchSize)\(steps)"
    }
  }

  /// As text. Every number comes back with the same bits, NaN and infinities too.
  var json: String {
    get throws { String(decoding: try Self.encoder.encode(self), as: UTF8.self) }
  }

  init() {}

  init(json: String) throws { self = try Self.decoder.decode(RunProgress.self, from: Data(json.utf8)) }

  static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return encoder
  }

  static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return decoder
  }
}

/// What an epoch has come to so far, and which batch is next.
struct EpochTally: Codable {
  /// The seed of the pass over the data.
  let seed: UInt64
  /// The batches that are done.
  var batches = 0
  /// The sum of the batches' losses, each times its samples.
  private var lossSum = 0.0
  private(set) var samples = 0
  /// The time that it took, up to the last checkpoint.
  var seconds = 0.0
  /// What the metrics have counted, encoded: their types are the trainer's to know.
  private var counts: [Data] = []
  /// Their names.
  private(set) var metricNames: [String] = []

  init(seed: UInt64) { self.seed = seed }

  var meanLoss: Double { samples == 0 ? .nan : lossSum / Double(samples) }

  mutating func add(loss: Double, samples: Int) {
    batches += 1
    lossSum += loss * Double(samples)
    self.samples += samples
  }

  mutating func keep(_ metrics: [any Metric]) throws {
    (counts, metricNames) = (try metrics.map { try RunProgress.encoder.encode($0) }, metrics.map(\.name))
  }

  /// The metrics as they were kept; new ones, if they were not.
  func metrics(like patterns: [any Metric]) throws -> [any Metric] {
    guard counts.count == patterns.count else { return patterns }
    return try zip(patterns, counts).map { try $0.decoded($1) }
  }
}

extension Metric {
  /// A metric of the same type, from what was encoded.
  fileprivate func decoded(_ data: Data) throws -> any Metric { try RunProgress.decoder.decode(Self.self, from: data) }
}

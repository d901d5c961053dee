import Adjoint
import ExampleSupport

/// What is learned of an arrangement, with hidden layers and without.
struct Lesson {
  let arrangement: Arrangement
  let data: TensorDataset
  let perceptron: Trained
  let network: Trained
  /// The shares of new points that get their own colour.
  let scores: (perceptron: Double, network: Double)

  /// Learns from so many points of each colour, with so many units in each hidden layer.
  init(_ arrangement: Arrangement, points: Int, units: Int, steps: Int, lr: Double) throws {
    self.arrangement = arrangement
    data = arrangement.points(points)
    let new = arrangement.points(1000)
    let hidden = Array(repeating: units, count: arrangement.hiddenLayers)
    perceptron = try Trained(sigmoidNetwork(hidden: []), on: data, steps: steps, lr: lr)
    network = try Trained(sigmoidNetwork(hidden: hidden), on: data, steps: steps, lr: lr)
    scores = (perceptron.accuracy(on: new), network.accuracy(on: new))
    let layers = ([2] + hidden + [2]).map(String.init).joined(separator: "-")
    print("\(arrangement): a perceptron gets \(percent(scores.perceptron)) of new points right, ", terminator: "")
    print("layers \(layers) get \(percent(scores.network))")
  }
}

/// A share as a percentage.
func percent(_ share: Double) -> String { fixed(100 * share, 1) + "%" }

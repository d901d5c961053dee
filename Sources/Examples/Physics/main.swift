import Adjoint
import ExampleSupport
import Foundation

/// A smooth function of a few variables: its derivatives of any order exist, and are asked for.
func network(_ inputs: Int, width: Int) -> Sequential {
  Sequential(
    Linear(inputs, width, dtype: .float64), Tanh(), Linear(width, width, dtype: .float64), Tanh(),
    Linear(width, 1, dtype: .float64))
}

/// Makes u fulfil an equation. Returns the largest distance from the solution in the end.
func solve(_ equation: any Equation, _ u: Module, steps: Int) throws -> Double {
  let rounds = min(steps, 5)
  let optimizer = LBFGS(
    u.parameters(), maxIter: steps / rounds, toleranceGrad: 0, toleranceChange: 0, lineSearch: .strongWolfe)
  for round in 1...rounds {
    optimizer.step {
      optimizer.zeroGrad()
      let loss = equation.loss(u)
      loss.backward()
      return loss
    }
    let (loss, iterations) = (equation.loss(u).item(), round * (steps / rounds))
    try DivergenceError.check(loss, epoch: 1, step: iterations)
    print(String(format: "%6d iterations  loss %.1e  error %.1e", iterations, loss, equation.largestError(u)))
  }
  return equation.largestError(u)
}

func run(_ options: Options) throws {
  let (steps, width) = (try options.integer("--steps", in: 1...1_000_000), try options.integer("--width", in: 1...4096))
  let (seed, points) = (
    try options.integer("--seed", in: 0...Int.max), try options.integer("--points", in: 2...100_000)
  )
  let frequency = try options.number("--frequency", in: 1.01...1000)
  let output = try OutputDirectory(options.text("--output") ?? ".")
  manualSeed(UInt64(seed))
  let equations: [any Equation] = [Oscillator(frequency: frequency, points: points), Heat(points: points)]
  var (files, errors): ([String], [Double]) = ([], [])
  for equation in equations {
    print("\(equation.name): \(equation.formula)")
    let (u, start) = (network(equation.inputCount, width: width), ContinuousClock.now)
    errors.append(try solve(equation, u, steps: steps))
    files.append(output.file("\(equation.name).svg"))
    try equation.picture(u).write(to: files[files.count - 1])
    print("  solved in \(fixed((ContinuousClock.now - start) / .seconds(1), 1)) s, error \(fixed(errors.last!, 6))")
  }
  print("wrote \(files.joined(separator: ", "))")
  print("try: swift run -c release physics --frequency 10 --steps 2000")
  print("largest error: \(fixed(errors.max()!, 6))")
}

runExample(
  "physics", "Solves differential equations with networks that are trained to fulfil them.",
  [
    .init("--frequency", "OMEGA", "the oscillator's frequency without damping, above 1", default: "6"),
    .init("--steps", "N", "iterations of L-BFGS for each equation", default: "1000"),
    .init("--points", "N", "points where each equation is to hold", default: "200"),
    .init("--width", "N", "units in each of the two hidden layers", default: "32"),
    .init("--seed", "N", "start of the random numbers", default: "0"),
    .init("--output", "DIR", "where the plots go", default: "physics-output"),
  ], run)

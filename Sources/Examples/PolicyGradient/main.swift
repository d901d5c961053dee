import Adjoint
import ExampleSupport
import Foundation

/// One score an action, or one number for the worth of a state.
func network(_ outputs: Int) -> Sequential { Sequential(Linear(4, 64), Tanh(), Linear(64, outputs)) }

/// Plays, and makes what went better than expected likelier; as often as `steps` says. Returns the mean return of each time.
func improve(_ policy: Module, _ options: Options, steps: Int, limit: Int) throws -> [Double] {
  let (count, learningRate) = (try options.integer("--carts", in: 1...10_000), try options.positive("--lr"))
  let discount = try options.number("--discount", in: 0...1)
  let critic = network(1)
  let optimizer = Adam(policy.parameters() + critic.parameters(), lr: learningRate)
  let scheduler = LinearLR(optimizer, startFactor: 1, endFactor: 0.05, totalIters: steps)
  var returns: [Double] = []
  for step in 1...steps {
    let episodes = Episodes(count: count, limit: limit, discount: discount) { states in
      .categorical(logits: noGrad { policy(states) }.value)
    }
    let expected = critic(episodes.states).squeezed(axis: 1)
    let advantage = episodes.returns - expected.value
    let weight = (advantage - advantage.mean()) / (advantage.square().mean().sqrt() + 1e-8)
    let surprise = crossEntropy(policy(episodes.states), episodes.actions, reduction: .none)
    let loss = (Variable(weight) * surprise).mean() + mseLoss(expected, episodes.returns) / 100
    optimizer.zeroGrad()
    loss.backward()
    optimizer.step()
    scheduler.step()
    try DivergenceError.check(loss.item(), epoch: 1, step: step)
    returns.append(episodes.meanLength)
    if step % max(steps / 10, 1) == 0 { print("step \(step)  mean return \(fixed(episodes.meanLength, 1))") }
  }
  return returns
}

/// The returns by step, and the mean of the last ten.
func picture(_ returns: [Double]) -> LinePlot {
  var plot = LinePlot("How long the poles stay up", xLabel: "step", yLabel: "mean return")
  plot.add("of the carts played", y: returns)
  plot.add(
    "moving average of 10",
    y: returns.indices.map { i in
      let last = returns[max(0, i - 9)...i]
      return last.reduce(0, +) / Double(last.count)
    })
  return plot
}

func run(_ options: Options) throws {
  let (steps, seed) = (try options.integer("--steps", in: 1...100_000), try options.integer("--seed", in: 0...Int.max))
  let limit = try options.integer("--limit", in: 1...100_000)
  let output = try OutputDirectory(options.text("--output") ?? ".")
  manualSeed(UInt64(seed))
  let start = ContinuousClock.now
  let random = Episodes(count: 100, limit: limit) { states in .randint([states.shape[0]], high: 2) }
  let policy = network(2)
  let returns = try improve(policy, options, steps: steps, limit: limit)
  let test = Episodes(count: 100, limit: limit) { states in noGrad { policy(states) }.value.argmax(axis: 1) }

  let files = ["returns.svg", "policy.safetensors"].map(output.file)
  try picture(returns).write(to: files[0])
  try policy.save(to: files[1])
  print("returns \(Sparkline.text(returns, width: 50))")
  let seconds = fixed((ContinuousClock.now - start) / .seconds(1), 1)
  print(
    "trained in \(seconds) s; 100 new carts, always the better action: worst \(fixed(test.lengths.min().item(), 0))")
  print("pushed at random: \(fixed(random.meanLength, 1)); at most \(limit)")
  print("wrote \(files.joined(separator: ", "))")
  print("try: swift run -c release policy-gradient --carts 4 --steps 300")
  print("mean return: \(fixed(test.meanLength, 1))")
}

runExample(
  "policy-gradient", "Learns to balance a pole on a cart from nothing but how long it stays up.",
  [
    .init("--steps", "N", "times that all carts are played and the policy is improved", default: "100"),
    .init("--carts", "N", "carts played at once", default: "24"),
    .init("--limit", "N", "moments after which a cart has won", default: "500"),
    .init("--discount", "GAMMA", "what a moment counts beside the one before", default: "0.99"),
    .init("--lr", "RATE", "learning rate of Adam at the start; falls to a twentieth", default: "0.01"),
    .init("--seed", "N", "start of the random numbers", default: "0"),
    .init("--output", "DIR", "where the plot and the weights go", default: "policy-gradient-output"),
  ], run)

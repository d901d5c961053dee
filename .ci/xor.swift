import Adjoint

// Exits with an error unless a small network learns XOR.
manualSeed(1)
let x = Tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
let y = Tensor([[0.0], [1.0], [1.0], [0.0]])
let model = Sequential(Linear(2, 8), Tanh(), Linear(8, 1), Sigmoid())
let optimizer = Adam(model.parameters(), lr: 0.05)
for _ in 0..<500 {
  optimizer.zeroGrad()
  MSELoss()(model(x), y).backward()
  optimizer.step()
}
let loss = MSELoss()(model(x), y).item()
guard loss < 0.01 else { fatalError("XOR not learned: loss \(loss)") }
print("XOR learned: loss \(loss)")

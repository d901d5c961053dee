import Adjoint

/// Whole epochs: 4,096 rows of 784 numbers in shuffled batches of 64, made alone, in a loop by hand, and by the trainer.
extension Workload {
  static let epochs = [
    Workload(name: "epoch/batches") {
      let loader = Epoch().loader
      return (1, { for (x, _) in loader { keep(x) } })
    },
    Workload(name: "epoch/batches-background") {
      let loader = Epoch(workers: 1).loader
      return (1, { for (x, _) in loader { keep(x) } })
    },
    Workload(name: "epoch/loop") {
      let epoch = Epoch()
      let loss = CrossEntropyLoss()
      return (
        1,
        {
          for (x, labels) in epoch.loader {
            epoch.optimizer.zeroGrad()
            loss(epoch.model(x), labels).backward()
            epoch.optimizer.step()
          }
        }
      )
    },
    Workload(name: "epoch/trainer") {
      let epoch = Epoch()
      let trainer = Trainer(epoch.model, epoch.optimizer, loss: CrossEntropyLoss(), showsProgress: false)
      return (
        1,
        {
          do {
            try trainer.fit(epoch.loader, epochs: 1, restart: false)
          } catch {
            fatalError("\(error)")
          }
        }
      )
    },
  ]

  private struct Epoch {
    let model = Sequential(Linear(784, 256), ReLU(), Linear(256, 128), ReLU(), Linear(128, 10))
    let optimizer: Adam
    let loader: DataLoader<(Tensor, Tensor)>

    init(workers: Int = 0) {
      optimizer = Adam(model.parameters(), lr: 1e-3)
      let data = TensorDataset(.randn([4096, 784]), .randint([4096], high: 10))
      loader = DataLoader(data, batchSize: 64, shuffle: true, workers: workers)
    }
  }
}

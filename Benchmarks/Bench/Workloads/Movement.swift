import Adjoint

/// Data movement: transposes, joins, borders, conversions, lookups.
extension Workload {
  static let movement = [
    Workload(name: "movement/transpose/2048x2048") {
      let x = Tensor.randn([2048, 2048]).transposed()
      return (1, { keep(x.reshaped([-1])) })
    },
    Workload(name: "movement/permute/32x64x64x64") {
      let x = Tensor.randn([32, 64, 64, 64]).permuted([0, 3, 1, 2])
      return (1, { keep(x.reshaped([-1])) })
    },
    Workload(name: "movement/heads/8x256x8x32") {
      let x = Tensor.randn([8, 256, 8, 32]).permuted([0, 2, 1, 3])
      return (1, { keep(x.reshaped([-1])) })
    },
    Workload(name: "movement/concat/1024x1024") {
      let (x, y) = (Tensor.randn([1024, 1024]), Tensor.randn([1024, 1024]))
      return (1, { keep(Tensor.concatenate([x, y], axis: 1)) })
    },
    Workload(name: "movement/pad/64x16x64x64") {
      let x = Tensor.randn([64, 16, 64, 64])
      return (1, { keep(x.padded([(0, 0), (0, 0), (1, 1), (1, 1)])) })
    },
    Workload(name: "movement/embedding/8192x128") {
      let (x, index) = (Tensor.randn([10_000, 128]), Tensor.randint([8192], high: 10_000))
      return (1, { keep(x.indexSelect(index: index)) })
    },
    Workload(name: "movement/embeddingBackward/8192x128") {
      let table = Variable(Tensor.randn([10_000, 128]), requiresGrad: true)
      let (index, gradient) = (Tensor.randint([8192], high: 10_000), Variable(Tensor.randn([8192, 128])))
      return (
        1,
        {
          table.grad = nil
          table.indexSelect(index: index).backward(gradient: gradient)
        }
      )
    },
    Workload(name: "movement/cast/float32/int64") {
      let x = Tensor.randn([1_000_000])
      return (1, { keep(x.to(.int64)) })
    },
    Workload(name: "movement/cast/uint8/float32") {
      let x = Tensor.randint([1_000_000], high: 256).to(.uint8)
      return (1, { keep(x.to(.float32)) })
    },
  ]

  static let cumsum = ["rows": 1, "columns": 0].sorted { $0.key < $1.key }.map { name, axis in
    Workload(name: "cumsum/1024x1024/\(name)") {
      let x = Tensor.randn([1024, 1024])
      return (1, { keep(x.cumsum(axis: axis)) })
    }
  }
}

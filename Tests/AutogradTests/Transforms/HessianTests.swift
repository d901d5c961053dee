import TestSupport
import Tensors
import Testing

import Autograd

@Suite struct HessianTests {
  /// torch.autograd.functional.hessian(g, (x, y))
  @Test func isPyTorchs() {
    let result = hessian(at: [Sample.x, Sample.y], of: Sample.g)
    expectNear(
      result[0][0], [2, 3, 2, 3],
      [
        -0.0026056729660806476, 4.924417568246061, -2.4700258030212723, 0, 0, 0, 4.924417568246061,
        -0.01042269186432259, 1.25064693930712, 0, 0, 0, -2.4700258030212723, 1.25064693930712, -0.04169076745729036,
        0, 0, 0, 0, 0, 0, 0.01725717806126432, -0.03451435612252864, 0.06902871224505729, 0, 0, 0,
        -0.03451435612252864, 0.06902871224505729, -0.13805742449011457, 0, 0, 0, 0.06902871224505729,
        -0.13805742449011457, 0.27611484898022914,
      ])
    expectNear(
      result[0][1], [2, 3, 3],
      [
        -4.908966032485787, -4.910520645760298, -4.936577375421104, 2.468288687710552, 2.45681493615466,
        2.4943454173713584, -1.2471727086856792, -1.1950592493640664, -1.2847031899023775, -0.678019168259476,
        0.01438098171772027, -0.043142945153160805, -0.17257178061264322, -0.7930670220012381, 0.08628589030632161,
        0.34514356122528644, 0.05752392687088108, -0.9368768391784408,
      ])
    expectNear(
      result[1][0], [3, 2, 3],
      [
        -4.908966032485787, 2.468288687710552, -1.2471727086856792, -0.678019168259476, -0.17257178061264314,
        0.3451435612252863, -4.910520645760298, 2.45681493615466, -1.1950592493640664, 0.014380981717720264,
        -0.7930670220012381, 0.05752392687088106, -4.936577375421104, 2.4943454173713584, -1.2847031899023775,
        -0.043142945153160785, 0.08628589030632157, -0.9368768391784407,
      ])
    expectNear(
      result[1][1], [3, 3],
      [
        -2.0354116400866773, -2.3732222416456783, -2.704269758768094, -2.3732222416456783, -2.476570881570857,
        -2.4376517217605693, -2.704269758768094, -2.4376517217605693, -2.46755343565541,
      ])
  }

  /// torch.autograd.functional.hvp(g, (x, y), v), and vhp
  @Test func productsArePyTorchs() {
    let inputs = [Sample.x, Sample.y]
    let forward = hvp(at: inputs, vectors: Sample.directions, of: Sample.g)
    let reverse = vhp(at: inputs, vectors: Sample.directions, of: Sample.g)
    for (value, products) in [forward, reverse] {
      expectNear(value, [], [-1.1784991908534763])
      expectNear(
        products[0], [2, 3],
        [
          14.755377998048036, 2.420335514629531, 0.7298934161063616, 1.5645625714258957, -0.8362099671543988,
          -0.23834271210569627,
        ])
      expectNear(products[1], [3], [2.316671310310747, 2.4289784882248076, 0.2417257370600021])
      #expect(!value.requiresGrad && products.allSatisfy { !$0.requiresGrad })
    }
  }

  /// A linear function's gradient depends on no input.
  @Test func linearFunctionsHaveNone() {
    let x = Variable([1.0, 2], dtype: .float64)
    #expect(hessian(at: x) { ($0 * 3).sum() }.value == Tensor.zeros([2, 2], dtype: .float64))
    #expect(hvp(at: x, vector: x) { ($0 * 3).sum() }.product.value.scalars() == [0.0, 0])
    #expect(vhp(at: x, vector: x) { ($0 * 3).sum() }.product.value.scalars() == [0.0, 0])
    let mixed = hessian(at: [x, x]) { ($0[0] * $0[0]).sum() + $0[1].sum() }
    #expect(mixed[0][0].value == Tensor([[2.0, 0], [0, 2]], dtype: .float64))
    #expect(mixed[1][0].value == Tensor.zeros([2, 2], dtype: .float64))
  }

  /// Of x⁴ the second derivative is 12x², the third 24x: by the matrix and by both products.
  @Test func areDifferentiable() {
    let x = Variable([2.0], requiresGrad: true)
    let v = Variable([1.0])
    func f(_ x: Variable) -> Variable { (x * x * x * x).sum() }
    for second in [
      hessian(at: x, createGraph: true, of: f), hvp(at: x, vector: v, createGraph: true, of: f).product,
      vhp(at: x, vector: v, createGraph: true, of: f).product,
    ] {
      #expect(second.item() == 48.0)
      #expect(grad(of: second, withRespectTo: [x])[0].item() == 48.0)
    }
    #expect(x.grad == nil)
  }

  @Test func misuseStops() async {
    let vector = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = hessian(at: Variable([1.0, 2])) { $0 * 2 }
    }
    expectMessage(vector, "hessian", "shape [2]", "expected one")
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = hvp(at: Variable([1.0, 2]), vector: Variable([1.0])) { $0.sum() }
    }
    expectMessage(shape, "hvp", "vector 0 is float32[1]", "input 0 is float32[2]")
  }
}

import TestSupport
import Tensors
import Testing

import Autograd

@Suite struct VectorProductsTests {
  private let x = Sample.x
  private let y = Sample.y
  private let v = Sample.directions
  private let cotangents = [Variable([1.0, -2], dtype: .float64), Variable([0.5, 1.5, -1], dtype: .float64)]

  /// torch.autograd.functional.vjp(f, (x, y), (torch.tensor([1.0, -2]), torch.tensor([0.5, 1.5, -1])))
  @Test func vjpIsPyTorchs() {
    let (values, products) = vjp(at: [x, y], cotangents: cotangents, of: Sample.f)
    expectNear(values[0], [2], [0.9963341221150144, -0.5370495669980353])
    expectNear(values[1], [3], [0.5466356401171526, 0.4704936556470506, 1.3445067211014192])
    expectNear(
      products[0], [2, 3],
      [
        0.08419084115036397, -0.4278352803479276, -1.6046260847905387, -0.3449513115347608, 0.4304490250223219,
        -3.321194695531038,
      ])
    expectNear(products[1], [3], [-2.8025998809974206, -0.8924125610058469, -0.5986301232773326])
    #expect((values + products).allSatisfy { !$0.requiresGrad })
  }

  /// torch.autograd.functional.jvp(f, (x, y), v)
  @Test func jvpIsPyTorchs() {
    let (values, products) = jvp(at: [x, y], tangents: v, of: Sample.f)
    expectNear(values[0], [2], [0.9963341221150144, -0.5370495669980353])
    expectNear(products[0], [2], [-0.022686783038841227, 0.44473610161701393])
    expectNear(products[1], [3], [-5.584794123196909, -4.054086999492086, -4.896245309344336])
    #expect((values + products).allSatisfy { !$0.requiresGrad })
  }

  @Test func aPullbackIsUsedManyTimes() {
    let (value, pullback) = vjp(at: y) { $0.exp() }
    let e = value.value.scalars(as: Double.self)
    for scale in [1.0, -2, 3] {
      let g = Variable([scale, 1, 0], dtype: .float64)
      #expect(pullback(g).value.scalars() == [scale * e[0], e[1], 0])
    }
    let (_, both) = vjp(at: [x, y], of: Sample.f)
    let expected = vjp(at: [x, y], cotangents: cotangents, of: Sample.f).products
    #expect(zip(both(cotangents), expected).allSatisfy { $0.value == $1.value })
  }

  @Test func singleInputsAndZeros() {
    let v = Variable([1.0, -1, 0.5], dtype: .float64)
    #expect(jvp(at: y, tangent: v) { $0 * 2 }.product.value.scalars() == [2.0, -2, 1])
    #expect(jvp(at: y, tangent: v) { $0 }.product.value.scalars() == [1.0, -1, 0.5])
    #expect(vjp(at: y, cotangent: v) { $0 }.product.value.scalars() == [1.0, -1, 0.5])
    let constant = Variable([4.0, 5], dtype: .float64)
    #expect(jvp(at: y, tangent: v) { _ in constant }.product.value.scalars() == [0.0, 0])
    #expect(vjp(at: y, cotangent: constant) { _ in constant }.product.value.scalars() == [0.0, 0, 0])
    let (_, products) = jvp(at: [y, constant], tangents: [v, constant]) { [$0[0] * 3, $0[1] * $0[1]] }
    #expect(products.map { $0.value.scalars() } == [[3.0, -3, 1.5], [32, 50]])
  }

  /// d/dx (3x²·v) = 6x·v and d/dv (3x²·v) = 3x², by both products.
  @Test func productsAreDifferentiable() {
    for byTangent in [true, false] {
      let (x, v) = (Variable(2.0, requiresGrad: true), Variable(5.0, requiresGrad: true))
      let product =
        byTangent
        ? jvp(at: x, tangent: v, createGraph: true) { $0 * $0 * $0 }.product
        : vjp(at: x, cotangent: v, createGraph: true) { $0 * $0 * $0 }.product
      #expect(product.item() == 60.0)
      #expect(grad(of: product, withRespectTo: [x, v]).map { $0.item() } == [60.0, 12.0])
    }
  }

  @Test func productsWithTrackedVectorsAreConstants() {
    let v = Variable([1.0, 1, 1], requiresGrad: true, dtype: .float64)
    #expect(!vjp(at: y, cotangent: v) { $0 }.product.requiresGrad)
    #expect(!noGrad { jvp(at: y, tangent: v) { $0.exp() } }.product.requiresGrad)
  }

  @Test func misuseStops() async {
    let count = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = jvp(at: [Variable([1.0])], tangents: []) { $0 }
    }
    expectMessage(count, "jvp", "0 tangents for 1 inputs")
    let shape = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = vjp(at: Variable([1.0, 2]), cotangent: Variable([1.0])) { $0 }
    }
    expectMessage(shape, "vjp", "cotangent 0 is float32[1]", "output 0 is float32[2]")
    let integer = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = jvp(at: Variable([1.0, 2]), tangent: Variable([1.0, 2])) { Variable($0.value.to(.int64)) }
    }
    expectMessage(integer, "jvp", "output 0 is int64")
  }
}

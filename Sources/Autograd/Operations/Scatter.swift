import Tensors

/// Writing at an index along an axis, as ``Tensor`` does: a source larger than the index is cut to it.
extension Variable {
  /// A copy with y[index[i, j, …], j, …] = source[i, j, …], the index in place of position `axis`. Of several for one place
  /// the last along the axis stays.  ∂L/∂x = g with zeros there; ∂L/∂source = g there, and 0 for elements that did not stay.
  public func scatter(axis: Int, index: Tensor, source: Variable) -> Variable {
    return Variable.record(
      "scatter", value.scatter(axis: axis, index: index, source: source.value), self,
      { $0.scatter(axis: axis, index: index, value: 0) }, source.cut(to: index),
      { .where(index.isLast(along: axis), $0.gather(axis: axis, index: index), Variable(Tensor(0, dtype: $0.dtype))) })
  }

  /// A copy to which each source element is added at its index along `axis`; repeated indices add up, in their order.
  /// ∂L/∂x = g, ∂L/∂source = g there.
  public func scatterAdd(axis: Int, index: Tensor, source: Variable) -> Variable {
    return Variable.record(
      "scatterAdd", value.scatterAdd(axis: axis, index: index, source: source.value), self, { $0 },
      source.cut(to: index), { $0.gather(axis: axis, index: index) })
  }

  /// A copy in which each place along `axis` that the index names holds the sum, product, mean, maximum or minimum of the
  /// source elements for it, and, with `includeSelf`, of what stood there. Other places stay.
  ///
  /// ∂y/∂s of a product is the product of the others, zeros or not, exact up to second order; equal extrema share the
  /// gradient evenly.
  public func scatterReduce(
    axis: Int, index: Tensor, source: Variable, reduce: ScatterReduction, includeSelf: Bool = true
  ) -> Variable {
    let (base, source) = (includeSelf ? self : excludingPlaces(axis, index, reduce), source.cut(to: index))
    switch reduce {
    case .sum: return base.scatterAdd(axis: axis, index: index, source: source)
    case .mean: return base.scatterMean(axis, index, source, includeSelf)
    case .prod: return base.scatterProduct(axis, index, source)
    case .amax, .amin: return base.scatterExtremum(axis, index, source, reduce)
    }
  }

  private func scatterProduct(_ axis: Int, _ index: Tensor, _ source: Variable) -> Variable {
    let (x, s) = (saved, source.saved)
    return Variable.record(
      "scatterProduct", value.scatterReduce(axis: axis, index: index, source: source.value, reduce: .prod), self,
      { $0 * x.variable.productOfOthers(axis, index, s.variable) }, source,
      { $0.gather(axis: axis, index: index) * s.variable.productOfOthers(for: x.variable, axis, index) })
  }

  /// The product of the source elements for each place of this one, which counts 1.
  private func productOfOthers(_ axis: Int, _ index: Tensor, _ source: Variable) -> Variable {
    Variable(value.onesLike()).scatterReduce(axis: axis, index: index, source: source, reduce: .prod)
  }

  /// For each source element the product of the others for its place, and of what stands there.
  ///
  /// It is the product of all over the element, unless this is 0. A 0 leaves the product p of the nonzero ones, if no other
  /// is 0, p times the other 0, if there is one, whose derivative is p, and else 0, whose derivative is 0 too.
  private func productOfOthers(for target: Variable, _ axis: Int, _ index: Tensor) -> Variable {
    func product(_ source: Variable) -> Variable {
      target.scatterReduce(axis: axis, index: index, source: source, reduce: .prod).gather(axis: axis, index: index)
    }
    func sum(_ source: Variable) -> Variable {
      Variable(target.value.zerosLike()).scatterAdd(axis: axis, index: index, source: source)
        .gather(axis: axis, index: index)
    }
    let isZero = value .== 0
    if isZero.sum().item(as: Int.self) == 0 { return product(self) / self }
    let (zeros, nothing) = (sum(Variable(isZero.to(dtype))).value, Variable(Tensor(0, dtype: dtype)))
    let nonzero = maskedFill(isZero, 1)
    let otherZero = sum(.where(isZero, self, nothing)) - self
    let rest = product(nonzero)
    let ofZero = Variable.where(zeros .== 1, rest, .where(zeros .== 2, rest * otherZero, nothing))
    return .where(isZero, ofZero, product(self) / nonzero)
  }

  private func scatterExtremum(
    _ axis: Int, _ index: Tensor, _ source: Variable, _ reduce: ScatterReduction
  ) -> Variable {
    let result = timed { value.scatterReduce(axis: axis, index: index, source: source.value, reduce: reduce) }
    let mine = (value .== result).to(dtype)
    let theirs = (source.value .== result.gather(axis: axis, index: index)).to(dtype)
    let shares = mine.scatterAdd(axis: axis, index: index, source: theirs)
    let (own, others) = (mine / Tensor.maximum(shares, Tensor(1)), shares.gather(axis: axis, index: index))
    return Variable.record(
      "scatterExtremum", result, self, { $0 * Variable(own) }, source,
      { $0.gather(axis: axis, index: index) * Variable(theirs / Tensor.maximum(others, Tensor(1))) })
  }

  /// The part of a source as large as the index.
  private func cut(to index: Tensor) -> Variable {
    if shape == index.shape || index.rank != rank { return self }
    return sliced(index.shape.map { .slice(from: 0, to: $0, step: 1) })
  }
}

extension Tensor {
  /// Which elements of an index along an axis are the last for their place.
  fileprivate func isLast(along axis: Int) -> Tensor {
    guard let axis = shape.resolve(line: axis, "scatter"), elementCount > 0 else { return Tensor.full(shape, true) }
    let line = Shape(Array(repeating: 1, count: rank)).with(shape[axis], on: axis)
    let numbers = Tensor.arange(shape[axis]).reshaped(line).expanded(shape)
    let places = shape.with(self.max().item(as: Int.self) + 1, on: axis)
    let owners = Tensor.zeros(places, dtype: .int64).scatter(axis: axis, index: self, source: numbers)
    return owners.gather(axis: axis, index: self) .== numbers
  }
}

/// Two lines along axis 1, whose places 0 and 2 are met twice.
private let probeIndex = Tensor([[0, 2, 0], [1, 2, 2]])

private func reductionProbe(_ reduce: ScatterReduction, includeSelf: Bool) -> Probe {
  Probe(
    "scatterReduce \(reduce)\(includeSelf ? "" : " alone")",
    [.init([2, 4], distinct: true), .init([2, 3], in: 0.1...1.9, distinct: true)]
  ) {
    $0[0].scatterReduce(axis: 1, index: probeIndex, source: $0[1], reduce: reduce, includeSelf: includeSelf)
  }
}

package let scatterProbes: [Probe] =
  [
    Probe("scatter", [.init([2, 4]), .init([2, 3])]) { $0[0].scatter(axis: 1, index: probeIndex, source: $0[1]) },
    Probe("scatterAdd", [.init([2, 4]), .init([2, 3])]) { $0[0].scatterAdd(axis: 1, index: probeIndex, source: $0[1]) },
  ]
  + ScatterReduction.allCases.flatMap {
    [reductionProbe($0, includeSelf: true), reductionProbe($0, includeSelf: false)]
  }

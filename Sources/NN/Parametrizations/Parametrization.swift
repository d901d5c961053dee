import Autograd
import Tensors

/// How a parameter is made from others that are trained in its place: see ``Module/parametrize(_:_:)``.
open class Parametrization: Module {
  /// The parameter, made from the originals.
  open func value(_ originals: [Variable]) -> Variable {
    fail("\(type(of: self))", "value(_:) is not overridden")
  }

  /// The originals that make this parameter, as it is when the parametrization begins. By default the parameter itself.
  open func originals(_ parameter: Tensor) -> [Tensor] { [parameter] }
}

/// A parameter's originals and what makes the parameter of them: `parametrizations.weight` of a layer.
final class ParametrizationList: Module {
  /// The parameter of the layer, which is not trained now and has its value in calls only.
  let parameter: Variable
  let originals: [Variable]
  let parametrization: Parametrization

  init(_ parameter: Variable, _ parametrization: Parametrization) {
    originals = parametrization.originals(parameter.value).map { Variable($0, requiresGrad: parameter.requiresGrad) }
    (self.parameter, self.parametrization) = (parameter, parametrization)
  }

  /// Under PyTorch's names: `original`, or `original0`, `original1`, … for several; the parametrization is `0`.
  override func members() -> [(name: String, value: Any)] {
    let names = originals.count == 1 ? ["original"] : originals.indices.map { "original\($0)" }
    return zip(names, originals).map { ($0, $1) } + [("0", parametrization)]
  }

  var value: Variable { parametrization.withinCall { parametrization.value(originals) } }
}

extension Module {
  /// From now on, the parameter of this name is made from others in each call, and these are trained: they are in
  /// ``parameters()`` and in the state dict in its place, as `parametrizations.NAME.original` and so on.
  ///
  /// Between calls the parameter's variable has the value of the last one, and no gradient. An optimizer made before does not
  /// know the new parameters. As each call sets the variable, a parametrized module is called by one thread at a time.
  ///
  /// - Parameter name: of a parameter that this module holds itself and that is not parametrized yet.
  public func parametrize(_ name: String, _ parametrization: Parametrization) {
    let parameter = members().lazy.filter { $0.name == name }.compactMap { $0.value as? Variable }.first
    guard let parameter, parametrizations?[name] == nil else {
      let names = members().filter { $0.value is Variable }.map(\.name)
      fail(
        "\(type(of: self)).parametrize", "no parameter \(name) that is not parametrized yet; expected one of \(names)")
    }
    require(
      !awaitsInput, "\(type(of: self)).parametrize",
      "the size of \(name) is not decided yet; expected a layer that has seen an input or loaded a state dict")
    let list = ParametrizationList(parameter, parametrization)
    parameter.requiresGrad = false
    parameter.zeroGrad()
    parametrizations = parametrizations ?? ModuleDict()
    parametrizations?[name] = list
    parameter.value = noGrad { list.value.value }
  }

  /// The parameter of this name is an ordinary one again, with the value that the originals give now.
  public func removeParametrization(_ name: String) {
    guard let list = parametrizations?[name] as? ParametrizationList else {
      fail("\(type(of: self)).removeParametrization", "the parameter \(name) has none")
    }
    parametrizations?[name] = nil
    if parametrizations?.isEmpty == true { parametrizations = nil }
    list.parameter.value = noGrad { list.value.value }
    list.parameter.requiresGrad = list.originals.contains(where: \.requiresGrad)
  }

  /// Runs `body` with every parametrized parameter made from its originals, and in the graph behind them.
  func withParametrizedValues<Result>(_ body: () throws -> Result) rethrows -> Result {
    let lists = (parametrizations?.values ?? []).compactMap { $0 as? ParametrizationList }
    let values = lists.map(\.value)
    let before = zip(lists, values).map { list, value in list.parameter.exchange(value.saved) }
    defer {
      for ((list, value), original) in zip(zip(lists, values), before) {
        list.parameter.exchange(original)
        list.parameter.value = value.value
      }
    }
    return try body()
  }
}

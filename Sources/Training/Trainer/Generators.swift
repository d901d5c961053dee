import NN
import Tensors

/// The streams of random numbers that a training run draws from, by name: the default one, the data's, and those that
/// layers hold in stored properties.
struct Generators {
  private let byName: [String: Generator]

  init(model: Module, data: Generator) {
    var byName = ["default": Generator.default]
    if data !== Generator.default { byName["data"] = data }
    for (path, module) in model.namedModules() {
      for (name, value) in module.members() {
        guard let generator = value as? Generator, generator !== Generator.default else { continue }
        byName["model" + (path.isEmpty ? "" : "." + path) + "." + name] = generator
      }
    }
    self.byName = byName
  }

  /// Where they stand; those that have the same names take it up.
  var states: [String: Generator.State] {
    get { byName.mapValues(\.state) }
    nonmutating set {
      for (name, state) in newValue { byName[name]?.state = state }
    }
  }

  /// The names, for comparison with a checkpoint's.
  var names: Set<String> { Set(byName.keys) }
}

import Synchronization

/// The learning rates that an optimizer had before its first scheduler, by which all its schedulers go: one that is made
/// when another has changed the rates already starts from where that one started. Kept while the optimizer has schedulers,
/// which hold it, so that its identity stays its own.
enum InitialRates {
  private static let known = Mutex<[ObjectIdentifier: (rates: [Double], schedulers: Int)]>([:])

  /// Counts one more scheduler, which takes the rates as they are if it is the first, or `rates`.
  ///
  /// - Returns: the initial rates.
  static func enter(_ optimizer: any Optimizer, _ rates: [Double]?) -> [Double] {
    let (key, present) = (ObjectIdentifier(optimizer), optimizer.learningRates)
    return known.withLock { known in
      var entry = known[key] ?? (present, 0)
      // Groups that were added to the optimizer since start from their present rates.
      entry.rates = rates ?? entry.rates + present.dropFirst(entry.rates.count)
      entry.schedulers += 1
      known[key] = entry
      return entry.rates
    }
  }

  /// Counts one scheduler less.
  static func leave(_ optimizer: any Optimizer) {
    let key = ObjectIdentifier(optimizer)
    known.withLock { known in
      known[key]?.schedulers -= 1
      if known[key]?.schedulers == 0 { known[key] = nil }
    }
  }
}

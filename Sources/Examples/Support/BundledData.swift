import Adjoint
import Foundation

/// The small real data that comes with the examples; whose they are stands in `Resources/ATTRIBUTION.md`.
public enum BundledData {
  /// The directory with all of them.
  public static var directory: String { Bundle.module.bundleURL.appendingPathComponent("Resources").path }

  /// 442 patients: ten measurements and the disease's progression after one year.
  public static var diabetes: String { directory + "/diabetes.csv" }

  /// "Alice's Adventures in Wonderland", for models of text.
  public static var text: String { directory + "/alice.txt" }
}

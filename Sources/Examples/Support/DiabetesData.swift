import Adjoint

/// 442 patients: ten measurements, and how far their diabetes had progressed a year later.
///
/// Efron, Hastie, Johnstone, Tibshirani, "Least Angle Regression", 2004, doi:10.1214/009053604000000067.
public enum DiabetesData {
  /// The names of the inputs: age, sex, body mass index, blood pressure and six blood values.
  public static let features = ["age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"]

  /// The inputs [N, 10] and targets [N, 1] as they were measured; from a file of the same columns if `path` names one.
  ///
  /// - Throws: `DataError` naming the file and what is wrong with it.
  public static func load(path: String? = nil) throws -> TensorDataset {
    let path = path ?? BundledData.diabetes
    let table = try CSVTable(contentsOf: path)
    let data = TensorDataset(try table.tensor(columns: features), try table.tensor(columns: ["progression"]))
    guard data.count > 1 else {
      throw DataError(file: path, field: "rows", reason: "\(data.count); expected at least 2")
    }
    return data
  }
}

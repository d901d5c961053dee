import Autograd
import Tensors

/// What a classifier says all over a plane: a pale field of the classes' colours, and the data points on top.
///
/// ```swift
/// let plot = DecisionRegions("Clouds", points, labels, classes: ["red", "blue"]) {
///   model($0).value.softmax(axis: 1)
/// }
/// try plot.write(to: "regions.svg")
/// ```
///
/// The closure gets points [N, 2] and returns for each one of
/// - its class, [N] or [N, 1] of integers or truth values,
/// - the probabilities of all classes, floating [N, C] with C ≥ 2: the largest decides, and the colour is the stronger the
///   larger it is; logits take a `softmax(axis: 1)` first,
/// - the probability of class 1 of two classes, floating [N] or [N, 1]: the sigmoid of a single output.
///
/// Where a probability is NaN the field is empty. The closure runs under `noGrad`, with at most 8192 points at a time.
public struct DecisionRegions: Plot, Sendable {
  private var chart: Chart
  private let names: [String]

  /// Asks `classify` for the classes in the middle of `resolution` columns of about square cells.
  ///
  /// - Parameters:
  ///   - xRange: what the plot shows of the first coordinate; finite and not empty, as `yRange` for the second.
  ///   - classes: their names in the legend; without names "class 0", "class 1", …
  ///   - dtype: that of the points which `classify` gets.
  /// - Complexity: O(resolution²) points.
  public init(
    _ title: String = "", xRange: ClosedRange<Double>, yRange: ClosedRange<Double>, classes: [String] = [],
    xLabel: String = "", yLabel: String = "", resolution: Int = 240, dtype: DType = .float32, width: Double = 560,
    height: Double = 480, classify: (Tensor) throws -> Tensor
  ) rethrows {
    let grid = RegionGrid(xRange, yRange, columns: resolution, aspect: width / height)
    let map = try RegionMap(grid, dtype: dtype, names: classes, classify)
    names = classes
    chart = Chart(title, xLabel: xLabel, yLabel: yLabel, width: width, height: height, yRange: yRange)
    chart.x.range = xRange
    chart.field = map.field
    setSeries(count: max(names.count, map.classCount))
  }

  /// The regions around these points [N, 2], which are drawn too; their labels are integers [N]. A tenth of the data's
  /// extent is left free on each side.
  public init(
    _ title: String = "", _ points: Tensor, _ labels: Tensor, classes: [String] = [], xLabel: String = "",
    yLabel: String = "", resolution: Int = 240, dtype: DType = .float32, width: Double = 560, height: Double = 480,
    classify: (Tensor) throws -> Tensor
  ) rethrows {
    let columns = Self.columns(points)
    try self.init(
      title, xRange: Self.range(columns.x), yRange: Self.range(columns.y), classes: classes, xLabel: xLabel,
      yLabel: yLabel, resolution: resolution, dtype: dtype, width: width, height: height, classify: classify)
    add(points, labels)
  }

  /// Adds data points [N, 2] with integer labels [N], which must have a name if classes have. What lies outside of the
  /// ranges isn't shown.
  public mutating func add(_ points: Tensor, _ labels: Tensor) {
    let columns = Self.columns(points)
    require(
      labels.shape == [columns.x.count] && !labels.dtype.isFloatingPoint, "DecisionRegions.add",
      "labels \(labels.dtype)\(labels.shape) of points \(points.shape); expected integers of shape [\(columns.x.count)]"
    )
    let classes = labels.scalars(as: Int.self)
    for label in Set(classes) { check(label) }
    setSeries(count: max(chart.series.count, (classes.max() ?? -1) + 1))
    for index in chart.series.indices {
      let own = classes.indices.filter { classes[$0] == index }
      chart.series[index].x += own.map { columns.x[$0] }
      chart.series[index].y += own.map { columns.y[$0] }
    }
  }

  /// The title above the plot.
  public var title: String { chart.title }
  /// The width in pixels.
  public var width: Double { chart.width }
  /// The height in pixels.
  public var height: Double { chart.height }
  /// The SVG elements of the plot.
  public var elements: String { chart.elements }

  private func check(_ label: Int) {
    let isNamed = names.isEmpty ? (0..<RegionMap.mostClasses).contains(label) : names.indices.contains(label)
    let expected = names.isEmpty ? "0 ..< \(RegionMap.mostClasses)" : "0 ..< \(names.count), the classes with a name"
    require(isNamed, "DecisionRegions.add", "label \(label); expected \(expected)")
  }

  /// Sees to it that so many classes have a series and a name.
  private mutating func setSeries(count: Int) {
    for index in chart.series.count..<max(count, chart.series.count) {
      let name = names.isEmpty ? "class \(index)" : names[index]
      chart.series.append(Series(name: name, x: [], y: [], kind: .marks(outlined: true)))
    }
  }

  private static func columns(_ points: Tensor) -> (x: [Double], y: [Double]) {
    require(points.rank == 2 && points.shape[1] == 2, "DecisionRegions", "points \(points.shape); expected [N, 2]")
    let values = points.scalars(as: Double.self)
    let rows = 0..<points.shape[0]
    return (rows.map { values[2 * $0] }, rows.map { values[2 * $0 + 1] })
  }

  private static func range(_ values: [Double]) -> ClosedRange<Double> {
    let extent = Series.extent(values) ?? 0...1
    let axis = Axis.linear(extent, count: 1, toTicks: false, margin: 0.1)
    return axis.low...axis.high
  }
}

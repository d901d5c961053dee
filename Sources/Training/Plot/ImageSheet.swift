import Autograd
import Tensors

/// Small images in a grid, a caption under each: samples of a data set with their predicted labels, filters, what a
/// generator makes.
///
/// ```swift
/// try ImageSheet("Digits", images[..<20], captions: labels.map { "\($0)" }).write(to: "digits.svg")
/// ```
public struct ImageSheet: Plot, Sendable {
  private struct Cell: Sendable {
    let pixels: [UInt8]
    let format: PNG.Format
    let width: Int
    let height: Int
    let caption: String
  }

  /// The title above the sheet.
  public let title: String
  private let columns: Int
  private let size: Double
  private var cells: [Cell] = []

  private static let padding = 16.0
  private static let gap = 10.0
  private static let captionHeight = 18.0

  /// A sheet without images yet: `columns` in a row, the longer side of each image at most `size` pixels long.
  public init(_ title: String = "", columns: Int = 10, size: Double = 56) {
    self.title = title
    self.columns = max(columns, 1)
    self.size = size
  }

  /// A sheet of the images of a tensor; see ``add(_:captions:range:)``.
  public init(
    _ title: String = "", _ images: Tensor, captions: [String] = [], range: ClosedRange<Double>? = 0...1,
    columns: Int = 10, size: Double = 56
  ) {
    self.init(title, columns: columns, size: size)
    add(images, captions: captions, range: range)
  }

  /// Adds all images of a tensor: grey ones [N, H, W] or [N, 1, H, W], or coloured ones [N, 3, H, W] of red, green and blue.
  ///
  /// `range` goes from black to white, 0 ... 1 by default; nil takes each image's own extremes. NaN is black. Images of
  /// `.uint8` are taken as they are, 0 ... 255. There are as many captions as images, or none.
  public mutating func add(_ images: Tensor, captions: [String] = [], range: ClosedRange<Double>? = 0...1) {
    let shape = images.shape
    require(
      shape.rank == 3 || (shape.rank == 4 && (shape[1] == 1 || shape[1] == 3)), "ImageSheet.add",
      "images \(shape); expected [N, H, W], [N, 1, H, W] or [N, 3, H, W]")
    require(
      captions.isEmpty || captions.count == shape[0], "ImageSheet.add",
      "\(captions.count) captions for images \(shape); expected \(shape[0])")
    let hasColor = shape.rank == 4 && shape[1] == 3
    for index in 0..<shape[0] {
      let image = hasColor ? images[index].permuted([1, 2, 0]) : images[index]
      let values = image.scalars(as: Double.self)
      let pixels = Self.pixels(values, images.dtype == .uint8 ? 0...255 : range)
      add(
        pixels, hasColor ? .rgb : .grey, width: shape[shape.rank - 1], height: shape[shape.rank - 2],
        caption: captions.isEmpty ? "" : captions[index])
    }
  }

  /// Adds an image, row by row from the top; 0 is black and 255 is white. There must be width x height pixels.
  public mutating func add(_ pixels: [UInt8], width: Int, height: Int, caption: String = "") {
    add(pixels, .grey, width: width, height: height, caption: caption)
  }

  /// Adds a coloured image, row by row from the top, of width x height times red, green and blue, each 0 ... 255.
  public mutating func add(rgb pixels: [UInt8], width: Int, height: Int, caption: String = "") {
    add(pixels, .rgb, width: width, height: height, caption: caption)
  }

  /// Adds an image of any numbers: `range` goes from black to white, its own extremes if nil; nan is black.
  public mutating func add<Value: BinaryFloatingPoint>(
    _ pixels: [Value], width: Int, height: Int, range: ClosedRange<Value>? = nil, caption: String = ""
  ) {
    let range = range.map { Double($0.lowerBound)...Double($0.upperBound) }
    add(Self.pixels(pixels.map { Double($0) }, range), width: width, height: height, caption: caption)
  }

  private mutating func add(_ pixels: [UInt8], _ format: PNG.Format, width: Int, height: Int, caption: String) {
    require(
      width > 0 && height > 0 && pixels.count == width * height * format.bytesPerPixel, "ImageSheet.add",
      "\(pixels.count) \(format.bytesPerPixel == 1 ? "pixels" : "numbers") for an image of \(width) x \(height)"
        + (format.bytesPerPixel == 1 ? "" : " x \(format.bytesPerPixel)"))
    cells.append(Cell(pixels: pixels, format: format, width: width, height: height, caption: caption))
  }

  private static func pixels(_ values: [Double], _ range: ClosedRange<Double>?) -> [UInt8] {
    let (low, high) = limits(values, range)
    return values.map { value in
      let share = (value - low) / (high - low)
      return share.isNaN ? 0 : UInt8((min(max(share, 0), 1) * 255).rounded())
    }
  }

  private static func limits(_ values: [Double], _ range: ClosedRange<Double>?) -> (low: Double, high: Double) {
    let extent = range ?? Series.extent(values) ?? 0...1
    return extent.lowerBound < extent.upperBound
      ? (extent.lowerBound, extent.upperBound) : (extent.lowerBound, extent.lowerBound + 1)
  }

  /// The width of all columns, at least that of the title.
  public var width: Double {
    let grid = Double(min(columns, max(cells.count, 1))) * (cellWidth + Self.gap) - Self.gap
    return 2 * Self.padding + max(grid, SVG.width(of: title, size: 16), 80)
  }

  /// The height of all rows and the title.
  public var height: Double {
    let rows = (cells.count + columns - 1) / columns
    return top + Double(max(rows, 1)) * (rowHeight + Self.gap) - Self.gap + Self.padding
  }

  /// The SVG elements of the sheet.
  public var elements: String {
    let heading = SVG.text(title, x: Self.padding, y: Self.padding + 13, style: "title")
    if cells.isEmpty { return heading + SVG.text("no images", x: Self.padding, y: top + 20) }
    return heading + cells.enumerated().map { drawn($1, row: $0 / columns, column: $0 % columns) }.joined()
  }

  private var top: Double { Self.padding + (title.isEmpty ? 0 : 28) }

  /// Wide enough for the widest caption, so that none reaches into its neighbour.
  private var cellWidth: Double { max(size, cells.map { SVG.width(of: $0.caption) }.max() ?? 0) }
  private var rowHeight: Double { size + (cells.contains { !$0.caption.isEmpty } ? Self.captionHeight : 0) }

  private func drawn(_ cell: Cell, row: Int, column: Int) -> String {
    let center = (Self.padding + Double(column) * (cellWidth + Self.gap) + cellWidth / 2).rounded()
    let y = top + Double(row) * (rowHeight + Self.gap)
    // A whole number of screen pixels for each of the image's, unless it is larger than its place.
    let longest = max(cell.width, cell.height)
    let scale = max(Int(size) / longest, 1)
    let shrink = min(size / Double(longest), Double(scale))
    let (w, h) = (Double(cell.width) * shrink, Double(cell.height) * shrink)
    let box = SVG.place(x: (center - w / 2).rounded(), y: y, width: w, height: h)
    let address = PNG.address(
      cell.pixels, width: cell.width, height: cell.height, format: cell.format, scale: scale)
    let image = "<image class=\"pixels\" \(box) preserveAspectRatio=\"none\" xlink:href=\"\(address)\"/>\n"
    return image + "<rect class=\"frame\" \(box)/>\n"
      + SVG.text(cell.caption, x: center, y: y + h + 13, anchor: .middle)
  }
}

import TestSupport
import Testing

import Tensors

/// Text of whole tensors, against numpy's (2.4.6), whose text is pasted here; truth values in Swift's spelling.
@Suite struct TensorDescriptionTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let tensor: Tensor
    let text: String
    var testDescription: String { name }

    init(_ name: String, _ tensor: Tensor, _ text: String) {
      (self.name, self.tensor, self.text) = (name, tensor, text)
    }
  }

  private static let cases: [Case] = [
    Case(
      "matrix", counting([2, 3]),
      """
      [[0. 1. 2.]
       [3. 4. 5.]]
      """),
    Case(
      "cube", counting([2, 2, 3]),
      """
      [[[ 0.  1.  2.]
        [ 3.  4.  5.]]

       [[ 6.  7.  8.]
        [ 9. 10. 11.]]]
      """),
    Case(
      "rank 4", counting([2, 2, 1, 2]),
      """
      [[[[0. 1.]]

        [[2. 3.]]]


       [[[4. 5.]]

        [[6. 7.]]]]
      """),
    Case(
      "negative integers", counting([3, 4], dtype: .int64) - 6,
      """
      [[-6 -5 -4 -3]
       [-2 -1  0  1]
       [ 2  3  4  5]]
      """),
    Case(
      "bytes", Tensor([UInt8(0), 7, 255]),
      """
      [  0   7 255]
      """),
    Case(
      "truth values", Tensor([[true, false], [false, true]]),
      """
      [[ true false]
       [false  true]]
      """),
    Case(
      "long integers wrap", counting([40], dtype: .int64) * 7,
      """
      [  0   7  14  21  28  35  42  49  56  63  70  77  84  91  98 105 112 119
       126 133 140 147 154 161 168 175 182 189 196 203 210 217 224 231 238 245
       252 259 266 273]
      """),
    Case(
      "integers at the margin", counting([25], dtype: .int64) + 10,
      """
      [10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33
       34]
      """),
    Case(
      "integers past the margin", counting([26], dtype: .int64) + 10,
      """
      [10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33
       34 35]
      """),
    Case(
      "long floats wrap", counting([30]) / 4,
      """
      [0.   0.25 0.5  0.75 1.   1.25 1.5  1.75 2.   2.25 2.5  2.75 3.   3.25
       3.5  3.75 4.   4.25 4.5  4.75 5.   5.25 5.5  5.75 6.   6.25 6.5  6.75
       7.   7.25]
      """),
    Case(
      "wide matrix wraps", counting([2, 30], dtype: .int64),
      """
      [[ 0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20 21 22 23
        24 25 26 27 28 29]
       [30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53
        54 55 56 57 58 59]]
      """),
    Case(
      "wide cube wraps", counting([2, 1, 24], dtype: .int64) + 100,
      """
      [[[100 101 102 103 104 105 106 107 108 109 110 111 112 113 114 115 116
         117 118 119 120 121 122 123]]

       [[124 125 126 127 128 129 130 131 132 133 134 135 136 137 138 139 140
         141 142 143 144 145 146 147]]]
      """),
    Case(
      "rank 3 at the margin", counting([1, 1, 24], dtype: .int64) + 10,
      """
      [[[10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32
         33]]]
      """),
    Case(
      "rank 3 before the margin", counting([1, 1, 23], dtype: .int64) + 10,
      """
      [[[10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32]]]
      """),
    Case(
      "mixed magnitudes", Tensor([[1.0, -0.5], [1e-6, 12345]]),
      """
      [[ 1.0000e+00 -5.0000e-01]
       [ 1.0000e-06  1.2345e+04]]
      """),
    Case(
      "nan in a matrix", Tensor([[1.25, .nan], [-.infinity, 100]]),
      """
      [[  1.25    nan]
       [  -inf 100.  ]]
      """),
    Case(
      "a thousand are shown", counting([1000], dtype: .int64)[..<30],
      """
      [ 0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20 21 22 23
       24 25 26 27 28 29]
      """),
    Case(
      "long vector is cut", counting([1001], dtype: .int64),
      """
      [   0    1    2 ...  998  999 1000]
      """),
    Case(
      "long float vector is cut", counting([2000]) / 8,
      """
      [0.00000e+00 1.25000e-01 2.50000e-01 ... 2.49625e+02 2.49750e+02
       2.49875e+02]
      """),
    Case(
      "matrix is cut on both axes", counting([50, 50], dtype: .int64),
      """
      [[   0    1    2 ...   47   48   49]
       [  50   51   52 ...   97   98   99]
       [ 100  101  102 ...  147  148  149]
       ...
       [2350 2351 2352 ... 2397 2398 2399]
       [2400 2401 2402 ... 2447 2448 2449]
       [2450 2451 2452 ... 2497 2498 2499]]
      """),
    Case(
      "tall matrix is cut on one", counting([400, 3], dtype: .int64),
      """
      [[   0    1    2]
       [   3    4    5]
       [   6    7    8]
       ...
       [1191 1192 1193]
       [1194 1195 1196]
       [1197 1198 1199]]
      """),
    Case(
      "wide matrix is cut on one", counting([3, 400], dtype: .int64),
      """
      [[   0    1    2 ...  397  398  399]
       [ 400  401  402 ...  797  798  799]
       [ 800  801  802 ... 1197 1198 1199]]
      """),
    Case(
      "cube is cut", counting([10, 10, 20], dtype: .int64),
      """
      [[[   0    1    2 ...   17   18   19]
        [  20   21   22 ...   37   38   39]
        [  40   41   42 ...   57   58   59]
        ...
        [ 140  141  142 ...  157  158  159]
        [ 160  161  162 ...  177  178  179]
        [ 180  181  182 ...  197  198  199]]

       [[ 200  201  202 ...  217  218  219]
        [ 220  221  222 ...  237  238  239]
        [ 240  241  242 ...  257  258  259]
        ...
        [ 340  341  342 ...  357  358  359]
        [ 360  361  362 ...  377  378  379]
        [ 380  381  382 ...  397  398  399]]

       [[ 400  401  402 ...  417  418  419]
        [ 420  421  422 ...  437  438  439]
        [ 440  441  442 ...  457  458  459]
        ...
        [ 540  541  542 ...  557  558  559]
        [ 560  561  562 ...  577  578  579]
        [ 580  581  582 ...  597  598  599]]

       ...

       [[1400 1401 1402 ... 1417 1418 1419]
        [1420 1421 1422 ... 1437 1438 1439]
        [1440 1441 1442 ... 1457 1458 1459]
        ...
        [1540 1541 1542 ... 1557 1558 1559]
        [1560 1561 1562 ... 1577 1578 1579]
        [1580 1581 1582 ... 1597 1598 1599]]

       [[1600 1601 1602 ... 1617 1618 1619]
        [1620 1621 1622 ... 1637 1638 1639]
        [1640 1641 1642 ... 1657 1658 1659]
        ...
        [1740 1741 1742 ... 1757 1758 1759]
        [1760 1761 1762 ... 1777 1778 1779]
        [1780 1781 1782 ... 1797 1798 1799]]

       [[1800 1801 1802 ... 1817 1818 1819]
        [1820 1821 1822 ... 1837 1838 1839]
        [1840 1841 1842 ... 1857 1858 1859]
        ...
        [1940 1941 1942 ... 1957 1958 1959]
        [1960 1961 1962 ... 1977 1978 1979]
        [1980 1981 1982 ... 1997 1998 1999]]]
      """),
    Case(
      "one element", Tensor([[[5.0]]]),
      """
      [[[5.]]]
      """),
  ]

  @Test(arguments: cases) func asNumpyPrintsIt(c: Case) {
    #expect("\(c.tensor)" == c.text)
  }

  @Test func scalarsAndNothing() {
    #expect("\(Tensor(5))" == "5" && "\(Tensor(true))" == "true" && "\(Tensor([Int]()))" == "[]")
    #expect("\(Tensor.zeros([0, 3]))" == "[] (shape [0, 3])")
  }

  @Test func debugTextNamesShapeAndDType() {
    #expect(Tensor([1, 2]).debugDescription == "[1 2]\nshape [2], int64")
  }
}

let matmulReferences: [String: Reference] = [
  "matmul": { x in product(2, 3, 4, { x[0][[$0, $1]] }, { x[1][[$0, $1]] }) },
  "matmul transposed": { x in product(2, 3, 4, { x[0][[$1, $0]] }, { x[1][[$1, $0]] }) },
  "matmul vector vector": { x in product(1, 3, 1, { _, k in x[0][[k]] }, { k, _ in x[1][[k]] }) },
  "matmul vector matrix": { x in product(1, 3, 2, { _, k in x[0][[k]] }, { x[1][[$0, $1]] }) },
  "matmul matrix vector": { x in product(2, 3, 1, { x[0][[$0, $1]] }, { i, _ in x[1][[i]] }) },
  "matmul rows of batches": { x in
    product(4, 3, 2, { x[0][[$0 / 2, $0 % 2, $1]] }, { x[1][[$0, $1]] })
  },
  "matmul batches": { x in
    indices([2, 2]).flatMap { b in product(2, 3, 2, { x[0][[b[0], 0, $0, $1]] }, { x[1][[b[1], $0, $1]] }) }
  },
  "linear": { x in
    indices([2, 4]).map { ij in (0..<3).reduce(x[2][[ij[1]]]) { $0 + x[0][[ij[0], $1]] * x[1][[ij[1], $1]] } }
  },
  "linear without bias": { x in product(4, 3, 4, { x[0][[$0 / 2, $0 % 2, $1]] }, { x[1][[$1, $0]] }) },
  "linear of a vector": { x in
    (0..<2).map { j in (0..<3).reduce(x[2][[j]]) { $0 + x[0][[$1]] * x[1][[j, $1]] } }
  },
]

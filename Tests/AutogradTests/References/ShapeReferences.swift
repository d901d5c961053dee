let shapeReferences: [String: Reference] = [
  "reshape": elementwise { $0 }, "flatten": elementwise { $0 }, "unsqueeze": elementwise { $0 },
  "squeeze": elementwise { $0 },
  "permute": at([4, 2, 3]) { x, i in x[0][[i[1], i[2], i[0]]] },
  "transpose": at([3, 2]) { x, i in x[0][[i[1], i[0]]] },
  "movedAxis": at([3, 4, 2]) { x, i in x[0][[i[2], i[0], i[1]]] },
  "expand": at([2, 3, 4]) { x, i in x[0][[i[1], 0]] },
  "unfold": at([3, 3]) { x, i in x[0][[2 * i[0] + i[1]]] },
  "unfold axis 1": at([2, 4, 2, 2]) { x, i in x[0][[i[0], i[1] + i[3], i[2]]] },
  "diagonal": at([3]) { x, i in x[0][[i[0], i[0]]] },
  "diagonal above": at([2, 2]) { x, i in x[0][[i[0], i[1], i[1] + 1]] },
  "diagonal below": at([2, 1]) { x, i in x[0][[i[1], i[0], i[1] + 1]] },
  "diagEmbed": at([2, 3, 3]) { x, i in i[1] == i[2] ? x[0][[i[0], i[1]]] : 0 },
  "diagEmbed above": at([3, 2, 3]) { x, i in i[2] == i[0] + 1 ? x[0][[i[1], i[0]]] : 0 },
  "x[1]": at([2]) { x, i in x[0][[1, i[0]]] },
  "x[-1, 1...]": at([3]) { x, i in x[0][[2, i[0] + 1]] },
  "x[0..., step 2]": at([2, 3]) { x, i in x[0][[i[0], 2 * i[1]]] },
  "x[reversed]": at([4]) { x, i in x[0][[3 - i[0]]] },
  "x[newAxis, ellipsis, 0]": at([1, 2]) { x, i in x[0][[i[1], 0]] },
  "x[0] + x[0]": at([3]) { x, i in 2 * x[0][[0, i[0]]] },
  "gather": at([2, 4]) { x, i in x[0][[i[0], [[2, 0, 2, 1], [1, 1, 1, 0]][i[0]][i[1]]]] },
  "gather axis 0": at([2, 2]) { x, i in x[0][[[[2, 0], [2, 2]][i[0]][i[1]], i[1]]] },
  "concatenate": at([2, 6]) { x, i in
    i[1] < 2 ? x[0][i] : i[1] < 5 ? x[1][[i[0], i[1] - 2]] : x[2][[i[0], i[1] - 5]]
  },
  "stack": at([2, 2, 3]) { x, i in x[i[1]][[i[0], i[2]]] },
  "unbound": at([2]) { x, i in x[0][[i[0], 0]] * x[0][[i[0], 2]] },
  "split": { x in
    let y = x[0]
    return [indices([2, 2]).reduce(0) { $0 + y[$1] * y[[$1[0] + 2, $1[1]]] } + y[[4, 0]] + y[[4, 1]]]
  },
  "where": at([2, 3]) { x, i in [[true, false, true], [false, false, true]][i[0]][i[1]] ? x[0][i] : x[1][i] },
  "maximum": at([2, 3]) { x, i in max(x[0][i], x[1][i]) },
  "minimum": at([2, 3]) { x, i in min(x[0][i], x[1][i]) },
]

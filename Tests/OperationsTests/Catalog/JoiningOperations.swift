import Autograd
import Tensors
import TestSupport

/// Moves numbers only, so that values are exact.
let joiningOperations: [Operation] = [
  Operation("cat", "torch.cat, torch.concat", "concatenate(_:axis:)") { x, a in Variable.concatenate(x, axis: a["dim"])
  },
  Operation("stack", "torch.stack", "stack(_:axis:)") { x, a in Variable.stack(x, axis: a["dim"]) },
  Operation("hstack", "torch.hstack", "hstack(_:)") { x, _ in Variable.hstack(x) },
  Operation("vstack", "torch.vstack, torch.row_stack", "vstack(_:)") { x, _ in Variable.vstack(x) },
  Operation("dstack", "torch.dstack", "dstack(_:)") { x, _ in Variable.dstack(x) },
  Operation("column_stack", "torch.column_stack", "columnStack(_:)") { x, _ in Variable.columnStack(x) },
  Operation("block_diag", "torch.block_diag", "blockDiagonal(_:)") { x, _ in Variable.blockDiagonal(x) },

  Operation("split", "torch.split", "split(size:axis:)") { x, a in
    x[0].split(size: a["split_size_or_sections"], axis: a["dim"])
  },
  Operation("split_sizes", "torch.split", "split(sizes:axis:)") { x, a in
    x[0].split(sizes: a["split_size_or_sections"], axis: a["dim"])
  },
  Operation("chunk", "torch.chunk", "chunked(_:axis:)") { x, a in x[0].chunked(a["chunks"], axis: a["dim"]) },
  Operation("tensor_split", "torch.tensor_split", "tensorSplit(_:axis:)") { x, a in
    x[0].tensorSplit(a["sections"], axis: a["dim"])
  },
  Operation("tensor_split_at", "torch.tensor_split", "tensorSplit(at:axis:)") { x, a in
    x[0].tensorSplit(at: a["indices"], axis: a["dim"])
  },
  Operation("hsplit", "torch.hsplit", "hsplit(_:)") { x, a in x[0].hsplit(a["sections"]) },
  Operation("hsplit_at", "torch.hsplit", "hsplit(at:)") { x, a in x[0].hsplit(at: a["indices"]) },
  Operation("vsplit", "torch.vsplit", "vsplit(_:)") { x, a in x[0].vsplit(a["sections"]) },
  Operation("vsplit_at", "torch.vsplit", "vsplit(at:)") { x, a in x[0].vsplit(at: a["indices"]) },
  Operation("dsplit", "torch.dsplit", "dsplit(_:)") { x, a in x[0].dsplit(a["sections"]) },
  Operation("dsplit_at", "torch.dsplit", "dsplit(at:)") { x, a in x[0].dsplit(at: a["indices"]) },
  Operation("unbind", "torch.unbind", "unbound(axis:)") { x, a in x[0].unbound(axis: a["dim"]) },
  Operation("narrow", "torch.narrow", "narrowed(axis:from:count:)") { x, a in
    x[0].narrowed(axis: a["dim"], from: a["start"], count: a["length"])
  },
  Operation("select", "torch.select", "select(axis:at:)") { x, a in x[0].select(axis: a["dim"], at: a["index"]) },

  Operation("meshgrid", "torch.meshgrid", "meshgrid(_:indexing:)") { x, a in
    Variable.meshgrid(x, indexing: (a["indexing"] as String) == "xy" ? .xy : .ij)
  },
  Operation("cartesian_prod", "torch.cartesian_prod", "cartesianProduct(_:)") { x, _ in Variable.cartesianProduct(x) },
  Operation("combinations", "torch.combinations", "combinations(_:withReplacement:)") { x, a in
    x[0].combinations(a["r"], withReplacement: a["with_replacement"])
  },
]

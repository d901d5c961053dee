"""Changes of shape, joining, splitting, padding, diagonals; with `creation` the family of shapes."""

import torch
import torch.nn.functional as F
from torch import Tensor

from .book import DTYPES, INF, NAN, Book, integers, normal
from .calls import family, sample
from .creation import creation, grids


def cases(book: Book) -> None:
    shapes(book)
    repetition(book)
    reordering(book)
    joining(book)
    splitting(book)
    padding(book)
    diagonals(book)
    grids(book)
    creation(book)


def shapes(book: Book) -> None:
    family(book, "reshape", torch.reshape, [(shape, dict(shape=sizes)) for shape, sizes in (
        ((2, 6), [3, 4]), ((2, 3, 2), [-1]), ((4, 3), [2, -1, 3]), ((2, 3, 2), [3, 1, 4]), ((), [1, 1]), ((1, 1), []),
        ((1,), [-1]), ((0, 4), [2, 0]), ((0, 4), [-1, 2]), ((2, 1, 3), [1, 6]), ((2, 2, 2, 1, 2), [4, -1]))])
    family(book, "flatten", torch.flatten, [(shape, dict(start_dim=start, end_dim=end)) for shape, start, end in (
        ((2, 3, 2), 0, -1), ((2, 3, 2), 1, -1), ((2, 3, 2), 0, 1), ((2, 3, 2), -2, -2), ((5,), 0, 0), ((), 0, -1),
        ((2, 0, 3), 1, 2), ((1, 2, 1, 3), 1, 3))])
    family(book, "unflatten", torch.unflatten, [(shape, dict(dim=dim, sizes=sizes)) for shape, dim, sizes in (
        ((2, 6), 1, [2, 3]), ((2, 6), -1, [3, -1]), ((2, 6), 0, [2, 1]), ((12,), 0, [2, -1, 3]), ((4, 3), -2, [1, 4]),
        ((2, 0), 1, [-1, 3]), ((2, 0), 1, [4, 0, 2]), ((8, 1), 0, [2, 2, 2]))])
    family(book, "permute", torch.permute, [(shape, dict(dims=dims)) for shape, dims in (
        ((2, 3, 2), [2, 0, 1]), ((2, 3, 2), [0, 1, 2]), ((2, 3), [-1, 0]), ((), []), ((4,), [0]),
        ((0, 2, 3), [1, 2, 0]),
        ((1, 2, 3, 2), [3, 1, 0, -2]), ((1, 2, 1, 2, 3), [4, 3, 2, 1, 0]))])
    family(book, "transpose", torch.transpose, [(shape, dict(dim0=a, dim1=b)) for shape, a, b in (
        ((2, 3), 0, 1), ((2, 3), -2, -1), ((2, 3, 2), 0, 2), ((2, 3, 2), 1, 1), ((5,), 0, -1), ((2, 0), 0, 1),
        ((2, 1, 3, 2), 1, -1), ((1, 4), 0, 1))])
    family(book, "movedim", torch.movedim, [(shape, dict(source=a, destination=b)) for shape, a, b in (
        ((2, 3, 2), 0, 2), ((2, 3, 2), -1, 0), ((2, 3, 2), 1, 1), ((5,), 0, 0), ((2, 1, 3, 2), 1, -2), ((2, 3), 0, -1),
        ((2, 0, 3), 2, 0), ((2, 1, 3, 2), 3, 1))])
    family(book, "movedims", torch.movedim, [(shape, dict(source=a, destination=b)) for shape, a, b in (
        ((2, 3, 2), [0, 1], [2, 0]), ((2, 3, 2), [-1], [0]), ((2, 3), [], []), ((2, 3, 2), [0, 1, 2], [1, 2, 0]),
        ((2, 1, 3, 2), [3, 0], [0, -1]), ((2, 1, 3, 2), [1, 2], [2, 1]), ((2, 0, 3), [0, 2], [-1, -2]), ((), [], []))])
    family(book, "unsqueeze", torch.unsqueeze, [(shape, dict(dim=dim)) for shape, dim in (
        ((2, 3), 1), ((2, 3), 0), ((2, 3), 2), ((2, 3), -1), ((2, 3), -3), ((), 0), ((), -1), ((0, 2), 1), ((1,), 1))])
    family(book, "squeeze", torch.squeeze, [(shape, {}) for shape in (
        (1, 2, 1, 3), (2, 3), (1, 1), (1,), (), (0, 1), (2, 1), (1, 1, 4))])
    family(book, "squeeze_dim", torch.squeeze, [(shape, dict(dim=dim)) for shape, dim in (
        ((1, 2, 1), 0), ((1, 2, 1), -1), ((1, 2, 1), 1), ((1, 3), 0), ((1,), 0), ((2, 1, 0), 1), ((3, 4), 1),
        ((1, 1), 1))])
    family(book, "squeeze_dims", torch.squeeze, [(shape, dict(dim=dim)) for shape, dim in (
        ((1, 2, 1), [0, 2]), ((1, 2, 1), [-1]), ((1, 2, 1), [0, 1]), ((1, 3, 1), []), ((1, 1), [0, 1]),
        ((2, 1, 0), [1]),
        ((3, 4), [0, 1]), ((1, 1, 1), [2, 0]))])
    for name, function in (("atleast_1d", torch.atleast_1d), ("atleast_2d", torch.atleast_2d),
                           ("atleast_3d", torch.atleast_3d)):
        family(book, name, function, [(shape, {}) for shape in (
            (3,), (), (1,), (0,), (2, 3), (2, 3, 2), (2, 0), (1, 2, 1, 3))])


def repetition(book: Book) -> None:
    family(book, "expand", lambda x, size: x.expand(size), [(shape, dict(size=size)) for shape, size in (
        ((3, 1), [3, 4]), ((3, 1), [2, -1, 2]), ((3, 1), [-1, -1]), ((), [2, 2]), ((), []), ((1,), [0]),
        ((2, 1), [3, 2, 2]),
        ((0, 1), [0, 3]), ((1, 2, 1), [2, -1, 3]))])
    family(book, "broadcast_to", torch.broadcast_to, [(shape, dict(size=size)) for shape, size in (
        ((3, 1), [3, 4]), ((3,), [2, 3]), ((), [2, 2]), ((2, 1), [3, 2, 2]), ((2, 3), [2, 3]), ((1,), [0]),
        ((1, 1), [1, 5]),
        ((), []))])
    family(book, "broadcast_tensors", lambda *x: torch.broadcast_tensors(*x), [(shapes, {}) for shapes in (
        [(3, 1), (1, 4)], [(3,), (2, 3)], [(), (2,)], [(2, 2)], [(2, 1), (3,), (4, 1, 1)], [(1,), (0,)], [(), ()],
        [(1, 2), (2, 1), (1, 1)])])
    book.case("broadcast_tensors", lambda *x: torch.broadcast_tensors(*x),
              [normal(2, 1), integers(0, 9, 3), normal(1, dtype=torch.float32)])
    for name, function, more in (
        ("tile", lambda x, dims: torch.tile(x, dims), [((2, 2), [3]), ((2, 2, 2), [2, 1]), ((3,), [])]),
        ("repeat", lambda x, dims: x.repeat(dims), [((2, 2), [1, 3]), ((2, 2, 2), [1, 2, 1]), ((), [])]),
    ):
        family(book, name, function, [(shape, dict(dims=dims)) for shape, dims in (
            ((2, 3), [2, 2]), ((3,), [4]), ((2, 1), [2, 1, 2]), ((), [3]), ((2, 2), [1, 1]), ((2, 2), [0, 2]),
            ((0, 2), [2, 1]), ((1, 2, 1), [2, 1, 3]), *more)])
    family(book, "repeat_interleave", torch.repeat_interleave, [(shape, dict(repeats=n, dim=dim)) for shape, n, dim in (
        ((2, 3), 2, 1), ((2, 3), 2, 0), ((2, 3), 3, None), ((2, 3), 0, 1), ((3,), 1, -1), ((0, 2), 2, 0),
        ((2, 1, 2), 2, -2), ((), 3, None))])
    for shape, counts, dim in (((2, 3), [1, 0, 2], 1), ((2, 3), [2, 1], 0), ((2, 2), [1, 2, 0, 3], None),
                               ((3,), [0, 0, 0], 0), ((2, 3), [2], -1), ((2, 2), [0, 4], -2), ((0, 2), [1, 2], 1),
                               ((3,), [3, 1, 2], None)):
        book.case("repeat_interleave_counts", torch.repeat_interleave, [normal(*shape), torch.tensor(counts)], dim=dim)
    for dtype in DTYPES[1:]:
        book.case("repeat_interleave_counts", torch.repeat_interleave,
                  [sample(3, dtype=dtype), torch.tensor([1, 0, 2]).int()], dim=0)


def reordering(book: Book) -> None:
    family(book, "flip", torch.flip, [(shape, dict(dims=dims)) for shape, dims in (
        ((2, 3), [0, 1]), ((2, 3), [1]), ((2, 3), [-2]), ((2, 3), []), ((5,), [0]), ((2, 0), [0]), ((2, 3, 2), [2, 0]),
        ((), []), ((1, 3), [0]))])
    family(book, "fliplr", torch.fliplr, [(shape, {}) for shape in ((2, 3), (1, 4), (2, 3, 2), (0, 2), (3, 1))])
    family(book, "flipud", torch.flipud, [(shape, {}) for shape in ((2, 3), (4,), (2, 3, 2), (0, 2), (1, 3))])

    def roll(x: Tensor, shifts: int, dims: int | None) -> Tensor:
        return torch.roll(x, shifts) if dims is None else torch.roll(x, shifts, dims)

    family(book, "roll", roll, [(shape, dict(shifts=shift, dims=dim)) for shape, shift, dim in (
        ((2, 3), 1, 1), ((2, 3), -1, 0), ((2, 3), 2, None), ((5,), 7, 0), ((5,), -13, -1), ((5,), 0, 0), ((5,), 5, 0),
        ((0, 2), 1, 0), ((), 1, None), ((2, 3, 2), -4, None))])
    family(book, "rolls", torch.roll, [(shape, dict(shifts=shifts, dims=dims)) for shape, shifts, dims in (
        ((2, 3), [1, 2], [0, 1]), ((2, 3), [1, -1], [-1, -2]), ((5,), [1, 2], [0, 0]),
        ((2, 3, 2), [1, 1, 1], [0, 1, 2]),
        ((2, 3), [4], [1]), ((2, 0), [1, 1], [0, 1]), ((3, 3), [0, 2], [0, 1]), ((3, 3), [-1, 0], [0, 1]))])
    family(book, "rot90", torch.rot90, [(shape, dict(k=k, dims=dims)) for shape, k, dims in (
        ((2, 3), 1, [0, 1]), ((2, 3), 2, [0, 1]), ((2, 3), 3, [0, 1]), ((2, 3), 0, [0, 1]), ((2, 3), -1, [0, 1]),
        ((2, 3), 6, [1, 0]), ((2, 3, 2), 1, [1, 2]), ((2, 3, 2), -3, [-1, 0]), ((0, 2), 1, [0, 1]))])


def joining(book: Book) -> None:
    def cat(*x: Tensor, dim: int) -> Tensor:
        return torch.cat(x, dim)

    family(book, "cat", cat, [(shapes, dict(dim=dim)) for shapes, dim in (
        ([(2, 2), (2, 3)], 1), ([(2, 3), (1, 3), (2, 3)], 0), ([(3,)], 0), ([(2,), (0,), (3,)], 0),
        ([(2, 1, 2), (2, 2, 2)], -2), ([(0,), (2, 3)], 1), ([(2, 0), (2, 2)], 1), ([(0,), (0,)], 0),
        ([(2, 2), (0,), (2, 1)], -1), ([(1, 2), (1, 2), (1, 2), (1, 2)], 0))])
    book.case("cat", cat, [normal(2), integers(0, 9, 3), normal(1, dtype=torch.float32)], dim=0)
    narrow = [sample(2, dtype=torch.bool), sample(2, dtype=torch.uint8), sample(1, dtype=torch.int32)]
    book.case("cat", cat, narrow, dim=0)
    book.case("cat", cat, [sample(0, dtype=torch.float32), sample(2, 2, dtype=torch.int64)], dim=0)
    family(book, "stack", lambda *x, dim: torch.stack(x, dim), [(shapes, dict(dim=dim)) for shapes, dim in (
        ([(2, 3), (2, 3)], 0), ([(2, 3), (2, 3)], 1), ([(2, 3), (2, 3)], -1), ([(2, 3), (2, 3)], -3), ([(), (), ()], 0),
        ([(4,)], 1), ([(0, 2), (0, 2)], 1), ([(2,), (2,), (2,)], 1))])
    book.case("stack", lambda *x, dim: torch.stack(x, dim), [integers(0, 9, 3), normal(3)], dim=1)
    same = [[(2, 3), (2, 3)], [(3,), (3,)], [(), ()], [(2, 1, 3)], [(0,), (0,)]]
    family(book, "hstack", lambda *x: torch.hstack(x), [(shapes, {}) for shapes in (
        *same, [(2, 3), (2, 1)], [(3,), (), (2,)], [(2, 1, 2), (2, 2, 2)])])
    family(book, "vstack", lambda *x: torch.vstack(x), [(shapes, {}) for shapes in (
        *same, [(2, 3), (3,)], [(1, 2), (0, 2)], [(2, 1, 2), (1, 1, 2)])])
    family(book, "dstack", lambda *x: torch.dstack(x), [(shapes, {}) for shapes in (
        *same, [(2, 3), (2, 3, 2)], [(3,), (1, 3)], [(), (1,)])])
    family(book, "column_stack", lambda *x: torch.column_stack(x), [(shapes, {}) for shapes in (
        *same, [(2,), (2, 3)], [(), (1, 2)], [(3,), (3, 1), (3,)])])
    family(book, "block_diag", lambda *x: torch.block_diag(*x), [(shapes, {}) for shapes in (
        [(2, 1), (1, 2)], [(2, 2)], [(), (2,)], [(1, 2), (), (3,)], [(0, 2), (2, 1)], [(2, 0), (1, 1)], [()], [(3,),
        (2, 1)])])
    book.case("block_diag", lambda *x: torch.block_diag(*x), [integers(0, 9, 2, 1), normal(2)])


def splitting(book: Book) -> None:
    family(book, "split", torch.split, [(shape, dict(split_size_or_sections=size, dim=dim)) for shape, size, dim in (
        ((5, 2), 2, 0), ((5, 2), 1, 1), ((5,), 9, 0), ((0, 2), 3, 0), ((2, 6), 3, -1), ((2, 3, 2), 2, 1), ((4,), 2, 0),
        ((2, 0), 1, 0))])
    family(book, "split_sizes", torch.split, [(shape, dict(split_size_or_sections=sizes, dim=dim))
                                              for shape, sizes, dim in (
        ((2, 5), [1, 0, 4], 1), ((5,), [2, 3], 0), ((5,), [5], -1), ((0, 2), [0, 0], 0), ((2, 3, 2), [1, 2], -2),
        ((4,), [1] * 4, 0),
        ((3, 1), [0, 3], 0), ((2, 2), [1, 1], 0))])
    family(book, "chunk", torch.chunk, [(shape, dict(chunks=n, dim=dim)) for shape, n, dim in (
        ((5, 2), 2, 0), ((5, 2), 3, 1), ((5,), 4, 0), ((6,), 4, -1), ((0, 2), 3, 0), ((2, 6), 3, 1), ((3,), 1, 0),
        ((2, 0), 2, 0))])
    family(book, "tensor_split", torch.tensor_split, [(shape, dict(sections=n, dim=dim)) for shape, n, dim in (
        ((5, 2), 2, 0), ((5, 2), 3, 1), ((7,), 3, 0), ((6,), 4, -1), ((0, 2), 3, 0), ((2, 6), 3, 1), ((3,), 1, 0),
        ((3,), 5, 0))])
    family(book, "tensor_split_at", torch.tensor_split, [(shape, dict(indices=at, dim=dim))
                                                         for shape, at, dim in (
        ((5, 2), [1, 3], 0), ((2, 5), [2], 1), ((5,), [3, 1], 0), ((5,), [-2, 9], 0), ((5,), [], 0), ((0, 2), [1], 0),
        ((2, 3, 2), [0, 1], -2), ((4,), [2, 2], 0))])
    for name, function, whole, at in (
        ("hsplit", torch.hsplit, (((2, 4), 2), ((6,), 3), ((2, 6, 1), 2), ((2, 3), 1), ((2, 0), 2)),
         (((2, 4), [1, 3]), ((6,), [2]), ((2, 3, 2), [-1]), ((2, 3), []), ((2, 3), [2, 9]))),
        ("vsplit", torch.vsplit, (((4, 2), 2), ((6, 1), 3), ((4, 1, 2), 4), ((3, 2), 1), ((0, 2), 2)),
         (((4, 2), [1, 3]), ((6, 1), [2]), ((3, 2, 2), [-1]), ((3, 2), []), ((3, 2), [2, 9]))),
        ("dsplit", torch.dsplit, (((1, 2, 4), 2), ((1, 1, 6), 3), ((2, 1, 2), 1), ((1, 2, 2, 3), 2), ((2, 1, 0), 2)),
         (((1, 2, 4), [1, 3]), ((1, 1, 6), [2]), ((2, 1, 3), [-1]), ((1, 2, 3), []), ((1, 2, 3), [2, 9]))),
    ):
        family(book, name, lambda x, sections, function=function: function(x, sections),
               [(shape, dict(sections=n)) for shape, n in whole])
        family(book, name + "_at", lambda x, indices, function=function: function(x, indices),
               [(shape, dict(indices=positions)) for shape, positions in at])
    family(book, "unbind", torch.unbind, [(shape, dict(dim=dim)) for shape, dim in (
        ((3, 2), 0), ((3, 2), 1), ((4,), 0), ((2, 3, 2), -2), ((2, 0), 0), ((1, 3), 0), ((2, 3, 2), -1), ((2, 1), 1))])
    family(book, "narrow", torch.narrow, [(shape, dict(dim=dim, start=start, length=n)) for shape, dim, start, n in (
        ((4, 3), 0, 1, 2), ((4, 3), 1, 0, 3), ((4, 3), -1, -2, 2), ((4, 3), 0, 2, 0), ((5,), 0, 5, 0),
        ((0, 2), 0, 0, 0),
        ((2, 3, 2), 1, 2, 1), ((5,), 0, -5, 4))])
    family(book, "select", torch.select, [(shape, dict(dim=dim, index=i)) for shape, dim, i in (
        ((4, 3), 0, 1), ((4, 3), 1, 2), ((4, 3), -1, -3), ((5,), 0, 4), ((5,), 0, -5), ((2, 3, 2), 1, -1),
        ((2, 0), 0, 1),
        ((1, 1), 0, 0))])


def padding(book: Book) -> None:
    def pad(x: Tensor, widths: list[list[int]], mode: str, value: float | None = None) -> Tensor:
        """PyTorch names the last axis first."""
        flat = [width for pair in reversed(widths) for width in pair]
        while flat[-2:] == [0, 0] and (mode == "constant" or len(flat) > 2):
            flat = flat[:-2]
        return F.pad(x, flat, mode, value)

    family(book, "pad", pad, [(shape, dict(widths=widths, mode="constant", value=value)) for shape, widths, value in (
        ((2, 3), [[1, 0], [2, 1]], 1.0), ((4,), [[1, 2]], -2.5), ((4,), [[-1, 2]], 0.5), ((4,), [[-2, -1]], 0.5),
        ((2, 3), [[0, 0], [0, 0]], 3.0),
        ((), [], 0.0), ((0, 2), [[1, 1], [0, 1]], 3.0), ((2, 3), [[-1, 1], [1, -3]], INF),
        ((2, 3), [[0, 2], [-1, 0]], NAN), ((1, 2, 2), [[0, 1], [1, 0], [0, 1]], 0.0), ((3,), [[-3, 0]], 1.0))])
    common = (((1, 4), [[0, 0], [1, 2]]), ((1, 4), [[0, 0], [3, 0]]), ((2, 4), [[0, 0], [0, 3]]),
              ((1, 4), [[0, 0], [-1, 2]]), ((1, 4), [[0, 0], [2, -1]]), ((1, 4), [[0, 0], [-1, -1]]),
              ((1, 3, 3), [[0, 0], [1, 2], [2, 1]]), ((1, 2, 3), [[0, 0], [1, 0], [0, 2]]),
              ((1, 1, 2, 2, 3), [[0, 0], [0, 0], [1, 1], [0, 1], [2, 0]]))
    for mode, more in (("reflect", (((2, 2), [[0, 0], [1, 1]]), ((1, 5), [[0, 0], [4, 4]]))),
                       ("replicate", (((1, 2), [[0, 0], [4, 5]]), ((1, 1), [[0, 0], [2, 2]]))),
                       ("circular", (((1, 2), [[0, 0], [2, 2]]), ((1, 4), [[0, 0], [4, 4]]),
                                     ((1, 1, 3), [[0, 0], [0, 0], [-1, 2]])))):
        for shape, widths in (*common, *more):
            book.case(f"pad_{mode}", pad, [normal(*shape)], widths=widths, mode=mode)
        book.case(f"pad_{mode}", pad, [normal(1, 3, dtype=torch.float32)], widths=[[0, 0], [1, 1]], mode=mode)


def diagonals(book: Book) -> None:
    matrices = ((3, 4), (3, 3), (4, 2), (1, 1), (0, 3), (2, 0), (2, 2, 3))
    for name, function in (("tril", torch.tril), ("triu", torch.triu)):
        family(book, name, function, [
            *((shape, dict(diagonal=k)) for shape in ((3, 4), (4, 3)) for k in (0, 1, -1, 4, -4, 100, -100)),
            *((shape, dict(diagonal=0)) for shape in matrices[1:])])
        book.case(name, function, [torch.tensor([[INF, NAN, 1.0], [-INF, NAN, NAN]]).double()], diagonal=0)
    family(book, "diagonal", torch.diagonal, [
        *(((3, 4), dict(offset=k, dim1=0, dim2=1)) for k in (0, 1, -1, 3, -2, 5, -9)),
        *((shape, dict(offset=0, dim1=0, dim2=1)) for shape in matrices[1:]),
        ((2, 3, 2), dict(offset=1, dim1=-1, dim2=0)), ((2, 3, 2), dict(offset=-1, dim1=1, dim2=2)),
        ((2, 1, 3, 2), dict(offset=1, dim1=3, dim2=-2))])
    family(book, "diagonal_scatter", torch.diagonal_scatter, [
        (shapes, dict(offset=k, dim1=a, dim2=b)) for shapes, k, a, b in (
            ([(3, 4), (3,)], 0, 0, 1), ([(3, 4), (3,)], 1, 0, 1), ([(3, 4), (2,)], -1, 0, 1), ([(3, 4), (3,)], 0, 1, 0),
            ([(2, 3, 2), (3, 1)], 1, -1, 0), ([(2, 2, 3), (2, 2)], 0, 1, 2), ([(3, 4), (0,)], 4, 0, 1),
            ([(0, 3), (0,)], 0, 0, 1), ([(1, 1), (1,)], 0, 0, 1))])
    family(book, "diag", torch.diag, [(shape, dict(diagonal=k)) for shape, k in (
        ((3, 3), 0), ((3, 4), 1), ((3, 4), -2), ((3,), 0), ((3,), 2), ((2,), -1), ((0,), 0), ((0,), 2), ((2, 3), 7),
        ((1,), 0))])
    family(book, "diag_embed", torch.diag_embed, [(shape, dict(offset=k, dim1=a, dim2=b)) for shape, k, a, b in (
        ((2, 3), 0, -2, -1), ((3,), 1, -2, -1), ((3,), -1, 0, 1), ((2, 3), 0, 0, 2), ((2, 3), 1, 2, 0),
        ((2, 3), -1, 1, 0), ((0,), 0, -2, -1), ((2, 0), 1, -2, -1), ((2, 1, 2), 0, -1, 1))])
    family(book, "diagflat", torch.diagflat, [(shape, dict(offset=k)) for shape, k in (
        ((2, 2), 0), ((3,), 1), ((3,), -2), ((), 0), ((), 1), ((0,), 1), ((1, 2), -1), ((1, 1, 1), 0))])

"""Products of vectors and matrices."""

import torch
from torch import Tensor, linalg

from .book import INF, NAN, Book, integers, normal, uniform

F32 = torch.float32


def products(book: Book) -> None:
    for a, b in (((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 3), (3, 2)), ((1, 3), (3, 1)), ((2, 2, 3), (3, 2)),
                 ((2, 2, 3), (3,)), ((3,), (2, 3, 2)), ((2, 3), (2, 3, 2)), ((2, 2, 3), (2, 3, 2)),
                 ((2, 1, 2, 2), (3, 2, 1)),
                 ((1, 2, 3), (2, 3, 1)), ((2, 0), (0, 3)), ((0, 2), (2, 3)), ((0, 2, 3), (3, 2)),
                 ((2, 2, 0), (2, 0, 2)),
                 ((0,), (0,)), ((0, 2, 3), (0, 3, 1)), ((2, 3, 0), (0,))):
        book.case("matmul", torch.matmul, [normal(*a), normal(*b)])
    book.case("matmul", torch.matmul, [integers(-9, 9, 2, 3), integers(-9, 9, 3, 2)])
    book.case("matmul", torch.matmul, [normal(3, 9, dtype=F32), normal(9, 3, dtype=F32)])
    book.case("matmul", torch.matmul, [torch.tensor([[INF, 1.0], [NAN, 2.0]]).double(), normal(2, 2)], gradients=False)
    for n in (0, 1, 5):
        book.case("dot", torch.dot, [normal(n), normal(n)])
        book.case("outer", torch.outer, [normal(n), normal(3)])
        book.case("mv", torch.mv, [normal(2, n), normal(n)])
    book.case("dot", torch.dot, [integers(-9, 9, 4), integers(-9, 9, 4)])
    book.case("dot", torch.dot, [normal(7, dtype=F32), normal(7, dtype=F32)])
    book.case("outer", torch.outer, [integers(-9, 9, 2), normal(3)])
    book.case("outer", torch.outer, [integers(-9, 9, 2), integers(-9, 9, 3)])
    book.case("mv", torch.mv, [normal(0, 3), normal(3)])
    book.case("mv", torch.mv, [integers(-9, 9, 2, 3), integers(-9, 9, 3)])
    for a, b, dim in (((3,), (3,), -1), ((2, 3), (2, 3), -1), ((2, 3), (2, 3), 0), ((2, 1, 3), (4, 3), -1),
                      ((2, 0), (2, 0), 1)):
        book.case("vecdot", linalg.vecdot, [normal(*a), normal(*b)], dim=dim)
    for a, b in (((), ()), ((), (2, 3)), ((3,), (3,)), ((2, 3), (3,)), ((2, 3), (4, 3)), ((2, 1, 3), (2, 3)),
                 ((2, 0), (3, 0))):
        book.case("inner", torch.inner, [normal(*a), normal(*b)])
    for m, k, n in ((2, 3, 4), (1, 1, 1), (0, 2, 3), (2, 0, 3)):
        book.case("mm", torch.mm, [normal(m, k), normal(k, n)])
        book.case("bmm", torch.bmm, [normal(2, m, k), normal(2, k, n)])
        book.case("addmm", torch.addmm, [normal(m, n), normal(m, k), normal(k, n)])
        book.case("addmv", torch.addmv, [normal(m), normal(m, k), normal(k)])
        book.case("addr", torch.addr, [normal(m, n), normal(m), normal(n)])
        book.case("baddbmm", torch.baddbmm, [normal(2, m, n), normal(2, m, k), normal(2, k, n)])
        book.case("addbmm", torch.addbmm, [normal(m, n), normal(2, m, k), normal(2, k, n)])
    book.case("bmm", torch.bmm, [normal(0, 2, 3), normal(0, 3, 2)])
    book.case("mm", torch.mm, [integers(-9, 9, 2, 3), integers(-9, 9, 3, 2)])
    scales = ({"beta": 0.5, "alpha": 2.0}, {"beta": -1.5}, {"alpha": 0.25})
    for scale in scales:
        book.case("addmm", torch.addmm, [normal(2), normal(3, 2), normal(2, 2)], **scale)
        book.case("addmv", torch.addmv, [normal(1), normal(3, 2), normal(2)], **scale)
        book.case("addr", torch.addr, [normal(2, 1), normal(2), normal(3)], **scale)
        book.case("baddbmm", torch.baddbmm, [normal(3, 2), normal(2, 3, 2), normal(2, 2, 2)], **scale)
        book.case("addbmm", torch.addbmm, [normal(2), normal(2, 3, 2), normal(2, 2, 2)], **scale)
    nothing = torch.full((2, 2), NAN).double()
    for name, function, shape in (("addmm", torch.addmm, (2, 2)), ("baddbmm", torch.baddbmm, (2, 2, 2))):
        book.case(name, function, [nothing, normal(*shape), normal(*shape)], gradients=False, beta=0.0)
    whole = [integers(-9, 9, 2, 2) for _ in range(3)]
    book.case("addmm", torch.addmm, whole, beta=2, alpha=-3)
    for shapes in (((2, 3), (3, 4)), ((2, 3), (3, 1), (1, 4)), ((3,), (3, 2), (2,)), ((3,), (3, 2), (2, 2)),
                   ((2, 3), (3, 1), (1, 4), (4, 2)),
                   ((1, 4), (4, 2), (2, 3), (3,)), ((2, 0), (0, 3), (3, 1))):
        book.case("multi_dot", lambda *x: linalg.multi_dot(x), [normal(*s) for s in shapes])
    for a, b in (((2,), (3,)), ((2, 2), (1, 3)), ((2,), (2, 2)), ((2, 2), (3,)), ((), (2, 2)), ((1, 2, 2), (2, 1)),
                 ((0, 2), (2, 2))):
        book.case("kron", torch.kron, [normal(*a), normal(*b)])
    book.case("kron", torch.kron, [integers(-9, 9, 2), normal(2, dtype=F32)])
    for shape in ((3, 3), (2, 3), (4, 1), (0, 0), (0, 3), (1, 1)):
        book.case("trace", torch.trace, [normal(*shape)])
    book.case("trace", torch.trace, [integers(-9, 9, 3, 3)])
    book.case("trace", torch.trace, [integers(-9, 9, 3, 3).to(torch.int32)])
    for a, b, dim in (((3,), (3,), -1), ((2, 3), (2, 3), -1), ((2, 3), (1, 3), -1), ((3, 2), (3, 2), 0),
                      ((2, 1, 3), (1, 2, 3), 2), ((0, 3), (0, 3), 1)):
        book.case("cross", linalg.cross, [normal(*a), normal(*b)], dim=dim)
    book.case("cross", linalg.cross, [integers(-9, 9, 3), integers(-9, 9, 3)], dim=0)
    for a, b, dims in (((2, 3), (3, 4), 1), ((2, 3), (2, 3), 0), ((2, 2, 3), (2, 3, 2), 2), ((3,), (3,), 1),
                       ((), (), 0)):
        book.case("tensordot", torch.tensordot, [normal(*a), normal(*b)], dims=dims)
    for a, b, dims in (((2, 3), (3, 2), ([0], [1])), ((2, 3), (3, 2), ([0, 1], [1, 0])),
                       ((2, 3, 2), (3, 2), ([-2], [0])), ((2, 0), (0, 3), ([1], [0])),
                       ((2, 3), (2,), ([0], [-1])), ((2, 2), (3,), ([], []))):
        book.case("tensordot", torch.tensordot, [normal(*a), normal(*b)], dims=[list(d) for d in dims])
    for shape, count in (((3,), None), ((2, 3), None), ((4,), 2), ((2,), 5), ((0,), 3)):
        book.case("linalg.vander", lambda x, N=None: linalg.vander(x, N=N), [uniform(-2, 2, *shape)], N=count)


def sums_of_products(book: Book) -> None:
    sizes = {"i": 2, "j": 3, "k": 2, "l": 2, "b": 2, "c": 3, "I": 2, "z": 0}
    def operand(term: str, spread: tuple[int, ...]) -> Tensor:
        left, dots, right = term.partition("...")
        return normal(*(sizes[c] for c in left), *(spread if dots else ()), *(sizes[c] for c in right))
    def case(equation: str, *spreads: tuple[int, ...]) -> None:
        terms = equation.replace(" ", "").split("->")[0].split(",")
        spreads = spreads or ((),) * len(terms)
        book.case("einsum", lambda *x, equation: torch.einsum(equation, *x),
                  [operand(t, s) for t, s in zip(terms, spreads)],
                  equation=equation)
    for equation in ("i", "i->", "ij->ji", "ij->", "ij->j", "ii", "ii->i", "iki->k", "iikk->ki", "iii->i", "ij,j",
                     "ij,j->", "ij,jk",
                     "ij,jk->ki", "ij,ij->", "ij,ij->ij", "ij,kj->ik", "bij,bjk->bik", "bij,jk->bik", "bij,bij->b",
                     "i,j->ij", "i,i->i",
                     " i j , j k -> i k ", "ji", "jI,ji", "bik,bjk,bk->bij", "ij,jk,kl->il", "i,j,k->ijk",
                     "ij,ik,il->jkl", "ij,,jk", "ii,ij->j",
                     "iz,zj->ij", "iz->i", "zz->z", "ijkl,lkji->", ",->", "ijk,l->il"):
        case(equation)
    for equation, spreads in (("...", ((2, 3),)), ("i...->...", ((3,),)), ("...ij->...ji", ((2,),)),
                              ("...ij,...jk->...ik", ((2,), (2,))),
                              ("...ij,...jk", ((2, 1), (3,))), ("i...,i...->...", ((2,), (1,))),
                              ("b...ij,...jk->b...ik", ((1, 2), (3, 1))),
                              ("...ii->...i", ((2, 2),)), ("...,...->", ((2,), (3, 2))),
                              ("...i,...i->...", ((), (2,))), ("i...j->j...", ((2,),)),
                              ("...ij->...", ((2,),))):
        case(equation, *spreads)
    # Sizes of 1 repeat.
    einsum = lambda *x, equation: torch.einsum(equation, *x)
    for equation, shapes in (("ij,jk->ik", ((2, 1), (3, 2))), ("ij,ij->ij", ((1, 3), (2, 1))),
                             ("ij,ij->", ((1, 3), (2, 1))), ("i,i,i->i", ((1,), (3,), (1,)))):
        book.case("einsum", einsum, [normal(*s) for s in shapes], equation=equation)
    book.case("einsum", einsum, [integers(-9, 9, 2, 3), integers(-9, 9, 3, 2)], equation="ij,jk->ik")
    book.case("einsum", einsum, [normal(2, 3, dtype=F32), normal(3, 2, dtype=F32)], equation="ij,jk->ik")

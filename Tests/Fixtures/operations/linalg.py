"""Linear algebra. Random matrices get a large diagonal, so that they are far from singular. What is unique up to signs
only is compared by what does not depend on them."""

import torch
from torch import Tensor, linalg

from .book import INF, NAN, Book, distinct, normal, uniform
from .matrix_products import products, sums_of_products

BATCHES = ((), (2,), (0,))
F32 = torch.float32


def regular(*shape: int, dtype: torch.dtype = torch.float64) -> Tensor:
    """Far from singular, and with pivots off the diagonal."""
    x = uniform(-1, 1, *shape) + 3 * torch.eye(shape[-2], shape[-1], dtype=torch.float64)
    return x.flip(-2).contiguous().to(dtype)


def positive(x: Tensor) -> Tensor:
    return x @ x.mT + torch.eye(x.shape[-1], dtype=x.dtype)


def symmetric(x: Tensor) -> Tensor:
    return (x + x.mT) / 2


def separated(*shape: int) -> Tensor:
    """Whose singular values and, made symmetric, eigenvalues keep a distance."""
    m, n = shape[-2:]
    spread = torch.diag_embed(torch.arange(1, min(m, n) + 1, dtype=torch.float64) * 2)
    x = uniform(-0.5, 0.5, *shape)
    x[..., : min(m, n), : min(m, n)] += spread
    return x


def cases(book: Book) -> None:
    products(book)
    sums_of_products(book)
    systems(book)
    factors(book)
    determinants(book)
    spectra(book)
    norms(book)
    powers(book)


def systems(book: Book) -> None:
    for n in (1, 2, 3, 4):
        for batch in BATCHES:
            book.case("inv", linalg.inv, [regular(*batch, n, n)])
    book.case("inv", linalg.inv, [normal(0, 0)])
    book.case("inv", linalg.inv, [regular(3, 3, dtype=F32)])
    broken = torch.stack([regular(2, 2), torch.zeros(2, 2).double(), torch.tensor([[1.0, 2.0], [2.0, 4.0]]).double()])
    for matrices in (broken, regular(2, 2), normal(2, 0, 0), torch.zeros(3, 3).double()):
        book.case("inv_ex.info", lambda a: linalg.inv_ex(a).info, [matrices], gradients=False)
        book.case("lu_factor_ex.info", lambda a: linalg.lu_factor_ex(a).info, [matrices], gradients=False)
        book.case("solve_ex.info", lambda a: linalg.solve_ex(a, a).info, [matrices], gradients=False)
        book.case("cholesky_ex.info", lambda a: linalg.cholesky_ex(a).info, [matrices], gradients=False)
    for a, b in (((3, 3), (3, 2)), ((3, 3), (3,)), ((2, 3, 3), (2, 3)), ((2, 3, 3), (3,)), ((2, 2, 2), (2, 2, 1)),
                 ((2, 1, 2, 2), (3, 2, 2)),
                 ((2, 2), (3, 2, 1)), ((0, 2, 2), (0, 2, 1)), ((0, 0), (0, 2)), ((2, 2), (2, 0)), ((1, 1), (1, 3)),
                 ((4, 4), (4, 1))):
        book.case("solve", linalg.solve, [regular(*a), normal(*b)])
    for a, b in (((3, 3), (2, 3)), ((2, 2, 2), (1, 3, 2)), ((2, 2), (2, 1, 2))):
        book.case("solve", linalg.solve, [regular(*a), normal(*b)], left=False)
    book.case("solve", linalg.solve, [regular(4, 4, dtype=F32), normal(4, 2, dtype=F32)])
    for upper in (False, True):
        for left in (False, True):
            for unit in (False, True):
                sides = ((3, 2), (2, 2, 1), (1, 2, 3)) if left else ((2, 3), (2, 1, 2), (1, 3, 2))
                for a, b in zip(((3, 3), (2, 2, 2), (3, 2, 2)), sides):
                    book.case("solve_triangular", linalg.solve_triangular, [uniform(1, 2, *a), normal(*b)], upper=upper,
                              left=left, unitriangular=unit)
    book.case("solve_triangular", linalg.solve_triangular, [normal(0, 0), normal(0, 2)], upper=True)
    book.case("solve_triangular", linalg.solve_triangular, [uniform(1, 2, 3, 3, dtype=F32), normal(3, 2, dtype=F32)],
              upper=True)
    for a, b in (((3, 2), (3, 2)), ((3, 2), (3,)), ((4, 2), (4, 1)), ((2, 2), (2, 2)), ((2, 3), (2, 2)),
                 ((2, 3, 2), (2, 3, 2)), ((2, 2, 3), (2, 2)),
                 ((1, 3), (1, 2))):
        book.case("lstsq", lambda a, b: linalg.lstsq(a, b).solution, [separated(*a), normal(*b)])
    for a, b in (((4, 2), (4, 3)), ((2, 3, 2), (2, 3, 1)), ((2, 2), (2, 2)), ((2, 3), (2, 1))):
        book.case("lstsq.residuals", lambda a, b: linalg.lstsq(a, b, driver="gelsd")[1:3], [separated(*a), normal(*b)],
                  gradients=False)
    flat = torch.tensor([[1.0, 2.0], [2.0, 4.0], [3.0, 6.0]]).double()
    book.case("lstsq.residuals", lambda a, b: linalg.lstsq(a, b, driver="gelsd")[1:3], [flat, normal(3, 1)],
              gradients=False)
    book.case("lstsq", lambda a, b: linalg.lstsq(a, b, driver="gelsd").solution, [flat, normal(3, 2)], gradients=False)
    for shape, ind in (((4, 2, 2), 1), ((2, 2, 4), 2), ((2, 2, 2, 2), 2), ((1, 1), 1)):
        n = torch.Size(shape[:ind]).numel()
        book.case("tensorinv", linalg.tensorinv, [regular(n, n).reshape(shape)], ind=ind)
    for shape, b in (((4, 2, 2), (4,)), ((2, 2, 4), (2, 2)), ((2, 3, 6), (2, 3)), ((2, 2), (2,))):
        n = torch.Size(b).numel()
        book.case("tensorsolve", linalg.tensorsolve, [regular(n, n).reshape(shape), normal(*b)])


def factors(book: Book) -> None:
    def cholesky_solve(b: Tensor, a: Tensor, upper: bool) -> Tensor:
        return torch.cholesky_solve(b, linalg.cholesky(positive(a), upper=upper), upper=upper)
    def cholesky_inverse(a: Tensor, upper: bool) -> Tensor:
        return torch.cholesky_inverse(linalg.cholesky(positive(a), upper=upper), upper=upper)
    for n in (1, 2, 3, 4):
        for batch in BATCHES:
            for upper in (False, True):
                book.case("cholesky", lambda a, upper: linalg.cholesky(positive(a), upper=upper),
                          [normal(*batch, n, n)], upper=upper)
    book.case("cholesky", lambda a, upper: linalg.cholesky(positive(a), upper=upper), [normal(0, 0)], upper=False)
    book.case("cholesky", lambda a, upper: linalg.cholesky(positive(a), upper=upper), [normal(3, 3, dtype=F32)],
              upper=False)
    # Only one triangle is read.
    junk = torch.tensor([[4.0, NAN], [2.0, 5.0]]).double()
    book.case("cholesky_ex", lambda a, upper: linalg.cholesky_ex(a, upper=upper)[0], [junk], gradients=False,
              upper=False)
    book.case("cholesky_ex", lambda a, upper: linalg.cholesky_ex(a, upper=upper)[0], [junk.mT.contiguous()],
              gradients=False, upper=True)
    late = positive(normal(3, 3))
    late[2, 2] = -1.0
    for bad in (late, -late, torch.full((2, 2), NAN).double(), torch.tensor([[0.0]]).double()):
        book.case("cholesky_ex.info", lambda a: linalg.cholesky_ex(a).info, [bad], gradients=False)
    for upper in (False, True):
        for a, b in (((3, 3), (3, 2)), ((2, 2, 2), (2, 2, 1)), ((0, 0), (0, 2))):
            book.case("cholesky_solve", cholesky_solve, [normal(*b), normal(*a)], upper=upper)
        for shape in ((3, 3), (2, 2, 2), (1, 1)):
            book.case("cholesky_inverse", cholesky_inverse, [normal(*shape)], upper=upper)
    shapes = ((1, 1), (2, 2), (3, 3), (4, 4), (3, 2), (2, 3), (4, 1), (1, 4), (2, 3, 3), (2, 4, 2), (2, 2, 4), (0, 0),
              (0, 3), (3, 0), (0, 2, 2))
    for shape in shapes:
        # A row is its own U: its second derivatives are 0, and their rounding errors have nothing to be measured by.
        book.case("lu", lambda a: linalg.lu(a), [regular(*shape)], second=shape[-2] > 1)
        book.case("lu_factor", lambda a: linalg.lu_factor(a), [regular(*shape)])
        book.case("qr", lambda a, mode: linalg.qr(a, mode=mode), [regular(*shape)], mode="reduced")
    book.case("lu", lambda a: linalg.lu(a), [normal(4, 4, dtype=F32)])
    book.case("qr", lambda a, mode: linalg.qr(a, mode=mode), [regular(4, 3, dtype=F32)], mode="reduced")
    for shape in ((3, 3), (2, 3), (2, 2, 2)):
        book.case("qr", lambda a, mode: linalg.qr(a, mode=mode), [regular(*shape)], mode="complete")
    for shape in ((3, 2), (4, 1), (2, 3, 2), (3, 0)):
        book.case("qr", lambda a, mode: linalg.qr(a, mode=mode), [regular(*shape)], gradients=False, mode="complete")
    for shape in ((3, 2), (2, 3), (2, 2, 2)):
        book.case("qr", lambda a, mode: linalg.qr(a, mode=mode), [regular(*shape)], gradients=False, mode="r")
    # Nothing to reflect: signs stay.
    for matrix in ([[2.0, 1.0], [0.0, -3.0]], [[-2.0, 1.0], [0.0, 3.0]], [[0.0, 1.0], [0.0, 1.0]],
                   [[0.0, 0.0], [0.0, 0.0]]):
        book.case("qr", lambda a, mode: linalg.qr(a, mode=mode), [torch.tensor(matrix).double()], gradients=False,
                  mode="reduced")
    for left in (False, True):
        for adjoint in (False, True):
            for a, b in (((3, 3), (3, 3)), ((2, 2, 2), (1, 2, 2)), ((2, 2), (3, 2, 2))):
                def solved(a: Tensor, b: Tensor, left: bool, adjoint: bool) -> Tensor:
                    lu, pivots = linalg.lu_factor(a)
                    return linalg.lu_solve(lu, pivots, b, left=left, adjoint=adjoint)
                book.case("lu_solve", solved, [regular(*a), normal(*b)], left=left, adjoint=adjoint)


def determinants(book: Book) -> None:
    for n in (1, 2, 3, 4):
        for batch in BATCHES:
            a = regular(*batch, n, n)
            book.case("det", linalg.det, [a])
            book.case("slogdet", linalg.slogdet, [a])
            book.case("logdet", torch.logdet, [positive(a)])
    for a in (normal(0, 0), normal(2, 0, 0)):
        book.case("det", linalg.det, [a])
        book.case("slogdet", linalg.slogdet, [a])
        book.case("logdet", torch.logdet, [a])
    book.case("det", linalg.det, [regular(3, 3, dtype=F32)])
    for matrix in ([[1.0, 2.0], [2.0, 4.0]], [[0.0, 0.0], [0.0, 0.0]], [[0.0, 1.0], [1.0, 0.0]], [[2.0]], [[0.0]],
                   [[-3.0]]):
        a = torch.tensor(matrix).double()
        book.case("det", linalg.det, [a], gradients=False)
        book.case("slogdet", linalg.slogdet, [a], gradients=False)
        book.case("logdet", torch.logdet, [a], gradients=False)


def spectra(book: Book) -> None:
    def eigh(a: Tensor, upper: bool = False) -> tuple[Tensor, ...]:
        values, vectors = linalg.eigh(symmetric(a), UPLO="U" if upper else "L")
        return values, vectors.abs(), (vectors * values.sin().unsqueeze(-2)) @ vectors.mT
    def svd(a: Tensor, full_matrices: bool) -> tuple[Tensor, ...]:
        u, s, vh = linalg.svd(a, full_matrices=full_matrices)
        k = s.shape[-1]
        thin_u, thin_vh = u[..., :k], vh[..., :k, :]
        whole = [x.detach() @ x.detach().mT for x in (u, vh)]
        return s, thin_u.square(), thin_vh.square(), (thin_u * s.sin().unsqueeze(-2)) @ thin_vh, *whole
    for n in (1, 2, 3, 4):
        for batch in BATCHES:
            book.case("eigh", eigh, [separated(*batch, n, n)])
            book.case("eigvalsh", lambda a: linalg.eigvalsh(symmetric(a)), [separated(*batch, n, n)])
    book.case("eigh", eigh, [separated(3, 3)], upper=True)
    book.case("eigh", eigh, [separated(3, 3).float()])
    book.case("eigh", eigh, [normal(0, 0)])
    book.case("eigvalsh", lambda a: linalg.eigvalsh(symmetric(a)), [torch.eye(3).double()], gradients=False)
    lower = torch.tensor([[2.0, NAN], [1.0, 3.0]]).double()
    book.case("eigvalsh.triangle", lambda a, upper: linalg.eigvalsh(a, UPLO="U" if upper else "L"), [lower],
              gradients=False, upper=False)
    book.case("eigvalsh.triangle", lambda a, upper: linalg.eigvalsh(a, UPLO="U" if upper else "L"),
              [lower.mT.contiguous()], gradients=False, upper=True)
    shapes = ((1, 1), (2, 2), (3, 3), (4, 4), (3, 2), (2, 3), (4, 1), (1, 4), (2, 3, 3), (2, 3, 2), (2, 2, 3),
              (0, 2, 2))
    for shape in shapes:
        book.case("svd", svd, [separated(*shape)], full_matrices=False)
        book.case("svdvals", linalg.svdvals, [separated(*shape)])
        book.case("pinv", linalg.pinv, [separated(*shape)])
        book.case("matrix_rank", linalg.matrix_rank, [separated(*shape)], gradients=False)
    for shape in ((3, 3), (3, 2), (2, 4), (2, 3, 1)):
        book.case("svd", svd, [separated(*shape)], full_matrices=True)
    for shape in ((0, 0), (0, 3), (3, 0)):
        book.case("svd", svd, [normal(*shape)], full_matrices=True)
        book.case("svdvals", linalg.svdvals, [normal(*shape)])
        book.case("pinv", linalg.pinv, [normal(*shape)])
        book.case("matrix_rank", linalg.matrix_rank, [normal(*shape)], gradients=False)
    book.case("svd", svd, [separated(3, 2).float()], full_matrices=False)
    book.case("svdvals", linalg.svdvals, [separated(2, 3).float()])
    flat = torch.tensor([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0]]).double()
    steps = torch.diag(torch.tensor([4.0, 1.0, 0.25, 1e-3], dtype=torch.float64))
    for a in (flat, torch.zeros(2, 3).double(), torch.ones(3, 3).double(), steps):
        book.case("svdvals", linalg.svdvals, [a], gradients=False)
        book.case("pinv", linalg.pinv, [a], gradients=False)
        book.case("matrix_rank", linalg.matrix_rank, [a], gradients=False)
    for tolerances in ({"rtol": 0.1}, {"atol": 0.5}, {"atol": 0.1, "rtol": 0.3}, {"atol": 2.0, "rtol": 0.0}):
        book.case("pinv", linalg.pinv, [steps], gradients=False, **tolerances)
        book.case("matrix_rank", linalg.matrix_rank, [steps], gradients=False, **tolerances)


def condition(a: Tensor, p: float | str) -> Tensor:
    """PyTorch's own has derivatives in the 2-norm only."""
    return linalg.cond(a, p) if p in (2.0, -2.0) else linalg.matrix_norm(a, p) * linalg.matrix_norm(linalg.inv(a), p)


def norms(book: Book) -> None:
    for order in (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, INF, -INF, -1.0):
        for shape, dim in (((4,), None), ((2, 3), 0), ((2, 3), [0, 1]), ((2, 2, 2), [0, -1]), ((), None)):
            for keepdim in (False, True):
                book.case("vector_norm", linalg.vector_norm, [distinct(*shape)], second=shape != (), ord=order, dim=dim,
                          keepdim=keepdim)
    for order in (0.5, 1.0, 1.5, 2.0, 3.0, INF):
        # Zeros, and for infinity equal magnitudes.
        for row in ([0.0, 0.0, 0.0], [0.0, 3.0, -4.0], [2.0, -2.0, 1.0]):
            book.case("vector_norm", linalg.vector_norm, [torch.tensor(row).double()], second=False, ord=order)
        for row in ([NAN, 1.0], [INF, 1.0], [-INF, INF]):
            book.case("vector_norm", linalg.vector_norm, [torch.tensor(row).double()], gradients=False, ord=order)
    for order in (0.0, 1.0, 2.0, 3.0):
        book.case("vector_norm", linalg.vector_norm, [normal(0)], gradients=False, ord=order)
        book.case("vector_norm", linalg.vector_norm, [normal(2, 0)], gradients=False, ord=order, dim=1)
    book.case("vector_norm", linalg.vector_norm, [normal(9, dtype=F32)], ord=2.0)
    shapes = (((3, 3), [-2, -1]), ((2, 3), [-2, -1]), ((3, 2), [1, 0]), ((2, 2, 3), [0, 2]), ((2, 3, 2), [-2, -1]))
    for order in (1.0, -1.0, 2.0, -2.0, INF, -INF, "fro", "nuc"):
        for shape, dim in shapes:
            for keepdim in (False, True):
                book.case("matrix_norm", linalg.matrix_norm, [separated(*shape)], ord=order, dim=dim, keepdim=keepdim)
    book.case("matrix_norm", linalg.matrix_norm, [torch.zeros(2, 2).double()], second=False, ord="fro")
    for order in (1.0, -1.0, 2.0, -2.0, INF, -INF, "fro", "nuc"):
        for shape in ((2, 2), (3, 3), (2, 2, 2)):
            book.case("cond", condition, [separated(*shape)], p=order)
    for shape in ((3, 2), (2, 3)):
        book.case("cond", linalg.cond, [separated(*shape)], p=2.0)
    singular = torch.tensor([[1.0, 2.0], [0.0, 0.0]]).double()
    for order in (1.0, INF, "fro", "nuc"):
        book.case("cond", linalg.cond, [singular], gradients=False, p=order)


def powers(book: Book) -> None:
    for n in (0, 1, 2, 3, 5, 8, -1, -2, -3):
        book.case("matrix_power", linalg.matrix_power, [regular(2, 2)], n=n)
    for shape, n in (((3, 3), 4), ((2, 2, 2), 3), ((0, 0), 2), ((0, 2, 2), 3), ((2, 2, 2), -2), ((2, 2, 2), 0)):
        book.case("matrix_power", linalg.matrix_power, [regular(*shape)], n=n)
    for shape in ((1, 1), (2, 2), (3, 3), (2, 2, 2), (0, 0), (0, 2, 2)):
        for scale in (0.01, 1.0, 4.0):
            book.case("matrix_exp", linalg.matrix_exp, [normal(*shape) * scale])
    book.case("matrix_exp", linalg.matrix_exp,
              [torch.stack([torch.zeros(2, 2), torch.eye(2), 8 * torch.eye(2)]).double()], gradients=False)
    book.case("matrix_exp", linalg.matrix_exp, [normal(3, 3, dtype=F32)])
    book.case("matrix_exp", linalg.matrix_exp, [torch.tensor([[0.0, 1.0], [0.0, 0.0]]).double()], gradients=False)

"""The cases of one family of layers, as PyTorch computes them.

A case is one call of a module: to what the cases of operations hold (`operations/book.py`: "in", "out", "grad", "args",
"check") come "state", the state dict before the call; "pgrad", the gradients of the same weighted outputs by its
parameters; "after", the buffers that the call has changed; and "train" where the module was in training mode. Losses are
functions: their cases are made by `book.case`.
"""

import copy
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn
from torch.func import functional_call

from operations.book import Book, encoded, listed, projected, smooth

Call = Callable[..., Any]


class LayerBook(Book):
    def layer(self, name: str, module: nn.Module, inputs: Sequence[Tensor], *, train: bool = False,
              call: Call | None = None, gradients: bool = True, check: bool = True, **arguments: Any) -> None:
        """One call of the module, or of `call(module, *inputs)` where it is called in another way or gives more than
        tensors. `arguments` describe the module and the call to the test. `gradients=False` asks for no derivatives,
        `check=False` says that differences can't confirm them."""
        call = call or (lambda module, *inputs: module(*inputs))
        module = copy.deepcopy(module).train(train)
        case: dict[str, Any] = {"in": [self.place(x) for x in inputs]}
        case["state"] = {key: self.place(value) for key, value in module.state_dict().items()}
        case |= self.results(copy.deepcopy(module), call, inputs, gradients)
        if train:
            case["train"] = 1
        if arguments:
            case["args"] = {key: encoded(value) for key, value in arguments.items()}
        cases = self.cases.setdefault(name, [])
        differentiated = case.get("grad") or case.get("pgrad")
        if check and differentiated and not any("check" in other for other in cases):
            if self.smooth(module, call, inputs):
                case["check"] = 1
        cases.append({key: value for key, value in case.items() if value})

    def results(self, module: nn.Module, call: Call, inputs: Sequence[Tensor], gradients: bool) -> dict[str, Any]:
        """What comes of a float32 module is computed in float64 and then rounded."""
        floats = [x for x in (*module.parameters(), *inputs) if x.is_floating_point()]
        narrow = torch.float32 if any(x.dtype == torch.float32 for x in floats) else torch.float64
        before = {key: value.clone() for key, value in module.named_buffers()}
        module = module.double()
        def rounded(x: Tensor | None) -> list[Any] | None:
            return self.place(x.to(narrow) if x is not None and x.is_floating_point() else x)
        leaves = [x.detach().double().requires_grad_(gradients) if x.is_floating_point() else x for x in inputs]
        outputs = listed(call(module, *leaves))
        case: dict[str, Any] = {"out": [rounded(y) for y in outputs]}
        names = {key: p for key, p in module.named_parameters() if p.requires_grad}
        total = projected([y if y.is_floating_point() else None for y in outputs], 0) if gradients else None
        wanted = [leaf for leaf in leaves if leaf.requires_grad] + list(names.values())
        if total is not None and wanted:
            found = iter(torch.autograd.grad(total, wanted, allow_unused=True))
            firsts = [next(found) if leaf.requires_grad else None for leaf in leaves]
            case["grad"] = [rounded(g) for g in firsts] if any(g is not None for g in firsts) else []
            case["pgrad"] = {key: rounded(g) for key, g in zip(names, found) if g is not None}
        case["after"] = {key: rounded(value) for key, value in module.named_buffers()
                         if not torch.equal(value.double(), before[key].double())}
        return case

    @staticmethod
    def smooth(module: nn.Module, call: Call, inputs: Sequence[Tensor]) -> bool:
        """Whether differences confirm the derivatives by these float64 inputs and parameters."""
        names = [key for key, p in module.named_parameters() if p.requires_grad]
        parameters = [dict(module.named_parameters())[key].detach() for key in names]

        class Called(nn.Module):
            def __init__(self) -> None:
                super().__init__()
                self.inner = copy.deepcopy(module)

            def forward(self, *x: Tensor) -> Any:
                return call(self.inner, *x)

        def function(*leaves: Tensor) -> Any:
            values = {f"inner.{key}": p for key, p in zip(names, leaves[len(inputs):])}
            return functional_call(Called(), values, tuple(leaves[:len(inputs)]))

        return smooth(function, [*inputs, *parameters], {})

"""Writes optimizers.safetensors, minimizers.safetensors and averages.safetensors. See make_fixtures.py.

    python3 Tests/Fixtures/make_optimizers.py

Every optimizer is PyTorch's own, but two. PyTorch has no Lion: `Lion` follows the paper, arXiv:2302.06675. Its Muon iterates
in bfloat16, which leaves two digits: `Muon` is its rule in the precision of the parameter.
"""

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor, nn

from fixture import FOLDER, INF, NAN, STEPS, Cases, Fixture, make_optimizer, normal

# The steps after which the parameters are recorded.
RECORDED = (1, 2, 3, 5, 10, 20, 35, 50)
DTYPES = (("", torch.float32), ("f64.", torch.float64))


def named(prefix: str, optimizer: str, variants: dict[str, dict[str, Any]]) -> Cases:
    return {"_".join(filter(None, (prefix, name))): {"optimizer": optimizer} | options
            for name, options in variants.items()}


def adam_like(prefix: str, optimizer: str, lr: float, **more: dict[str, Any]) -> Cases:
    """The cases of Adam and its relatives. With β₁ < ½ an average moves more than half the way."""
    base = {"lr": lr}
    return named(prefix, optimizer, {
        "": base, "options": base | {"betas": [0.8, 0.99], "eps": 1e-6, "weight_decay": 0.01},
        "forgetful": base | {"betas": [0.3, 0.9]}, "maximize": base | {"weight_decay": 0.01, "maximize": True},
        "groups": base | {"lr_of": {"a": lr, "b": 10 * lr}}, "nan": base | {"nan": True},
        **{name: base | options for name, options in more.items()},
    })


OPTIMIZERS: Cases = {
    **named("sgd", "SGD", {
        "": {"lr": 0.1}, "momentum": {"lr": 0.1, "momentum": 0.9},
        "dampening": {"lr": 0.1, "momentum": 0.9, "dampening": 0.1},
        "nesterov": {"lr": 0.1, "momentum": 0.9, "nesterov": True},
        "weight_decay": {"lr": 0.1, "weight_decay": 0.01},
        "everything": {"lr": 0.1, "momentum": 0.9, "nesterov": True, "weight_decay": 0.01},
        "maximize": {"lr": 0.1, "momentum": 0.9, "weight_decay": 0.01, "maximize": True},
        "groups": {"lr": 0.1, "momentum": 0.9, "lr_of": {"a": 0.1, "b": 0.01}},
        "nan": {"lr": 0.1, "momentum": 0.9, "nan": True},
    }),
    **adam_like("adam", "Adam", 0.01, amsgrad={"amsgrad": True}, amsgrad_nan={"amsgrad": True, "nan": True},
                decoupled={"weight_decay": 0.1, "decoupled_weight_decay": True}),
    **named("adamw", "AdamW", {"": {"lr": 0.01, "weight_decay": 0.01},
                               "amsgrad": {"lr": 0.01, "weight_decay": 0.1, "amsgrad": True}}),
    **adam_like("adamax", "Adamax", 0.01),
    **adam_like("nadam", "NAdam", 0.01, momentum_decay={"momentum_decay": 0.1},
                decoupled={"weight_decay": 0.1, "decoupled_weight_decay": True}),
    **adam_like("radam", "RAdam", 0.01, decoupled={"weight_decay": 0.1, "decoupled_weight_decay": True}),
    **named("adagrad", "Adagrad", {
        "": {"lr": 0.1}, "weight_decay": {"lr": 0.1, "weight_decay": 0.01, "eps": 1e-4},
        "lr_decay": {"lr": 0.1, "lr_decay": 0.1}, "initial": {"lr": 0.1, "initial_accumulator_value": 0.5},
        "maximize": {"lr": 0.1, "weight_decay": 0.01, "maximize": True},
        "groups": {"lr": 0.1, "lr_of": {"a": 0.1, "b": 0.01}}, "nan": {"lr": 0.1, "nan": True},
    }),
    **named("adadelta", "Adadelta", {
        "": {"lr": 1.0}, "options": {"lr": 0.5, "rho": 0.4, "eps": 1e-3, "weight_decay": 0.01},
        "maximize": {"lr": 1.0, "weight_decay": 0.01, "maximize": True},
        "groups": {"lr": 1.0, "lr_of": {"a": 1.0, "b": 10.0}}, "nan": {"lr": 1.0, "nan": True},
    }),
    **named("rmsprop", "RMSprop", {
        "": {"lr": 0.01}, "options": {"lr": 0.01, "alpha": 0.9, "eps": 1e-4, "weight_decay": 0.01},
        "momentum": {"lr": 0.01, "momentum": 0.9}, "centered": {"lr": 0.01, "alpha": 0.7, "eps": 1e-2, "centered": True},
        "everything": {"lr": 0.01, "momentum": 0.5, "eps": 1e-2, "centered": True, "weight_decay": 0.01},
        "maximize": {"lr": 0.01, "weight_decay": 0.01, "maximize": True},
        "groups": {"lr": 0.01, "lr_of": {"a": 0.01, "b": 0.1}},
        "nan": {"lr": 0.01, "momentum": 0.9, "centered": True, "nan": True},
    }),
    **named("rprop", "Rprop", {
        "": {"lr": 0.01}, "options": {"lr": 0.01, "etas": [0.4, 1.5], "step_sizes": [1e-3, 0.02]},
        "maximize": {"lr": 0.01, "maximize": True}, "groups": {"lr": 0.01, "lr_of": {"a": 0.01, "b": 0.1}},
        "nan": {"lr": 0.01, "nan": True},
    }),
    **named("lion", "Lion", {
        "": {"lr": 0.01}, "options": {"lr": 0.01, "betas": [0.8, 0.95], "weight_decay": 0.1},
        "maximize": {"lr": 0.01, "weight_decay": 0.01, "maximize": True},
        "groups": {"lr": 0.01, "lr_of": {"a": 0.01, "b": 0.1}}, "nan": {"lr": 0.01, "nan": True},
    }),
    **named("muon", "Muon", {
        "": {"lr": 0.02}, "plain": {"lr": 0.02, "weight_decay": 0.0, "momentum": 0.4, "nesterov": False},
        "rms": {"lr": 0.02, "adjust_lr_fn": "match_rms_adamw"},
        "spectral": {"lr": 0.02, "adjust_lr_fn": "spectral_unclamped", "ns_steps": 3, "eps": 10.0},
        "cubic": {"lr": 0.02, "ns_coefficients": [1.5, -0.5, 0.0], "ns_steps": 8},
        "groups": {"lr": 0.02, "lr_of": {"a": 0.02, "c": 0.2}}, "nan": {"lr": 0.02, "nan": True},
    }),
}


class Lion(torch.optim.Optimizer):
    """θ ← θ − η(sign(β₁m + (1 − β₁)g) + λθ); m ← β₂m + (1 − β₂)g."""

    def __init__(self, parameters: Iterable[Any], lr: float = 1e-4, betas: tuple[float, float] = (0.9, 0.99),
                 weight_decay: float = 0, maximize: bool = False) -> None:
        super().__init__(parameters, {"lr": lr, "betas": betas, "weight_decay": weight_decay, "maximize": maximize})

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            (beta1, beta2), lr = group["betas"], group["lr"]
            for p in group["params"]:
                g = -p.grad if group["maximize"] else p.grad
                m = self.state[p].setdefault("exp_avg", torch.zeros_like(p))
                update = torch.sign(m.mul(beta1).add(g, alpha=1 - beta1))
                p.mul_(1 - lr * group["weight_decay"]).add_(update, alpha=-lr)
                m.mul_(beta2).add_(g, alpha=1 - beta2)


class Muon(torch.optim.Muon):
    """PyTorch's rule without its detour through bfloat16."""

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            mu, lr = group["momentum"], group["lr"]
            for p in group["params"]:
                m = self.state[p].setdefault("momentum_buffer", torch.zeros_like(p))
                m.lerp_(p.grad, 1 - mu)
                update = self.orthogonal(p.grad.lerp(m, mu) if group["nesterov"] else m, group)
                rows, columns = p.shape
                ratio = {"match_rms_adamw": 0.2 * max(rows, columns) ** 0.5,
                         "spectral_unclamped": (rows / columns) ** 0.5,
                         None: max(1, rows / columns) ** 0.5}[group["adjust_lr_fn"]]
                p.mul_(1 - lr * group["weight_decay"]).add_(update, alpha=-lr * ratio)

    @staticmethod
    def orthogonal(update: Tensor, group: dict[str, Any]) -> Tensor:
        a, b, c = group["ns_coefficients"]
        x = update.T if update.size(0) > update.size(1) else update
        x = x / x.norm().clamp(min=group["eps"])
        for _ in range(group["ns_steps"]):
            gram = x @ x.T
            x = torch.addmm(x, torch.addmm(gram, gram, gram, beta=b, alpha=c), x, beta=a)
        return x.T if update.size(0) > update.size(1) else x


def optimizer(case: dict[str, Any], parameters: Iterable[Any]) -> torch.optim.Optimizer:
    options = {key: value for key, value in case.items() if key not in ("lr_of", "nan")}
    own = {"Lion": Lion, "Muon": Muon}.get(case["optimizer"])
    if own is None:
        return make_optimizer(options, parameters)
    return own(list(parameters), **{key: value for key, value in options.items() if key != "optimizer"})


def trajectory(case: dict[str, Any], start: dict[str, Tensor], gradients: dict[str, Tensor],
               dtype: torch.dtype) -> dict[str, Tensor]:
    """The parameters after the recorded steps with the given gradients; `lr_of` puts each into a group with its own rate.

    Scalars of an optimizer's state have the default dtype."""
    torch.set_default_dtype(dtype)
    keys = ("a", "c") if case["optimizer"] == "Muon" else ("a", "b")
    parameters = {key: nn.Parameter(start[key].to(dtype, copy=True)) for key in keys}
    groups = [{"params": [parameters[key]], "lr": lr} for key, lr in case.get("lr_of", {}).items()]
    stepper = optimizer(case, groups or parameters.values())
    history: dict[str, list[Tensor]] = {key: [] for key in keys}
    for step in range(STEPS):
        for key, parameter in parameters.items():
            parameter.grad = gradients[key][step].to(dtype, copy=True)
            if case.get("nan") and step == 2:
                parameter.grad.view(-1)[0] = NAN
        stepper.step()
        for key, parameter in parameters.items():
            if step + 1 in RECORDED:
                history[key].append(parameter.detach().clone())
    torch.set_default_dtype(torch.float32)
    return {key: torch.stack(values) for key, values in history.items()}


def optimizers() -> Fixture:
    """Gradients of all magnitudes from 1e-4 to 10; the last element of b gets none for the first ten steps."""
    fixture = Fixture(2)
    start = {"a": normal(2, 3).float(), "b": normal(5).float(), "c": normal(4, 2).float()}
    gradients = {key: (normal(STEPS, *value.shape) * 10 ** (5 * torch.rand(STEPS, *value.shape) - 4)).float()
                 for key, value in start.items()}
    gradients["b"][:10, -1] = 0
    fixture.add("steps", torch.tensor(RECORDED))
    for key in start:
        fixture.add(f"start.{key}", start[key])
        fixture.add(f"gradients.{key}", gradients[key])
    for name, case in OPTIMIZERS.items():
        fixture.cases[name] = case
        for prefix, dtype in DTYPES:
            for key, values in trajectory(case, start, gradients, dtype).items():
                fixture.add(f"{name}.{prefix}{key}", values)
    return fixture


def rosenbrock(w: Tensor) -> Tensor:
    return (100 * (w[1:] - w[:-1] ** 2) ** 2 + (1 - w[:-1]) ** 2).sum()


def quadratic(w: Tensor) -> Tensor:
    return 0.5 * (torch.arange(1, w.numel() + 1) * (w - 1) ** 2).sum()


MINIMIZERS: Cases = {
    "lbfgs_search": {"problem": "rosenbrock", "max_iter": 2, "max_eval": 20, "line_search_fn": "strong_wolfe"},
    "lbfgs_few_evaluations": {"problem": "rosenbrock", "max_iter": 3, "line_search_fn": "strong_wolfe"},
    "lbfgs_short_history": {"problem": "rosenbrock", "lr": 0.1, "max_iter": 2, "max_eval": 20, "history_size": 2,
                            "line_search_fn": "strong_wolfe"},
    "lbfgs_fixed": {"problem": "quadratic", "lr": 0.3, "max_iter": 2},
    "lbfgs_tolerance": {"problem": "quadratic", "lr": 0.3, "tolerance_grad": 0.1, "tolerance_change": 0.01},
    "lbfgs_maximize": {"problem": "quadratic", "lr": 0.3, "max_iter": 2, "maximize": True},
}


def minimize(case: dict[str, Any], dtype: torch.dtype) -> tuple[Tensor, Tensor]:
    """The two halves of the weights, one parameter each, and the loss before each of the recorded steps."""
    function = {"rosenbrock": rosenbrock, "quadratic": quadratic}[case["problem"]]
    halves = [nn.Parameter(torch.tensor(values, dtype=dtype)) for values in ([-1.25, 1.0], [0.5, 2.0, -0.75])]
    options = {key: value for key, value in case.items() if key != "problem"}
    stepper = torch.optim.LBFGS(halves, **options)
    sign = -1 if case.get("maximize") else 1

    def closure() -> Tensor:
        stepper.zero_grad()
        loss = sign * function(torch.cat(halves))
        loss.backward()
        return loss

    weights, losses = [], []
    for step in range(STEPS):
        loss = stepper.step(closure)
        if step + 1 in RECORDED:
            weights.append(torch.cat(halves).detach())
            losses.append(loss.detach())
    return torch.stack(weights), torch.stack(losses)


def minimizers() -> Fixture:
    fixture = Fixture(3)
    for name, case in MINIMIZERS.items():
        fixture.cases[name] = case
        for prefix, dtype in DTYPES:
            weights, values = minimize(case, dtype)
            fixture.add(f"{name}.{prefix}weights", weights)
            fixture.add(f"{name}.{prefix}losses", values)
    return fixture


def averages() -> Fixture:
    """Clipped gradients, and the averages of weights after each of five updates."""
    fixture = Fixture(4)
    gradients = {"a": normal(2, 3).float(), "b": 10 * normal(5).float()}
    for key, gradient in gradients.items():
        fixture.add(f"gradients.{key}", gradient)
    clip = nn.utils.clip_grad_norm_
    calls: dict[str, Callable[..., Any]] = {
        f"norm_{kind}": lambda p, kind=kind: clip(p, 1.5, kind) for kind in (2.0, 1.0, 0.5, 3.0, INF)
    } | {"norm_wide": lambda p: clip(p, 1e3), "value": lambda p: nn.utils.clip_grad_value_(p, 0.75)}
    for name, call in calls.items():
        parameters = {key: nn.Parameter(torch.zeros_like(value)) for key, value in gradients.items()}
        for key, parameter in parameters.items():
            parameter.grad = gradients[key].clone()
        norm = call(parameters.values())
        fixture.cases[f"clip_{name}"] = {}
        for key, parameter in parameters.items():
            fixture.add(f"clip_{name}.{key}", parameter.grad)
        if norm is not None:
            fixture.add(f"clip_{name}.norm", norm)
    model, weights = nn.Linear(3, 2, bias=False), normal(5, 2, 3).float()
    fixture.add("weights", weights)
    swa = torch.optim.swa_utils
    for name, function in (("ema", swa.get_ema_multi_avg_fn(0.9)), ("ema_short", swa.get_ema_multi_avg_fn(0.25)),
                           ("swa", None)):
        average, history = swa.AveragedModel(model, multi_avg_fn=function), []
        for value in weights:
            model.weight.data = value.clone()
            average.update_parameters(model)
            history.append(average.module.weight.detach().clone())
        fixture.cases[name] = {}
        fixture.add(f"{name}.average", torch.stack(history))
    return fixture


if __name__ == "__main__":
    torch.set_num_threads(1)
    for make in (optimizers, minimizers, averages):
        make().save(FOLDER / f"{make.__name__}.safetensors")

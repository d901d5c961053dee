"""Writes schedules.safetensors beside this file: learning rates, and momenta, of PyTorch's schedulers step by step.

    python3 Tests/Fixtures/make_schedules.py

See make_fixtures.py for the format. A case describes its scheduler in the metadata: "scheduler" is the class, the others
are its arguments, by PyTorch's names; composite ones have "schedulers", a list of such descriptions. Every optimizer has
two parameter groups, with rates 0.1 and 0.03 and momenta 0.9 and 0.5. The tensor `rates` [steps + 1, 2] begins with the
rates after construction; `momenta` likewise, where they change. `metrics` or `epochs` are what the steps are given. In a
case that is "touched" the rates are halved by hand after step 20.
"""

import math
from collections.abc import Callable
from typing import Any

import torch
from fixture import FOLDER, Fixture
from torch.optim import lr_scheduler

STEPS, TOUCHED = 60, 20
Case = dict[str, Any]

LAMBDAS: dict[str, Callable[[int], float]] = {
    "inverse": lambda t: 1 / (1 + t),
    "root": lambda t: math.sqrt(1 + t) / 4,
    "decay": lambda t: 0.95,
    "alternate": lambda t: 1.25 if t % 2 else 0.75,
    "halves": lambda c: 0.5 ** c,
}


def case(scheduler: str, **arguments: Any) -> Case:
    return {"scheduler": scheduler, **arguments}


def simple_cases() -> dict[str, Case]:
    return {
        "step": case("StepLR", step_size=7),
        "step_gamma": case("StepLR", step_size=1, gamma=0.9),
        "multi_step": case("MultiStepLR", milestones=[5, 30, 31]),
        "multi_step_repeated": case("MultiStepLR", milestones=[40, 12, 12, 0, 12], gamma=0.7),
        "exponential": case("ExponentialLR", gamma=0.93),
        "linear": case("LinearLR"),
        "linear_down": case("LinearLR", start_factor=0.9, end_factor=0.1, total_iters=37),
        "linear_flat": case("LinearLR", start_factor=0.5, end_factor=0.5, total_iters=1),
        "linear_to_zero": case("LinearLR", start_factor=1.0, end_factor=0.0, total_iters=11),
        "constant": case("ConstantLR"),
        "constant_long": case("ConstantLR", factor=0.7, total_iters=33),
        "polynomial": case("PolynomialLR"),
        "polynomial_power": case("PolynomialLR", total_iters=41, power=0.9),
        "polynomial_square": case("PolynomialLR", total_iters=70, power=2.0),
        "cosine": case("CosineAnnealingLR", T_max=60),
        "cosine_again": case("CosineAnnealingLR", T_max=13, eta_min=0.001),
        "cosine_one": case("CosineAnnealingLR", T_max=1, eta_min=0.01),
        "lambda": case("LambdaLR", lr_lambda="inverse"),
        "lambda_each": case("LambdaLR", lr_lambda=["inverse", "root"]),
        "multiplicative": case("MultiplicativeLR", lr_lambda="decay"),
        "multiplicative_each": case("MultiplicativeLR", lr_lambda=["alternate", "decay"]),
    }


def cyclic_cases() -> dict[str, Case]:
    return {
        "restarts": case("CosineAnnealingWarmRestarts", T_0=9),
        "restarts_longer": case("CosineAnnealingWarmRestarts", T_0=4, T_mult=2, eta_min=0.002),
        "restarts_triple": case("CosineAnnealingWarmRestarts", T_0=1, T_mult=3),
        "one_cycle": case("OneCycleLR", max_lr=0.5, total_steps=STEPS),
        "one_cycle_each": case("OneCycleLR", max_lr=[0.5, 0.2], epochs=6, steps_per_epoch=11, pct_start=0.45,
                               div_factor=10.0, final_div_factor=100.0, base_momentum=[0.8, 0.7],
                               max_momentum=[0.9, 0.99]),
        "one_cycle_linear": case("OneCycleLR", max_lr=1.0, total_steps=61, anneal_strategy="linear"),
        "one_cycle_three": case("OneCycleLR", max_lr=0.4, total_steps=67, three_phase=True, pct_start=0.25),
        "one_cycle_three_linear": case("OneCycleLR", max_lr=0.4, total_steps=STEPS, three_phase=True,
                                       anneal_strategy="linear", cycle_momentum=False),
        "one_cycle_down": case("OneCycleLR", max_lr=0.4, total_steps=64, pct_start=0.0),
        "one_cycle_adam": case("OneCycleLR", optimizer="Adam", max_lr=0.01, total_steps=STEPS),
        "cyclic": case("CyclicLR", base_lr=0.01, max_lr=0.1, step_size_up=8),
        "cyclic_each": case("CyclicLR", base_lr=[0.01, 0.002], max_lr=[0.1, 0.3], step_size_up=5, step_size_down=12,
                            mode="triangular2", base_momentum=[0.7, 0.8], max_momentum=[0.95, 0.9]),
        "cyclic_range": case("CyclicLR", base_lr=0.01, max_lr=0.1, step_size_up=11, mode="exp_range", gamma=0.98),
        "cyclic_function": case("CyclicLR", base_lr=0.01, max_lr=0.1, step_size_up=7, scale_fn="halves",
                                cycle_momentum=False),
        "cyclic_iterations": case("CyclicLR", base_lr=0.01, max_lr=0.1, step_size_up=7, scale_fn="inverse",
                                  scale_mode="iterations", optimizer="Adam"),
    }


def composite_cases() -> dict[str, Case]:
    warmup = case("LinearLR", start_factor=0.1, total_iters=8)
    held = case("ConstantLR", factor=0.1, total_iters=20)
    decay = case("ExponentialLR", gamma=0.9)
    cosine = case("CosineAnnealingLR", T_max=40, eta_min=0.001)
    follows = {
        "cosine": cosine, "exponential": decay, "step": case("StepLR", step_size=10),
        "multi_step": case("MultiStepLR", milestones=[0, 3, 9], gamma=0.5), "linear": warmup, "constant": held,
        "polynomial": case("PolynomialLR", total_iters=30, power=1.5), "lambda": case("LambdaLR", lr_lambda="inverse"),
        "multiplicative": case("MultiplicativeLR", lr_lambda="alternate"),
        "restarts": case("CosineAnnealingWarmRestarts", T_0=5, T_mult=2, eta_min=0.001),
        "one_cycle": case("OneCycleLR", max_lr=0.5, total_steps=55),
        "cyclic": case("CyclicLR", base_lr=0.01, max_lr=0.1, step_size_up=8),
    }
    cases = {f"sequential_{name}": case("SequentialLR", schedulers=[warmup, second], milestones=[8])
             for name, second in follows.items()}
    cases["sequential_three"] = case("SequentialLR", schedulers=[warmup, cosine, held], milestones=[8, 35])
    cases["sequential_skipped"] = case("SequentialLR", schedulers=[warmup, decay], milestones=[0])
    cases["sequential_one"] = case("SequentialLR", schedulers=[decay], milestones=[])
    # The second is made from the rates before the first, in whatever order they are listed.
    cases["sequential_turned"] = case("SequentialLR", schedulers=[cosine, warmup], milestones=[30])
    cases["chained"] = case("ChainedScheduler", schedulers=[held, decay])
    cases["chained_cosine"] = case("ChainedScheduler", schedulers=[warmup, cosine, case("StepLR", step_size=25)])
    cases["chained_sequential"] = case("ChainedScheduler", schedulers=[cases["sequential_step"], decay])
    return cases


def touched_cases() -> dict[str, Case]:
    return {f"touched_{name}": described | {"touched": True} for name, described in (
        simple_cases() | {key: value for key, value in cyclic_cases().items() if "restarts" in key}).items()
        if name in ("step", "linear_down", "constant_long", "polynomial_power", "cosine", "cosine_again", "lambda",
                    "exponential", "restarts")}


def plateau_cases() -> dict[str, Case]:
    return {
        "plateau": case("ReduceLROnPlateau"),
        "plateau_patience": case("ReduceLROnPlateau", patience=2, factor=0.5),
        "plateau_cooldown": case("ReduceLROnPlateau", patience=1, factor=0.5, cooldown=4),
        "plateau_absolute": case("ReduceLROnPlateau", patience=1, factor=0.5, threshold=0.05, threshold_mode="abs"),
        "plateau_relative": case("ReduceLROnPlateau", patience=0, factor=0.8, threshold=0.1, min_lr=0.01),
        "plateau_max": case("ReduceLROnPlateau", mode="max", patience=3, factor=0.3, min_lr=[1e-3, 1e-4]),
        "plateau_max_absolute": case("ReduceLROnPlateau", mode="max", patience=3, threshold=0.2, threshold_mode="abs"),
        "plateau_eps": case("ReduceLROnPlateau", patience=0, factor=0.1, eps=1e-3),
    }


def resolved(value: Any) -> Any:
    """Names of functions as functions."""
    if isinstance(value, list):
        return [resolved(item) for item in value]
    return LAMBDAS[value] if isinstance(value, str) and value in LAMBDAS else value


def build(described: Case, optimizer: torch.optim.Optimizer) -> Any:
    arguments = {key: resolved(value) for key, value in described.items()
                 if key not in ("scheduler", "schedulers", "optimizer", "touched")}
    kind = getattr(lr_scheduler, described["scheduler"])
    if "schedulers" not in described:
        return kind(optimizer, **arguments)
    members = [build(member, optimizer) for member in described["schedulers"]]
    return kind(members) if kind is lr_scheduler.ChainedScheduler else kind(optimizer, members, **arguments)


def make_optimizer(described: Case) -> torch.optim.Optimizer:
    groups = [{"params": [torch.nn.Parameter(torch.zeros(1))], "lr": lr} for lr in (0.1, 0.03)]
    if described.get("optimizer") == "Adam":
        return torch.optim.Adam([group | {"betas": (m, 0.999)} for group, m in zip(groups, (0.9, 0.5))])
    return torch.optim.SGD([group | {"momentum": m} for group, m in zip(groups, (0.9, 0.5))])


def record(fixture: Fixture, name: str, described: Case, steps: list[tuple[float, ...]]) -> None:
    """Steps are the arguments of each call of `step`."""
    optimizer = make_optimizer(described)
    scheduler = build(described, optimizer)
    rates, momenta = [], []

    def note() -> None:
        rates.append([group["lr"] for group in optimizer.param_groups])
        momenta.append([group.get("momentum", group.get("betas", (0,))[0]) for group in optimizer.param_groups])

    note()
    for number, arguments in enumerate(steps):
        if number == TOUCHED and "touched" in described:
            for group in optimizer.param_groups:
                group["lr"] *= 0.5
        optimizer.step()
        scheduler.step(*arguments)
        note()
    fixture.cases[name] = described
    fixture.add(f"{name}.rates", torch.tensor(rates, dtype=torch.float64))
    if any(row != momenta[0] for row in momenta) or momenta[0] != [0.9, 0.5]:
        fixture.add(f"{name}.momenta", torch.tensor(momenta, dtype=torch.float64))


def metrics() -> list[float]:
    """Falls, stays, rises, is not a number and falls again."""
    noise = torch.rand(STEPS, dtype=torch.float64) - 0.5
    values = [(1 / (1 + t / 5) if t < 20 else 0.2) + 0.05 * float(noise[t]) for t in range(STEPS)]
    values[28:31] = [math.nan, math.inf, 0.5]
    values[45:] = [0.15 - 0.002 * t for t in range(STEPS - 45)]
    return values


def epochs() -> list[float]:
    """Forward by fractions, by leaps, and back. Not 121 = 1 + 3 + … + 81, where PyTorch's logarithm misses a restart."""
    return [t / 8 for t in range(32)] + [4 + 1.7 * t for t in range(20)] + [0.0, 2.5, 100.0, 13.0, 12.0, 11.999]


def main() -> None:
    fixture = Fixture(0)
    for name, described in (simple_cases() | cyclic_cases() | composite_cases() | touched_cases()).items():
        record(fixture, name, described, [()] * STEPS)
    for name, described in plateau_cases().items():
        values = metrics() if "max" not in name else [-value for value in metrics()]
        record(fixture, name, described, [(value,) for value in values])
        fixture.add(f"{name}.metrics", torch.tensor(values, dtype=torch.float64))
    for name, described in cyclic_cases().items():
        if "restarts" in name:
            record(fixture, f"{name}_fractions", described, [(epoch,) for epoch in epochs()])
            fixture.add(f"{name}_fractions.epochs", torch.tensor(epochs(), dtype=torch.float64))
    fixture.save(FOLDER / "schedules.safetensors")


if __name__ == "__main__":
    main()

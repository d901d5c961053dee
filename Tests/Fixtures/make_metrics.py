"""Makes metrics.json: predictions, targets, and what scikit-learn and numpy say of them.

    python3 Tests/Fixtures/make_metrics.py

Scores are multiples of 1/4, so that float32 holds them and some are equal. A figure that is not defined is null.
"""

import json
import math
import warnings
from pathlib import Path

import numpy as np
from sklearn import metrics as sk

warnings.filterwarnings("ignore")
FIGURES = {"precision": sk.precision_score, "recall": sk.recall_score, "f1": sk.f1_score}


def quarters(rng, *shape):
    return np.round(rng.normal(0, 1.5, shape) * 4) / 4


def number(value):
    return None if math.isnan(value) else float(value)


def case(name, prediction, target, expected, **more):
    return {
        "name": name,
        "shape": list(prediction.shape),
        "prediction": prediction.ravel().tolist(),
        "targetShape": list(target.shape),
        "target": target.ravel().tolist(),
        "expected": {key: number(value) for key, value in expected.items()},
        **more,
    }


def averages(labels, predicted, kinds):
    return {
        f"{name}.{kind}": figure(labels, predicted, average=kind, zero_division=0)
        for name, figure in FIGURES.items()
        for kind in kinds
    }


def top(k, logits, labels):
    """Of equal logits the earlier class comes first; scikit-learn takes the later one."""
    order = np.argsort(-logits, axis=1, kind="stable")[:, :k]
    return np.mean([label in row for label, row in zip(labels, order)])


def perplexity(logits, labels):
    shifted = logits - logits.max(1, keepdims=True)
    losses = np.log(np.exp(shifted).sum(1)) - shifted[np.arange(len(labels)), labels]
    return math.exp(losses.mean())


def classes(name, logits, labels):
    """Logits [N, C]."""
    predicted = logits.argmax(1)
    expected = {
        "accuracy": sk.accuracy_score(labels, predicted),
        "top1": top(1, logits, labels),
        "top2": top(2, logits, labels),
        "perplexity": perplexity(logits, labels),
        **averages(labels, predicted, ["micro", "macro", "weighted"]),
    }
    confusion = sk.confusion_matrix(labels, predicted, labels=range(logits.shape[1]))
    if logits.shape[1] == 2:
        expected |= averages(labels, predicted, ["binary"])
        expected["auc"] = sk.roc_auc_score(labels, logits[:, 1] - logits[:, 0])
    return case(name, logits, labels, expected, confusion=confusion.tolist())


def decisions(name, scores, labels, threshold):
    """A score for each yes or no."""
    predicted = (scores > threshold).astype(int)
    expected = {
        "accuracy": sk.accuracy_score(labels, predicted),
        "auc": sk.roc_auc_score(labels, scores),
        **averages(labels, predicted, ["binary", "micro", "macro", "weighted"]),
    }
    confusion = sk.confusion_matrix(labels, predicted, labels=[0, 1])
    return case(name, scores, labels, expected, threshold=threshold, confusion=confusion.tolist())


def regression(name, prediction, target):
    expected = {
        "mae": np.abs(prediction - target).mean(),
        "rmse": math.sqrt(np.square(prediction - target).mean()),
        "r2": sk.r2_score(target, prediction) if len(target) > 1 else math.nan,
    }
    return case(name, prediction, target, expected)


def main():
    rng = np.random.default_rng(7)
    labels = rng.integers(0, 5, 61)
    missing = quarters(rng, 40, 6)
    missing[:, 2] = -9
    slope = quarters(rng, 50)
    book = {
        "classes": [
            classes("five", quarters(rng, 61, 5) + 2 * np.eye(5)[labels], labels),
            classes("never predicted, never a label", missing, rng.choice([0, 1, 2, 4], 40)),
            classes("one class alone", np.eye(3)[[1, 1, 1, 1]], np.array([1, 1, 1, 1])),
            classes("all wrong", np.eye(4)[[0, 1, 2, 3, 0]], np.array([1, 2, 3, 0, 2])),
            classes("one row", quarters(rng, 1, 4), np.array([2])),
            classes("two", quarters(rng, 33, 2), rng.integers(0, 2, 33)),
            classes("ties throughout", np.zeros((7, 2)), np.array([0, 1, 1, 0, 1, 1, 1])),
        ],
        "decisions": [
            decisions("logits", quarters(rng, 47), rng.integers(0, 2, 47), 0),
            decisions("probabilities", rng.integers(0, 9, 30) / 8, rng.integers(0, 2, 30), 0.5),
            decisions("no positive predicted", -1 - abs(quarters(rng, 12)), rng.integers(0, 2, 12), 0),
            decisions("negatives alone", quarters(rng, 9), np.zeros(9, int), 0),
            decisions("positives alone", quarters(rng, 9), np.ones(9, int), 0),
            decisions("all ties", np.full(8, 0.25), np.arange(8) % 2, 0),
        ],
        "regression": [
            regression("line", slope + quarters(rng, 50) / 4, slope),
            regression("worse than the mean", quarters(rng, 21), quarters(rng, 21)),
            regression("far from zero", 1e6 + slope + quarters(rng, 50) / 4, 1e6 + slope),
            regression("outputs", quarters(rng, 18, 3), quarters(rng, 18, 3) * [1, 2, 3]),
            regression("constant target", quarters(rng, 6), np.full(6, 1.25)),
            regression("constant and perfect", np.full(6, 1.25), np.full(6, 1.25)),
            regression("one output constant", quarters(rng, 6, 2), quarters(rng, 6, 2) * [0, 1]),
            regression("one sample", np.array([1.5]), np.array([1.25])),
        ],
    }
    path = Path(__file__).with_name("metrics.json")
    path.write_text(json.dumps(book, separators=(",", ":")).replace('{"name"', '\n{"name"') + "\n")


if __name__ == "__main__":
    main()

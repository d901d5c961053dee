"""Makes tensorboard.events and hparams.events: records as PyTorch and TensorBoard write them.

    python3 Tests/Fixtures/make_tensorboard.py

SummaryWriterTests writes the same with Adjoint and compares the bytes. Sums of the histograms' elements are exact. Image
files differ with the compressor and are left out.
"""

from pathlib import Path

import numpy as np
from tensorboard.compat.proto.event_pb2 import Event
from tensorboard.plugins.hparams.plugin_data_pb2 import HParamsPluginData
from tensorboard.summary.writer.record_writer import RecordWriter
from torch.utils.tensorboard import summary

V = 1e-12
POSITIVE = []
while V < 1e20:
    POSITIVE.append(V)
    V *= 1.1
BINS = [-bound for bound in reversed(POSITIVE)] + [0] + POSITIVE


def write(name, events):
    with open(Path(__file__).with_name(name), "wb") as file:
        writer = RecordWriter(file)
        for wall_time, step, value in events:
            writer.write(Event(wall_time=wall_time, step=step, summary=value).SerializeToString())


def histogram(tag, values):
    return summary.histogram(tag, np.array(values, dtype=float), BINS)


def sorted_maps(value):
    """Protocol Buffers writes maps in any order; in the order of their keys it is one that can be compared."""
    data = value.value[0].metadata.plugin_data
    data.content = HParamsPluginData.FromString(data.content).SerializeToString(deterministic=True)
    return value


def main():
    quarters = [((k * 37) % 101 - 50) / 4 for k in range(101)]
    write(
        "tensorboard.events",
        [
            (1.5, 0, summary.scalar("loss", 0.1)),
            (2.25, 1, summary.scalar("loss", 0)),
            (1e9, 127, summary.scalar("a/b c", float("nan"))),
            (1e9, 128, summary.scalar("größe", float("-inf"))),
            (7.0, 2**40, summary.scalar("late", -2.5)),
            (3.0, 7, summary.text("notes", "# Hello\n\n*world* ✓")),
            (3.0, 7, summary.text("notes", "x" * 300)),
            (4.0, 8, histogram("quarters", quarters)),
            (4.0, 8, histogram("zeros", [0, 0, 0])),
            (4.0, 9, histogram("one", [-3])),
            (4.0, 9, histogram("tiny", [2.0**-45, -(2.0**-45), 2.0**-42, 2.0**66, 0.5])),
        ],
    )
    parameters = {"lr": 0.125, "optimizer": "SGD", "epochs": 20, "zero": 0.0}
    metrics = {"hparam/accuracy": 0.75, "hparam/loss": 0.5}
    values = [sorted_maps(value) for value in summary.hparams(dict(sorted(parameters.items())), metrics)]
    values += [summary.scalar(name, value) for name, value in metrics.items()]
    write("hparams.events", [(5.0, 3, value) for value in values])


if __name__ == "__main__":
    main()

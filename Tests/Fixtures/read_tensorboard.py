"""Reads with TensorBoard what Adjoint wrote, and compares it with what should be there.

    ADJOINT_TENSORBOARD=DIR swift test --filter TensorBoardRunTests
    python3 Tests/Fixtures/read_tensorboard.py DIR

DIR must be empty before; DIR/expected.json says what the runs in it hold. Without that file everything is only printed.
"""

import io
import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.plugins.hparams.plugin_data_pb2 import HParamsPluginData

PREFIX = "_hparams_/"


def scalars(events):
    return {tag: {str(e.step): e.value for e in events.Scalars(tag)} for tag in events.Tags()["scalars"]}


def histogram(event):
    value = event.histogram_value
    assert len(value.bucket) == len(value.bucket_limit) and sum(value.bucket) == value.num, value
    assert value.bucket[0] == 0 and list(value.bucket_limit) == sorted(value.bucket_limit), value
    return [value.min, value.max, value.num, value.sum, value.sum_squares]


def image(event):
    """Height, width, and for each of the channels its value in the first pixel; in grey also in the last and the middle."""
    pixels = np.array(Image.open(io.BytesIO(event.encoded_image_string)))
    assert pixels.shape[:2] == (event.height, event.width), pixels.shape
    first = pixels[0, 0].tolist()
    return [event.height, event.width] + (first if pixels.ndim == 3 else [first, int(pixels[-1, -1]), int(pixels.mean())])


def hparams(events):
    """The choices of a run, as text, after checks of the other two messages; none of a run without."""
    try:
        messages = events.PluginTagToContent("hparams")
    except KeyError:
        return {}
    content = {tag.removeprefix(PREFIX): HParamsPluginData.FromString(data) for tag, data in messages.items()}
    start = content["session_start_info"].session_start_info
    infos = {info.name: info.type for info in content["experiment"].experiment.hparam_infos}
    kinds = {"string_value": 1, "bool_value": 2, "number_value": 3}
    values = {key: (value.WhichOneof("kind"), value) for key, value in start.hparams.items()}
    assert infos == {key: kinds[kind] for key, (kind, _) in values.items()}, infos
    metrics = {info.name.tag for info in content["experiment"].experiment.metric_infos}
    assert metrics <= set(events.Tags()["scalars"]), metrics
    assert content["session_end_info"].session_end_info.status == 1
    return {key: str(getattr(value, kind)) for key, (kind, value) in sorted(values.items())}


def text(event):
    return event.tensor_proto.string_val[0].decode()


def read(path):
    events = EventAccumulator(str(path), size_guidance={"scalars": 0, "histograms": 0, "images": 0, "tensors": 0})
    events.Reload()
    tags = events.Tags()
    return {
        "scalars": scalars(events),
        "histograms": {tag: histogram(events.Histograms(tag)[-1]) for tag in tags["histograms"]},
        "images": {tag: image(events.Images(tag)[-1]) for tag in tags["images"]},
        "texts": {tag: text(events.Tensors(tag)[-1]) for tag in tags["tensors"] if tag.endswith("/text_summary")},
        "hparams": hparams(events),
    }


def main(root):
    runs = sorted({path.parent for path in root.rglob("events.out.tfevents.*")})
    expected = root / "expected.json"
    expected = json.loads(expected.read_text()) if expected.exists() else {}
    missing = set().union(*expected.values()) - {str(run.relative_to(root)) for run in runs}
    assert not missing, f"no run {missing}"
    for run in runs:
        name = str(run.relative_to(root))
        for kind, found in read(run).items():
            if found:
                print(f"{name}: {kind}: {json.dumps(found, ensure_ascii=False)}")
            for tag, value in expected.get(kind, {}).get(name, {}).items():
                assert found[tag] == value, f"{name}: {kind}: {tag}: {found[tag]}, expected {value}"
            if kind == "scalars" and expected:
                assert set(found) == set(expected[kind].get(name, {})), f"{name}: {sorted(found)}"
    print(f"{len(runs)} runs" + (", all as expected" if expected else ""))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

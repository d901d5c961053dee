"""Writes the arrays in other programs' formats that the Swift tests read, to the folder `formats` beside this file.

    python3 Tests/Fixtures/make_format_fixtures.py

The committed files were made with numpy 2.4.6 and safetensors 0.8.0; a second run writes the same bytes.

`expected.safetensors` holds each array of the other files under its name, in the type in which Adjoint reads it. A name
like `f2.vector` begins with numpy's code of the type in the file.
"""

import io
import zipfile
from pathlib import Path

import numpy as np
from numpy.lib import format as npy
from safetensors.numpy import save_file

FOLDER = Path(__file__).resolve().parent / "formats"
WIDENED = {"f2": "f4", "i1": "i4", "i2": "i4", "u2": "i4", "u4": "i8"}
FLOATS = [0.0, -0.0, 1.0, -2.5, 0.1, 65504.0, 6e-8, -1e-5, np.inf, -np.inf, np.nan]


def vectors() -> dict[str, np.ndarray]:
    """The ends of each type's range, and numbers between."""
    floats = {code: np.array(FLOATS, code) for code in ("f2", "f4", "f8")}
    integers = {}
    for code in ("i1", "i2", "i4", "i8", "u1", "u2", "u4"):
        ends = np.iinfo(code)
        integers[code] = np.array([ends.min, 0, 1, 100, ends.max // 2, ends.max], code)
    return floats | integers | {"b1": np.array([True, False, True, True])}


def arrays() -> dict[str, np.ndarray]:
    """Of each type a vector in both byte orders, a scalar, an array without elements, a cube in C and Fortran order."""
    result = {}
    for code, vector in vectors().items():
        cube = (np.arange(24) % 2 if code == "b1" else np.arange(24)).reshape(2, 3, 4).astype(code)
        result[f"{code}.vector"] = vector
        if vector.itemsize > 1:
            result[f"{code}.vector_swapped"] = vector.astype(vector.dtype.newbyteorder(">"))
            result[f"{code}.fortran_swapped"] = np.asfortranarray(cube.astype(vector.dtype.newbyteorder(">")))
        result[f"{code}.scalar"] = vector[2].reshape(())
        result[f"{code}.empty"] = np.zeros((0, 3), code)
        result[f"{code}.cube"] = cube
        result[f"{code}.fortran"] = np.asfortranarray(cube)
    return result


class Stream(io.RawIOBase):
    """A file without positions, as a pipe is: a zip file written to it has the sizes behind the data."""

    def __init__(self) -> None:
        self.content = b""

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.content += bytes(data)
        return len(data)


def widened(array: np.ndarray) -> np.ndarray:
    code = array.dtype.newbyteorder("=").str[1:]
    return np.ascontiguousarray(array.astype(WIDENED.get(code, code))).reshape(array.shape)


def write_zips(all: dict[str, np.ndarray]) -> None:
    np.savez(FOLDER / "plain.npz", **all)
    np.savez_compressed(FOLDER / "compressed.npz", **all)
    few = {name: array for name, array in all.items() if name.startswith("i2")} | {"größe": np.arange(3)}
    stream = Stream()
    np.savez_compressed(stream, **few)
    (FOLDER / "streamed.npz").write_bytes(stream.content)
    zipfile.ZIP64_LIMIT, limit = 100, zipfile.ZIP64_LIMIT  # every size and offset above 100 takes the 64-bit fields
    np.savez(FOLDER / "zip64.npz", **few)
    zipfile.ZIP64_LIMIT = limit
    all["größe"] = few["größe"]


def write_npys(all: dict[str, np.ndarray]) -> None:
    array = all["i2.fortran_swapped"]
    for version in (1, 2, 3):
        with open(FOLDER / f"version{version}.npy", "wb") as file:
            npy.write_array(file, array, version=(version, 0))
    np.save(FOLDER / "float32.npy", all["f4.cube"])
    np.save(FOLDER / "bool.npy", all["b1.vector"])
    np.save(FOLDER / "scalar.npy", all["f8.scalar"])
    np.save(FOLDER / "complex.npy", np.array([1j], "c8"))
    np.save(FOLDER / "records.npy", np.zeros(2, [("x", "<f4"), ("y", "<i4")]))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    all = arrays()
    write_zips(all)
    write_npys(all)
    save_file({name: widened(array) for name, array in sorted(all.items())}, FOLDER / "expected.safetensors")
    narrow = {name: array for name, array in all.items() if name[:2] in WIDENED and array.dtype.isnative}
    save_file({name: np.ascontiguousarray(array).reshape(array.shape) for name, array in sorted(narrow.items())},
              FOLDER / "narrow.safetensors")
    np.savetxt(FOLDER / "table.csv", np.array([FLOATS[:5], FLOATS[5:10]]), delimiter=";", header="a;b;c;d;e", comments="")

#!/usr/bin/env python3
"""Quick checks of compare.py's arithmetic and its tables, with a bench that answers from a list.

    python3 Benchmarks/test_compare.py
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from peers.markdown import document, kernel_and_size
from peers.report import Limits, Result, Work

FOLDER = Path(__file__).resolve().parent

BENCH = """
import json, sys
WORK = {"limit/fma-float32": {"flops": 1000}, "limit/bandwidth": {"bytes": 500}, "matmul/64": {"flops": 4000}, "step/mlp/1": {}}
if sys.argv[1] == "--units": print(json.dumps({"workload": sys.argv[3], "units": int(sys.argv[2]), "count": 1, "peak_bytes": 3e6}))
elif sys.argv[1] == "--list": print("\\n".join(WORK))
elif sys.argv[1] == "--describe": [print(json.dumps({"workload": k} | v)) for k, v in WORK.items()]
else:
    for line in sys.stdin:
        name = line.strip()
        print(json.dumps({"workload": name, "threads": 1, "ns": 10 if "limit" in name else 50}), flush=True)
"""


class Shares(unittest.TestCase):
    def setUp(self) -> None:
        self.limits = Limits()
        self.limits.add(Work("limit/fma-float32", flops=1000), [12, 10, 11])
        self.limits.add(Work("limit/bandwidth", bytes=500), [10])

    def test_the_tighter_limit_counts(self) -> None:
        bound = self.limits.bound(Work("x", flops=1000, bytes=1000))
        self.assertEqual((bound.ns, bound.limit), (20, "mem"))
        self.assertEqual(self.limits.bound(Work("x", flops=1000)).ns, 10)

    def test_no_work_and_no_limit_give_no_share(self) -> None:
        self.assertIsNone(self.limits.bound(Work("x")))
        self.assertIsNone(self.limits.bound(Work("x", dtype="float64", flops=1)))
        self.assertIsNone(Result("x", 1, [5.0], {}).share)


class Tables(unittest.TestCase):
    def test_names(self) -> None:
        for name, parts in {"elementwise/exp/1000": ("exp", "1000"), "matmul/64": ("matmul", "64"),
                            "overhead/chain100": ("chain100", ""), "a/b/c/2x3": ("b/c", "2x3"),
                            "cumsum/8x8/rows": ("rows", "8x8")}.items():
            self.assertEqual(kernel_and_size(name), parts)

    def test_slower_rows_are_marked(self) -> None:
        results = [Result("matmul/64", 1, [100.0], {"pytorch": [250.0], "numpy": [80.0]}),
                   Result("matmul/128", 1, [100.0], {"pytorch": [100.0]}), Result("limit/bandwidth", 1, [1.0], {})]
        text = document(results, {}, "CPU", "command")
        self.assertIn("| matmul | 64 | 1 | 100 ns | 250 ns | 80.0 ns | 2.50 | **▼ 0.80** | – |", text)
        self.assertIn("| matmul | 128 | 1 | 100 ns | 100 ns | – | 1.00 | – | – |", text)
        self.assertIn("1 of 2 rows are at 1 or above against every peer. Below, with the number of threads: matmul/64 (1).", text)
        self.assertNotIn("## limit", text)


class References(unittest.TestCase):
    @unittest.skipUnless(importlib.util.find_spec("safetensors"), "needs numpy and safetensors")
    def test_other_losses_are_refused(self) -> None:
        sys.path.insert(0, str(FOLDER / "peers"))
        import numpy as np
        import reference

        expected = np.array([2.0, 1.0], np.float32)
        reference.check(expected, [2.001, 1.003])
        for wrong in ([2.0, 1.005], [2.0, float("nan")], [2.0, float("inf")]):
            self.assertRaises(reference.Disagreement, reference.check, expected, wrong)


class WholeRun(unittest.TestCase):
    def test_the_files(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            bench, table, numbers = Path(folder, "bench.py"), Path(folder, "R.md"), Path(folder, "R.json")
            bench.write_text(BENCH)
            command = [sys.executable, FOLDER / "compare.py", "--threads", "1", "--rounds", "1", "--only", "matmul|step|memory",
                       "--markdown", table, "--json", numbers]
            # -S: without the packages, and so without peers.
            environment = os.environ | {"ADJOINT_BENCH": f"{sys.executable} {bench}"}
            run = subprocess.run([command[0], "-S", *command[1:]], env=environment, capture_output=True, text=True)
            self.assertEqual(run.returncode, 0, run.stderr)
            self.assertIn("80% fma", run.stdout)
            self.assertIn("| matmul | 64 | 1 | 50.0 ns | 80% fma |", table.read_text())
            self.assertIn("| 1 | 100 GFLOP/s | 50 GB/s |", table.read_text())
            shares = {row["workload"]: row["share"] for row in json.loads(numbers.read_text())}
            self.assertEqual(shares, {"matmul/64": 0.8, "step/mlp/1": None, "memory/mlp/1": None})
            self.assertIn("| mlp | 1 | 1 | 3.00 MB | – |", table.read_text())


if __name__ == "__main__":
    unittest.main()

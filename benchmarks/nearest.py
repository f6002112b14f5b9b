"""The nearest vectors by cosine: by the product's 8-bit codes, and by others on the same arrays.

The others are no dependencies of the project: each is installed into an environment of its own that is thrown away, and
runs there in a process that measures itself each time it is asked, so that both sides can take turns.
"""

import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from jobtracker.matching.codes import THREADS, Codes

TOP = 200
ROWS = 1 << 16

FAISS = """
    import faiss
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    run = lambda queries: index.search(queries, 200)
"""
USEARCH = """
    from usearch.index import MetricKind, search
    run = lambda queries: search(vectors, queries, 200, MetricKind.IP, exact=True, threads=0)
"""
_SERVE = """
    import sys, time
    import numpy as np
    vectors, queries = np.load(sys.argv[1]), np.load(sys.argv[2])
    {setup}
    print("ready", flush=True)
    for line in sys.stdin:
        asked = queries[: int(line)]
        start = time.perf_counter()
        run(asked)
        print(time.perf_counter() - start, flush=True)
"""


class Nearest:
    """Exact search in 16-bit vectors: the product's codes say which rows can be among the best, 32 bits decide."""

    def __init__(self, vectors: NDArray[np.float16]) -> None:
        self._vectors = vectors
        self._codes = Codes(vectors, np.arange(len(vectors)))
        self._blocks = [(start, min(start + ROWS, len(vectors))) for start in range(0, len(vectors), ROWS)]

    def search(self, query: NDArray[np.float32]) -> NDArray[np.intp]:
        """The nearest rows, the nearest first."""
        queries = self._codes.queries(query[None, :])

        def cosines(block: tuple[int, int]) -> NDArray[np.float32]:
            scale = self._codes.scales[slice(*block)] * np.float32(queries.scale)
            products = self._codes.products(*block, queries, queries.space(ROWS))
            found: NDArray[np.float32] = products[:, 0] * scale
            return found

        with ThreadPoolExecutor(THREADS) as threads:
            coarse = np.concatenate(list(threads.map(cosines, self._blocks)))
        last = len(coarse) - TOP
        # The error is that of either score, and rounding in 32 bits comes on top.
        candidates = np.flatnonzero(coarse >= np.partition(coarse, last)[last] - 2 * queries.errors[0] - 1e-5)
        exact = self._vectors[candidates].astype(np.float32) @ query
        return candidates[np.argsort(-exact, kind="stable")[:TOP]]


@contextmanager
def peer(
    package: str, setup: str, vectors: NDArray[np.float32], queries: NDArray[np.float32]
) -> Iterator[Callable[[int], float] | str]:
    """A function that has a peer search for so many of the queries and returns its seconds, or why there is none."""
    with tempfile.TemporaryDirectory() as folder:
        python = Path(folder) / "env" / "bin" / "python"
        uv = [sys.executable, "-m", "uv"]
        make = [[*uv, "venv", "-q", "--python", sys.executable, str(python.parents[1])]]
        make.append([*uv, "pip", "install", "-q", "--python", str(python), "numpy", package])
        for command in make:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                yield f"{package} cannot be installed: {done.stderr.strip().splitlines()[-1]}"
                return
        files = [str(Path(folder) / name) for name in ("vectors.npy", "queries.npy")]
        np.save(files[0], vectors)
        np.save(files[1], queries)
        script = _SERVE.format(setup=setup.strip())
        pipes = subprocess.Popen(
            [str(python), "-c", textwrap.dedent(script), *files],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        with pipes as process:
            assert process.stdin is not None
            assert process.stdout is not None
            assert process.stderr is not None
            writer, reader = process.stdin, process.stdout
            if reader.readline().strip() != "ready":
                yield f"{package} does not run: {process.stderr.read().strip().splitlines()[-1]}"
                return

            def seconds(count: int) -> float:
                print(count, file=writer, flush=True)
                return float(reader.readline())

            yield seconds
            writer.close()

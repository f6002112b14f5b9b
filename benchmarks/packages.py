"""What the deployed functions weigh: ``python -m benchmarks.packages [--json]``.

The layers are built first, from the lock file and for Lambda's machine, unless they are already there. A size is
unzipped and counts the function's own code and all of its layers, in MB of 2^20 bytes; Lambda's limit is 250.
"""

import argparse
import json
import zipfile

from infra import assets
from infra.catalogue import FUNCTIONS
from infra.config import Config
from infra.sizes import function_megabytes

LIMIT_MB = 250


def measure() -> dict[str, float | str]:
    """Every function's size, the largest, and what all layers weigh as they are uploaded."""
    manifest = assets.build(Config().asset_dir)
    sizes = {name: round(function_megabytes(manifest, name), 1) for name in FUNCTIONS}
    largest = max(sizes, key=lambda name: sizes[name])
    uploaded = sum(manifest.file(layer).stat().st_size for layer in manifest.layers) / 2**20
    compiled = all(
        any(entry.endswith(".pyc") for entry in zipfile.ZipFile(manifest.file(layer)).namelist())
        for layer in ("base", "web", "catalog")
    )
    found: dict[str, float | str] = {f"{name}_mb": size for name, size in sizes.items()}
    return found | {
        "largest_mb": sizes[largest],
        "largest": largest,
        "uploaded_layers_mb": round(uploaded, 1),
        "bytecode": "yes" if compiled else "no",
    }


def main() -> None:
    """Print the table, and one JSON object when asked for it."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--json", action="store_true", help="one flat JSON object as the last line")
    given = options.parse_args()
    found = measure()
    print(f"{'function':<24}{'MB':>8}{'of limit':>10}")
    for name in FUNCTIONS:
        size = float(found[f"{name}_mb"])
        print(f"{name:<24}{size:>8.1f}{size / LIMIT_MB:>10.0%}")
    print(f"\nlargest: {found['largest']}; layers as uploaded: {found['uploaded_layers_mb']} MB")
    if given.json:
        print(json.dumps(found))


if __name__ == "__main__":
    main()

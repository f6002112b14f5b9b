"""Write openapi.json, or with ``--check`` say whether it still describes the API.

The page's client is generated from this file, so it is kept in the repository and compared by a test.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Final

from functions.api.description import document

PATH: Final = Path(__file__).resolve().parent.parent / "openapi.json"


def text() -> str:
    """The document as it is stored."""
    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit code is 1 when ``--check`` finds a difference."""
    parser = argparse.ArgumentParser(prog="python -m tools.openapi", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, and fail when the file is out of date")
    wanted = parser.parse_args(arguments)
    stored = PATH.read_text(encoding="utf-8") if PATH.exists() else None
    if stored == text():
        return 0
    if wanted.check:
        sys.stderr.write("openapi.json is out of date: run `python -m tools.openapi`\n")
        return 1
    PATH.write_text(text(), encoding="utf-8")
    sys.stdout.write(f"Wrote {PATH.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

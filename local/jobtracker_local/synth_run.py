"""Runs the CDK application and notes which of the project's modules it read.

Run as ``python -m jobtracker_local.synth_run <file>``. The note makes the next start sure, without guessing,
whether the last assembly is still good.
"""

import json
import runpy
import sys
from pathlib import Path


def main() -> None:
    """Synthesize, then write the read files' paths to the named file."""
    note, root = Path(sys.argv[1]), Path.cwd()
    sys.argv = ["infra.app"]
    sys.path.insert(0, str(root))
    runpy.run_module("infra.app", run_name="__main__", alter_sys=True)
    read = {
        Path(file).relative_to(root).as_posix()
        for module in list(sys.modules.values())
        if (file := getattr(module, "__file__", None)) and Path(file).is_relative_to(root)
    }
    note.write_text(json.dumps(sorted(name for name in read if not name.startswith((".venv", "local/")))))


if __name__ == "__main__":
    main()

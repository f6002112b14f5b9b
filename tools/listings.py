"""Write the sources' listings, for whoever shows or names sources without reading them.

``python -m tools.listings`` writes ``data/listings.json``; ``--check`` only says whether it is up to date.
"""

import argparse
from pathlib import Path

from jobtracker.sources.listing import Listings
from jobtracker.sources.registry import board_sources, company_systems

FILE = Path(__file__).resolve().parent.parent / "layers/core/python/jobtracker/sources/data/listings.json"


def document() -> str:
    """The file's content."""
    found = Listings(
        boards=tuple(source.listing for source in board_sources().values()),
        systems=tuple(system.LISTING for system in company_systems().values()),
    )
    return found.model_dump_json(indent=2, exclude_defaults=True) + "\n"


def main() -> None:
    """Write the file, or say that it is out of date (exit code 1)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    if not parser.parse_args().check:
        FILE.write_text(document())
    elif FILE.read_text() != document():
        raise SystemExit("listings.json is out of date. Run: python -m tools.listings")


if __name__ == "__main__":
    main()

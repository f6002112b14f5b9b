"""Make the taxonomy: ``python -m tools.taxonomy [--check]``.

Our own tables (``own/``) and the candidates that ``tools.taxonomy.sources`` read from others are put together and
written to ``jobtracker/skills/data/taxonomy.bin``, with a list of what came from where and what was left out.
``issued.txt`` has every id that was ever given out: stored postings and resumes name them, so none may go.
"""

import argparse
from pathlib import Path

from jobtracker.skills import artifact
from tools.taxonomy import candidates, tables
from tools.taxonomy.content import sections
from tools.taxonomy.merging import Merged, Report, skills

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "layers/core/python/jobtracker/skills/data/taxonomy.bin"
ISSUED = Path(__file__).parent / "issued.txt"
SOURCES = {"O*NET": "29.3", "ESCO": "1.1.1", "Linguist": "9.5.0"}


def made() -> tuple[list[Merged], Report]:
    """The taxonomy as the tables and the candidates have it."""
    return skills(tables.own(), candidates.read())


def issued() -> list[str]:
    """Every id that was ever given out, in order."""
    return ISSUED.read_text(encoding="utf-8").split()


def main() -> None:
    """Write the file and say what is in it; with ``--check``, say only whether it is up to date (exit code 1)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    found, report = made()
    content = sections(found)
    if parser.parse_args().check:
        there = artifact.bundled()
        if any(there.section(name) != there_made for name, there_made in content.items()):
            raise SystemExit("the taxonomy is out of date. Run: python -m tools.taxonomy")
        return
    if gone := set(issued()) - {one.id for one in found}:
        raise SystemExit(f"ids that were given out would go: {', '.join(sorted(gone)[:20])}")
    ISSUED.write_text("\n".join(sorted({one.id for one in found})) + "\n", encoding="utf-8")
    FILE.write_bytes(artifact.packed(content, SOURCES))
    say(report)
    print(f"{len(found)} skills, {FILE.stat().st_size:,} bytes, version {artifact.bundled().head.version}")


def say(report: Report) -> None:
    """What came from where, and what was left out."""
    print(f"{report.own['skills']} skills of our own")
    print(f"{'':24}{'ours':>8}{'new':>8}{'found as':>10}{'linked as':>11}")
    for source in candidates.Source:
        counts = (report.joined, report.new, report.found, report.linking)
        ours, new, found, linking = (count[source] for count in counts)
        print(f"{source:24}{ours:>8}{new:>8}{found:>10}{linking:>11}")
    for reason, number in sorted(report.dropped.items()):
        print(f"left out: {reason}: {number}")


if __name__ == "__main__":
    main()

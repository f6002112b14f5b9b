"""How long the main job takes: its stages in this process, and the one command in a fresh clone.

The stages are medians of five over the bundled sample postings and the bundled sample resume; so is the command
line's match of that resume with a catalog of 10,000 postings, which are the sample postings many times over. The one
command is run twice in a clone of the last commit with an empty home folder; ``--stages`` leaves that out, as it
downloads everything anew.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks import report
from benchmarks.random_postings import random_postings
from jobtracker.catalog.build import build
from jobtracker.catalog.index import CatalogIndex
from jobtracker.matching.rank import Ranker
from jobtracker.postings.model import Posting, StoredPosting
from jobtracker.resumes.extract import extract_text
from jobtracker.resumes.model import Preferences
from jobtracker.resumes.read import read_profile
from jobtracker.sources.boards.sample import SOURCE as SAMPLE
from jobtracker.sources.client import PoliteClient
from jobtracker.sources.guard import Guard
from jobtracker.sources.pace import MemoryPace
from jobtracker.text.training import fit_encoder
from jobtracker_local import offline
from jobtracker_local.collecting import CONTACT, collect_one
from jobtracker_local.main_job import sample_resume

ROOT: Final = Path(__file__).resolve().parent.parent
CATALOG: Final = 10_000


def _collect() -> list[Posting]:
    client = PoliteClient(CONTACT, pace=MemoryPace(), guard=Guard())
    found, _ = collect_one(SAMPLE, client)
    client.close()
    return found


def stages() -> dict[str, report.Value]:
    """Median seconds of each stage, and how much went through it."""
    postings = _collect()
    texts = [f"{posting.title}\n{posting.description_text}" for posting in postings]
    resume = sample_resume().read_bytes()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        encoder = fit_encoder(texts)
        rounds = iter(range(100))

        def index() -> None:
            to = folder / str(next(rounds))
            to.mkdir()
            build(map(StoredPosting.fresh, postings), encoder, to)

        fit_s = report.median_seconds(lambda: fit_encoder(texts))
        index_s = report.median_seconds(index)
        opened = CatalogIndex.open(folder / "0")
        profile = read_profile(extract_text(resume))
        found = Ranker(opened, encoder).rank(profile, Preferences())
        return {
            "postings": len(postings),
            "matches": len(found),
            "collect_s": report.median_seconds(_collect),
            "fit_s": fit_s,
            "index_s": index_s,
            "parse_s": report.median_seconds(lambda: read_profile(extract_text(resume))),
            "match_s": report.median_seconds(lambda: Ranker(opened, encoder).rank(profile, Preferences())),
        }


def cli() -> dict[str, report.Value]:
    """Median seconds of ``jobtracker match`` with a snapshot of ``CATALOG`` postings, start-up included."""
    # No copies of one another: those would be one job to the index.
    many = [one.posting for one in random_postings(CATALOG)]
    with tempfile.TemporaryDirectory() as folder:
        offline.publish(Path(folder, "snapshot"), many)
        command = [str(Path(sys.executable).with_name("jobtracker")), "match", str(sample_resume()), "--json"]

        ranked: list[int] = []

        def match() -> None:
            environment = {**os.environ, "JOBTRACKER_FOLDER": folder}
            answer = subprocess.run(command, env=environment, check=True, capture_output=True, cwd=folder)
            ranked.append(json.loads(answer.stdout)["postings"])

        seconds = report.median_seconds(match)
        # Some of them are closed, expired or duplicates, as in life.
        return {"cli_match_postings": ranked[0], "cli_match_s": seconds}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def command() -> dict[str, report.Value]:
    """Seconds of ``make run`` in a fresh clone with an empty home folder, and of the same once more."""
    with tempfile.TemporaryDirectory() as scratch:
        clone, home = Path(scratch, "clone"), Path(scratch, "home")
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        node = shutil.which("node")
        if node is None:
            raise SystemExit("node is not on the PATH.")
        path = os.pathsep.join([f"{sys.base_prefix}/bin", str(Path(node).parent), os.defpath])
        environment = {**os.environ, "HOME": str(home), "PATH": path}
        arguments = f"ARGS=--once --port {_free_port()} --cloud-port {_free_port()}"
        taken = []
        try:
            for _ in range(2):
                start = time.perf_counter()
                subprocess.run(["make", "run", arguments], cwd=clone, env=environment, check=True, stdout=2)
                taken.append(round(time.perf_counter() - start, 1))
                stop = [str(clone / ".venv/bin/jobtracker"), "down"]
                subprocess.run(stop, cwd=clone, env=environment, check=True, stdout=2)
        finally:
            subprocess.run(["make", "clean"], cwd=clone, env=environment, check=False, stdout=2)
    return {"first_run_s": taken[0], "second_run_s": taken[1]}


def main() -> None:
    """Print a table, and with ``--json`` one JSON object as the last line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.main_job", description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--stages", action="store_true", help="the stages only")
    wanted = parser.parse_args()
    measured: dict[str, report.Value] = {} if wanted.stages else command()
    report.show("main_job", measured | stages() | cli(), as_json=wanted.json)


if __name__ == "__main__":
    main()

"""The main job, done once by itself so that the page is not empty: collect, read a resume, rank, say why."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path

from jobtracker_local import finding, process
from jobtracker_local.api_client import ApiClient, Json, wait_until
from jobtracker_local.options import Options

DEMO_EMAIL = "demo@example.com"
DEMO_PASSWORD = "demo-on-this-machine"  # noqa: S105  # exists in the local cloud only, which no other machine can reach
SAMPLE = "sample"
FRESH = timedelta(hours=6)
TOP = 10
# Boards of thousands of pages take their time; what the others told is enough to begin with.
PATIENCE = 90.0
Progress = Callable[[str], None]


@dataclass(frozen=True)
class MainJob:
    """What the main job found."""

    postings: int
    matches: list[Json]
    resume_read: bool


def do(origin: str, options: Options, progress: Progress) -> MainJob:
    """Do whatever of the main job is not done yet, and return the best matches."""
    api = ApiClient(origin)
    api.sign_in(DEMO_EMAIL, DEMO_PASSWORD, name="Demo")
    _offer_demo_login(options)
    _collect(api, progress)
    read = _read_resume(api, progress)
    progress("Ranking every posting …")
    _ranked(api)
    # The models are fitted once more on the whole collection, and everybody is ranked anew: these matches stay.
    if not process.settle(options, seconds=240):
        progress("The ranking still goes on in the background; what follows may change a little.")
    matches = _ranked(api)
    return MainJob(postings=int(matches["summary"]["postings"]), matches=matches["items"], resume_read=read)


def _offer_demo_login(options: Options) -> None:
    """Leave the demo login where the local page server finds it."""
    options.demo_login.write_text(json.dumps({"demo": {"email": DEMO_EMAIL, "password": DEMO_PASSWORD}}))


def _sources(api: ApiClient) -> list[Json]:
    items: list[Json] = api.get("/sources")["items"]
    return items


def _collect(api: ApiClient, progress: Progress) -> None:
    sources = _sources(api)
    if any(_is_fresh(source) for source in sources if source["status"] == "ok" and source["postings"]):
        progress("Postings were collected within the last 6 hours.")
        return
    public = [source["id"] for source in sources if source["status"] != "off" and source["id"] != SAMPLE]
    progress(f"Collecting from {len(public)} public sources …")
    results = collect(api, public, patience=PATIENCE)
    good = [source for source in results if source["status"] == "ok" and not source["running"]]
    going_on = [source for source in results if source["running"]]
    if good or going_on:
        told = f"{len(good)} of {len(results)} sources answered, {sum(s['postings'] for s in good)} postings"
        progress(f"{told}; {len(going_on)} go on in the background." if going_on else f"{told}.")
        return
    reasons = {str(source["reason"]) for source in results if source["reason"]}
    why = min(reasons, key=len) if reasons else "no reason given"
    off = [source for source in sources if source["id"] == SAMPLE and source["status"] == "off"]
    if off:
        progress(f"No public source answered ({why}), and the sample postings are off: {off[0]['reason']}.")
        return
    progress(f"No public source answered ({why}). Collecting the bundled sample postings instead …")
    [sample] = collect(api, [SAMPLE])
    progress(f"{sample['postings']} sample postings collected ({sample['status']}).")


def collect(api: ApiClient, source_ids: list[str], *, patience: float = 240) -> list[Json]:
    """Collect these sources; returns their states once each has ended, or after ``patience`` seconds.

    One that has not ended by then is said to be running, whatever it was before.
    """
    before = {source["id"]: source["last_run_at"] for source in finding.sources(api)}
    for source_id in source_ids:
        api.collect(finding.path_of(source_id))

    ends = time.monotonic() + patience

    def ended() -> list[Json] | None:
        found = [source for source in finding.sources(api) if source["id"] in source_ids]
        late = [source for source in found if source["last_run_at"] == before.get(source["id"])]
        if late and time.monotonic() <= ends:
            return None
        for source in late:
            source["running"] = True
        return found

    return wait_until(ended, seconds=patience + 30, what="the collections")


def _is_fresh(source: Json) -> bool:
    ran = source["last_run_at"]
    return ran is not None and datetime.now(UTC) - datetime.fromisoformat(ran) < FRESH


def sample_resume() -> Path:
    """The bundled sample resume."""
    return Path(str(resources.files("jobtracker.resumes").joinpath("data", "sample_resume.pdf")))


def _read_resume(api: ApiClient, progress: Progress) -> bool:
    if api.find("/profile") is not None:
        return False
    progress("Reading the bundled sample resume …")
    resume = api.upload(sample_resume(), "application/pdf")

    def read() -> Json | None:
        now = api.get(f"/resumes/{resume['id']}")
        return now if now["status"] in {"read", "refused"} else None

    wait_until(read, seconds=90, what="the resume to be read")
    return True


def _ranked(api: ApiClient) -> Json:
    def ranked() -> Json | None:
        found = api.get("/matches", limit=TOP)
        if found["summary"] is None or found["stale"] or not found["items"]:
            return None
        # The first index has no encoder yet; the one that follows has, and ranks by title and text too.
        parts = {part["name"]: part["known"] for part in found["items"][0]["parts"]}
        return found if parts["text"] else None

    return wait_until(ranked, seconds=180, what="the matches")

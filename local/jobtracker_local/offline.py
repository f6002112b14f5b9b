"""Ranking a resume file against the last local snapshot, without any cloud."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel

from jobtracker.artifacts.files import local_current, local_files, local_publish
from jobtracker.catalog.build import build
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.versions import FORMAT, FORMAT_KEY, is_readable
from jobtracker.matching.model import Part
from jobtracker.matching.rank import Ranker
from jobtracker.postings.model import Posting, StoredPosting
from jobtracker.resumes.extract import extract
from jobtracker.resumes.genuine import refusal_of
from jobtracker.resumes.model import Preferences
from jobtracker.resumes.read import read_profile
from jobtracker.skills.taxonomy import taxonomy
from jobtracker.text.encoder import Encoder
from jobtracker_local.errors import LocalCloudError
from jobtracker_local.options import Options

Progress = Callable[[str], None]
CATALOG, ENCODER = "catalog", "encoder"


class SkillName(BaseModel):
    """A skill as people read it."""

    id: str
    name: str


class FoundPlace(BaseModel):
    """A place as the posting names it, and what it is known to be."""

    text: str
    city: str | None
    region: str | None
    country: str | None


class FoundPosting(BaseModel):
    """What a person needs to judge and open a posting."""

    id: str
    title: str
    company: str | None
    places: list[FoundPlace]
    work_mode: str | None
    pay: dict[str, float | str | None] | None
    url: str
    attribution: str
    sample: bool


class Found(BaseModel):
    """One match."""

    score: float
    parts: list[Part]
    matched_skills: list[SkillName]
    missing_skills: list[SkillName]
    posting: FoundPosting


class FoundAll(BaseModel):
    """The best matches and how many postings were ranked."""

    postings: int
    items: list[Found]


def match(file: Path, limit: int, progress: Progress) -> FoundAll:
    """Read ``file`` and rank the last local snapshot for it; collects first when there is none.

    Raises LocalCloudError with the reason when the file cannot be read.
    """
    try:
        extracted = extract(file.read_bytes())
    except OSError as problem:
        raise LocalCloudError(f"Cannot read {file}: {problem.strerror}.") from problem
    profile = read_profile(extracted.text)
    if refusal := extracted.refusal or refusal_of(extracted, profile):
        raise LocalCloudError(refusal.reason)
    index, encoder = _open(Options.of(), progress)
    ranked = Ranker(index, encoder).rank(profile, Preferences(), limit=limit)
    items = []
    for one in ranked:
        position = index.position(one.posting_id)
        assert position is not None  # noqa: S101  # it was ranked from this very index
        posting = index.record(position).model_dump(mode="json")
        items.append(
            Found(
                score=one.score,
                parts=list(one.parts),
                matched_skills=_named(one.matched_skills),
                missing_skills=_named(one.missing_skills),
                posting=FoundPosting.model_validate(posting),
            )
        )
    return FoundAll(postings=index.n, items=items)


def _named(skills: tuple[str, ...]) -> list[SkillName]:
    return [SkillName(id=skill, name=name) for skill, name in zip(skills, taxonomy().names(skills), strict=True)]


def _open(options: Options, progress: Progress) -> tuple[CatalogIndex, Encoder | None]:
    """The newest snapshot: the local cloud's own, or the one that this command collected."""
    stores = [folder for folder in (*options.objects.glob("*/*"), options.folder / "snapshot") if folder.is_dir()]
    held = [
        (manifest, store)
        for store in stores
        if (manifest := local_current(store, CATALOG)) is not None and is_readable(manifest)
    ]
    if not held:
        store = options.folder / "snapshot"
        _collect(store, progress)
        return _open(options, progress)
    manifest, store = max(held, key=lambda pair: pair[0].created_at)
    opened = options.folder / "opened"
    index = CatalogIndex.open(local_files(store, manifest, opened))
    encoder = local_current(store, ENCODER)
    return index, None if encoder is None or not encoder.ours else Encoder.load(local_files(store, encoder, opened))


def _collect(store: Path, progress: Progress) -> None:
    """Collect from the public sources, or else the sample source, into a snapshot of our own."""
    from jobtracker_local.collecting import collect_here

    postings = list(collect_here(progress))
    if not postings:
        raise LocalCloudError("No source gave any posting; see the reasons above.")
    progress(f"Indexing {len(postings):,} postings …")
    publish(store, postings)


def publish(store: Path, postings: list[Posting]) -> None:
    """Fit an encoder on ``postings``, index them, and make both what ``store`` holds."""
    from jobtracker.text.training import fit_encoder

    encoder = fit_encoder([f"{posting.title}\n{posting.description_text}" for posting in postings])
    _publish(store, ENCODER, encoder.version, encoder.save)
    _publish(
        store,
        CATALOG,
        f"{datetime.now(UTC):%Y%m%d%H%M%S}",
        lambda to: build(map(StoredPosting.fresh, postings), encoder, to),
    )


def _publish(store: Path, name: str, version: str, write: Callable[[Path], object]) -> None:
    earlier = local_current(store, name)
    with tempfile.TemporaryDirectory() as scratch:
        write(Path(scratch))
        local_publish(
            store,
            name,
            Path(scratch),
            version=version,
            metadata={FORMAT_KEY: str(FORMAT)},
            follows=earlier,
        )

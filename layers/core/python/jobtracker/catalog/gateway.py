"""The catalog index in the artifacts bucket."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from jobtracker.artifacts import store
from jobtracker.artifacts.cache import Cached, cache
from jobtracker.artifacts.model import Manifest
from jobtracker.catalog.build import parts_kept
from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.model import IndexInfo
from jobtracker.catalog.text_index import DIRECTORY
from jobtracker.catalog.versions import FORMAT_KEY, is_readable

NAME = "catalog"


class Use(Enum):
    """What an index is opened for: the value names the files that come later, one by one, if they are needed at all."""

    ALL = ()
    SEARCH = ("postings-", "vectors-", "titles-", "keys.")
    RANK = (DIRECTORY, "postings-", "by_id.", "keys.")
    # Records and vectors are read of what is compared, or merged; whole postings of what is shown again.
    BUILD = ("postings-", "vectors-", "titles-", "records.", "lists.")
    FIT = (DIRECTORY, "postings-", "vectors-", "titles-", "records.", "lists.", "by_id.", "keys.")

    def wants(self, path: str) -> bool:
        """Whether a file is needed from the start."""
        first, _, name = path.partition("/")
        return DIRECTORY not in self.value if first == DIRECTORY else not name.rpartition("/")[2].startswith(self.value)


@dataclass(frozen=True, slots=True)
class Published:
    """An opened index and the manifest it was published with."""

    index: CatalogIndex
    manifest: Manifest


# The index opened last, by bucket: opening is cheap, but what ranking derives from an opened one is not.
_opened: dict[str, tuple[Path, CatalogIndex]] = {}


def open_current(
    bucket: str, use: Use = Use.ALL, directory: Path | None = None, *, wanted: str | None = None
) -> Published | None:
    """The current catalog index, or None before the first one of this format; the same object while it is the same.

    What is on disk is believed for a few seconds, unless the caller has heard of a version, ``wanted``, that it is not.
    """
    cached = cache(bucket, NAME, directory, wanted=use.wants, accepts=is_readable)
    if wanted is not None and (cached is None or cached.manifest.version != wanted):
        cached = cache(bucket, NAME, directory, wanted=use.wants, accepts=is_readable, every=0.0)
    return None if cached is None else Published(_open(bucket, cached), cached.manifest)


def open_latest(bucket: str, use: Use = Use.ALL, directory: Path | None = None) -> Published | None:
    """As ``open_current``, but asks the bucket each time: for who writes the next index."""
    cached = cache(bucket, NAME, directory, wanted=use.wants, accepts=is_readable, every=0.0)
    return None if cached is None else Published(_open(bucket, cached), cached.manifest)


def current_manifest(bucket: str) -> Manifest | None:
    """What is published now, be it of a shape that cannot be read any more: what the next index follows."""
    return store.current(bucket, NAME)


def is_published(bucket: str) -> bool:
    """Whether an index that can be read is the current one."""
    manifest = current_manifest(bucket)
    return manifest is not None and is_readable(manifest)


def publish(bucket: str, directory: Path, info: IndexInfo, *, follows: Manifest | None) -> Manifest:
    """Make the index in ``directory`` the current one; only what the one before does not have is uploaded.

    Raises:
        ConflictError: another index was published after ``follows``.
    """
    return store.publish(
        bucket,
        NAME,
        directory,
        version=info.version,
        metadata={
            FORMAT_KEY: str(info.format),
            "postings": str(info.postings),
            "encoder_version": info.encoder_version or "",
        },
        follows=follows,
        kept=parts_kept(info, directory, follows.files) if follows is not None and is_readable(follows) else (),
    )


def forget() -> None:
    """Forget what was opened; a bucket of the same name may be another one."""
    _opened.clear()


def _open(bucket: str, cached: Cached) -> CatalogIndex:
    opened = _opened.get(bucket)
    if opened is None or opened[0] != cached.path:
        opened = (cached.path, CatalogIndex.open(cached.path, cached.file))
        _opened[bucket] = opened
    return opened[1]

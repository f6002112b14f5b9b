"""Which objects of an artifact may go: nobody who began to read a version a while ago must lose it under their eyes."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

from jobtracker.artifacts.model import ArtifactFile, Manifest, Retired, object_key

# Besides the current one: for readers that are a little behind.
KEPT_BEFORE: Final = 2
# No worker reads a version for so long; an object that somebody is about to publish is younger too.
KEPT_FOR: Final = timedelta(days=1)


def retired(
    follows: Manifest | None, files: Mapping[str, ArtifactFile], number: int, now: datetime
) -> dict[str, Retired]:
    """What publication ``number`` of ``files`` must still keep of the versions before it, by checksum.

    An object stays until it has been out of use for a day and for more than two publications.
    """
    if follows is None:
        return {}
    used = {file.sha256 for file in files.values()}
    gone = {file.sha256: Retired(at=now, number=number) for file in follows.files.values()}
    return {
        sha256: since
        for sha256, since in (follows.retired | gone).items()
        if sha256 not in used and (now - since.at <= KEPT_FOR or number - since.number < KEPT_BEFORE)
    }


def outdated(manifest: Manifest, stored: Iterable[tuple[str, datetime]], now: datetime) -> list[str]:
    """The keys to remove, of all ``stored`` objects of an artifact with the time that they were written."""
    kept = {*(file.sha256 for file in manifest.files.values()), *manifest.retired}
    keys = {manifest.key, *(object_key(manifest.name, sha256) for sha256 in kept)}
    return [key for key, written in stored if key not in keys and now - written > KEPT_FOR]

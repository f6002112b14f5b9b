"""Which versions of an artifact may go: nobody who began to read one a while ago must lose it under their eyes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

# Besides the current one: to go back to, and for readers that are a little behind.
KEPT_BEFORE: Final = 2
# No worker reads a version for so long; a version that somebody is about to publish is younger too.
KEPT_FOR: Final = timedelta(days=1)


def version_of(path: str, name: str) -> str | None:
    """The prefix of the version that a file of the artifact ``name`` belongs to; None for the manifest itself."""
    parts = path.split("/")
    return "/".join(parts[:3]) if parts[0] == name and len(parts) > 3 else None


def outdated(versions: Mapping[str, datetime], current: str, now: datetime) -> list[str]:
    """The versions to remove, of all ``versions`` by their prefix with the time that they were last written.

    The current version always stays, and so do the two written last before it and whatever is younger than a day.
    """
    others = sorted((prefix for prefix in versions if prefix != current), key=versions.__getitem__, reverse=True)
    return [prefix for prefix in others[KEPT_BEFORE:] if now - versions[prefix] > KEPT_FOR]

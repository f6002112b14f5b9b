"""What the collections of a source saw: kept in S3 apart from the postings, so that seeing one again writes nothing."""

import gzip
import json
from dataclasses import dataclass
from typing import Final, Protocol, Self
from urllib.parse import quote

from jobtracker.aws import clients
from jobtracker.postings.model import ClosedReason

# So much of a content hash tells contents apart, and keeps the set half as large.
HASH_DIGITS: Final = 32
_OVER: Final = "over:"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One posting as it was seen last; times are seconds since 1970.

    Attributes:
        content: the beginning of its content's hash; within one collection also why the posting is over.
        seen_at: when a collection last listed it.
        read_at: when its whole content was last read, details included.
        expires_at: the end that it names itself.
    """

    content: str
    seen_at: int
    read_at: int
    expires_at: int | None = None

    @classmethod
    def closed(cls, reason: ClosedReason, at: int) -> Self:
        """A posting that is listed and over."""
        return cls(_OVER + reason.value, at, at)

    @property
    def over(self) -> ClosedReason | None:
        """Why the posting is over, where what was seen says so."""
        return ClosedReason(self.content.removeprefix(_OVER)) if self.content.startswith(_OVER) else None


Sightings = dict[str, Sighting]


def still_open(sightings: Sightings) -> Sightings:
    """What was seen without what is over."""
    return {key: one for key, one in sightings.items() if one.over is None}


def given_up(memory: "Memory", run_id: str, parts: int) -> Sightings:
    """What is known with what a collection saw that goes on no more: what it brought is closed some day, as all is."""
    return memory.load() | still_open(memory.load_left(run_id, parts))


class Memory(Protocol):
    """Where the sightings of one source are kept between its collections, and between the parts of one."""

    def load(self) -> Sightings:
        """What earlier collections saw, by posting id."""

    def save(self, sightings: Sightings) -> None:
        """Replace what earlier collections saw."""

    def load_parts(self, run_id: str, parts: int) -> Sightings | None:
        """What a collection under way saw in its parts so far, None where a part is missing."""

    def load_left(self, run_id: str, parts: int) -> Sightings:
        """What a collection that goes on no more saw, in those of its parts that are not missing."""

    def save_part(self, run_id: str, part: int, sightings: Sightings) -> None:
        """Keep what one part of a collection saw."""

    def forget_parts(self, run_id: str, parts: int) -> None:
        """Remove the parts of a collection whose end is recorded."""


@dataclass(frozen=True, slots=True)
class StoredMemory:
    """The sightings of one source in the artifacts bucket, those of a person's own source under the person's id."""

    bucket: str
    source_id: str
    owner_id: str | None = None

    @property
    def prefix(self) -> str:
        """What the keys begin with."""
        source = quote(self.source_id, safe="")
        return f"collections/{source}" if self.owner_id is None else f"collections/own/{self.owner_id}/{source}"

    def load(self) -> Sightings:
        """What earlier collections saw, by posting id."""
        return self._get(f"{self.prefix}/seen.json.gz") or {}

    def save(self, sightings: Sightings) -> None:
        """Replace what earlier collections saw."""
        self._put(f"{self.prefix}/seen.json.gz", sightings)

    def load_parts(self, run_id: str, parts: int) -> Sightings | None:
        """What a collection under way saw in its parts so far, None where a part is missing."""
        seen: Sightings = {}
        for part in range(parts):
            if (found := self._get(self._part(run_id, part))) is None:
                return None
            seen |= found
        return seen

    def load_left(self, run_id: str, parts: int) -> Sightings:
        """What a collection that goes on no more saw, in those of its parts that are not missing."""
        found = (self._get(self._part(run_id, part)) for part in range(parts))
        return {key: one for part in found if part is not None for key, one in part.items()}

    def save_part(self, run_id: str, part: int, sightings: Sightings) -> None:
        """Keep what one part of a collection saw."""
        self._put(self._part(run_id, part), sightings)

    def forget_parts(self, run_id: str, parts: int) -> None:
        """Remove the parts of a collection that ended."""
        for part in range(parts):
            clients.s3().delete_object(Bucket=self.bucket, Key=self._part(run_id, part))

    def forget(self) -> None:
        """Remove everything that was seen, of a source that there is no more."""
        pages = clients.s3().get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=f"{self.prefix}/")
        for one in (found for page in pages for found in page.get("Contents", ())):
            clients.s3().delete_object(Bucket=self.bucket, Key=one["Key"])

    def _part(self, run_id: str, part: int) -> str:
        return f"{self.prefix}/{run_id}/{part}.json.gz"

    def _get(self, key: str) -> Sightings | None:
        try:
            body = clients.s3().get_object(Bucket=self.bucket, Key=key)["Body"].read()
        except clients.s3().exceptions.NoSuchKey:
            return None
        return {posting: Sighting(*values) for posting, values in json.loads(gzip.decompress(body)).items()}

    def _put(self, key: str, sightings: Sightings) -> None:
        values = {
            posting: (one.content, one.seen_at, one.read_at, one.expires_at) for posting, one in sightings.items()
        }
        body = gzip.compress(json.dumps(values, separators=(",", ":")).encode(), compresslevel=3)
        clients.s3().put_object(Bucket=self.bucket, Key=key, Body=body, ContentType="application/gzip")

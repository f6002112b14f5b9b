"""Resumes and profiles in the people table.

A profile's item carries ``match_shard``, the key of the sparse index by which everybody who wants matching is found
in parts: a person's part is the CRC-32 of the person's id, modulo the number of parts.
"""

import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from boto3.dynamodb.conditions import Attr, Key

from jobtracker.resumes import settled
from jobtracker.resumes.corrected import corrected
from jobtracker.resumes.errors import NotReadError
from jobtracker.resumes.model import MOST_TOGETHER, Corrections, Preferences, Profile, Reading, StoredProfile
from jobtracker.resumes.uploads import ReadBy, Resume, ResumeStatus

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_RESUME: Final = "RESUME#"
_READING: Final = "READING#"
_PROFILE: Final = "PROFILE"
_INDEX: Final = "matching"
# Two writers of one profile are a person who uploads and changes wishes at once; more tries than this are a fault.
_TRIES: Final = 5


class ProfileBusyError(RuntimeError):
    """A profile changed under each of several attempts to write it."""


def _key(person_id: str, kind: str) -> dict[str, str]:
    return {"PK": f"USER#{person_id}", "SK": kind}


def shard_key(shard: int) -> str:
    """The index key of one part of everybody."""
    return f"MATCHSHARD#{shard:02d}"


def put_resume(table: "Table", resume: Resume) -> None:
    """Store a resume that is new."""
    table.put_item(
        Item={**_key(resume.person_id, _RESUME + resume.id), "data": resume.model_dump_json()},
        ConditionExpression=Attr("PK").not_exists(),
    )


def update_resume(table: "Table", resume: Resume) -> None:
    """Store what became of a resume. One that was deleted in the meantime stays deleted."""
    try:
        table.put_item(
            Item={**_key(resume.person_id, _RESUME + resume.id), "data": resume.model_dump_json()},
            ConditionExpression=Attr("PK").exists(),
        )
    except table.meta.client.exceptions.ConditionalCheckFailedException:
        return


def get_resume(table: "Table", person_id: str, resume_id: str) -> Resume | None:
    """One resume of a person, or None."""
    item = table.get_item(Key=_key(person_id, _RESUME + resume_id), ConsistentRead=True).get("Item")
    return None if item is None else Resume.model_validate_json(str(item["data"]))


def list_resumes(table: "Table", person_id: str) -> list[Resume]:
    """All resumes of a person."""
    condition = Key("PK").eq(f"USER#{person_id}") & Key("SK").begins_with(_RESUME)
    answer = table.query(KeyConditionExpression=condition)
    items = answer["Items"]
    while "LastEvaluatedKey" in answer:
        answer = table.query(KeyConditionExpression=condition, ExclusiveStartKey=answer["LastEvaluatedKey"])
        items += answer["Items"]
    return [Resume.model_validate_json(str(item["data"])) for item in items]


def get_profile(table: "Table", person_id: str) -> StoredProfile | None:
    """The person's profile, or None."""
    item = table.get_item(Key=_key(person_id, _PROFILE), ConsistentRead=True).get("Item")
    return None if item is None else StoredProfile.model_validate_json(str(item["data"]))


def put_reading(table: "Table", person_id: str, reading: Reading) -> None:
    """Keep what was read of a resume, in place of what was read of it before."""
    key = _key(person_id, _READING + reading.resume_id)
    table.put_item(Item={**key, "data": reading.profile.model_dump_json(), "read_by": reading.read_by.value})


def get_reading(table: "Table", person_id: str, resume_id: str) -> Reading | None:
    """What was read of a person's resume, or None."""
    item = table.get_item(Key=_key(person_id, _READING + resume_id), ConsistentRead=True).get("Item")
    if item is None:
        return None
    return Reading(resume_id, Profile.model_validate_json(str(item["data"])), ReadBy(str(item["read_by"])))


def reading_of(table: "Table", stored: StoredProfile, resume_id: str) -> Reading | None:
    """What was read of a resume; of the only one in use the profile tells it, where it is not kept besides."""
    kept = get_reading(table, stored.person_id, resume_id)
    alone = stored.in_use == (resume_id,)
    return Reading(resume_id, stored.as_read, stored.read_by) if kept is None and alone else kept


def put_profile(table: "Table", resume: Resume, profile: Profile, *, match_shards: int) -> StoredProfile | None:
    """Make what was read from ``resume`` the person's profile, together with the others where the person uses several;
    preferences and corrections stay as they are.

    What was read is kept in any case, unless the resume was read carefully since: that reading stands. Returns the
    stored profile, whose version is unchanged when it says the same already, or None, changing nothing of the profile,
    when it comes from a resume that was uploaded later, or when the resume had its turn before and the person uses
    others. Raises ProfileBusyError.
    """
    person_id, kept = resume.person_id, get_reading(table, resume.person_id, resume.id)
    reading = kept if kept is not None and kept.read_by is not ReadBy.RULES else Reading(resume.id, profile)
    put_reading(table, person_id, reading)

    def change(earlier: StoredProfile | None) -> StoredProfile | None:
        if earlier is None:
            return _first(resume, profile)
        in_use = earlier.in_use
        if resume.id not in in_use:
            used = get_resume(table, person_id, in_use[0]) if in_use else None
            if resume.status is ResumeStatus.READ or (used is not None and used.created_at > resume.created_at):
                return None
            _keep_what_was_read(table, earlier)
            in_use = (resume.id, *in_use)[: MOST_TOGETHER if len(in_use) > 1 else 1]
        return _follows(earlier, _with(table, earlier, reading, in_use))

    shard = shard_key(zlib.crc32(person_id.encode()) % match_shards)
    return _change(table, person_id, change, {"match_shard": shard})


def set_resumes(table: "Table", person_id: str, resume_ids: Sequence[str]) -> StoredProfile | None:
    """Make the profile of these resumes, the one that counts most first, and return it; None when there is no profile.

    Raises NotReadError for a resume that is not the person's or was not read, and ProfileBusyError.
    """

    def change(earlier: StoredProfile | None) -> StoredProfile | None:
        if earlier is None:
            return None
        _keep_what_was_read(table, earlier)
        found = [reading for one in resume_ids if (reading := reading_of(table, earlier, one)) is not None]
        if len(found) < len(resume_ids):
            raise NotReadError
        return _follows(earlier, found)

    return _change(table, person_id, change, {})


def put_careful(
    table: "Table", person_id: str, resume_id: str, rules: Profile, careful: Profile
) -> StoredProfile | None:
    """Make what was read carefully of a resume what is read of it, and the profile of that; what the person says of
    themselves stays.

    ``rules`` is the reading that it was made from. Returns the stored profile, or None, changing nothing, when the
    resume or this reading of it is in use no longer. Raises ProfileBusyError.
    """

    def change(earlier: StoredProfile | None) -> StoredProfile | None:
        if earlier is None or resume_id not in earlier.in_use:
            return None
        kept = reading_of(table, earlier, resume_id)
        if kept is None or (kept.read_by is ReadBy.RULES and kept.profile != rules):
            return None
        if kept.read_by is ReadBy.RULES:
            kept = Reading(resume_id, careful, ReadBy.RULES_AND_CLAUDE)
            put_reading(table, person_id, kept)
        return _follows(earlier, _with(table, earlier, kept, earlier.in_use))

    return _change(table, person_id, change, {})


def set_preferences(table: "Table", person_id: str, preferences: Preferences) -> StoredProfile | None:
    """Store what the person wants, and return the profile; None when there is no profile. Raises ProfileBusyError."""

    def change(earlier: StoredProfile | None) -> StoredProfile | None:
        if earlier is None or earlier.preferences == preferences:
            return earlier
        changes = {"version": earlier.version + 1, "preferences": preferences, "changed_at": datetime.now(UTC)}
        return earlier.model_copy(update=changes)

    return _change(table, person_id, change, {})


def set_corrections(table: "Table", person_id: str, corrections: Corrections) -> StoredProfile | None:
    """Store what the person corrects in place of what they corrected before, and return the profile; None when there is
    no profile. Raises ProfileBusyError."""

    def change(earlier: StoredProfile | None) -> StoredProfile | None:
        if earlier is None or earlier.corrections.said() == corrections.said():
            return earlier
        changes = {
            "version": earlier.version + 1,
            "profile": corrected(earlier.as_read, corrections),
            "read": earlier.as_read,
            "corrections": corrections,
            "changed_at": datetime.now(UTC),
        }
        return earlier.model_copy(update=changes)

    return _change(table, person_id, change, {})


def settle_conflict(table: "Table", person_id: str, conflict_id: str, *, is_right: bool) -> StoredProfile | None:
    """Keep that the value in use is right as it is where the resumes disagree, or that it is open again, and return the
    profile; None when there is no such conflict, as when one of its values changed. Raises ProfileBusyError."""

    def change(earlier: StoredProfile | None) -> StoredProfile | None:
        if earlier is None:
            return None
        known = {settled.conflict_id(one, earlier.as_read): one for one in earlier.conflicts}
        conflict = known.get(conflict_id)
        if conflict is None:
            return None
        marks = settled.settled(conflict, earlier, is_right=is_right)
        if marks == earlier.settled:
            return earlier
        changes = {"version": earlier.version + 1, "settled": marks, "changed_at": datetime.now(UTC)}
        return earlier.model_copy(update=changes)

    return _change(table, person_id, change, {})


def profiles_of_shard(table: "Table", shard: int) -> Iterator[StoredProfile]:
    """The profiles of everybody in one part, a page of the index at a time."""
    condition = Key("match_shard").eq(shard_key(shard))
    answer = table.query(IndexName=_INDEX, KeyConditionExpression=condition, Limit=100)
    while True:
        for item in answer["Items"]:
            # The index may name a profile that was deleted a moment ago.
            stored = get_profile(table, str(item["PK"]).removeprefix("USER#"))
            if stored is not None:
                yield stored
        if "LastEvaluatedKey" not in answer:
            return
        answer = table.query(
            IndexName=_INDEX,
            KeyConditionExpression=condition,
            Limit=100,
            ExclusiveStartKey=answer["LastEvaluatedKey"],
        )


def _first(resume: Resume, read: Profile) -> StoredProfile:
    return StoredProfile(
        person_id=resume.person_id,
        version=1,
        resume_id=resume.id,
        profile=read,
        changed_at=datetime.now(UTC),
    )


def _follows(earlier: StoredProfile, readings: Sequence[Reading]) -> StoredProfile:
    """What was read anew in place of what was read before; what the person says of themselves stays."""
    # What compares companies and places takes time to load: only where a profile is made.
    from jobtracker.resumes.merge import merge

    read, conflicts = merge(readings)
    in_use = tuple(one.resume_id for one in readings)
    carefully = any(one.read_by is not ReadBy.RULES for one in readings)
    read_by = ReadBy.RULES_AND_CLAUDE if carefully else ReadBy.RULES
    if (in_use, read, conflicts, read_by) == (earlier.in_use, earlier.as_read, earlier.conflicts, earlier.read_by):
        return earlier
    return earlier.model_copy(
        update={
            "version": earlier.version + 1,
            "resume_id": in_use[0],
            "resume_ids": in_use,
            "conflicts": conflicts,
            "profile": corrected(read, earlier.corrections),
            "read": read,
            "read_by": read_by,
            "changed_at": datetime.now(UTC),
        }
    )


def _with(table: "Table", stored: StoredProfile, reading: Reading, in_use: Sequence[str]) -> list[Reading]:
    """What was read of the resumes in use, of one of them ``reading``."""
    others = (reading if one == reading.resume_id else reading_of(table, stored, one) for one in in_use)
    return [one for one in others if one is not None]


def _keep_what_was_read(table: "Table", stored: StoredProfile) -> None:
    """Keep what was read of the only resume in use before another takes its place, where only the profile tells it."""
    if len(stored.in_use) == 1 and get_reading(table, stored.person_id, stored.in_use[0]) is None:
        put_reading(table, stored.person_id, Reading(stored.in_use[0], stored.as_read, stored.read_by))


def _change(
    table: "Table",
    person_id: str,
    change: Callable[[StoredProfile | None], StoredProfile | None],
    attributes: dict[str, str],
) -> StoredProfile | None:
    """Read, change and write a profile; again, when somebody else wrote it in between."""
    for _ in range(_TRIES):
        earlier = get_profile(table, person_id)
        changed = change(earlier)
        if changed is None or changed == earlier:
            return changed
        unchanged = Attr("PK").not_exists() if earlier is None else Attr("version").eq(earlier.version)
        values: dict[str, str | int] = {"data": changed.model_dump_json(), "version": changed.version, **attributes}
        try:
            table.update_item(
                Key=_key(person_id, _PROFILE),
                UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in values),
                ConditionExpression=unchanged,
                ExpressionAttributeNames={f"#{name}": name for name in values},
                ExpressionAttributeValues={f":{name}": value for name, value in values.items()},
            )
        except table.meta.client.exceptions.ConditionalCheckFailedException:
            continue
        return changed
    raise ProfileBusyError(person_id)

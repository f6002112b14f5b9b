"""Resumes and profiles in the people table.

A profile's item carries ``match_shard``, the key of the sparse index by which everybody who wants matching is found
in parts: a person's part is the CRC-32 of the person's id, modulo the number of parts.
"""

import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from boto3.dynamodb.conditions import Attr, Key

from jobtracker.resumes.corrected import corrected
from jobtracker.resumes.model import Corrections, Preferences, Profile, ReadBy, Resume, StoredProfile

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

_RESUME: Final = "RESUME#"
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


def put_profile(table: "Table", resume: Resume, profile: Profile, *, match_shards: int) -> StoredProfile | None:
    """Make what was read from ``resume`` the person's profile; preferences stay as they are.

    Returns the stored profile, whose version is unchanged when it says the same already or was read carefully since,
    or None, changing nothing, when it comes from a resume that was uploaded later. Raises ProfileBusyError.
    """

    def change(earlier: StoredProfile | None) -> StoredProfile | None:
        if earlier is None:
            return _first(resume, profile)
        if earlier.resume_id == resume.id:
            stands = earlier.as_read == profile or earlier.read_by is not ReadBy.RULES
            return earlier if stands else _reread(earlier, resume.id, profile, ReadBy.RULES)
        used = get_resume(table, resume.person_id, earlier.resume_id) if earlier.resume_id else None
        if used is not None and used.created_at > resume.created_at:
            return None
        return _reread(earlier, resume.id, profile, ReadBy.RULES)

    shard = shard_key(zlib.crc32(resume.person_id.encode()) % match_shards)
    return _change(table, resume.person_id, change, {"match_shard": shard})


def put_careful(
    table: "Table", person_id: str, resume_id: str, rules: Profile, careful: Profile
) -> StoredProfile | None:
    """Make what was read carefully of a resume the person's profile; what the person says of themselves stays.

    ``rules`` is the reading that it was made from. Returns the stored profile, or None, changing nothing, when another
    resume or another reading of it is in use by now. Raises ProfileBusyError.
    """

    def change(earlier: StoredProfile | None) -> StoredProfile | None:
        if earlier is None or earlier.resume_id != resume_id:
            return None
        if earlier.read_by is not ReadBy.RULES:
            return earlier
        if earlier.as_read != rules:
            return None
        return _reread(earlier, resume_id, careful, ReadBy.RULES_AND_CLAUDE)

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


def _reread(earlier: StoredProfile, resume_id: str, read: Profile, read_by: ReadBy) -> StoredProfile:
    """What was read anew in place of what was read before; what the person says of themselves stays."""
    return earlier.model_copy(
        update={
            "version": earlier.version + 1,
            "resume_id": resume_id,
            "profile": corrected(read, earlier.corrections),
            "read": read,
            "read_by": read_by,
            "changed_at": datetime.now(UTC),
        }
    )


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

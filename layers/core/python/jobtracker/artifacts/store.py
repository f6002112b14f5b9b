"""Artifacts in S3: files under a prefix of their own, and a manifest that is swapped in one conditional write."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from botocore.exceptions import BotoCoreError, ClientError

from jobtracker.artifacts import retention
from jobtracker.artifacts.files import describe, local_current, local_files, local_publish, verify
from jobtracker.artifacts.model import ConflictError, DamagedError, Manifest, manifest_key
from jobtracker.aws import clients
from jobtracker.aws.observability import logger

__all__ = [
    "ConflictError",
    "DamagedError",
    "Manifest",
    "current",
    "download",
    "local_current",
    "local_files",
    "local_publish",
    "prune",
    "publish",
]

# 412: the condition failed; 409: a competing write was under way; 404: If-Match on a manifest that is gone.
_LOST_RACE = {404, 409, 412}
# The most that one call lists or deletes.
_AT_ONCE = 1000


def publish(
    bucket: str,
    name: str,
    files: Path,
    *,
    version: str,
    metadata: dict[str, str],
    expected_etag: str | None,
) -> Manifest:
    """Upload all files of a directory and make them the current version of ``name``; remove versions long replaced.

    Args:
        bucket: the artifacts bucket.
        name: the artifact's name.
        files: directory whose files are published, sub-directories included.
        version: what this content is called; a content hash.
        metadata: facts to keep with the manifest.
        expected_etag: ETag of the manifest that this version follows, None when there must be none yet.

    Raises:
        ConflictError: another manifest was published in between. The current one stays as it is.
    """
    manifest = describe(name, files, version=version, metadata=metadata)
    for path in manifest.files:
        clients.s3().upload_file(str(files / path), bucket, f"{manifest.prefix}/{path}")
    body = manifest.model_dump_json().encode()
    try:
        if expected_etag is None:
            answer = clients.s3().put_object(
                Bucket=bucket, Key=manifest.key, Body=body, ContentType="application/json", IfNoneMatch="*"
            )
        else:
            answer = clients.s3().put_object(
                Bucket=bucket, Key=manifest.key, Body=body, ContentType="application/json", IfMatch=expected_etag
            )
    except ClientError as error:
        # An absent bucket is no lost race: it must not be retried as one.
        code = error.response["Error"]["Code"]
        if error.response["ResponseMetadata"]["HTTPStatusCode"] in _LOST_RACE and code != "NoSuchBucket":
            raise ConflictError(name) from error
        raise
    try:
        prune(bucket, manifest)
    except (ClientError, BotoCoreError) as error:
        # The version is published: what could not be removed now will be after the next one.
        logger().warning("Old versions stay", extra={"artifact": name, "reason": type(error).__name__})
    return manifest.model_copy(update={"etag": answer["ETag"]})


def prune(bucket: str, manifest: Manifest, *, now: datetime | None = None) -> list[str]:
    """Remove the files of outdated versions, as ``retention`` says, and return the prefixes that are gone."""
    files: dict[str, list[str]] = {}
    written: dict[str, datetime] = {}
    for key, modified in _listed(bucket, f"{manifest.name}/"):
        version = retention.version_of(key, manifest.name)
        if version is not None:
            files.setdefault(version, []).append(key)
            written[version] = max(modified, written.get(version, modified))
    gone = retention.outdated(written, manifest.prefix, now or datetime.now(UTC))
    keys = (key for prefix in gone for key in files[prefix])
    while batch := list(islice(keys, _AT_ONCE)):
        answer = clients.s3().delete_objects(
            Bucket=bucket, Delete={"Objects": [{"Key": key} for key in batch], "Quiet": True}
        )
        if errors := answer.get("Errors"):
            raise ClientError({"Error": {"Code": errors[0].get("Code", "")}}, "DeleteObjects")
    return gone


def _listed(bucket: str, prefix: str) -> Iterator[tuple[str, datetime]]:
    """Keys under a prefix, with the time of their writing."""
    more: dict[str, Any] = {}
    while True:
        answer = clients.s3().list_objects_v2(Bucket=bucket, Prefix=prefix, MaxKeys=_AT_ONCE, **more)
        for item in answer.get("Contents", []):
            yield item["Key"], item["LastModified"]
        if not answer["IsTruncated"]:
            return
        more = {"ContinuationToken": answer["NextContinuationToken"]}


def current(bucket: str, name: str) -> Manifest | None:
    """The current manifest of ``name``, or None when nothing was published yet."""
    try:
        answer = clients.s3().get_object(Bucket=bucket, Key=manifest_key(name))
    except clients.s3().exceptions.NoSuchKey:
        return None
    manifest = Manifest.model_validate_json(answer["Body"].read())
    return manifest.model_copy(update={"etag": answer["ETag"]})


def download(bucket: str, manifest: Manifest, to: Path) -> Path:
    """Download the files of ``manifest`` below the directory ``to`` and return the directory that holds them.

    Every file is verified; files that lie there already are verified and used as they are.

    Raises:
        DamagedError: a file is missing or differs from its checksum.
    """
    target = to / manifest.prefix
    if target.is_dir():
        verify(target, manifest)
        return target
    staged = to / f".{uuid4().hex}"
    try:
        for path in manifest.files:
            (staged / path).parent.mkdir(parents=True, exist_ok=True)
            _fetch(bucket, f"{manifest.prefix}/{path}", staged / path)
        staged.mkdir(parents=True, exist_ok=True)
        verify(staged, manifest)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            staged.rename(target)
        except OSError:
            # Another process on this machine was first with the same, verified files.
            if not target.is_dir():
                raise
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return target


def _fetch(bucket: str, key: str, to: Path) -> None:
    try:
        clients.s3().download_file(bucket, key, str(to))
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
            raise DamagedError(f"{key} is missing") from error
        raise

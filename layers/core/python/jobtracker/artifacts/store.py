"""Artifacts in S3: contents under their checksums, and a manifest that is swapped in one conditional write."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from jobtracker.artifacts import retention
from jobtracker.artifacts.files import describe, lay_out, missing_objects
from jobtracker.artifacts.model import ConflictError, DamagedError, Manifest, manifest_key, object_key
from jobtracker.aws import clients
from jobtracker.aws.observability import logger

__all__ = ["ConflictError", "DamagedError", "Manifest", "current", "download", "prune", "publish"]

# 412: the condition failed; 409: a competing write was under way; 404: If-Match on a manifest that is gone.
_LOST_RACE = {404, 409, 412}
# The most that one call lists or deletes.
_AT_ONCE = 1000
# A small file takes as long as the round trip.
_TRANSFERS = 8


def publish(
    bucket: str,
    name: str,
    files: Path,
    *,
    version: str,
    metadata: dict[str, str],
    follows: Manifest | None,
    kept: Iterable[str] = (),
) -> Manifest:
    """Make the files of a directory, and those ``kept`` of the version before, the current version of ``name``.

    Only contents that the version before did not have are uploaded; those long out of use are removed.

    Args:
        bucket: the artifacts bucket.
        name: the artifact's name.
        files: directory whose files are published, sub-directories included.
        version: what this content is called; a content hash.
        metadata: facts to keep with the manifest.
        follows: the manifest that this version follows, None when there must be none yet.
        kept: paths of that version which this one has too, and which need not lie in ``files``.

    Raises:
        ConflictError: another manifest was published in between. The current one stays as it is.
    """
    manifest = describe(name, files, version=version, metadata=metadata, follows=follows, kept=kept)
    uploads = [
        (str(files / path), bucket, object_key(name, sha256))
        for sha256, path in missing_objects(manifest, follows).items()
    ]
    s3 = clients.s3()
    with ThreadPoolExecutor(_TRANSFERS) as threads:
        list(threads.map(lambda upload: s3.upload_file(*upload), uploads))
    etag = _swap(bucket, manifest, follows)
    try:
        prune(bucket, manifest)
    except (ClientError, BotoCoreError) as error:
        # The version is published: what could not be removed now will be after the next one.
        logger().warning("Old objects stay", extra={"artifact": name, "reason": type(error).__name__})
    return manifest.model_copy(update={"etag": etag})


def _swap(bucket: str, manifest: Manifest, follows: Manifest | None) -> str:
    condition: Any = {"IfNoneMatch": "*"} if follows is None else {"IfMatch": follows.etag}
    try:
        answer = clients.s3().put_object(
            Bucket=bucket,
            Key=manifest.key,
            Body=manifest.model_dump_json().encode(),
            ContentType="application/json",
            **condition,
        )
    except ClientError as error:
        # An absent bucket is no lost race: it must not be retried as one.
        code = error.response["Error"]["Code"]
        if error.response["ResponseMetadata"]["HTTPStatusCode"] in _LOST_RACE and code != "NoSuchBucket":
            raise ConflictError(manifest.name) from error
        raise
    return answer["ETag"]


def prune(bucket: str, manifest: Manifest, *, now: datetime | None = None) -> list[str]:
    """Remove the objects that ``manifest`` no longer keeps, as ``retention`` says, and return their keys."""
    gone = retention.outdated(manifest, _listed(bucket, f"{manifest.name}/"), now or datetime.now(UTC))
    keys = iter(gone)
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


def download(bucket: str, manifest: Manifest, to: Path, paths: Iterable[str] | None = None) -> Path:
    """Have files of a version (all of them, or those at ``paths``) below the directory ``to``; the folder of them.

    Contents that lie there already are used as they are, and each that comes is verified.

    Raises:
        DamagedError: a file is missing or differs from its checksum.
    """
    wanted = list(manifest.files if paths is None else paths)
    s3 = clients.s3()

    def take(path: str, target: Path) -> None:
        try:
            s3.download_file(bucket, manifest.object_key(path), str(target))
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise DamagedError(f"{path} of {manifest.name} is missing") from error
            raise

    with ThreadPoolExecutor(_TRANSFERS) as threads:
        list(threads.map(lambda path: lay_out(manifest, [path], to, take), wanted))
    return to / manifest.prefix

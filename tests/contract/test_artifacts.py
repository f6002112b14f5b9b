"""Artifacts in S3: the manifest is swapped whole, conditionally, and only verified files are used."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from jobtracker.artifacts import cache as caching
from jobtracker.artifacts import retention, store
from jobtracker.artifacts.cache import cache
from jobtracker.artifacts.files import local_current, local_files
from jobtracker.artifacts.model import ConflictError, DamagedError, Manifest
from jobtracker.aws import clients


@pytest.fixture(autouse=True)
def _nothing_cached() -> None:
    caching.forget()


@pytest.fixture
def content(tmp_path: Path) -> Path:
    directory = tmp_path / "content"
    (directory / "inner").mkdir(parents=True)
    (directory / "a.txt").write_text("alpha")
    (directory / "inner" / "b.bin").write_bytes(b"\0\1")
    return directory


def _publish(bucket: str, content: Path, version: str, follows: Manifest | None) -> Manifest:
    (content / "a.txt").write_text(version)
    return store.publish(
        bucket,
        "thing",
        content,
        version=version,
        metadata={"postings": "3"},
        expected_etag=None if follows is None else follows.etag,
    )


def test_what_was_published_can_be_downloaded(artifacts_bucket: str, content: Path, tmp_path: Path) -> None:
    assert store.current(artifacts_bucket, "thing") is None
    published = _publish(artifacts_bucket, content, "one", None)
    assert store.current(artifacts_bucket, "thing") == published
    directory = store.download(artifacts_bucket, published, tmp_path / "to")
    assert (directory / "a.txt").read_text() == "one"
    assert (directory / "inner" / "b.bin").read_bytes() == b"\0\1"
    assert published.metadata == {"postings": "3"}


def test_a_publisher_who_lost_the_race_is_told_and_changes_nothing(artifacts_bucket: str, content: Path) -> None:
    first = _publish(artifacts_bucket, content, "one", None)
    with pytest.raises(ConflictError):
        _publish(artifacts_bucket, content, "two", None)
    second = _publish(artifacts_bucket, content, "two", first)
    with pytest.raises(ConflictError):
        _publish(artifacts_bucket, content, "three", first)
    assert store.current(artifacts_bucket, "thing") == second


def test_following_a_manifest_that_is_gone_is_a_lost_race_too(artifacts_bucket: str, content: Path) -> None:
    first = _publish(artifacts_bucket, content, "one", None)
    clients.s3().delete_object(Bucket=artifacts_bucket, Key=first.key)
    with pytest.raises(ConflictError):
        _publish(artifacts_bucket, content, "two", first)


def test_an_absent_bucket_is_no_lost_race(aws: None, content: Path) -> None:
    with pytest.raises(Exception, match="does not exist") as caught:
        _publish("no-such-bucket-here", content, "one", None)
    assert not isinstance(caught.value, ConflictError)


@pytest.mark.parametrize("harm", ["changed", "missing"])
def test_a_damaged_file_is_never_used(artifacts_bucket: str, content: Path, tmp_path: Path, harm: str) -> None:
    published = _publish(artifacts_bucket, content, "one", None)
    key = f"{published.prefix}/a.txt"
    if harm == "changed":
        clients.s3().put_object(Bucket=artifacts_bucket, Key=key, Body=b"0ne")
    else:
        clients.s3().delete_object(Bucket=artifacts_bucket, Key=key)
    with pytest.raises(DamagedError):
        store.download(artifacts_bucket, published, tmp_path / "to")
    assert not (tmp_path / "to" / published.prefix).exists()


def test_a_bucket_copied_to_disk_can_be_read_as_it_is(artifacts_bucket: str, content: Path, tmp_path: Path) -> None:
    published = _publish(artifacts_bucket, content, "one", None)
    copy = tmp_path / "copy"
    for item in clients.s3().list_objects_v2(Bucket=artifacts_bucket)["Contents"]:
        (copy / item["Key"]).parent.mkdir(parents=True, exist_ok=True)
        clients.s3().download_file(artifacts_bucket, item["Key"], str(copy / item["Key"]))
    manifest = local_current(copy, "thing")
    assert manifest == published
    assert (local_files(copy, manifest) / "a.txt").read_text() == "one"


def test_a_warm_worker_asks_seldom_and_downloads_only_what_is_new(
    artifacts_bucket: str, content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]
    downloads: list[str] = []
    real = store.download

    def download(bucket: str, manifest: Manifest, to: Path) -> Path:
        downloads.append(manifest.version)
        return real(bucket, manifest, to)

    monkeypatch.setattr(store, "download", download)

    def version() -> str | None:
        cached = cache(artifacts_bucket, "thing", tmp_path / "to", now=lambda: clock[0])
        return None if cached is None else (cached.path / "a.txt").read_text()

    assert version() is None
    first = _publish(artifacts_bucket, content, "one", None)
    assert version() is None
    clock[0] += 6
    assert version() == "one"
    second = _publish(artifacts_bucket, content, "two", first)
    assert version() == "one"
    clock[0] += 6
    assert version() == "two"
    clock[0] += 6
    assert version() == "two"
    assert downloads == ["one", "two"]
    _publish(artifacts_bucket, content, "three", second)
    clock[0] += 6
    assert version() == "three"
    assert len(list((tmp_path / "to" / artifacts_bucket / "thing").glob("*/*"))) == caching.KEPT_VERSIONS


def test_a_cache_that_was_cut_short_is_filled_again(artifacts_bucket: str, content: Path, tmp_path: Path) -> None:
    _publish(artifacts_bucket, content, "one", None)
    cached = cache(artifacts_bucket, "thing", tmp_path / "to")
    assert cached is not None
    (cached.path / "a.txt").unlink()
    caching.forget()
    again = cache(artifacts_bucket, "thing", tmp_path / "to")
    assert again is not None
    assert (again.path / "a.txt").read_text() == "one"


def _versions(bucket: str) -> set[str]:
    """The versions that the bucket holds files of."""
    listed = clients.s3().list_objects_v2(Bucket=bucket, Prefix="thing/")["Contents"]
    return {item["Key"].split("/")[1] for item in listed} - {"manifest.json"}


def _history(bucket: str, content: Path, versions: str) -> Manifest:
    last = None
    for version in versions:
        last = _publish(bucket, content, version, last)
    assert last is not None
    return last


def _in_two_days() -> datetime:
    return datetime.now(UTC) + timedelta(days=2)


def test_versions_of_the_last_day_stay_however_many(artifacts_bucket: str, content: Path) -> None:
    _history(artifacts_bucket, content, "abcde")
    assert _versions(artifacts_bucket) == set("abcde")


def test_after_a_day_the_current_version_and_two_more_are_left(artifacts_bucket: str, content: Path) -> None:
    last = _history(artifacts_bucket, content, "abcde")
    clients.s3().put_object(Bucket=artifacts_bucket, Key="thing-of-others/a/b/c.txt", Body=b"stays")
    gone = store.prune(artifacts_bucket, last, now=_in_two_days())
    left = _versions(artifacts_bucket)
    assert len(left) == 3
    assert "e" in left
    assert {prefix.split("/")[1] for prefix in gone} == set("abcde") - left
    assert store.current(artifacts_bucket, "thing") == last
    assert store.prune(artifacts_bucket, last, now=_in_two_days()) == []
    assert clients.s3().head_object(Bucket=artifacts_bucket, Key="thing-of-others/a/b/c.txt")


def test_what_is_left_can_still_be_downloaded(artifacts_bucket: str, content: Path, tmp_path: Path) -> None:
    last = _history(artifacts_bucket, content, "abcde")
    store.prune(artifacts_bucket, last, now=_in_two_days())
    assert (store.download(artifacts_bucket, last, tmp_path / "to") / "a.txt").read_text() == "e"


def test_publishing_prunes_by_itself(artifacts_bucket: str, content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    last = _history(artifacts_bucket, content, "abcd")
    monkeypatch.setattr(retention, "KEPT_FOR", timedelta(seconds=-1))
    _publish(artifacts_bucket, content, "e", last)
    left = _versions(artifacts_bucket)
    assert len(left) == 3
    assert "e" in left


def test_more_files_than_one_call_lists_or_removes_all_go(
    artifacts_bucket: str, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = _history(artifacts_bucket, content, "abcdef")
    monkeypatch.setattr(store, "_AT_ONCE", 2)
    assert len(store.prune(artifacts_bucket, last, now=_in_two_days())) == 3
    assert len(_versions(artifacts_bucket)) == 3


def test_a_version_is_published_though_old_ones_cannot_be_removed(
    artifacts_bucket: str, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object, **__: object) -> list[str]:
        raise ClientError({"Error": {"Code": "AccessDenied"}}, "DeleteObjects")

    monkeypatch.setattr(store, "prune", denied)
    published = _publish(artifacts_bucket, content, "a", None)
    assert store.current(artifacts_bucket, "thing") == published

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
        follows=follows,
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
    key = published.object_key("a.txt")
    if harm == "changed":
        clients.s3().put_object(Bucket=artifacts_bucket, Key=key, Body=b"0ne")
    else:
        clients.s3().delete_object(Bucket=artifacts_bucket, Key=key)
    with pytest.raises(DamagedError):
        store.download(artifacts_bucket, published, tmp_path / "to")
    assert not (tmp_path / "to" / published.prefix / "a.txt").exists()


def test_a_bucket_copied_to_disk_can_be_read_as_it_is(artifacts_bucket: str, content: Path, tmp_path: Path) -> None:
    published = _publish(artifacts_bucket, content, "one", None)
    copy = tmp_path / "copy"
    for item in clients.s3().list_objects_v2(Bucket=artifacts_bucket)["Contents"]:
        (copy / item["Key"]).parent.mkdir(parents=True, exist_ok=True)
        clients.s3().download_file(artifacts_bucket, item["Key"], str(copy / item["Key"]))
    manifest = local_current(copy, "thing")
    assert manifest == published
    assert (local_files(copy, manifest, tmp_path / "opened") / "a.txt").read_text() == "one"


def test_a_warm_worker_asks_seldom_and_downloads_only_what_is_new(
    artifacts_bucket: str, content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]
    downloads = _downloads(monkeypatch)

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
    third = _publish(artifacts_bucket, content, "three", second)
    clock[0] += 6
    assert version() == "three"
    unchanged = first.object_key("inner/b.bin")
    assert sorted(downloads) == sorted(
        [unchanged, *(manifest.object_key("a.txt") for manifest in (first, second, third))]
    )
    folder = tmp_path / "to" / artifacts_bucket / "thing"
    versions = [path for path in folder.glob("*/*") if path.is_dir()]
    assert len(versions) == caching.KEPT_VERSIONS
    # Contents that no version on this disk has are gone too.
    assert len(list((folder / "objects").iterdir())) == 1 + caching.KEPT_VERSIONS


def _downloads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys that are downloaded from now on."""
    keys: list[str] = []
    s3 = clients.s3()
    real = s3.download_file

    def download(bucket: str, key: str, to: str) -> None:
        keys.append(key)
        real(bucket, key, to)

    monkeypatch.setattr(s3, "download_file", download)
    return keys


def test_only_contents_that_the_version_before_did_not_have_are_uploaded(
    artifacts_bucket: str, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _publish(artifacts_bucket, content, "one", None)
    keys: list[str] = []
    s3 = clients.s3()
    real = s3.upload_file

    def upload(file: str, bucket: str, key: str) -> None:
        keys.append(key)
        real(file, bucket, key)

    monkeypatch.setattr(s3, "upload_file", upload)
    second = _publish(artifacts_bucket, content, "two", first)
    assert keys == [second.object_key("a.txt")]
    assert second.files["inner/b.bin"] == first.files["inner/b.bin"]


def test_what_is_kept_of_the_version_before_need_not_lie_on_this_disk(
    artifacts_bucket: str, content: Path, tmp_path: Path
) -> None:
    first = _publish(artifacts_bucket, content, "one", None)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "a.txt").write_text("two")
    second = store.publish(
        artifacts_bucket, "thing", elsewhere, version="two", metadata={}, follows=first, kept=["inner/b.bin"]
    )
    directory = store.download(artifacts_bucket, second, tmp_path / "to")
    assert (directory / "a.txt").read_text() == "two"
    assert (directory / "inner" / "b.bin").read_bytes() == b"\0\1"


def test_files_that_are_not_wanted_come_when_they_are_asked_for(
    artifacts_bucket: str, content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = _publish(artifacts_bucket, content, "one", None)
    downloads = _downloads(monkeypatch)
    cached = cache(artifacts_bucket, "thing", tmp_path / "to", wanted=lambda path: path == "a.txt")
    assert cached is not None
    assert downloads == [published.object_key("a.txt")]
    assert cached.file("inner/b.bin").read_bytes() == b"\0\1"
    assert cached.file("inner/b.bin").is_file()
    assert len(downloads) == 2


def test_a_cache_that_was_cut_short_is_filled_again(artifacts_bucket: str, content: Path, tmp_path: Path) -> None:
    _publish(artifacts_bucket, content, "one", None)
    cached = cache(artifacts_bucket, "thing", tmp_path / "to")
    assert cached is not None
    (cached.path / "a.txt").unlink()
    caching.forget()
    again = cache(artifacts_bucket, "thing", tmp_path / "to")
    assert again is not None
    assert (again.path / "a.txt").read_text() == "one"


def _held(bucket: str, manifest: Manifest) -> set[str]:
    """The keys that the bucket holds of an artifact, less the manifest's own."""
    listed = clients.s3().list_objects_v2(Bucket=bucket, Prefix="thing/")["Contents"]
    return {item["Key"] for item in listed} - {manifest.key}


def _history(bucket: str, content: Path, versions: str) -> list[Manifest]:
    made: list[Manifest] = []
    for version in versions:
        made.append(_publish(bucket, content, version, made[-1] if made else None))
    return made


def _in_two_days() -> datetime:
    return datetime.now(UTC) + timedelta(days=2)


def test_objects_of_the_last_day_stay_however_many_versions_there_were(artifacts_bucket: str, content: Path) -> None:
    made = _history(artifacts_bucket, content, "abcde")
    assert _held(artifacts_bucket, made[-1]) == {one.object_key(path) for one in made for path in one.files}


def test_publishing_after_a_day_removes_what_no_kept_version_has(
    artifacts_bucket: str, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _history(artifacts_bucket, content, "abcd")
    clients.s3().put_object(Bucket=artifacts_bucket, Key="thing-of-others/objects/ab/abc", Body=b"stays")
    # What a publisher left behind who lost the race, or died.
    clients.s3().put_object(Bucket=artifacts_bucket, Key="thing/objects/ab/orphan", Body=b"goes")
    monkeypatch.setattr(retention, "KEPT_FOR", timedelta(seconds=-1))
    made.append(_publish(artifacts_bucket, content, "e", made[-1]))
    kept = {one.object_key(path) for one in made[-3:] for path in one.files}
    assert _held(artifacts_bucket, made[-1]) == kept
    assert clients.s3().head_object(Bucket=artifacts_bucket, Key="thing-of-others/objects/ab/abc")


def test_what_is_left_can_still_be_downloaded(artifacts_bucket: str, content: Path, tmp_path: Path) -> None:
    last = _history(artifacts_bucket, content, "abcde")[-1]
    store.prune(artifacts_bucket, last, now=_in_two_days())
    assert (store.download(artifacts_bucket, last, tmp_path / "to") / "a.txt").read_text() == "e"


def test_more_objects_than_one_call_lists_or_removes_all_go(
    artifacts_bucket: str, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = _history(artifacts_bucket, content, "abcdef")[-1]
    monkeypatch.setattr(store, "_AT_ONCE", 2)
    bare = last.model_copy(update={"retired": {}})
    assert len(store.prune(artifacts_bucket, bare, now=_in_two_days())) == 5
    assert _held(artifacts_bucket, last) == {last.object_key(path) for path in last.files}


def test_a_version_is_published_though_old_ones_cannot_be_removed(
    artifacts_bucket: str, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(*_: object, **__: object) -> list[str]:
        raise ClientError({"Error": {"Code": "AccessDenied"}}, "DeleteObjects")

    monkeypatch.setattr(store, "prune", denied)
    published = _publish(artifacts_bucket, content, "a", None)
    assert store.current(artifacts_bucket, "thing") == published

"""Artifacts in a plain local directory."""

from pathlib import Path

import pytest

from jobtracker.artifacts.files import describe, local_current, local_files, local_publish
from jobtracker.artifacts.model import ConflictError, DamagedError


@pytest.fixture
def content(tmp_path: Path) -> Path:
    directory = tmp_path / "content"
    (directory / "inner").mkdir(parents=True)
    (directory / "a.txt").write_text("alpha")
    (directory / "inner" / "b.bin").write_bytes(b"\0\1")
    return directory


def test_a_manifest_describes_every_file(content: Path) -> None:
    manifest = describe("thing", content, version="1", metadata={"k": "v"})
    assert set(manifest.files) == {"a.txt", "inner/b.bin"}
    assert manifest.files["a.txt"].size == 5
    assert manifest.prefix.startswith("thing/1/")


def test_other_files_of_the_same_version_lie_elsewhere(content: Path) -> None:
    before = describe("thing", content, version="1", metadata={})
    (content / "a.txt").write_text("omega")
    assert describe("thing", content, version="1", metadata={}).prefix != before.prefix


def test_what_was_published_is_current_and_whole(content: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    assert local_current(root, "thing") is None
    published = local_publish(root, "thing", content, version="1", metadata={}, follows=None)
    assert local_current(root, "thing") == published
    assert (local_files(root, published, tmp_path / "opened") / "inner" / "b.bin").read_bytes() == b"\0\1"


def test_the_second_of_two_publishers_is_told(content: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    first = local_publish(root, "thing", content, version="1", metadata={}, follows=None)
    for stale in (None, first.model_copy(update={"etag": '"other"'})):
        with pytest.raises(ConflictError):
            local_publish(root, "thing", content, version="2", metadata={}, follows=stale)
    second = local_publish(root, "thing", content, version="2", metadata={}, follows=first)
    assert local_current(root, "thing") == second


def test_a_damaged_file_is_noticed(content: Path, tmp_path: Path) -> None:
    root = tmp_path / "root"
    published = local_publish(root, "thing", content, version="1", metadata={}, follows=None)
    (root / published.object_key("a.txt")).write_text("alphA")
    with pytest.raises(DamagedError, match=r"a\.txt"):
        local_files(root, published, tmp_path / "opened")

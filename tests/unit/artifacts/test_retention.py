"""Which objects of an artifact may go."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from jobtracker.artifacts.files import local_current, local_publish
from jobtracker.artifacts.model import ArtifactFile, Manifest, Retired, object_key
from jobtracker.artifacts.retention import outdated, retired

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def _files(*contents: str) -> dict[str, ArtifactFile]:
    return {f"{content}.bin": ArtifactFile(sha256=content, size=1) for content in contents}


def _manifest(*contents: str, number: int = 10, **gone: tuple[float, int]) -> Manifest:
    """A manifest of these contents; ``gone`` are out of use since so many hours, and since that publication."""
    since = {name: Retired(at=NOW - timedelta(hours=hours), number=made) for name, (hours, made) in gone.items()}
    return Manifest(name="thing", version="v", number=number, files=_files(*contents), retired=since, created_at=NOW)


def test_what_the_next_version_does_not_have_is_out_of_use_from_then_on() -> None:
    assert retired(_manifest("a", "b"), _files("b", "c"), 11, NOW) == {"a": Retired(at=NOW, number=11)}
    assert retired(None, _files("a"), 1, NOW) == {}


def test_an_object_stays_for_a_day_however_many_publications_there_were() -> None:
    before = _manifest("a", y=(23.5, 2), z=(24.5, 2))
    assert set(retired(before, _files("a"), 11, NOW)) == {"y"}


def test_an_object_stays_for_two_publications_however_long_ago() -> None:
    before = _manifest("a", x=(900, 10), y=(900, 9))
    assert set(retired(before, _files("a"), 11, NOW)) == {"x"}


def test_an_object_that_is_used_again_is_not_out_of_use() -> None:
    assert retired(_manifest("a", x=(5, 9)), _files("a", "x"), 11, NOW) == {}


def test_only_old_objects_that_nothing_keeps_are_removed() -> None:
    manifest = _manifest("a", b=(1, 9))
    long_ago, lately = NOW - timedelta(days=3), NOW - timedelta(hours=3)
    stored = [
        (manifest.key, long_ago),
        *((object_key("thing", content), long_ago) for content in "abc"),
        # Somebody may be about to publish it.
        (object_key("thing", "d"), lately),
    ]
    assert outdated(manifest, stored, NOW) == [object_key("thing", "c")]


def test_a_plain_directory_is_pruned_too(tmp_path: Path) -> None:
    root, content = tmp_path / "root", tmp_path / "content"
    content.mkdir()
    for number in range(6):
        (content / "a.txt").write_text(str(number))
        local_publish(root, "thing", content, version=str(number), metadata={}, follows=local_current(root, "thing"))
        made = local_current(root, "thing")
        assert made is not None
        # As though the days had passed.
        gone = {name: Retired(at=one.at - timedelta(days=2), number=one.number) for name, one in made.retired.items()}
        (root / made.key).write_text(made.model_copy(update={"retired": gone}).model_dump_json())
        for path in (root / "thing" / "objects").rglob("*"):
            os.utime(path, (1_000_000, 1_000_000))
    held = [path.read_text() for path in (root / "thing" / "objects").rglob("*") if path.is_file()]
    assert sorted(held) == ["3", "4", "5"]

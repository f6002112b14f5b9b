"""Which versions of an artifact may go."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jobtracker.artifacts.files import local_current, local_publish
from jobtracker.artifacts.retention import outdated, version_of

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def _versions(**hours: float) -> dict[str, datetime]:
    return {f"thing/{name}/x": NOW - timedelta(hours=age) for name, age in hours.items()}


def test_the_current_version_and_the_two_written_last_before_it_stay() -> None:
    versions = _versions(a=100, b=90, c=80, d=70, e=60)
    assert outdated(versions, "thing/e/x", NOW) == ["thing/b/x", "thing/a/x"]


def test_versions_younger_than_a_day_stay_however_many() -> None:
    versions = _versions(a=30, b=24.5, c=23.5, d=2, e=1.5, f=1, g=0)
    assert outdated(versions, "thing/g/x", NOW) == ["thing/b/x", "thing/a/x"]


def test_the_current_version_stays_even_when_it_is_the_oldest() -> None:
    versions = _versions(a=500, b=90, c=80, d=70, e=60)
    assert outdated(versions, "thing/a/x", NOW) == ["thing/c/x", "thing/b/x"]


def test_nothing_goes_from_a_short_history() -> None:
    assert outdated(_versions(a=100, b=90, c=80), "thing/c/x", NOW) == []


@pytest.mark.parametrize(
    ("path", "version"),
    [
        ("thing/v1/abc/files/a.txt", "thing/v1/abc"),
        ("thing/v1/abc/a.txt", "thing/v1/abc"),
        ("thing/manifest.json", None),
        ("thing/v1/a.txt", None),
        ("thing-of-others/v1/abc/a.txt", None),
    ],
)
def test_a_file_belongs_to_the_version_whose_prefix_it_lies_under(path: str, version: str | None) -> None:
    assert version_of(path, "thing") == version


def test_a_plain_directory_is_pruned_too(tmp_path: Path) -> None:
    root, content = tmp_path / "root", tmp_path / "content"
    content.mkdir()
    for number in range(6):
        (content / "a.txt").write_text(str(number))
        current = local_current(root, "thing")
        local_publish(
            root,
            "thing",
            content,
            version=str(number),
            metadata={},
            expected_etag=None if current is None else current.etag,
        )
        made = local_current(root, "thing")
        assert made is not None
        long_ago = 1_000_000 + number
        os.utime(root / made.prefix, (long_ago, long_ago))
    assert sorted(folder.name for folder in (root / "thing").iterdir() if any(folder.glob("*"))) == ["3", "4", "5"]

"""A person's own postings are ranked with everybody's, for that person alone."""

from datetime import timedelta
from pathlib import Path

import pytest

from jobtracker.postings import private
from jobtracker.postings.model import ClosedReason
from tests.contract.test_match_profiles import NOON, TITLES, Worker, _changed, _own_disk, _posting, worker

__all__ = ["_own_disk", "worker"]


def test_a_person_s_own_postings_are_ranked_with_everybody_s_and_for_nobody_else(worker: Worker) -> None:
    worker.publish(TITLES)
    mine = _posting("Data engineer at the lake").model_copy(update={"source_id": "import"})
    private.put(worker.table, "ada", mine)
    for name in ("ada", "bob"):
        worker.person(name, "Data engineer")
        assert worker.handle(_changed(name)) == []
    summary, matches = worker.stored("ada")
    assert mine.id in {match.posting_id for match in matches}
    assert summary.postings == len(TITLES) + 1
    assert [match.score for match in matches] == sorted((match.score for match in matches), reverse=True)
    summary, matches = worker.stored("bob")
    assert mine.id not in {match.posting_id for match in matches}
    assert summary.postings == len(TITLES)


def test_a_new_own_posting_joins_the_matches_of_the_same_profile_and_index(worker: Worker) -> None:
    worker.publish(TITLES)
    worker.person("ada", "Nurse")
    worker.handle(_changed("ada"))
    mine = _posting("Nurse at the sea")
    private.put(worker.table, "ada", mine)
    worker.handle(_changed("ada"))
    assert mine.id in {match.posting_id for match in worker.stored("ada")[1]}
    private.close(worker.table, "ada", mine.id, ClosedReason.GONE, NOON + timedelta(days=1))
    worker.handle(_changed("ada"))
    assert mine.id not in {match.posting_id for match in worker.stored("ada")[1]}


def test_more_of_one_s_own_than_a_page_holds_are_all_ranked(worker: Worker, tmp_path: Path) -> None:
    worker.publish(TITLES)
    worker.person("ada", "Nurse")
    for number in range(130):
        private.put(worker.table, "ada", _posting(f"Welder {number}"))
    worker.handle(_changed("ada"))
    assert worker.stored("ada")[0].postings == len(TITLES) + 130


def test_an_index_made_for_the_moment_is_gone_afterwards(
    worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    worker.publish(TITLES)
    worker.person("ada", "Nurse")
    private.put(worker.table, "ada", _posting("Nurse at the sea"))
    worker.handle(_changed("ada"))
    assert len(worker.stored("ada")[1]) > 0
    assert list(scratch.iterdir()) == []

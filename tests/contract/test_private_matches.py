"""A person's own postings are ranked with everybody's, for that person alone."""

import gzip
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Self

import pytest

from functions.match_profiles import privately
from jobtracker.catalog import gateway as catalog
from jobtracker.matching import rank, store
from jobtracker.matching.model import OwnMatches
from jobtracker.messages.model import MatchShard
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


def test_own_matches_stay_as_they_are_when_only_everybody_s_postings_change(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.publish(TITLES)
    worker.person("ada", "Nurse")
    worker.person("bob", "Nurse")
    mine = [_posting(f"Nurse at the sea {number}") for number in range(3)]
    for posting in mine:
        private.put(worker.table, "ada", posting)
    for name in ("ada", "bob"):
        worker.handle(_changed(name))
    before = {match.posting_id: match for match in worker.stored("ada")[1]}
    version = worker.publish((*TITLES, "Night nurse"))

    monkeypatch.setattr(private, "page", lambda *_, **__: pytest.fail("own postings are not read again"))
    assert worker.handle(MatchShard(shard=0, index_version=version)) == []

    summary, matches = worker.stored("ada")
    after = {match.posting_id: match for match in matches}
    assert {posting.id: after[posting.id] for posting in mine} == {posting.id: before[posting.id] for posting in mine}
    assert _posting("Night nurse").id in after
    assert (summary.index_version, summary.postings) == (version, len(TITLES) + 4)
    assert [match.score for match in matches] == sorted((match.score for match in matches), reverse=True)
    assert worker.stored("bob")[0].postings == len(TITLES) + 1


def test_own_matches_that_everybody_s_pushed_out_come_back_when_those_are_gone(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(privately, "DEFAULT_LIMIT", 2)
    worker.publish(("Nurse", "Night nurse"))
    worker.person("ada", "Nurse")
    mine = _posting("Electrician").model_copy(update={"skills": ("rust", "cobol")})
    private.put(worker.table, "ada", mine)
    worker.handle(_changed("ada"))
    assert mine.id not in {match.posting_id for match in worker.stored("ada")[1]}
    worker.handle(MatchShard(shard=0, index_version=worker.publish(("Nurse",))))
    assert mine.id in {match.posting_id for match in worker.stored("ada")[1]}


def test_own_matches_of_an_earlier_profile_are_ranked_anew_whoever_comes_first(worker: Worker) -> None:
    worker.publish(TITLES)
    worker.person("ada", "Nurse")
    private.put(worker.table, "ada", _posting("Head chef at the sea"))
    worker.handle(_changed("ada"))
    worker.person("ada", "Head chef")
    worker.handle(MatchShard(shard=0, index_version=worker.publish((*TITLES, "Baker"))))
    kept = store.own(worker.table, "ada")
    assert kept is not None
    assert (kept.profile_version, kept.postings, len(kept.matches)) == (2, 1, 1)


def test_of_two_rankings_at_once_the_one_that_read_later_is_kept(worker: Worker) -> None:
    later, earlier = (
        OwnMatches(profile_version=1, encoder_version=None, postings=count, read_at=NOON + timedelta(seconds=count))
        for count in (2, 1)
    )
    store.keep_own(worker.table, "ada", later)
    store.keep_own(worker.table, "ada", earlier)
    assert store.own(worker.table, "ada") == later


def test_own_postings_that_came_before_the_first_index_are_ranked_with_it(worker: Worker) -> None:
    worker.person("ada", "Nurse")
    mine = _posting("Nurse at the sea")
    private.put(worker.table, "ada", mine)
    assert worker.handle(_changed("ada")) == []
    for titles in (TITLES, (*TITLES, "Baker")):
        assert worker.handle(MatchShard(shard=0, index_version=worker.publish(titles))) == []
        summary, matches = worker.stored("ada")
        assert mine.id in {match.posting_id for match in matches}
        assert summary.postings == len(titles) + 1


def test_who_has_no_own_postings_is_asked_for_them_once(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    worker.person("ada", "Nurse")
    worker.handle(MatchShard(shard=0, index_version=worker.publish(TITLES)))
    with monkeypatch.context() as patched:
        patched.setattr(private, "page", lambda *_, **__: pytest.fail("own postings are not read again"))
        assert worker.handle(MatchShard(shard=0, index_version=worker.publish((*TITLES, "Baker")))) == []
    assert worker.stored("ada")[0].postings == len(TITLES) + 1


def test_own_postings_that_came_while_no_index_could_be_read_are_ranked_with_the_next(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.publish(TITLES)
    worker.person("ada", "Nurse")
    worker.handle(_changed("ada"))
    mine = _posting("Nurse at the sea")
    private.put(worker.table, "ada", mine)
    with monkeypatch.context() as patched:
        patched.setattr(catalog, "open_latest", lambda *_: None)
        assert worker.handle(_changed("ada")) == []
    worker.handle(MatchShard(shard=0, index_version=worker.publish((*TITLES, "Baker"))))
    assert mine.id in {match.posting_id for match in worker.stored("ada")[1]}


def test_an_own_posting_that_expired_leaves_the_matches_with_the_next_index(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.publish(TITLES)
    worker.person("ada", "Nurse")
    now = datetime.now(UTC)
    ends = {"Nurse at the sea": now + timedelta(hours=3), "Nurse ashore": now + timedelta(days=9), "Night nurse": None}
    for title, end in ends.items():
        private.put(worker.table, "ada", _posting(title).model_copy(update={"expires_at": end}))
    worker.handle(_changed("ada"))
    kept = store.own(worker.table, "ada")
    assert kept is not None
    assert kept.until is not None
    assert now + timedelta(hours=3) < kept.until <= now + timedelta(hours=4)

    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls.fromtimestamp((now + timedelta(hours=5)).timestamp(), tz)

    monkeypatch.setattr(privately, "datetime", Later)
    monkeypatch.setattr("jobtracker.catalog.index.time.time", lambda: Later.now().timestamp())
    worker.handle(MatchShard(shard=0, index_version=worker.publish((*TITLES, "Baker"))))
    summary, matches = worker.stored("ada")
    own = {_posting(title).id for title in ends} & {match.posting_id for match in matches}
    assert own == {_posting(title).id for title in ("Nurse ashore", "Night nurse")}
    assert summary.postings == len(TITLES) + 1 + 2


def test_own_matches_that_were_ranked_in_another_way_are_ranked_anew(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker.publish(TITLES)
    worker.person("ada", "Nurse")
    private.put(worker.table, "ada", _posting("Nurse at the sea"))
    worker.handle(_changed("ada"))
    before = store.own(worker.table, "ada")
    assert before is not None
    monkeypatch.setattr(rank, "VERSION", 0)
    for expected in (True, False):
        worker.handle(MatchShard(shard=0, index_version=worker.publish((*TITLES, f"Baker {expected}"))))
        after = store.own(worker.table, "ada")
        assert after is not None
        assert (after.read_at > before.read_at) is expected
        before = after


def test_own_matches_of_a_shape_that_is_read_no_more_are_ranked_anew(worker: Worker) -> None:
    worker.publish(TITLES)
    worker.person("ada", "Nurse")
    mine = _posting("Nurse at the sea")
    private.put(worker.table, "ada", mine)
    worker.table.put_item(
        Item={"PK": "USER#ada", "SK": "OWN_MATCHES", "read_at": 1, "data": gzip.compress(b'{"postings": 1}')}
    )
    assert worker.handle(MatchShard(shard=0, index_version=worker.publish((*TITLES, "Baker")))) == []
    assert mine.id in {match.posting_id for match in worker.stored("ada")[1]}


def test_before_the_first_index_nothing_is_kept_of_somebody_who_is_gone(worker: Worker) -> None:
    assert worker.handle(_changed("nobody")) == []
    assert worker.table.scan()["Items"] == []


def test_own_postings_that_were_deleted_are_matches_no_more(worker: Worker) -> None:
    worker.publish(TITLES)
    worker.person("ada", "Nurse")
    mine = _posting("Nurse at the sea")
    private.put(worker.table, "ada", mine)
    worker.handle(_changed("ada"))
    private.delete(worker.table, "ada", mine.id)
    worker.handle(_changed("ada"))
    assert worker.stored("ada")[0].postings == len(TITLES)
    worker.handle(MatchShard(shard=0, index_version=worker.publish((*TITLES, "Baker"))))
    assert mine.id not in {match.posting_id for match in worker.stored("ada")[1]}


def test_a_job_that_several_own_sources_bring_is_one_match(worker: Worker) -> None:
    worker.publish(TITLES)
    worker.person("ada", "Nurse")
    for number in range(3):
        own = {"id": f"{number:024x}", "source_id": f"own:{number:012x}"}
        private.put(worker.table, "ada", _posting("Nurse at the sea").model_copy(update=own))
    worker.handle(_changed("ada"))
    summary, matches = worker.stored("ada")
    assert summary.postings == len(TITLES) + 1
    assert [match.posting_id[:20] for match in matches].count("0" * 20) == 1


def test_an_own_posting_of_a_page_that_everybody_has_is_no_second_match(worker: Worker) -> None:
    worker.publish(("Nurse",))
    worker.person("ada", "Nurse")
    mine = _posting("Nurse").model_copy(update={"id": "e" * 24, "source_id": "own:00000000000a"})
    other = _posting("Nurse at the sea")
    for posting in (mine, other):
        private.put(worker.table, "ada", posting)
    worker.handle(_changed("ada"))
    assert {match.posting_id for match in worker.stored("ada")[1]} == {_posting("Nurse").id, other.id}
    # It is a match again once everybody has it no more.
    worker.handle(MatchShard(shard=0, index_version=worker.publish(("Head chef",))))
    assert mine.id in {match.posting_id for match in worker.stored("ada")[1]}

"""Two that rank one person at once: whoever writes last, what the later of them read is not lost."""

from typing import Any

import pytest

from functions.match_profiles import matcher, privately
from jobtracker.catalog import gateway as catalog
from jobtracker.matching import store
from jobtracker.messages.model import MatchShard
from jobtracker.postings import private
from tests.contract.test_match_profiles import TITLES, Worker, _changed, _own_disk, _posting, worker

__all__ = ["_own_disk", "worker"]

MINE = _posting("Nurse at the sea")


@pytest.fixture(autouse=True)
def _ada(worker: Worker) -> None:
    worker.publish(TITLES)
    worker.person("ada", "Nurse")
    worker.handle(_changed("ada"))


@pytest.mark.parametrize("index_of_the_other", ["same", "before"])
def test_a_shard_that_read_own_postings_before_they_changed_does_not_undo_the_change(
    worker: Worker, monkeypatch: pytest.MonkeyPatch, index_of_the_other: str
) -> None:
    before = catalog.open_latest(worker.bucket)
    version = worker.publish((*TITLES, "Baker"))
    now = catalog.open_latest(worker.bucket)
    opened = now if index_of_the_other == "same" else before
    real = privately.merged
    raced: list[str] = []

    def merged(*given: Any) -> Any:
        if not raced:
            raced.append("ada")
            private.put(worker.table, "ada", MINE)
            with monkeypatch.context() as patched:
                patched.setattr(catalog, "open_latest", lambda *_: opened)
                matcher.match(_changed("ada"), worker.settings)
        return real(*given)

    monkeypatch.setattr(privately, "merged", merged)
    assert worker.handle(MatchShard(shard=0, index_version=version)) == []
    summary, matches = worker.stored("ada")
    assert raced
    assert MINE.id in {match.posting_id for match in matches}
    assert (summary.index_version, summary.postings) == (version, len(TITLES) + 2)


def test_a_change_of_own_postings_is_not_lost_to_a_newer_index_that_does_not_know_it(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = store.keep_own
    raced: list[str] = []

    def keep_own(*given: Any) -> None:
        if not raced:
            raced.append(worker.publish((*TITLES, "Baker")))
            matcher.match(MatchShard(shard=0, index_version=raced[0]), worker.settings)
        real(*given)

    monkeypatch.setattr(store, "keep_own", keep_own)
    private.put(worker.table, "ada", MINE)
    assert worker.handle(_changed("ada")) == []
    summary, matches = worker.stored("ada")
    assert MINE.id in {match.posting_id for match in matches}
    assert (summary.index_version, summary.postings) == (raced[0], len(TITLES) + 2)

"""schedule_collections: which sources it asks for, and how."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.schedule_collections import due, handler
from functions.schedule_collections.settings import Settings
from jobtracker.aws import clients
from jobtracker.messages.model import CollectSource
from jobtracker.sources import store
from jobtracker.sources.listing import BOARDS, GREENHOUSE_HOST, listings
from jobtracker.sources.model import Collection, SourceState, SourceStatus, Terms
from jobtracker.sources.remoteok import RemoteOk
from tests.fakes.lambda_calls import context

PUBLIC = {one for one in listings() if one != "sample"}


class Schedule:
    """The function, its table and its queue."""

    def __init__(self, table: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.queue = clients.sqs().create_queue(QueueName="collect.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
        self.table = clients.table(table)
        self.settings = Settings(stage="test", catalog_table=table, collect_queue_url=self.queue)
        monkeypatch.setattr(handler, "settings", lambda: self.settings)

    def ran(self, source_id: str, ago: timedelta, status: SourceStatus = SourceStatus.OK) -> None:
        at = datetime.now(UTC) - ago
        ledger = Collection(id=at.isoformat(), source_id=source_id, started_at=at, ended_at=at, status=status)
        store.record(self.table, ledger, SourceState(source_id=source_id, status=status, last_run_at=at))

    def run(self) -> dict[str, str]:
        """Fire the schedule; gives the message group of each source that is asked for."""
        answer = handler.lambda_handler({}, context())
        groups: dict[str, str] = {}
        while got := self._receive():
            for message in got:
                asked = CollectSource.model_validate_json(message["Body"])
                assert asked.source_id not in groups
                groups[asked.source_id] = message["Attributes"]["MessageGroupId"]
        assert answer == {"sources": len(groups)}
        return groups

    def _receive(self) -> list[Any]:
        got = clients.sqs().receive_message(QueueUrl=self.queue, MaxNumberOfMessages=10, AttributeNames=["All"])
        messages = got.get("Messages", [])
        for message in messages:
            clients.sqs().delete_message(QueueUrl=self.queue, ReceiptHandle=message["ReceiptHandle"])
        return list(messages)


@pytest.fixture
def schedule(catalog_table: str, monkeypatch: pytest.MonkeyPatch) -> Schedule:
    return Schedule(catalog_table, monkeypatch)


def test_at_first_every_public_source_is_asked_for_and_the_sample_is_not(schedule: Schedule) -> None:
    assert set(schedule.run()) == PUBLIC


def test_collections_of_one_host_are_one_group(schedule: Schedule) -> None:
    groups = schedule.run()
    assert {groups[f"greenhouse:{token}"] for token in BOARDS} == {GREENHOUSE_HOST}
    assert groups["remoteok"] == "remoteok.com"
    assert groups["weworkremotely"] == "weworkremotely.com"


def test_what_ran_a_short_while_ago_is_not_asked_for_again(schedule: Schedule) -> None:
    schedule.ran("remoteok", timedelta(hours=2))
    schedule.ran("weworkremotely", timedelta(hours=6, minutes=1))
    assert set(schedule.run()) == PUBLIC - {"remoteok"}


def test_a_schedule_that_fires_a_little_early_skips_no_round(schedule: Schedule) -> None:
    schedule.ran("remoteok", timedelta(hours=5, minutes=55))
    assert "remoteok" in schedule.run()


@pytest.mark.parametrize("status", [SourceStatus.BLOCKED, SourceStatus.FAILING, SourceStatus.SUSPICIOUS])
def test_a_source_that_failed_is_asked_again_at_its_own_pace(schedule: Schedule, status: SourceStatus) -> None:
    schedule.ran("remoteok", timedelta(hours=1), status)
    schedule.ran("weworkremotely", timedelta(hours=7), status)
    asked = schedule.run()
    assert "remoteok" not in asked
    assert "weworkremotely" in asked


@pytest.mark.parametrize("terms", [Terms.KEY, Terms.RESTRICTED])
def test_a_source_that_is_not_open_is_never_asked_for(
    schedule: Schedule, terms: Terms, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "sources", lambda: {"open": RemoteOk(id="open"), "shut": RemoteOk(id="shut", terms=terms)})
    assert set(schedule.run()) == {"open"}


def test_when_nothing_is_due_nothing_is_sent(schedule: Schedule) -> None:
    for source_id in PUBLIC:
        schedule.ran(source_id, timedelta(minutes=5))
    assert schedule.run() == {}


@pytest.mark.parametrize(("hours", "due"), [(None, True), (7, False), (23, False), (24, True)])
def test_the_sample_source_is_asked_for_once_a_day_where_it_is_turned_on(
    schedule: Schedule, hours: int | None, due: bool
) -> None:
    schedule.settings = schedule.settings.model_copy(update={"sample_source": True})
    if hours is not None:
        schedule.ran("sample", timedelta(hours=hours))
    assert ("sample" in schedule.run()) is due


def test_two_rounds_are_two_messages_and_not_one_taken_for_a_repetition(schedule: Schedule) -> None:
    assert set(schedule.run()) == set(schedule.run()) == PUBLIC

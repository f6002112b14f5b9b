"""The best matches, read in one batch: sent off, looked for later, settled at half the price, and whatever fails."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from functions.read_carefully import matches as of_matches
from jobtracker.accounts import spending
from jobtracker.aws import clients
from jobtracker.llm import plans, prices
from jobtracker.llm.client import MODEL
from jobtracker.llm.model import Outcome, Provider, Usage
from jobtracker.matching import store as matches
from jobtracker.matching.model import Match, MatchSummary
from jobtracker.messages.model import CollectReadings, ReadMatches, ReadPosting
from jobtracker.postings import private, readings, store
from jobtracker.postings.model import Posting
from jobtracker.postings.readings import PostingReading, ReadingStatus
from tests.contract.careful import PERSON, Careful, careful, received
from tests.fakes.claude import Ended, Fault, Junk, Reply, Reset, Said

__all__ = ["careful"]

GOOD = Said(json.dumps({"must_have": ["You know sourdough", "Ten years at Globex"]}))
ASKED = ReadMatches(person_id=PERSON)
HALF = prices.of(MODEL, batched=True).of(Usage(MODEL, GOOD.input_tokens, GOOD.output_tokens))


def _posting(posting_id: str) -> Posting:
    return Posting(
        id=posting_id,
        source_id="sample",
        source_posting_id=posting_id,
        url=f"https://bakery.example/{posting_id}",
        title="Night Baker",
        description_text=f"You know sourdough, says {posting_id}.",
        fetched_at=datetime(2026, 3, 1, tzinfo=UTC),
        attribution="bakery.example",
    )


def _matched(careful: Careful, count: int = 3) -> None:
    """Give the person matches, the best first; the last of them is a posting of the person's own."""
    for number in range(count - 1):
        store.put(careful.catalog, _posting(f"p-{number}"))
    private.put(careful.people, PERSON, _posting(f"p-{count - 1}"))
    found = [
        Match(posting_id=f"p-{number}", score=90.0 - number, parts=(), matched_skills=(), missing_skills=())
        for number in range(count)
    ]
    summary = MatchSummary(
        person_id=PERSON,
        index_version="1",
        profile_version=1,
        postings=count,
        matches=count,
        matched_at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    matches.replace(careful.people, found, summary)


def _later(careful: Careful) -> list[CollectReadings]:
    """The messages that look for a batch later; moto keeps what is delayed, so it is read from the plans."""
    items = careful.operations.scan()["Items"]
    found = [item for item in items if str(item["SK"]).startswith("BATCH#")]
    return [CollectReadings(person_id=PERSON, plan_id=str(item["SK"]).removeprefix("BATCH#")) for item in found]


def _held(careful: Careful) -> tuple[int, int]:
    """What is put aside or spent by the person this month, and what of it is spent."""
    now = datetime.now(UTC)
    key = {"PK": f"LLM#{PERSON}", "SK": f"MONTH#{now:%Y-%m}"}
    item = careful.operations.get_item(Key=key).get("Item", {})
    return int(str(item.get("held", 0))), int(str(item.get("used", 0)))


def _status(careful: Careful, number: int) -> ReadingStatus | None:
    wished = readings.wish(careful.people, PERSON, f"p-{number}")
    return None if wished is None else wished.status


def test_the_best_matches_are_read_in_one_batch_at_half_the_price(careful: Careful) -> None:
    _matched(careful, 7)
    private.put(careful.people, PERSON, _posting("p-1"))
    assert careful.handle(ASKED) == 0
    (requests,) = careful.service.batches.values()
    assert len(requests) == of_matches.BEST
    assert requests[0]["params"]["messages"][0]["content"][0]["source"]["data"].endswith("says p-0.")
    assert careful.service.asked == []
    held, used = _held(careful)
    assert held > of_matches.BEST * HALF
    assert used == 0
    careful.service.busy = True
    (later,) = _later(careful)
    assert careful.handle(later) == 0
    assert _held(careful) == (held, 0)
    careful.service.busy = False
    careful.service.says(GOOD)
    assert careful.handle(later) == 0
    assert _held(careful) == (5 * HALF, 5 * HALF)
    receipts = spending.receipts(careful.people, PERSON, 9)
    assert [(one.purpose, one.outcome, one.microdollars) for one in receipts] == [
        ("Reading a posting", Outcome.ANSWERED, HALF)
    ] * 5
    for number in range(5):
        stored = store.get(careful.catalog, f"p-{number}")
        assert stored is not None
        reading = readings.shared(careful.catalog, readings.name_of(stored))
        assert reading is not None
        assert [one.text for one in reading.must_have] == ["You know sourdough"]
    # Both messages again, and a new matching: nothing more is asked or paid.
    assert careful.handle(later, ASKED, ReadMatches(person_id=PERSON)) == 0
    assert len(careful.service.batches) == 1
    assert _held(careful) == (5 * HALF, 5 * HALF)


def test_the_money_is_put_aside_for_longer_than_a_batch_may_take(careful: Careful) -> None:
    _matched(careful)
    careful.handle(ASKED)
    now = datetime.now(UTC)
    item = careful.operations.get_item(Key={"PK": f"LLM#{PERSON}", "SK": f"MONTH#{now:%Y-%m}"})["Item"]
    opened: list[Any] = [value for name, value in item.items() if name.startswith("open_")]
    assert len(opened) == 3
    assert all(int(one["until"]) > (now + timedelta(hours=25)).timestamp() for one in opened)


def test_a_persons_own_match_stays_with_the_person(careful: Careful) -> None:
    _matched(careful)
    careful.service.says(GOOD)
    careful.handle(ASKED)
    careful.handle(*_later(careful))
    wished = readings.wish(careful.people, PERSON, "p-2")
    assert wished is not None
    assert wished.reading is not None
    assert wished.reading.must_have[0].text == "You know sourdough"
    assert readings.shared(careful.catalog, wished.name) is None


@pytest.mark.parametrize("how", ["errored", "expired", "canceled"])
def test_what_was_not_answered_costs_nothing_and_is_asked_again(careful: Careful, how: str) -> None:
    _matched(careful)
    careful.handle(ASKED)
    careful.service.says(GOOD, Ended(how), GOOD)
    careful.handle(*_later(careful))
    assert _held(careful) == (2 * HALF, 2 * HALF)
    # Results come in another order than the requests.
    assert [_status(careful, number) for number in range(3)] == [ReadingStatus.READ, None, ReadingStatus.READ]
    assert careful.handle(ReadMatches(person_id=PERSON)) == 0
    assert [len(requests) for requests in careful.service.batches.values()] == [3, 1]


@pytest.mark.parametrize(
    ("reply", "outcome", "paid"),
    [
        (Said("", stop_reason="refusal"), Outcome.REFUSED, "half"),
        (Said("Sure!"), Outcome.MALFORMED, "half"),
        (Said(GOOD.text, stop_reason="max_tokens"), Outcome.TRUNCATED, "half"),
        (Junk(), Outcome.UNAVAILABLE, "most"),
        (Ended("missing"), Outcome.UNAVAILABLE, "most"),
    ],
)
def test_what_was_answered_badly_is_paid_and_told(careful: Careful, reply: Reply, outcome: Outcome, paid: str) -> None:
    _matched(careful, 2)
    careful.handle(ASKED)
    most = _held(careful)[0]
    careful.service.says(reply)
    careful.handle(*_later(careful))
    assert {one.outcome for one in spending.receipts(careful.people, PERSON, 9)} == {outcome}
    cost = 2 * HALF if paid == "half" else most
    assert _held(careful) == (cost, cost)
    assert _status(careful, 0) is ReadingStatus.FAILED


def test_a_batch_that_is_not_taken_comes_again_and_costs_nothing(careful: Careful) -> None:
    _matched(careful)
    careful.service.refuses_batches = Fault(529, "overloaded_error")
    assert careful.handle(ASKED) == 1
    assert _held(careful) == (0, 0)
    assert _status(careful, 0) is None
    assert careful.handle(ASKED, received=4) == 0
    careful.service.refuses_batches = None
    assert careful.handle(ASKED) == 0
    assert len(careful.service.batches) == 1


@pytest.mark.parametrize("reply", [Reset(), Junk()])
def test_a_batch_that_may_have_been_taken_counts_as_the_most_that_it_can_cost(careful: Careful, reply: Reply) -> None:
    _matched(careful)
    careful.service.refuses_batches = reply
    assert careful.handle(ASKED) == 0
    held, used = _held(careful)
    assert held == used > 0
    assert _later(careful) == []
    assert _status(careful, 0) is ReadingStatus.FAILED
    assert careful.handle(ASKED) == 0
    assert _held(careful) == (held, used)


def test_what_died_while_it_was_sent_counts_as_sent(careful: Careful, monkeypatch: pytest.MonkeyPatch) -> None:
    _matched(careful)

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(plans, "update", dies)
        with pytest.raises(KeyboardInterrupt):
            careful.handle(ASKED)
    held, used = _held(careful)
    assert (held > 0, used) == (True, 0)
    assert careful.handle(ASKED) == 0
    assert _held(careful) == (held, held)
    assert len(careful.service.batches) == 1


def test_a_batch_that_is_never_told_of_is_given_up_after_a_day(careful: Careful) -> None:
    _matched(careful)
    careful.handle(ASKED)
    careful.service.batches.clear()
    (later,) = _later(careful)
    assert careful.handle(later) == 0
    assert _held(careful)[1] == 0
    plan = plans.get(careful.operations, PERSON, later.plan_id)
    assert plan is not None
    plans.update(careful.operations, plan.model_copy(update={"at": plan.at - timedelta(days=2)}))
    assert careful.handle(later) == 0
    assert plans.get(careful.operations, PERSON, later.plan_id) is None
    assert _status(careful, 0) is ReadingStatus.FAILED


def test_money_bounds_a_batch(careful: Careful) -> None:
    _matched(careful)
    careful.handle(ASKED)
    one = _held(careful)[0] // 3
    _matched(careful)
    for number in range(3):
        readings.forget(careful.people, PERSON, f"p-{number}")
    careful.set(llm_person_day_microdollars=_held(careful)[0] + 2 * one)
    careful.handle(ReadMatches(person_id=PERSON))
    assert [len(requests) for requests in careful.service.batches.values()] == [3, 2]
    careful.set(llm_person_day_microdollars=1)
    for number in range(3):
        readings.forget(careful.people, PERSON, f"p-{number}")
    assert careful.handle(ReadMatches(person_id=PERSON)) == 0
    assert len(careful.service.batches) == 2


def test_a_posting_that_changed_meanwhile_is_not_told_what_it_said_before(careful: Careful) -> None:
    _matched(careful, 2)
    careful.handle(ASKED)
    old = store.get(careful.catalog, "p-0")
    assert old is not None
    fetched = datetime(2026, 3, 2, tzinfo=UTC)
    changed = _posting("p-0").model_copy(update={"description_text": "You know rye.", "fetched_at": fetched})
    store.put(careful.catalog, changed)
    careful.service.says(GOOD)
    careful.handle(*_later(careful))
    new = store.get(careful.catalog, "p-0")
    assert new is not None
    assert readings.shared(careful.catalog, readings.name_of(new)) is None
    assert _status(careful, 0) is None


def test_who_looks_at_a_posting_need_not_wait_for_the_batch(careful: Careful) -> None:
    _matched(careful)
    careful.handle(ASKED)
    wished = readings.wish(careful.people, PERSON, "p-0")
    assert wished is not None
    assert wished.batched
    readings.keep(careful.people, PERSON, wished.model_copy(update={"batched": False}))
    careful.service.says(GOOD)
    careful.handle(ReadPosting(person_id=PERSON, posting_id="p-0"))
    assert readings.shared(careful.catalog, wished.name) is not None
    readings.share(careful.catalog, wished.name, PostingReading())
    careful.service.says(Ended("expired"))
    careful.handle(*_later(careful))
    assert _status(careful, 0) is ReadingStatus.READ
    assert readings.shared(careful.catalog, wished.name) == PostingReading()


def test_without_consent_no_batch_is_sent_and_bedrock_reads_one_by_one(careful: Careful) -> None:
    _matched(careful)
    careful.allow(given=False)
    assert careful.handle(ASKED) == 0
    assert _held(careful) == (0, 0)
    careful.allow()
    careful.set(anthropic_secret_arn=None, llm_provider=Provider.BEDROCK)
    received(careful.settings.careful_queue_url)
    assert careful.handle(ASKED) == 0
    assert careful.service.batches == {}
    asked: list[dict[str, Any]] = received(careful.settings.careful_queue_url)
    assert sorted((one["type"], one["posting_id"]) for one in asked) == [("ReadPosting", f"p-{n}") for n in range(3)]
    careful.service.says(GOOD)
    assert careful.handle(*(ReadPosting.model_validate(one) for one in asked)) == 0
    assert [_status(careful, number) for number in range(3)] == [ReadingStatus.READ] * 3


def test_the_batch_is_looked_for_later(careful: Careful) -> None:
    _matched(careful)
    careful.handle(ASKED)
    queue = careful.settings.careful_queue_url
    delayed = clients.sqs().get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
    assert delayed["ApproximateNumberOfMessagesDelayed"] == "1"
    careful.handle(ASKED)
    delayed = clients.sqs().get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]
    assert delayed["ApproximateNumberOfMessagesDelayed"] == "2"

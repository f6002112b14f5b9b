"""What a posting goes through."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.postings import life
from jobtracker.postings.model import (
    ClosedReason,
    Event,
    FieldChange,
    Pay,
    PayPeriod,
    Place,
    Posting,
    Seniority,
    StoredPosting,
    Version,
    WorkMode,
)

NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)
DAY = timedelta(days=1)
FIRST = Posting(
    id="1",
    source_id="board",
    source_posting_id="1",
    url="https://casks.example/1",
    title="Cooper",
    company="Hoop & Stave",
    places=(Place(text="Łódź, Poland", city="Łódź", country="PL"),),
    description_text="Oak and ash",
    posted_at=NOON - DAY,
    fetched_at=NOON,
    attribution="the board",
)
FRESH = StoredPosting.fresh(FIRST)


def _later(days: float = 1, /, **change: object) -> Posting:
    return FIRST.model_copy(update={"fetched_at": NOON + days * DAY, **change})


def _step(stored: StoredPosting, posting: Posting) -> tuple[StoredPosting, Version]:
    step = life.after_put(stored, posting)
    assert step is not None
    assert step[1] is not None
    return step[0], step[1]


def _closed(
    days: float, reason: ClosedReason = ClosedReason.NOT_LISTED, stored: StoredPosting = FRESH
) -> StoredPosting:
    step = life.after_close(stored, reason, NOON + days * DAY)
    assert step is not None
    return step[0]


def test_a_fresh_posting_was_first_seen_when_it_was_fetched() -> None:
    assert FRESH.life.first_seen_at == NOON
    assert (FRESH.life.versions, FRESH.life.reposts, FRESH.life.open) == (1, 0, True)


@pytest.mark.parametrize("posting", [_later(), _later(-1, title="Barrel maker")])
def test_the_same_again_and_what_is_older_change_nothing(posting: Posting) -> None:
    assert life.after_put(FRESH, posting) is None


@pytest.mark.parametrize(
    ("field", "value", "old", "new"),
    [
        ("title", "Master cooper", "Cooper", "Master cooper"),
        ("company", None, "Hoop & Stave", None),
        ("places", (), "Łódź, Poland", None),
        ("work_mode", WorkMode.HYBRID, None, "hybrid"),
        ("seniority", Seniority.LEAD, None, "lead"),
        ("employment_type", "part-time", None, "part-time"),
        ("apply_url", "https://casks.example/apply", None, "https://casks.example/apply"),
        ("expires_at", NOON + 30 * DAY, None, "2026-04-05"),
        ("posted_at", NOON + 9 * DAY, "2026-03-05", "2026-03-15"),
        ("pay", Pay(minimum=30, currency="PLN", period=PayPeriod.HOUR), None, "PLN 30 an hour or more"),
    ],
)
def test_each_field_that_people_care_about_is_told_before_and_after(
    field: str, value: object, old: str | None, new: str | None
) -> None:
    stored, version = _step(FRESH, _later(**{field: value}))
    assert version.changes == (FieldChange(field=field, old=old, new=new),)
    assert (version.event, version.at, version.old_text) == (Event.CHANGED, NOON + DAY, None)
    assert (stored.life.versions, stored.life.changed_at) == (2, NOON + DAY)
    assert stored.life.first_seen_at == NOON


def test_a_changed_text_is_told_by_how_much_and_the_old_one_is_kept() -> None:
    _, version = _step(FRESH, _later(description_text="Oak and elm and yew"))
    assert (version.changes, version.words_added, version.words_removed) == ((), 3, 1)
    assert version.old_text == "Oak and ash"


def test_the_old_text_is_kept_up_to_a_bound() -> None:
    stored = StoredPosting.fresh(FIRST.model_copy(update={"description_text": "oak " * 50_000}))
    _, version = _step(stored, _later(description_text="ash"))
    assert version.old_text is not None
    assert len(version.old_text) == 20_000


@pytest.mark.parametrize(
    "change", [{"description_text": "Oak  and\nash"}, {"skills": ("woodworking",)}, {"posted_at": NOON - DAY / 2}]
)
def test_another_layout_or_reading_of_the_same_is_stored_and_is_no_version(change: dict[str, object]) -> None:
    step = life.after_put(FRESH, _later(**change))
    assert step is not None
    stored, version = step
    assert version is None
    assert stored.life == FRESH.life
    assert stored.posting.fetched_at == NOON + DAY


@pytest.mark.parametrize("reason", list(ClosedReason))
def test_closing_says_when_and_why(reason: ClosedReason) -> None:
    step = life.after_close(FRESH, reason, NOON + DAY)
    assert step is not None
    stored, version = step
    assert (stored.life.open, stored.life.closed_at, stored.life.closed_reason) == (False, NOON + DAY, reason)
    assert version == Version(at=NOON + DAY, event=Event.CLOSED, reason=reason)
    assert stored.posting == FIRST


def test_what_is_closed_or_was_seen_later_is_not_closed() -> None:
    assert life.after_close(_closed(1), ClosedReason.EXPIRED, NOON + 2 * DAY) is None
    assert life.after_close(FRESH, ClosedReason.GONE, NOON - DAY) is None


def test_coming_back_after_more_than_a_day_is_posting_again() -> None:
    stored, version = _step(_closed(1), _later(9))
    assert (stored.life.open, stored.life.closed_reason, stored.life.reposts, stored.life.versions) == (
        True,
        None,
        1,
        1,
    )
    assert (version.event, version.changes) == (Event.REOPENED, ())
    again, _ = _step(_closed(10, stored=stored), _later(20, title="Master cooper"))
    assert (again.life.reposts, again.life.versions, again.life.changed_at) == (2, 2, NOON + 20 * DAY)


def test_coming_back_within_a_day_is_a_gap_in_the_list() -> None:
    stored, version = _step(_closed(1), _later(1.5))
    assert (stored.life.open, stored.life.reposts, version.event) == (True, 0, Event.REOPENED)


def test_what_was_fetched_before_it_was_closed_does_not_open_it() -> None:
    assert life.after_put(_closed(2), _later(1)) is None
    changed = life.after_put(_closed(2), _later(1, title="Master cooper"))
    assert changed is not None
    assert not changed[0].life.open


def test_being_listed_past_its_own_last_day_does_not_open_it() -> None:
    expired = StoredPosting.fresh(FIRST.model_copy(update={"expires_at": NOON + DAY}))
    closed = _closed(2, ClosedReason.EXPIRED, expired)
    assert life.after_put(closed, _later(3, expires_at=NOON + DAY)) is None
    longer, _ = _step(closed, _later(3, expires_at=NOON + 30 * DAY))
    assert longer.life.open


def test_separations_outlive_every_change() -> None:
    stored = FRESH.model_copy(update={"separated": ("2",)})
    changed, _ = _step(stored, _later(title="Master cooper"))
    assert _closed(2, stored=changed).separated == ("2",)


@pytest.mark.parametrize(
    ("pay", "line"),
    [
        (Pay(minimum=50_000, maximum=60_000, currency="EUR", period=PayPeriod.YEAR), "EUR 50,000 to 60,000 a year"),
        (Pay(minimum=31.5, maximum=31.5, currency="USD", period=PayPeriod.HOUR), "USD 31.50 an hour"),
        (Pay(maximum=900, currency="GBP", period=PayPeriod.WEEK), "GBP up to 900 a week"),
        (Pay(minimum=900, currency="GBP", period=PayPeriod.DAY), "GBP 900 a day or more"),
    ],
)
def test_pay_is_written_in_one_line(pay: Pay, line: str) -> None:
    assert life.pay_line(pay) == line


EVENTS = st.lists(
    st.tuples(st.sampled_from(["put", "close"]), st.integers(0, 20), st.sampled_from(["Cooper", "Master cooper"])),
    max_size=12,
)


@given(EVENTS)
def test_whatever_happens_in_whatever_order_a_life_adds_up(events: list[tuple[str, int, str]]) -> None:
    stored, versions = FRESH, []
    for kind, days, title in events:
        if kind == "put":
            step = life.after_put(stored, _later(days, title=title))
        else:
            step = life.after_close(stored, ClosedReason.GONE, NOON + days * DAY)
        if step is not None:
            assert step[0].posting.fetched_at >= stored.posting.fetched_at
            stored = step[0]
            versions += [] if step[1] is None else [step[1]]
    changed = sum(bool(version.changes) for version in versions)
    assert stored.life.versions == 1 + changed
    assert stored.life.first_seen_at == NOON
    closings = sum(version.event is Event.CLOSED for version in versions)
    reopenings = sum(version.event is Event.REOPENED for version in versions)
    assert closings - reopenings == (0 if stored.life.open else 1)
    assert stored.life.reposts <= reopenings

"""The hosts of what a person defines as a source, and the message groups of its collections."""

from contextlib import suppress
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from jobtracker.sources.custom import CustomBoard, CustomConfig, CustomFeed, OwnSource


def _own(config: CustomConfig) -> OwnSource:
    at = datetime(2026, 3, 1, tzinfo=UTC)
    return OwnSource(id="own:0123456789ab", owner_id="person-1", name="Mine", config=config, created_at=at)


def _feed(url: str) -> OwnSource:
    return _own(CustomFeed(kind="feed", url=url))


def test_a_host_s_name_is_the_one_that_is_asked_for() -> None:
    for host in ("Jobs.Müller.example:8443", "jobs.xn--mller-kva.example:8443"):
        own = _feed(f"https://{host}/feed")
        assert own.listing.host == "jobs.xn--mller-kva.example:8443"
    assert _feed("https://linkedin.com.example/").trouble is None


@given(st.text(min_size=1, max_size=300).map(lambda host: f"https://{host}/feed"))
def test_every_address_is_refused_or_has_a_host_and_a_message_group(url: str) -> None:
    with suppress(ValidationError):
        own = _feed(url)
        assert own.listing.host.isascii()
        assert own.group.isascii()
        assert len(own.group) <= 128


def test_collections_of_one_person_from_one_host_follow_each_other_and_hold_up_nobody_else_s() -> None:
    board = _own(CustomBoard(kind="board", system="greenhouse", token="ferrymoor"))
    same = _feed(f"https://{board.listing.host}/feed")
    assert board.group == same.group
    assert board.group not in {board.listing.host, same.model_copy(update={"owner_id": "person-2"}).group}
    many = [_feed(f"https://b{number}.example/") for number in range(50)]
    assert len({one.group for one in many}) == 2

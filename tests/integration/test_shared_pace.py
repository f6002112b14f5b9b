"""One pace for a host, however many functions ask at once: over real HTTP, against tables that races do not fool."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from jobtracker.sources.model import Politeness, PostponedError
from jobtracker.sources.pace import TablePace
from jobtracker_local import deploy, process
from jobtracker_local.options import Options

NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)
FUNCTIONS, TURNS = 8, 15


@pytest.fixture
def table(options: Options) -> Iterator[str]:
    """The name of an operations table in an empty cloud."""
    process.start(options)
    keys = [{"AttributeName": "PK", "KeyType": "HASH"}, {"AttributeName": "SK", "KeyType": "RANGE"}]
    deploy.client(options, "dynamodb").create_table(
        TableName="operations",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=keys,
        AttributeDefinitions=[{"AttributeName": key["AttributeName"], "AttributeType": "S"} for key in keys],
    )
    yield "operations"
    process.stop(options)


def _paces(options: Options, table: str) -> list[TablePace]:
    """One for each function, with nothing in common but the table."""
    return [TablePace(deploy.table(options, table)) for _ in range(FUNCTIONS)]


def test_no_two_of_many_functions_get_the_same_turn(options: Options, table: str) -> None:
    politeness = Politeness(between_s=0.05)

    def turns(pace: TablePace) -> list[datetime]:
        return [pace.reserve("jobs.example", politeness, NOON) for _ in range(TURNS)]

    with ThreadPoolExecutor(FUNCTIONS) as pool:
        taken = sorted(turn for some in pool.map(turns, _paces(options, table)) for turn in some)
    assert len(taken) == FUNCTIONS * TURNS
    assert all(later - sooner >= timedelta(seconds=0.049) for sooner, later in pairwise(taken))
    # Nor is a turn left out.
    assert taken[-1] - taken[0] < timedelta(seconds=0.05 * FUNCTIONS * TURNS + 0.2)


def test_many_functions_share_one_budget_of_an_hour(options: Options, table: str) -> None:
    politeness = Politeness(between_s=0.0, per_hour=20)

    def granted(pace: TablePace) -> int:
        count = 0
        for _ in range(TURNS):
            try:
                pace.reserve("jobs.example", politeness, NOON)
            except PostponedError:
                continue
            count += 1
        return count

    with ThreadPoolExecutor(FUNCTIONS) as pool:
        assert sum(pool.map(granted, _paces(options, table))) == 20

from collections.abc import Iterator

import pytest
from hypothesis import settings

from jobtracker.sources.client import PoliteClient
from tests.fakes.collecting import Bench
from tests.fakes.job_board import JobBoard, job_board
from tests.fakes.polite import EAGER, QUICK, FakeTime, polite_client

# A first call fills caches; how long one example takes says nothing.
settings.register_profile("undated", deadline=None)
settings.load_profile("undated")


@pytest.fixture
def board() -> Iterator[JobBoard]:
    """A host of job postings on this machine."""
    with job_board() as running:
        yield running


@pytest.fixture
def bench(board: JobBoard) -> Iterator[Bench]:
    """The collections of one source, from ``board``."""
    made = Bench(board)
    yield made
    made.client.close()


@pytest.fixture
def time() -> FakeTime:
    """The time of ``client``."""
    return FakeTime()


@pytest.fixture
def client(board: JobBoard, time: FakeTime) -> Iterator[PoliteClient]:
    """A client that may ask ``board``, and waits for nothing long."""
    polite = polite_client(board, time=time, limits=QUICK)
    yield polite.polite(EAGER)
    polite.close()

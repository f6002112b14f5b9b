from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.fakes.collecting import Bench
from tests.fakes.job_board import JobBoard, job_board

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

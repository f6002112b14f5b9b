import time
from collections.abc import Iterator

import pytest
from hypothesis import settings

# A first call fills caches; how long one example takes says nothing.
settings.register_profile("undated", deadline=None)
settings.load_profile("undated")


@pytest.fixture
def quickly() -> Iterator[None]:
    """The test must end within two seconds of this process's own time: what is quadratic here would take minutes."""
    started = time.process_time()
    yield
    assert time.process_time() - started < 2

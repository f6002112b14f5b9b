"""A place is told in one line that says nothing twice."""

import pytest

from jobtracker.postings.model import place_line


@pytest.mark.parametrize(
    ("text", "mode", "line"),
    [
        ("Remote, Austria", "remote", "Remote, Austria"),
        ("Remote (Germany)", "remote", "Remote, Germany"),
        ("Remote - US", "remote", "Remote, US"),
        ("Berlin, Germany", "hybrid", "Hybrid, Berlin, Germany"),
        ("Stratford-upon-Avon", None, "Stratford-upon-Avon"),
        ("", "onsite", "Onsite"),
        ("", None, ""),
    ],
)
def test_nothing_is_said_twice(text: str, mode: str | None, line: str) -> None:
    assert place_line(text, mode) == line

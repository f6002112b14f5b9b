"""When something began and ended is read as resumes write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.resumes.dates import Dates, months, read_date, read_range


def said(text: str) -> tuple[str | None, str | None, bool] | None:
    found = read_range(text)
    return (found.start, found.end, found.current) if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jan 2020 – Present", ("2020-01", None, True)),
        ("03/2019 - 12/2021", ("2019-03", "2021-12", False)),
        ("2016–2018", ("2016", "2018", False)),
        ("Sept. 2018 to date", ("2018-09", None, True)),
        ("März 2019 bis heute", ("2019-03", None, True)),
        ("Okt. 2017 – Dez. 2018", ("2017-10", "2018-12", False)),
        ("seit 05/2021", ("2021-05", None, True)),
        ("since 1998", ("1998", None, True)),
        ("May – Aug 2022", ("2022-05", "2022-08", False)),
        ("2019-01 - 2020-06", ("2019-01", "2020-06", False)),
        ("01.02.2017 - 31.12.2019", ("2017-02", "2019-12", False)),
        ("Jan '19 - Mar '21", ("2019-01", "2021-03", False)),
        ("2015-18", ("2015", "2018", False)),
        ("June 2020 — now", ("2020-06", None, True)),
        ("12 March 2020 until 3 April 2021", ("2020-03", "2021-04", False)),
        ("Summer 2018 - Fall 2019", ("2018", "2019", False)),
        ("2015 年 3 月 – 2015 年 5 月", ("2015-03", "2015-05", False)),
        ("2013 – 至今", ("2013", None, True)),
        ("juin 2016 à août 2018", ("2016-06", "2018-08", False)),
        ("Acme GmbH (Mar 2018 – Dec 2020)", ("2018-03", "2020-12", False)),
        ("From January 2011 through May 2012", ("2011-01", "2012-05", False)),
        ("2021 -", ("2021", None, True)),
    ],
)
def test_a_range_is_read(text: str, expected: tuple[str | None, str | None, bool]) -> None:
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "June", "2018", "+49 30 23125 417", "ISO 9001 - 14001", "10 - 20", "grew from 12 to 28", "may be present"],
)
def test_what_is_no_range_is_none(text: str) -> None:
    assert read_range(text) is None


@pytest.mark.parametrize(
    ("text", "end"), [("June 2018", "2018-06"), ("UC Berkeley 2019", "2019"), ("05/2014", "2014-05")]
)
def test_a_single_date_is_an_end(text: str, end: str) -> None:
    found = read_date(text)
    assert found is not None
    assert (found.start, found.end) == (None, end)


def test_a_range_written_backwards_still_begins_before_it_ends() -> None:
    assert said("2021 - 2019") == ("2019", "2021", False)


def test_the_span_is_where_the_text_says_so() -> None:
    text = "Engineer, Acme | Jan 2020 - Feb 2021 | Berlin"
    assert read_range(text) == Dates("2020-01", "2021-02", False, (17, 36))


@given(st.text(alphabet="0123456789 -–./JanuryMchtobis'" + "\n", max_size=60))
def test_dates_are_in_order_whatever_is_written(text: str) -> None:
    found = read_range(text)
    if found and found.start and found.end:
        assert months(found.start, is_end=False) <= months(found.end, is_end=True)

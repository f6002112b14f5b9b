"""Quotes are found in a document however they are written, and nothing is found that is not there."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.llm.found import Document, Span, folded

AD = "Bäcker gesucht:  Ghent –\n “Night shift”, 2,900 € a month; you’ll know C++ and ASP.NET. Straße 5 · ﬁrst-rate"


@pytest.mark.parametrize(
    ("quote", "written"),
    [
        ('ghent - "night SHIFT"', "Ghent –\n “Night shift”"),
        ("ba\u0308cker   GESUCHT", "Bäcker gesucht"),
        ("you'll know c++", "you’ll know C++"),
        ("STRASSE 5", "Straße 5"),
        ("first-rate", "ﬁrst-rate"),
        ("2,900 €", "2,900 €"),
        ("shift", "shift"),
    ],
)
def test_a_quote_is_found_however_it_is_written(quote: str, written: str) -> None:
    span = Document.of(AD).find(quote)
    assert span is not None
    assert AD[span.start : span.end] == written


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "  ",
        None,
        "ight",
        "night shifts",
        "900 €",
        "2,9",
        ".NET",
        "Backer",
        "gesucht Ghent",
        "traße",
        "Stras",
        "\u0308cker",
    ],
)
def test_what_is_not_there_as_whole_words_is_not_found(quote: str | None) -> None:
    assert Document.of(AD).find(quote) is None
    assert Document.of(AD).quoted(quote) is None


@pytest.mark.parametrize(
    ("text", "there"), [("5,000,000", False), ("25,000", False), ("1.5,000", False), ("5,000, or", True)]
)
def test_a_number_is_found_whole_or_not_at_all(text: str, there: bool) -> None:
    assert (Document.of(f"pays {text} a year").find("5,000") is not None) is there


def test_the_next_place_is_found_from_where_one_says() -> None:
    document = Document.of("bake, Bake, BAKE")
    places = [document.find("bake", start) for start in (0, 1, 5, 7, 13)]
    assert places == [Span(0, 4), Span(6, 10), Span(6, 10), Span(12, 16), None]


def test_words_of_scripts_without_spaces_need_no_spaces_around_them() -> None:
    assert Document.of("東京都の正社員です").quoted("正社員") == "正社員"


def test_what_is_too_long_is_no_field() -> None:
    assert Document.of("a " * 200).quoted("a " * 200) is None
    assert Document.of("a \u00ad b\n c").quoted("A B C") == "a b c"


LETTERS = st.text(alphabet="aAbé\u0301İßﬁ -–—'’“\"\n\t1,.+\u00ad", max_size=30)


@given(LETTERS, LETTERS)
def test_what_is_found_is_what_was_asked_for(text: str, quote: str) -> None:
    span = Document.of(text).find(quote)
    if span is not None:
        assert folded(text[span.start : span.end]) == folded(quote)


@given(st.text(max_size=60), st.data())
def test_every_run_of_words_is_found_in_other_case_dashes_and_white_space(text: str, data: st.DataObject) -> None:
    words = [word.span() for word in re.finditer(r"\S+", text) if folded(word.group())]
    if not words:
        return
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    quote = text[words[first][0] : words[last][1]]
    varied = re.sub(r"\s+", " \n", quote).replace("–", "-").replace("’", "'")
    assert Document.of(text).find(quote) is not None
    assert Document.of(text).find(varied) is not None


@given(LETTERS, LETTERS)
def test_no_letter_is_added_to_what_the_document_says(text: str, quote: str) -> None:
    said = Document.of(text).quoted(quote)
    assert said is None or folded(said) in folded(text)

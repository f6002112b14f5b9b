"""Sentences, words, and what is known of words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.skills.spans.features import named, shape
from jobtracker.skills.spans.words import sentences_of


def words(text: str) -> list[list[str]]:
    return [[word.text for word in sentence] for sentence in sentences_of(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Plan tests. Write code.", [["Plan", "tests", "."], ["Write", "code", "."]]),
        ("Tools (e.g. Jira) and Node.js", [["Tools", "(", "e.g", ".", "Jira", ")", "and", "Node.js"]]),
        ("C++, C#\nfront-end", [["C++", ",", "C#"], ["front-end"]]),
        ("• CI/CD • R&D", [["•", "CI/CD"], ["•", "R&D"]]),
        ("Really? Yes! and more", [["Really", "?"], ["Yes", "!", "and", "more"]]),
        ("", []),
        (" \n \n", []),
    ],
)
def test_a_text_is_sentences_of_words(text: str, wanted: list[list[str]]) -> None:
    assert words(text) == wanted


@given(st.text(max_size=200))
def test_words_are_the_whole_text_in_order(text: str) -> None:
    found = [word for sentence in sentences_of(text) for word in sentence]
    assert all(text[word.start : word.end] == word.text for word in found)
    assert "".join(word.text for word in found) == "".join(text.split())
    assert all(sentence for sentence in sentences_of(text))


@pytest.mark.parametrize(
    ("word", "wanted"),
    [("SQL", 1), ("R", 2), ("Python", 3), ("python", 0), ("iOS", 4), ("(", 5), ("S3", 6), ("2019", 7), ("é", 0)],
)
def test_a_words_shape(word: str, wanted: int) -> None:
    assert shape(word) == wanted


def test_names_of_the_taxonomy_are_marked_by_what_they_are_and_where_they_begin() -> None:
    text = "Apache Kafka and teamwork"
    assert named(text, [(0, 6), (7, 12), (13, 16), (17, 25)]) == [1, 2, 0, 3]

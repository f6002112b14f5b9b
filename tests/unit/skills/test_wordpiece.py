"""Text is cut into the pieces that BERT's own tokenizer cuts it into."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.skills.wordpiece import WordPiece, words

VOCABULARY = [
    *("[PAD]", "[UNK]", "[CLS]", "[SEP]"),
    *("un", "##aff", "##able", "want", "##want", "##ed", "wa", "cafe", "σας", "##s", "c", "+", "-", "full", "time"),
    *("data", "##base", "##bases", "中", "文", "[", "]", "cls", "strasse", "ß"),
]
PIECES = WordPiece(VOCABULARY)


def read(text: str) -> list[str]:
    """The pieces as they are written."""
    return [VOCABULARY[place] for place in PIECES.ids(text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        # The example of BERT's own documentation.
        ("unaffable", ["un", "##aff", "##able"]),
        ("UNwantéd wanted", ["un", "##want", "##ed", "want", "##ed"]),
        # The longest beginning is taken even where a shorter one would leave no remainder unknown.
        ("databases database", ["data", "##bases", "data", "##base"]),
        ("wax", ["[UNK]"]),
        ("Café c++ full-time", ["cafe", "c", "+", "+", "full", "-", "time"]),
        ("data中文", ["data", "中", "文"]),
        # A soft hyphen and a mark of direction are not seen, a tab is a space, and so is one that does not break.
        ("da\u00adta\u200e\ttime\u00a0data\x00", ["data", "time", "data"]),
        ("\ufffd \x85", []),
        # A mark in somebody's text is no mark.
        ("[CLS]", ["[", "cls", "]"]),
        # Σ at a word's end stays the same letter as elsewhere.
        ("ΣΑΣ", ["[UNK]"]),
        ("ß", ["ß"]),
        ("data" * 25, ["[UNK]"]),
    ],
)
def test_text_is_cut_as_by_bert(text: str, pieces: list[str]) -> None:
    assert read(text) == pieces


def test_a_word_longer_than_any_is_unknown() -> None:
    long = WordPiece([*VOCABULARY[:4], "a", "##a"])

    assert len(long.ids("a" * 100)) == 100
    assert long.ids("a" * 101) == [long.unknown]


def test_a_whole_text_stands_between_its_marks() -> None:
    assert PIECES.encode("full time") == [PIECES.first, *PIECES.ids("full"), *PIECES.ids("time"), PIECES.last]
    assert PIECES.encode("") == [PIECES.first, PIECES.last]
    assert PIECES.padding == 0


def test_a_vocabulary_without_the_marks_is_refused() -> None:
    with pytest.raises(KeyError):
        WordPiece(["[UNK]", "data"])


@given(st.text())
def test_words_are_small_without_accents_and_apart_from_signs(text: str) -> None:
    found = words(text)

    for word in found:
        assert word == "".join(letter.lower() for letter in word)
        assert not any(letter.isspace() or unicodedata.category(letter) in {"Mn", "Cc"} for letter in word)
        assert len(word) == 1 or not any(unicodedata.category(letter).startswith("P") for letter in word)
    # What is cut once stays so.
    assert words(" ".join(found)) == found


@given(st.text(), st.text())
def test_texts_side_by_side_are_cut_as_each_alone(first: str, second: str) -> None:
    assert PIECES.ids(f"{first} {second}") == PIECES.ids(first) + PIECES.ids(second)

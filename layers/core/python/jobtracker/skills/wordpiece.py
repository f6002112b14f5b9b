"""BERT's pieces of words: what a text is cut into before a model of that family reads it.

The text is cleaned, freed of accents and put in small letters; it is cut at spaces and at signs, each of which is a
word of its own, as each Chinese character is. Of a word the longest beginning that the vocabulary knows is taken, then
the longest of what is left, written with ``##`` before it (Devlin et al. 2018; Schuster and Nakajima 2012). That gives
what ``BertNormalizer``, ``BertPreTokenizer`` and ``WordPiece`` of Hugging Face's ``tokenizers`` give, save for
characters newer than its tables, and save that a mark such as ``[SEP]`` that somebody wrote into a text is three words.
"""

import re
import unicodedata
from collections.abc import Sequence

UNKNOWN, FIRST, LAST, PADDING = "[UNK]", "[CLS]", "[SEP]", "[PAD]"
LONGEST = 100
# Blocks of Chinese characters: the ideographs, their extensions, and those kept for compatibility.
_CHINESE = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)
_SIGNS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_PLAIN = re.compile(r"[a-z0-9]+|[^a-z0-9 ]")
_REPLACEMENT = "\ufffd"
# Controls and marks of format, private characters, halves of pairs: nobody sees them. Three controls are spaces.
_UNSEEN = {"Cc", "Cf", "Co", "Cs"}
_SPACES = " \t\n\r"


class WordPiece:
    """Cuts text into the pieces of a vocabulary. A piece's id is its place in the vocabulary, which has ``[UNK]``,
    ``[CLS]``, ``[SEP]`` and ``[PAD]`` somewhere; KeyError where it lacks one of them."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._places = {piece: place for place, piece in enumerate(vocabulary)}
        self.unknown, self.first = self._places[UNKNOWN], self._places[FIRST]
        self.last, self.padding = self._places[LAST], self._places[PADDING]

    def ids(self, word: str) -> list[int]:
        """The pieces of a word, without the marks of beginning and end; none where nothing of it can be seen.

        What has signs in it ("C++", "full-time") or spaces is several words to BERT, and the pieces of all are given.
        """
        return [piece for one in words(word) for piece in self._pieces(one)]

    def encode(self, text: str) -> list[int]:
        """The pieces of a text between the marks of beginning and end."""
        return [self.first, *self.ids(text), self.last]

    def _pieces(self, word: str) -> list[int]:
        if len(word) > LONGEST:
            return [self.unknown]
        found: list[int] = []
        start, mark = 0, ""
        while start < len(word):
            for end in range(len(word), start, -1):
                if (place := self._places.get(mark + word[start:end])) is not None:
                    break
            else:
                return [self.unknown]
            found.append(place)
            start, mark = end, "##"
        return found


def words(text: str) -> list[str]:
    """BERT's words of a text: in small letters, without accents, each sign a word of its own."""
    if text.isascii() and text.isprintable():
        return _PLAIN.findall(text.lower())
    shown = "".join(map(_shown, text))
    if not shown.isascii():
        decomposed = unicodedata.normalize("NFD", shown)
        # Letter by letter, for a whole word's last sigma would become another letter.
        shown = "".join(one.lower() for one in decomposed if unicodedata.category(one) != "Mn")
    return "".join(f" {one} " if _is_sign(one) else one for one in shown.lower()).split()


def _shown(character: str) -> str:
    """The character, with space around it if it is Chinese; a space for any space; nothing for what is not seen."""
    if " " < character < "\x7f":
        return character
    if character in _SPACES:
        return " "
    if character == _REPLACEMENT or unicodedata.category(character) in _UNSEEN:
        return ""
    return f" {character} " if any(low <= ord(character) <= high for low, high in _CHINESE) else character


def _is_sign(character: str) -> bool:
    return character in _SIGNS or (character > "\x7f" and unicodedata.category(character).startswith("P"))

"""What a person types, as a query of the text index."""

import re
from dataclasses import dataclass
from typing import Final

import tantivy
from tantivy import Occur

from jobtracker.catalog.members import Clause
from jobtracker.catalog.text_index import ALL, BONUSES

MAX_TEXT: Final = 300
MAX_TERMS: Final = 16
# One slip of the finger in a word of five letters or more; shorter words become other words too easily.
FUZZY_FROM: Final = 5
_TERM: Final = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_LETTERS: Final = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Term:
    """One word or quoted phrase as typed; ``wanted`` is False after a minus sign."""

    text: str
    wanted: bool


def terms_of(text: str) -> list[Term]:
    """The words and phrases of a text."""
    # A lone surrogate is no character and cannot be handed to the engine.
    clean = text.encode(errors="ignore").decode()[:MAX_TEXT]
    found = []
    for term in _TERM.finditer(clean):
        typed = term["phrase"] if term["phrase"] is not None else term["word"]
        if _LETTERS.search(typed):
            found.append(Term(typed, wanted=term["minus"] is None))
    return found[:MAX_TERMS]


def must_occur(text: tantivy.Index, terms: list[Term], *, fuzzy: bool) -> list[Clause]:
    """Which words a posting must and must not have, wherever; with ``fuzzy`` words like the wanted ones will do."""
    return [
        Clause(
            ("word", term.text, fuzzy and term.wanted),
            _parsed(text, term, [ALL], fuzzy=fuzzy and term.wanted),
            Occur.Must if term.wanted else Occur.MustNot,
        )
        for term in terms
    ]


def count_more(text: tantivy.Index, terms: list[Term]) -> list[Clause]:
    """What makes a posting count for more: words in its title, among its skills, in its company's name."""
    return [
        Clause(("more", term.text), _parsed(text, term, list(BONUSES), fuzzy=False), Occur.Should)
        for term in terms
        if term.wanted
    ]


def _parsed(text: tantivy.Index, term: Term, fields: list[str], *, fuzzy: bool) -> tantivy.Query:
    # Quoted and freed of quotes and backslashes, nothing in it is syntax to the parser.
    bare = re.sub(r'["\\]', " ", term.text)
    boosts = {field: BONUSES[field] for field in fields if field in BONUSES}
    if fuzzy and len(bare) >= FUZZY_FROM and bare.isalnum():
        slips = dict.fromkeys(fields, (False, 1, True))
        query, _ = text.parse_query_lenient(bare.lower(), fields, fuzzy_fields=slips, conjunction_by_default=True)
    elif fields == [ALL]:
        query, _ = text.parse_query_lenient(f'"{bare}"', fields)
    else:
        # The fields that only add to the score know no positions: there, a phrase is its words.
        simple = " ".join(re.findall(r"[^\W_]+[+#]*", bare))
        query, _ = text.parse_query_lenient(
            f"({simple})" if simple else '""', fields, field_boosts=boosts, conjunction_by_default=True
        )
    return query

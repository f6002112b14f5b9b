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
# Shorter words are like too many others for all of these to be meant.
FUZZY_FROM: Final = 5
_TERM: Final = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_LETTERS: Final = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Term:
    """One word or quoted phrase as typed; ``wanted`` is False after a minus sign. No other word will do for one that is
    ``exact``; for another, what was probably ``meant`` by it will."""

    text: str
    wanted: bool
    exact: bool = False
    meant: str | None = None


def terms_of(text: str) -> list[Term]:
    """The words and phrases of a text."""
    # A lone surrogate is no character and cannot be handed to the engine.
    clean = text.encode(errors="ignore").decode()[:MAX_TEXT]
    found = []
    for term in _TERM.finditer(clean):
        quoted = term["phrase"] is not None
        typed = term["phrase" if quoted else "word"]
        if _LETTERS.search(typed):
            found.append(Term(typed, wanted=term["minus"] is None, exact=quoted))
    return found[:MAX_TERMS]


def must_occur(text: tantivy.Index, terms: list[Term], *, fuzzy: bool) -> list[Clause]:
    """Which words a posting must and must not have, wherever; with ``fuzzy`` words like the wanted ones will do."""
    return [
        Clause(
            ("word", term.text, term.meant, fuzzy and _may_differ(term)),
            _either(text, term, [ALL], fuzzy=fuzzy and _may_differ(term)),
            Occur.Must if term.wanted else Occur.MustNot,
        )
        for term in terms
    ]


def count_more(text: tantivy.Index, terms: list[Term]) -> list[Clause]:
    """What makes a posting count for more: words in its title, among its skills, in its company's name."""
    return [
        Clause(("more", term.text, term.meant), _either(text, term, list(BONUSES), fuzzy=False), Occur.Should)
        for term in terms
        if term.wanted
    ]


def _may_differ(term: Term) -> bool:
    return term.wanted and not term.exact and term.meant is None


def _either(text: tantivy.Index, term: Term, fields: list[str], *, fuzzy: bool) -> tantivy.Query:
    """The term as typed, or what was meant by it."""
    typed = _parsed(text, term.text, fields, fuzzy=fuzzy)
    if term.meant is None:
        return typed
    meant = _parsed(text, term.meant, fields, fuzzy=False)
    return tantivy.Query.boolean_query([(Occur.Should, typed), (Occur.Should, meant)])


def _parsed(text: tantivy.Index, typed: str, fields: list[str], *, fuzzy: bool) -> tantivy.Query:
    # Quoted and freed of quotes and backslashes, nothing in it is syntax to the parser.
    bare = re.sub(r'["\\]', " ", typed)
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

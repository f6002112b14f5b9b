"""What a person types, as a query of the text index."""

import re
from dataclasses import dataclass
from typing import Final

import tantivy
from tantivy import Occur

from jobtracker.catalog.members import Clause
from jobtracker.catalog.text_index import ALL, BONUSES
from jobtracker.skills.taxonomy import taxonomy

MAX_TEXT: Final = 300
MAX_TERMS: Final = 16
# Shorter words are like too many others for all of these to be meant.
FUZZY_FROM: Final = 5
_TERM: Final = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_LETTERS: Final = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Term:
    """One word or quoted phrase as typed, or several words that name one thing; ``wanted`` is False after a minus sign.

    Postings will do that have all its words; for one that is ``exact``, as they stand. Besides, those will do that have
    one of its ``spellings``, that name the ``skill``, or that have what was probably ``meant``.
    """

    text: str
    wanted: bool
    exact: bool = False
    spellings: tuple[str, ...] = ()
    skill: str | None = None
    meant: str | None = None

    @property
    def may_differ(self) -> bool:
        """Whether words like it will do where nothing else does."""
        return self.wanted and not (self.exact or self.spellings or self.skill or self.meant)


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
            ("word", term, fuzzy and term.may_differ),
            _either(text, term, [ALL], fuzzy=fuzzy and term.may_differ),
            Occur.Must if term.wanted else Occur.MustNot,
        )
        for term in terms
    ]


def count_more(text: tantivy.Index, terms: list[Term]) -> list[Clause]:
    """What makes a posting count for more: words in its title, among its skills, in its company's name."""
    return [
        Clause(("more", term), _either(text, term, list(BONUSES), fuzzy=False), Occur.Should)
        for term in terms
        if term.wanted
    ]


def _either(text: tantivy.Index, term: Term, fields: list[str], *, fuzzy: bool) -> tantivy.Query:
    """The term as typed, or whatever else will do."""
    words = [term.text] if term.exact else term.text.split()
    typed = [_parsed(text, word, fields, fuzzy=fuzzy) for word in words]
    any_of = [typed[0] if len(typed) == 1 else _all(typed)]
    any_of += [_parsed(text, other, fields, fuzzy=False) for other in (*term.spellings, term.meant) if other]
    if term.skill is not None and fields == [ALL]:
        # Its name's words may be common ones.
        any_of.append(tantivy.Query.term_query(text.schema, "skill", term.skill, index_option="basic"))
    elif term.skill is not None:
        any_of += [_parsed(text, name, fields, fuzzy=False) for name in taxonomy().names([term.skill])]
    if len(any_of) == 1:
        return any_of[0]
    return tantivy.Query.boolean_query([(Occur.Should, one) for one in any_of])


def _all(queries: list[tantivy.Query]) -> tantivy.Query:
    return tantivy.Query.boolean_query([(Occur.Must, one) for one in queries])


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

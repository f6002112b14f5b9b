"""Which of the imported names may be looked for in texts; all others serve linking only.

- Names of technologies stand as they are written, and at least one of their words must be no ordinary English: "Google
  Classroom" may be found, "Map Maker" may not. A name of one word must look like no word ("LabVIEW") or stand in
  ``plain.txt``, where names are that were read one by one.
- ESCO's fields of knowledge may be found whatever their case when they are of two to four words that are no phrase
  ("types of wood"), no trade ("meat industry") and no degree: "air traffic management". A single word may be found when
  it is the name of a science.
- ESCO's skills are phrases of a verb and what it is done to ("manage budgets"): for linking only.
- ``stop.txt`` has names that fulfil these and mislead, each with its reason.
"""

import re
from functools import cache
from pathlib import Path

from jobtracker.skills.taxonomy import Name
from tools.taxonomy.candidates import Candidate, Source
from tools.taxonomy.names import words_of

STOP = Path(__file__).parent / "stop.txt"
PLAIN = Path(__file__).parent / "plain.txt"
PRODUCTS = {Source.ONET_TECHNOLOGY, Source.LINGUIST}
_MOST_WORDS = 4
_LEAST_LETTERS = 5
_LEAST_USES_OF_A_PHRASE = 2
_LEAST_LETTERS = 4
_CAPITAL_INSIDE = re.compile(r"[a-z0-9][A-Z]|[A-Z][A-Z].*[a-z]|[a-zA-Z]\d")
_SCIENCE = re.compile(r"\w{3,}(?:ology|iatry|opathy|therapy|oscopy|ometry|nomics|onomy|ography|onics|omics)")
_FINDABLE = re.compile(r"[A-Za-z0-9]+[+#]*(?:(?: ?[-./&',] ?| )[A-Za-z0-9]+[+#]*)*")
_NAMED = re.compile(r"[A-Z\d]")
# Words that make a phrase of a label: what is said of a field, and not its name.
_PHRASE = re.compile(
    r"\b(?:of|in|on|for|to|by|at|with|from|the|and|or|types?|various|different|related|their|its|your|other|general|"
    r"principles?|characteristics|impacts?|importance|influence|issues?|aspects?|elements?|basics?|overview|typology)\b"
)

# What is made, sold or bought, and who does so, is a trade and no skill, and what is studied a degree.
_THINGS = re.compile(
    r".*\b(?:industry|industries|markets?|sector|products?|goods|components?|parts|ingredients|brands|suppliers|materials|"
    r"policies|trends|needs|rights|species|varieties|vehicles|fuels|software|studies|sciences?|theology)",
    re.IGNORECASE,
)
# Labels that say what is done after all.
_DOING = re.compile(
    r"(?:identify|understand|differentiate|distinguish|store|obtain|use|manage|control|craft|perform|master)\b.*"
)


def stopped() -> dict[str, str]:
    """Names that are never looked for, in lower case, with the reason."""
    lines = STOP.read_text(encoding="utf-8").splitlines()
    rows = [line.partition(" | ") for line in lines if line and not line.startswith("#")]
    return {name.casefold(): reason for name, _, reason in rows}


@cache
def plain() -> dict[str, bool]:
    """Names of one word with no capital inside that were read and found to be none of anything else, and whether each
    is looked for near a tool only."""
    lines = PLAIN.read_text(encoding="utf-8").splitlines()
    names = [name for line in lines if line and not line.startswith("#") for name in line.split()]
    return {name.removeprefix("~"): name.startswith("~") for name in names}


def product(name: str, one: Candidate, ordinary: frozenset[str]) -> Name | None:
    """How the name of a technology may be looked for; None where it is for linking only."""
    words = words_of(name)
    if not words or len(words) > _MOST_WORDS or not _can_be_found(name):
        return None
    telling = [word for word in words if _tells(word, ordinary)]
    if len(words) == 1:
        if name in plain():
            return Name(name, exact=True, near=plain()[name], same=True)
        if not telling or len(name) < _LEAST_LETTERS or _CAPITAL_INSIDE.search(name) is None:
            return None
    elif (
        (one.source is Source.ONET_TECHNOLOGY and one.uses < _LEAST_USES_OF_A_PHRASE)
        or not telling
        or not all(_NAMED.search(word) for word in words)
    ):
        return None
    return Name(name, exact=True, same=True)


def knowledge(label: str, ordinary: frozenset[str]) -> Name | None:
    """How a label of ESCO's knowledge may be looked for; None where it is for linking only."""
    words = words_of(label)
    if not words or len(words) > _MOST_WORDS or not _can_be_found(label):
        return None
    if len(words) == 1:
        return Name(label) if _SCIENCE.fullmatch(label) and label not in ordinary else None
    misleads = _PHRASE.search(label.lower()) or _THINGS.fullmatch(label) or _DOING.fullmatch(label)
    return None if misleads else Name(label)


def is_class(name: str, ordinary: frozenset[str]) -> bool:
    """Whether the name is of a sort of product, and of none: "Accounting software"."""
    return not any(_tells(word, ordinary) or _NAMED.search(word[1:]) for word in words_of(name))


def is_a_word(name: str, ordinary: frozenset[str]) -> bool:
    """Whether the name is one ordinary word, a number, or a letter or two."""
    return len(words_of(name)) == 1 and (name.lower() in ordinary or name.isdigit() or len(name) < _LEAST_LETTERS)


def _tells(word: str, ordinary: frozenset[str]) -> bool:
    return not word.isdigit() and len(word) > 1 and word.lower() not in ordinary


def _can_be_found(text: str) -> bool:
    """Whether the fast search takes the name apart as it takes texts apart."""
    return _FINDABLE.fullmatch(text) is not None

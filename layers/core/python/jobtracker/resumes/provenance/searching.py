"""Finding single values: words, addresses, numbers, dates, skills."""

import re
from typing import Final

import phonenumbers

from jobtracker.resumes.links import EMAIL
from jobtracker.resumes.provenance.source import Place, Source
from jobtracker.skills.extraction import mentions
from jobtracker.skills.taxonomy import taxonomy

# What stands between the digits of a telephone number.
_NUMBER: Final = re.compile(r"[+(]?\d[\d\s().\-/–\u00a0\u2000-\u200a\u2011\u202f]{4,28}\d")
_ADDRESS: Final = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|io|net)/\S*")
_SCHEME: Final = re.compile(r"^(?:https?://)?(?:www\.)?", re.IGNORECASE)
_DOI: Final = re.compile(r"^https?://(?:dx\.)?doi\.org/", re.IGNORECASE)
_BEFORE: Final = ("https://www.", "http://www.", "https://", "http://", "www.")
_ON: Final = re.compile(r"[\w/-]")


def email(address: str, source: Source) -> list[Place]:
    """Where an address stands."""
    return [match.span() for match in EMAIL.finditer(source.text) if match.group().casefold() == address.casefold()]


def phone(number: str, source: Source) -> list[Place]:
    """Where a number in E.164 stands, in whatever form: with its country's code or, at home, without."""
    try:
        national = phonenumbers.national_significant_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return []
    found = []
    for match in _NUMBER.finditer(source.text):
        places = [match.start() + at for at, sign in enumerate(match.group()) if sign.isdigit()]
        digits = "".join(source.text[place] for place in places)
        at = digits.find(national)
        if at >= 0:
            # What stands before is the country's code, unless it is the end of another number.
            before = source.text[match.start() : places[at]]
            start = match.start() if len(re.sub(r"\D", "", before)) <= 6 else places[at]
            found.append((start, places[at + len(national) - 1] + 1))
    return found


def link(url: str, source: Source) -> list[Place]:
    """Where an address of the web stands: whole if it does, else as the beginning of a longer one."""
    bare = _DOI.sub("", url) if _DOI.match(url) else _SCHEME.sub("", url)
    lowered, text = bare.casefold(), source.text.casefold()
    if len(text) != len(source.text):
        return source.find(bare)
    whole: list[Place] = []
    parts: list[Place] = []
    at = text.find(lowered)
    while at >= 0:
        end = at + len(bare)
        start = next((at - len(before) for before in _BEFORE if text.endswith(before, 0, at)), at)
        (parts if end < len(text) and _ON.match(text[end]) and text[end] != "/" else whole).append((start, end))
        at = text.find(lowered, at + 1)
    exact = [place for place in whole if not _goes_on(source.text, place[1])]
    return exact or whole or parts or source.find(bare)


def _goes_on(text: str, end: int) -> bool:
    return text.startswith("/", end) and end + 1 < len(text) and _ON.match(text[end + 1]) is not None


def skills(wanted: tuple[str, ...], source: Source) -> dict[str, list[Place]]:
    """All places where each of the skills is named."""
    # An address is none of the words that say what somebody can; spaces keep the other words where they are.
    plain = _ADDRESS.sub(lambda match: " " * len(match.group()), source.text)
    found: dict[str, list[Place]] = {skill: [] for skill in wanted}
    for mention in mentions(plain):
        if mention.skill in found:
            found[mention.skill].append((mention.start, mention.end))
    return {skill: places or _spelt(skill, source) for skill, places in found.items()}


def _spelt(skill: str, source: Source) -> list[Place]:
    """Where a spelling of a skill stands that its neighbours on another line made one."""
    node = taxonomy().by_id.get(skill)
    names = () if node is None else (node.name, *node.aliases)
    return next((places for name in names if (places := source.find(name))), [])

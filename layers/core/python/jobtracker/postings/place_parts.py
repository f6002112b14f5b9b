"""Taking apart what stands in a field of places: into places, and these into their pieces."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from jobtracker.postings.areas import countries_of
from jobtracker.postings.gazetteer import (
    EDGES,
    cities_named,
    country_codes,
    country_named,
    country_of,
    fold,
    regions_beside,
    regions_of,
)
from jobtracker.postings.place_words import says_nothing

# What stands between places, and what stands between the parts of one.
_BETWEEN = re.compile(
    r"\s*(?:[;|/•·+&\n]|(?<!\S)(?:or|and|oder|und|ou|et|y|en)(?!\S))"
    r"(?! ?(?:Hove|Tobago|Herzegovina|Labrador|Wear|Barbuda|Nevis|Príncipe)\b)\s*"
)
_WITHIN = re.compile(r"\s*(?:[,()\[\]]|:\s|\s[-–—]\s|\s-|-\s)\s*")
# Names that other rules would take apart.
_WHOLE: Final = (
    (re.compile(r"(?<!\w )\b(?:san francisco |sf )?bay area\b", re.IGNORECASE), "San Francisco"),
    (re.compile(r"\bD(?:/|-)A(?:/|-)CH\b"), "DACH"),
    (re.compile(r"\b(\w+)weit\b"), r"\1"),
    (re.compile(r"\bremote\s*-\s*", re.IGNORECASE), " "),
    (re.compile(r"\b\d+ ?(?:miles?|mi|km|kilomet\w+) (?:of|from|around)\b", re.IGNORECASE), " "),
)
_NOISE = re.compile(
    r"\b\d+[+-]?\s*(?:days?|x|tage?|jours?)(?:\s?(?:/|per|a|in|pro|par)\s?(?:week|office|woche|semaine))*\b(?: in)?|"
    r"\b(?:(?-i:in)|remotely|remote|remoto|remota|hybrid[eo]?|on-?site|in[- ]office|offices?|büro|fully|full|only|"
    r"based|anywhere|worldwide|world ?wide|global(?:ly)?|from home|home[- ]?office|homeoffice|home|preferred|flexible|"
    r"area|metropolitan|metroplex|metro|region|headquarters|hq|multiple locations?|locations?|standort|lieu|"
    r"distributed|within|pan|virtual|tele-?work\w*|(?:con )?teletrabajo|t[ée]l[ée]travail(?: complet| partiel)?|"
    r"telearbeit|"
    r"office week|ganze?s?|toute? la|enti[eè]re?|heel(?= nederland)|tutta(?= italia)|cała(?= polska)|"
    r"tod[ao](?: [oa])?(?= (?:brasil|españa))|kanton|canton(?: of| de)?|landkreis|the(?= EU| UK| US)|"
    r"near|nearby|raum|großraum|umgebung|près de|cerca de|nähe|work|working|wfh|eligible|residents?|candidates|"
    r"applicants|citizens|located|must be|anywhere in|throughout|across|various|all|the world)\b(?!-)|\b100 ?%",
    re.IGNORECASE,
)
_WIDE = re.compile(r"[- ]wide\b", re.IGNORECASE)
_AROUND: Final = (
    "greater", "central", "downtown", "city of", "inner", "north", "south", "east", "west", "city", "centre", "center",
    "zentrum", "bay", "mitte", "innenstadt", "cbd", "ncr", "sar", "bezirk", "county",
)  # fmt: skip
AROUND_ENDS = re.compile(rf"^(?:{'|'.join(_AROUND)})\s+|\s+(?:{'|'.join(_AROUND)})$", re.IGNORECASE)
_POSTCODE = re.compile(
    r"\b(?:[A-Z]{1,2}-)?\d{3,6}(?:-\d{3,4})?(?: ?[A-Z]{2}\b(?=\s+[A-Z][a-z]))?\b|"
    r"\b[A-Z]{1,2}\d{1,2}[A-Z]?(?: ?\d[A-Z]{2})?\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b|\b\d{1,2}(?:er|e|ème|th|st|nd)?\b"
)
_TIME = re.compile(
    r"\btime ?zones?\b|\bhours?\b|\b(?:UTC|GMT|EST|PST|CET|CST|EDT|PDT|MST|IST|BST)\b|\btbd\b|\bvisa\b", re.IGNORECASE
)
# What separates places in a list, rather than the words of one.
_BETWEEN_ITEMS = re.compile(r"[;|/•·]")
# How work is done there, beside a name of the list: "Remote - Galway", "Galway (Hybrid)".
_MODE_BESIDE = re.compile(r"^(?:remote|hybrid|on-?site)\s*[-–—:]\s*|\s*\((?:remote|hybrid|on-?site)\)$", re.IGNORECASE)
# A word of a name: "Galway", "Stoke-on-Trent", "L'Aquila", "St."; and those that stand small among them.
_WORD = re.compile(r"[^\W\d_]+(?:['’.-]+[^\W\d_]+)*\.?")
_SMALL: Final = frozenset(
    {"of", "upon", "on", "the", "am", "an", "der", "den", "dem", "bei", "auf", "im", "vor", "ob", "de", "del", "della",
     "di", "da", "do", "dos", "la", "le", "les", "du", "sur", "al", "el"}
)  # fmt: skip
_MOST_WORDS: Final = 5
# What stands capitalised among places and is none.
_NO_NAME = re.compile(
    r"\b(?:more|others?|another|etc|plus|any|all|open|multiple|several|many|cities|countries|sites?|places?|states?|"
    r"full|part|time|permanent|contract\w*|temporary|temp|intern\w*|freelance|salary|pay|benefits|bonus|travel\w*|"
    r"field|options?|optional|possible|available|friendly|first|model|hours?|shifts?|days?|nights?|weeks?|months?|"
    r"jobs?|positions?|roles?|careers|teams?|clients?|customers?|head|main|corporate|company|group|department|general|"
    r"unknown|unspecified|confidential|negotiable|none|see|engineering|sales|marketing|finance|operations|product|"
    r"design|support|legal|people|technology|tech|data|software|it|hr|vollzeit|teilzeit|unbefristet|befristet|"
    r"weitere|andere|standorte|bundesweit|außendienst|autres?|temps|plein|otros|otras)\b",
    re.IGNORECASE,
)
_LONGEST_LIST, _MOST_PIECES = 2_000, 12


def parts_of(text: str, *, areas: bool = False) -> list[tuple[str, ...]]:
    """The pieces of what stands between separators; areas are no places."""
    if areas:
        return list(_parts(text))
    placed = (tuple(piece for piece in pieces if not countries_of(fold(piece))) for pieces in _parts(text))
    return [pieces for pieces in placed if pieces]


def names_listed(text: str, *, beside: int) -> set[str]:
    """What stands as a name does, by itself, in a list with so many known places. Beside one alone only semicolons tell
    that it is a list of places."""
    if not beside:
        return set()
    text = text[:_LONGEST_LIST]
    items = text.split(";") if beside == 1 else _BETWEEN_ITEMS.split(text)
    return {name for item in items if _is_name(name := _MODE_BESIDE.sub("", " ".join(item.split())))}


def _is_name(item: str) -> bool:
    words = item.replace(",", " ").split()
    if not 0 < len(words) <= _MOST_WORDS or words[0] in _SMALL:
        return False
    if _NO_NAME.search(item) or says_nothing(item, whole=True):
        return False
    if not all(
        word in _SMALL or (_WORD.fullmatch(word) and word[0].isupper() and not word.isupper()) for word in words
    ):
        return False
    # What loses a word in being taken apart says something else besides: "Hybrid Model".
    parts = _parts(item)
    return len(parts) == 1 and ", ".join(parts[0]) == item


@lru_cache(maxsize=20_000)
def _parts(text: str) -> tuple[tuple[str, ...], ...]:
    text = " ".join(text[:_LONGEST_LIST].split())
    for name, plain in _WHOLE:
        text = name.sub(plain, text)
    parts = _BETWEEN.split(_WIDE.sub(" ", _NOISE.sub(" ", text)))
    pieces = (tuple(piece for rough in _WITHIN.split(part) if (piece := _plain(rough))) for part in parts)
    return tuple(some[:_MOST_PIECES] for some in pieces if some)


def _plain(piece: str) -> str:
    """A piece without postcodes and edges; nothing where it speaks of time."""
    if _TIME.search(piece):
        return ""
    return " ".join(_POSTCODE.sub(" ", piece).split()).strip(EDGES)


def codes_apart(pieces: Sequence[str]) -> Iterator[str]:
    """The pieces, with a code at an end of one taken apart: "Sydney NSW", "US-TX-Austin", "DE-Berlin"."""
    for piece in pieces:
        head, _, last = piece.rpartition(" ")
        if head and last.isupper() and (regions_of(last) or last in country_codes() or country_named(last)):
            yield from (head.strip(EDGES), last)
        elif "-" in piece and not cities_named(piece):
            yield from _unhyphened(piece)
        else:
            yield piece


def _unhyphened(piece: str) -> Iterator[str]:
    """ "Berlin-Kreuzberg" and "Raleigh-Durham" are told by their first word; a code before it says where."""
    if regions_of(piece) or regions_beside(piece) or country_of(piece):
        yield piece
        return
    words = [word.strip(EDGES) for word in piece.split("-")]
    codes = [word for word in words if word.isupper() and (country_of(word) or regions_of(word))]
    rest = [word for word in words if word and word not in codes]
    yield from (*codes, *rest) if codes else rest[:1]

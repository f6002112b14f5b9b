"""Telling the places in the lines of an entry from its other words."""

import re

from jobtracker.postings.places import country_of, fold, read_place
from jobtracker.resumes.lines import with_commas

_PARENTHESIS = re.compile(r"\s*\(([^()]*)\)")
_CODE = re.compile(r"[A-Z]{2,3}")
_LINKING = {"of", "the", "de", "at", "in", "für", "zu", "di", "von", "and", "&", "for", "do", "da", "des", "du"}
_REMOTE = re.compile(r"(?:100\s?% )?(?:remote|home ?office|hybrid|on-?site)", re.IGNORECASE)
_NOT_HOME = re.compile(
    r"\b(?:born|birth|geboren|geburtsort|geburtsdatum|nationality|national|staatsangehörigkeit|citizen\w*|visa|"
    r"willing|relocat\w+|open to|languages?|page|updated)\b",
    re.IGNORECASE,
)


def is_place(text: str) -> bool:
    """Whether the text is a place and nothing else: "San Francisco, CA", "Remote, Germany", "Budapest (Hungary)"."""
    bare = _PARENTHESIS.sub(r", \1", with_commas(text)).strip(" ,;.")
    parts = [part.strip() for part in re.split(r"[,/]", bare) if part.strip()]
    if not parts or len(bare.split()) > 8:
        return False
    if not (named := [part for part in parts if not _REMOTE.fullmatch(part)]):
        return True
    place = read_place(", ".join(named))
    if place is None:
        return False
    if place.city and _is_town(named[0], place.city):
        # Some states' codes are towns elsewhere; beside a town of that state they are codes.
        return all(_names_region(part) or (_CODE.fullmatch(part) and place.region) for part in named[1:])
    # "IT" is Italy and "HR" Croatia only after a town.
    return all(_names_region(part) for part in named) and any(not _CODE.fullmatch(part) for part in named)


def tells_of_birth(line: str) -> bool:
    """Whether a place in the line is another than the person's home."""
    return _NOT_HOME.search(line) is not None


def is_address(text: str) -> bool:
    """Whether the text is a postal address: numbers, commas and a place that is known."""
    if "," not in text or not re.search(r"\d", text) or len(text.split()) > 12:
        return False
    place = read_place(re.sub(r"\b[\w-]*\d[\w-]*\b", " ", _PARENTHESIS.sub(r", \1", text)))
    return place is not None


def split_place(text: str) -> tuple[str, str | None]:
    """The text without the place at its end, and that place: "Stripe San Francisco, CA", "Acme (Berlin)"."""
    bare = text.strip(" ,;")
    if bare.endswith(".") and is_place(bare.rpartition(",")[2]):
        bare = bare[:-1]
    if (match := re.search(r"\s*\(([^()]+)\)$", bare)) and is_place(match[1]):
        rest, place = split_place(bare[: match.start()])
        return rest, f"{place} ({match[1]})" if place else match[1].strip()
    if (match := re.search(r"\s+in\s+(\S.*)$", bare)) and is_place(match[1]):
        return bare[: match.start()].strip(" ,;"), match[1].strip()
    parts = bare.split(",")
    for number in range(1, len(parts)):
        tail = ",".join(parts[number:]).strip()
        if is_place(tail):
            return _with_town(",".join(parts[:number]).strip(), tail)
    if len(parts) > 1:
        return _with_town(",".join(parts[:-1]).strip(), parts[-1].strip())
    return bare, None


def _with_town(rest: str, tail: str) -> tuple[str, str | None]:
    """The place with the town that may end the words before it: "Stripe San Francisco" and "CA"."""
    words = rest.split()
    for count in range(min(4, len(words) - 1), 0, -1):
        town = " ".join(words[-count:])
        place = read_place(f"{town}, {tail}") if "," not in town else None
        if words[-count - 1].casefold() in _LINKING:
            break
        if place and place.city and _is_town(town, place.city) and is_place(f"{town}, {tail}"):
            return " ".join(words[:-count]).strip(" ,;–-"), f"{town}, {tail}"
    return (rest, tail) if is_place(tail) else (f"{rest}, {tail}", None)


def _names_region(part: str) -> bool:
    """Whether the words are a country or a state, by name or code."""
    if country_of(part):
        return True
    place = read_place(part)
    if place is None or place.region is None:
        return False
    return bool(_CODE.fullmatch(part)) or fold(part) == fold(place.region)


def _is_town(written: str, city: str) -> bool:
    """Whether the words are the town's name, alone, with a state's code, or as it is called elsewhere."""
    words, named = fold(written).split(), fold(city).split()
    if words == named or words[:-1] == named or named[: len(words)] == words:
        return True
    return len(words) == len(named) == 1

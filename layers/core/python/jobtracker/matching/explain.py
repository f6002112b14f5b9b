"""Saying why: a match's parts in points and plain sentences, from the very numbers that ranked it."""

import numpy as np

from jobtracker.catalog.columns import SENIORITIES, WORK_MODES
from jobtracker.catalog.index import CatalogIndex
from jobtracker.matching.features import ANYWHERE, MISSED_SHARE, SAME_COUNTRY, WEIGHTS, CatalogArrays, Scored, missed
from jobtracker.matching.model import Match, Part, PartName
from jobtracker.matching.person import Person
from jobtracker.postings.model import place_line
from jobtracker.skills.taxonomy import taxonomy

NAMES_SHOWN = 4
STRONG, FAIR = 0.66, 0.33
_MODE_NAMES = {number: mode.value for mode, number in WORK_MODES.items()}
_LEVEL_NAMES = {number: level.value for level, number in SENIORITIES.items()}


def explain(arrays: CatalogArrays, person: Person, scored: Scored, row: int) -> Match:
    """The match of the posting that stands at ``row`` of ``scored``."""
    index, position = arrays.index, int(scored.positions[row])
    matched, missing = _skills(index, arrays, person, position)
    parts = []
    for name in PartName:
        known = bool(scored.values[name].known[row])
        value = float(scored.values[name].value[row])
        reason = (
            _reason(name, index, person, position, value, matched, missing)
            if known
            else _unknown(name, index, person, position)
        )
        points = int(scored.tenths[name][row]) / 10
        parts.append(Part(name=name, points=points, possible=WEIGHTS[name], known=known, reason=reason))
    return Match(
        posting_id=index.ids[position],
        score=sum(int(tenths[row]) for tenths in scored.tenths.values()) / 10,
        parts=tuple(parts),
        matched_skills=tuple(matched),
        missing_skills=tuple(missing),
    )


def _skills(index: CatalogIndex, arrays: CatalogArrays, person: Person, position: int) -> tuple[list[str], list[str]]:
    """The posting's skills that the person has and lacks, those that tell most first.

    Of a group of which one is enough, nothing is lacking to whoever has one.
    """
    here = slice(int(index.skills_indptr[position]), int(index.skills_indptr[position + 1]))
    group = dict(zip(index.skills_indices[here].tolist(), index.skills_either[here].tolist(), strict=True))
    named = sorted(group, key=lambda i: -float(arrays.skill_rarity[i]))
    ids = taxonomy().ids
    matched = [skill for skill in named if person.have.get(skill) == 1.0]
    enough = {group[skill] for skill in matched} - {0}
    missing = [skill for skill in named if person.have.get(skill) != 1.0 and group[skill] not in enough]
    return [ids[skill] for skill in matched], [ids[skill] for skill in missing]


def _reason(
    name: PartName,
    index: CatalogIndex,
    person: Person,
    position: int,
    value: float,
    matched: list[str],
    missing: list[str],
) -> str:
    match name:
        case PartName.SKILLS:
            return _skills_reason(matched, missing, person)
        case PartName.TITLE:
            return f"The title is {_grade(value)} to “{_closest_title(index, person, position)}”."
        case PartName.TEXT:
            return f"The work described is {_grade(value)} to what your resume describes."
        case PartName.SENIORITY:
            level = _LEVEL_NAMES[int(index.columns["seniority"][position])]
            own = person.seniority.value if person.seniority else "unknown"
            return f"Asks for {level} level; your resume reads as {own}."
        case PartName.PLACE:
            return _place_reason(index, person, position, value)
        case PartName.PAY:
            return "Pays at least your floor." if value >= 1 else "States pay below your floor."


def _closest_title(index: CatalogIndex, person: Person, position: int) -> str:
    assert index.title_vectors is not None  # noqa: S101  # the titles were compared
    assert person.title_vectors is not None  # noqa: S101
    cosines = person.title_vectors @ index.title_vectors[position].astype(np.float32)
    return person.titles[int(cosines.argmax())]


def _skills_reason(matched: list[str], missing: list[str], person: Person) -> str:
    total = len(matched) + len(missing)
    names, numbers = taxonomy().names, taxonomy().index
    close = sum(numbers[skill] in person.have for skill in missing)
    have = f": {', '.join(names(tuple(matched[:NAMES_SHOWN])))}" if matched else ""
    lack = f" Missing: {', '.join(names(tuple(missing[:NAMES_SHOWN])))}." if missing else ""
    near = f" Close to yours: {close} of those." if close else ""
    rest = "" if missing else " Advertisements name only a part, so some points are kept back."
    return f"You have {len(matched)} of {total} skills it names{have}.{lack}{near}{rest}"


def _grade(value: float) -> str:
    if value >= STRONG:
        return "close"
    return "fairly close" if value >= FAIR else "not close"


def _place_reason(index: CatalogIndex, person: Person, position: int, value: float) -> str:
    record = index.record(position)
    mode = _MODE_NAMES.get(int(index.columns["work_mode"][position]))
    where = record.places[0].text if record.places else ("anywhere" if mode == "remote" else "an unnamed place")
    kind = place_line(where, mode)
    columns, here = index.columns, slice(position, position + 1)
    countries, ways = (
        bool(wish[0]) for wish in missed(columns["work_mode"][here], columns["country_codes"][here], person)
    )
    if countries or ways:
        wishes = ["not one of the countries you named"] * countries + ["not a way of working you asked for"] * ways
        return f"{kind}: {', and '.join(wishes)}. So every part counts only {MISSED_SHARE:.0%}."
    if value >= ANYWHERE:
        return f"{kind}: within your reach."
    if value >= SAME_COUNTRY:
        return f"{kind}: in your country, beyond a daily commute or of unknown distance."
    return f"{kind}: outside the country you live in."


def _unknown(name: PartName, index: CatalogIndex, person: Person, position: int) -> str:
    match name:
        case PartName.SKILLS:
            return "The posting names no skill we know." if person.have else "Your resume names no skill we know."
        case PartName.TITLE:
            return "The titles could not be compared." if person.titles else "Your resume names no role."
        case PartName.TEXT:
            return "The texts could not be compared."
        case PartName.SENIORITY:
            return "The posting does not say its level." if person.seniority else "Your level is not known."
        case PartName.PLACE:
            return _unknown_place(index, position) if person.countries else "Your place is not known."
        case PartName.PAY:
            return "Pay is not stated." if person.pay_floor_usd is not None else "You set no pay floor."


def _unknown_place(index: CatalogIndex, position: int) -> str:
    named = index.record(position).places
    return f"We do not know where “{named[0].text}” is." if named else "The posting does not say where."

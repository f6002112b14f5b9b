"""How a posting asks for each skill that its text names: demand, years, and whether it teaches it.

Each place that names a skill is judged by the cue of its sentence ("is a plus"), else by its section ("Requirements"),
else by whether the sentence speaks of the reader ("you have worked with"). Of several places the most demanding counts.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from jobtracker.skills.alternatives import either_of, may_leave_a_choice
from jobtracker.skills.cues import Cue, Says, Side, cues
from jobtracker.skills.extraction import mentions
from jobtracker.skills.model import Asked, Demand, Mention
from jobtracker.skills.sections import Section, lines
from jobtracker.skills.years import years_of

_ORDER = (Demand.REQUIRED, Demand.PREFERRED, Demand.NOT_NEEDED, Demand.MENTIONED)
_ASKING = frozenset({Demand.REQUIRED, Demand.PREFERRED})
_BY_SECTION = {
    Section.REQUIRED: Demand.REQUIRED,
    Section.PREFERRED: Demand.PREFERRED,
    Section.NOT_NEEDED: Demand.NOT_NEEDED,
    Section.LEARNED: Demand.MENTIONED,
}
_STOP = re.compile(r"[.!?]+[)\"”]?\s+(?=[^\W\d_a-zß-ÿ]|[\d(\"“¿¡*])|;")
_LONGEST_SENTENCE = 2000
_LINE = re.compile(r"[^\n]+")
_SHORT = re.compile(
    r"\b(?:e\.\s?g|i\.\s?e|z\.\s?b|d\.\s?h|p\.\s?ex|p\.\s?ej|etc|incl|inkl|ca|min|mind|bzw|bijv|vs|approx|ex|u\.\s?a|o\.\s?ä)$",
    re.IGNORECASE,
)
# Where a cue that stands before names no longer reaches.
_TURN = re.compile(r"\b(?:but|however|whereas|while|aber|jedoch|während|mais|pero|maar|terwijl)\b", re.IGNORECASE)
# Between a name and a cue after it: the cue may be about what comes later.
_CLAUSE = re.compile(
    r"[,(]|\b(?:and|but|while|und|aber|et|mais|y|pero|en|maar)\b|\s[–-]\s",
    re.IGNORECASE,
)
# What stands in brackets after a name is about it: "a licence (counterbalance) is useful".
_BRACKETS = re.compile(r"\([^()]*\)")
# What follows speaks of something else: "manual testing where an eye is needed".
_ASIDE = re.compile(r"\b(?:where|when|because|wo|wenn|weil|où|quand|donde|cuando|waar|wanneer|omdat)\b", re.IGNORECASE)
_SINGULAR = re.compile(r"(?:is|ist|wäre|est|serait|es|sería)\b", re.IGNORECASE)
_OF_SEVERAL = re.compile(
    r"\b(?:experience|knowledge|familiarity|exposure|background|understanding|erfahrung|kenntnis|connaissance|expérience|"
    r"maîtrise|conocimiento|experiencia|dominio|kennis|ervaring)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Judged:
    """What one place says of the skill that it names."""

    mention: Mention
    demand: Demand
    years: int | None
    learned: bool
    either: tuple[str, ...]


def asked(text: str, places: Sequence[Mention] | None = None) -> list[Asked]:
    """How ``text``, plain and with its lines, asks for each skill that it names, in order of first mention.

    Args:
        text: what asks.
        places: the places to judge, in order and none within another, where they were found by other means than names.
    """
    named = mentions(text) if places is None else list(places)
    by_skill: dict[str, list[_Judged]] = {one.skill: [] for one in named}
    # Words that only may be a skill do not make a line something else than a heading.
    sure = named if places is None else mentions(text)
    for judged in _judged(text, named, sure=sure):
        by_skill[judged.mention.skill].append(judged)
    return [_together(skill, judged) for skill, judged in by_skill.items()]


def groups(text: str) -> list[tuple[str, ...]]:
    """The groups of skills of which ``text`` asks for one only, in order of first mention."""
    named = mentions(text)
    # Only sentences that name what some sentence leaves to choose are read: most texts have none.
    chosen: set[str] = set()
    if may_leave_a_choice(text, named):
        chosen = {one.skill for choice in _choices(text, named) for one in choice}
    places: dict[str, list[_Judged]] = {one.skill: [] for one in named if one.skill in chosen}
    for judged in _judged(text, named, chosen) if chosen else ():
        if judged.mention.skill in chosen:
            places[judged.mention.skill].append(judged)
    others = {skill: _together(skill, judged).alternatives for skill, judged in places.items()}
    whole = {skill: frozenset({skill, *some}) for skill, some in others.items() if some}
    # Who is asked for on its own is in no group, though others may stand in for it.
    found = dict.fromkeys(group for group in whole.values() if all(whole.get(one) == group for one in group))
    return [tuple(one for one in whole if one in group) for group in found]


def _choices(text: str, named: list[Mention]) -> Iterator[dict[Mention, tuple[str, ...]]]:
    """What each sentence leaves to choose, whatever else it says."""
    starts = [one.start for one in named]
    for line in _LINE.finditer(text):
        first, last = bisect_left(starts, line.start()), bisect_left(starts, line.end())
        if last - first > 1:
            for start, end in _sentences(text, line.start(), line.end()):
                yield either_of(text, start, end, named[bisect_left(starts, start) : bisect_left(starts, end)])


def _together(skill: str, places: list[_Judged]) -> Asked:
    demand = min((one.demand for one in places), key=_ORDER.index, default=Demand.MENTIONED)
    telling = [one for one in places if one.demand is demand]
    years = [one.years for one in telling if one.years is not None]
    return Asked(
        skill,
        demand,
        years=max(years, default=None),
        learned=any(one.learned for one in places),
        spans=tuple((one.mention.start, one.mention.end) for one in telling),
        alternatives=_alternatives(skill, demand, telling),
    )


def _alternatives(skill: str, demand: Demand, telling: list[_Judged]) -> tuple[str, ...]:
    """The other skills of the first place's group; none where a place asks for the skill alone."""
    if demand not in _ASKING or not all(one.either for one in telling):
        return ()
    return tuple(other for other in telling[0].either if other != skill)


def _judged(
    text: str, named: list[Mention], wanted: Set[str] | None = None, *, sure: list[Mention] | None = None
) -> Iterator[_Judged]:
    """What each place says; of the sentences that name one of the ``wanted``, where these are given. A line in which a
    ``sure`` name stands is no heading."""
    starts = [one.start for one in named]
    sure_starts = starts if sure is None else [one.start for one in sure]

    def within(start: int, end: int) -> list[Mention]:
        return named[bisect_left(starts, start) : bisect_left(starts, end)]

    for line in lines(text, lambda start, end: bisect_left(sure_starts, start) < bisect_left(sure_starts, end)):
        if not within(line.start, line.end):
            continue
        for start, end in _sentences(text, line.start, line.end):
            here = within(start, end)
            if here and (wanted is None or any(one.skill in wanted for one in here)):
                yield from _sentence(text, (start, end), here, line.section)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if text[stop.start()] == "." and _SHORT.search(text, begin, stop.start()):
            continue
        yield from _bounded(begin, stop.end())
        begin = stop.end()
    yield from _bounded(begin, end)


def _bounded(start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, or pieces of what is longer than any: what is looked up around each name takes the square of it."""
    for begin in range(start, end, _LONGEST_SENTENCE):
        yield begin, min(end, begin + _LONGEST_SENTENCE)


def _sentence(text: str, span: tuple[int, int], here: list[Mention], section: Section) -> Iterator[_Judged]:
    start, end = span
    said = [
        Cue(one.says, one.side, one.start + start, one.end + start)
        for one in cues(text[start:end])
        # What stands in a skill's name says nothing.
        if not any(name.start <= one.start + start and one.end + start <= name.end for name in here)
    ]
    years = years_of(text, start, end, here)
    either = either_of(text, start, end, here)
    for name in here:
        cue = _cue_of(text, start, name, said, here)
        demand = cue.says.demand if cue is not None else _BY_SECTION.get(section)
        learned = cue.says is Says.LEARNED if cue is not None else section is Section.LEARNED
        if demand is None:
            hinted = any(one.says is Says.SPEAKS_OF_YOU and one.start < name.start for one in said)
            demand = Demand.REQUIRED if hinted or name in years else Demand.MENTIONED
        yield _Judged(name, demand, years.get(name) if demand in _ASKING else None, learned, either.get(name, ()))


def _cue_of(text: str, start: int, name: Mention, said: list[Cue], here: list[Mention]) -> Cue | None:
    """The cue that a name goes by: one around it, else the nearest that reaches it, if any."""
    strong = [one for one in said if one.says is not Says.SPEAKS_OF_YOU]
    around = [one for one in strong if one.side is Side.WITHIN and one.start <= name.start and name.end <= one.end]
    later = next((one for one in strong if one.side is Side.BEFORE and one.start >= name.end), None)
    earlier = next((one for one in reversed(strong) if one.end <= name.start), None)
    if earlier is not None and (earlier.side is not Side.AFTER or _TURN.search(text, earlier.end, name.start)):
        earlier = None
    if around:
        return _unless_welcome(around[0], strong, here)
    if later is not None and (_ASIDE.search(text, name.end, later.start) or _interrupted(name, later, strong)):
        later = None
    if later is None:
        return earlier
    # A bracket that opens at the cue is about the name before it.
    far = _CLAUSE.search(_BRACKETS.sub(" ", text[name.end : later.start]).rstrip(" (")) is not None
    if far and (earlier is not None or _is_of_one(text, start, name, later)):
        return earlier
    return _unless_welcome(later, strong, here)


def _is_of_one(text: str, start: int, name: Mention, later: Cue) -> bool:
    """Whether a cue after several names is about the last alone: "SQL, and Docker is a plus", but not "Experience with
    SQL or Docker is a plus"; nor is "SQL, Docker (optional)" about SQL."""
    if text[: later.start].rstrip().endswith("("):
        return "," in text[name.end : later.start]
    return _SINGULAR.match(text, later.start) is not None and not _OF_SEVERAL.search(text, start, name.start)


def _interrupted(name: Mention, later: Cue, said: Iterable[Cue]) -> bool:
    """Whether another cue between a name and a later one begins something new: "Go, ideally with Redis (required)"."""
    return any(one.side is Side.AFTER and name.end <= one.start and one.end <= later.start for one in said)


def _unless_welcome(cue: Cue, said: list[Cue], here: list[Mention]) -> Cue:
    """ "Not required, but a plus" is a plus: the next cue, if it says so before another skill is named."""
    if cue.says is not Says.NOT_NEEDED:
        return cue
    following = next((one for one in said if one.start >= cue.end), None)
    if following is None or following.says is not Says.PREFERRED:
        return cue
    between = any(cue.end <= name.start < following.start for name in here)
    after = following.side is Side.AFTER and any(name.start >= following.end for name in here)
    return cue if between or after else following

"""Where the fields stand that a profile has once: who the person is and how to be reached."""

from collections.abc import Iterator
from typing import Final

from jobtracker.resumes.model import Profile
from jobtracker.resumes.provenance import searching
from jobtracker.resumes.provenance.found import Found, nearest, told
from jobtracker.resumes.provenance.source import Place, Source
from jobtracker.resumes.sections import Kind
from jobtracker.skills.taxonomy import taxonomy

_PERSON: Final = (Kind.HEAD, Kind.CONTACT)
# How far below a name its headline may stand, in signs.
_BELOW: Final = 600


def personal(profile: Profile, source: Source) -> Iterator[Found]:
    """All such fields that the profile has."""
    name = told(source, "/name", profile.name, _PERSON) if profile.name else None
    if name:
        yield name
    if profile.label:
        yield _label(profile.label, source, name)
    yield from _reached("/emails", "/email", profile.emails, profile.email, source)
    yield from _reached("/phones", "/phone", profile.phones, profile.phone, source)
    for number, link in enumerate(profile.links):
        yield _at(f"/links/{number}/url", link.url, searching.link(link.url, source), source)
    if profile.place:
        yield told(source, "/place", profile.place.text, _PERSON)
    if profile.summary:
        yield _summary(profile.summary, source)
    yield from _skills(profile, source)


def _label(label: str, source: Source, name: Found | None) -> Found:
    """The headline below the name; elsewhere it is the latest title."""
    after = name.places[0][1] if name and name.places else 0
    places = source.find(label)
    near = [place for place in places if after <= place[0] <= after + _BELOW]
    if near or not places:
        found = told(source, "/label", label, _PERSON, after)
        return Found("/label", label, [near[0]], rivals=len(places) - 1) if near else found
    return told(source, "/label", label, (Kind.WORK, *_PERSON))


def _reached(several: str, one: str, values: tuple[str, ...], first: str | None, source: Source) -> Iterator[Found]:
    search = searching.email if one == "/email" else searching.phone
    for path, value in [*((f"{several}/{number}", value) for number, value in enumerate(values)), (one, first)]:
        if value:
            yield _at(path, value, search(value, source), source)


def _at(path: str, value: str, places: list[Place], source: Source) -> Found:
    best = nearest(source, places, _PERSON)
    return Found(path, value, [best] if best else [], 1.0 if best else 0.0, max(0, len(places) - 1))


def _summary(summary: str, source: Source) -> Found:
    # The reader cuts a long one, in the middle of a word if need be.
    whole = told(source, "/summary", summary, (Kind.SUMMARY, Kind.HEAD))
    if whole.share == 1.0:
        return whole
    cut = told(source, "/summary", summary.rpartition(" ")[0] or summary, (Kind.SUMMARY, Kind.HEAD))
    return Found("/summary", summary, cut.places, cut.share)


def _skills(profile: Profile, source: Source) -> Iterator[Found]:
    places = searching.skills(profile.skills, source)
    # What words only mean has its place by them.
    linked = {one.skill for one in profile.linked_skills}
    for number, skill in enumerate(profile.skills):
        if skill in linked:
            continue
        own = [place for place in places[skill] if not _is_of_others(place, source)] or places[skill]
        [name] = taxonomy().names([skill])
        yield Found(f"/skills/{number}", name, own, 1.0 if own else 0.0, max(0, len(own) - 1))


def _is_of_others(place: Place, source: Source) -> bool:
    line = source.line_at(place[0])
    return line is not None and line.kind is Kind.REFERENCES

"""Telling which fields of a profile are right, as far as it is known what the resume says."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.resume_people import Person
from benchmarks.resume_truth import Told
from jobtracker.resumes.model import Profile
from jobtracker.resumes.provenance.evidence import Scored
from jobtracker.skills.extraction import extract

_ENTRY: Final = re.compile(r"/(?P<list>\w+)/(?P<number>\d+)/(?P<field>\w+)(?:/\d+)?")
_PHONE: Final = re.compile(r"\+?[\d\s().-]{7,}")
_FORMS: Final = {"work": ("title", "company", "start"), "education": ("institution", "degree", "end")}

Entry = Mapping[str, str | tuple[str, ...] | None]


@dataclass(frozen=True, slots=True)
class Truth:
    """What a resume says: of each path without an entry's number the values that are right; and its entries by list.

    What is in neither is not known. An entry that lacks a field does not say it; ``by_year``: of dates years alone.
    """

    values: Mapping[str, frozenset[str]]
    entries: Mapping[str, Sequence[Entry]]
    by_year: bool = False


def truth_of(person: Person, left_out: frozenset[str], *, by_year: bool) -> Truth:
    """What a resume of this person says."""
    said = [
        person.label, person.summary, ", ".join(person.skills),
        *(f"{language} ({fluency})" for language, fluency in person.languages),
        *(words for job in person.jobs for words in (job.title, *job.bullets)),
        *(words for study in person.studies for words in (study.degree, study.area or "", study.institution)),
        *(f"{name}, {by}" for name, by, _ in person.certificates),
        *(f"{one.name}\n{one.text}" for one in (*person.projects, *person.publications, *person.awards)),
    ]  # fmt: skip
    emails, phones = frozenset({person.email}), frozenset({person.phone})
    values = {
        "name": frozenset({person.name}),
        # Who writes none is called by the latest title.
        "label": frozenset({person.jobs[0].title if "label" in left_out else person.label}),
        "email": emails,
        "emails": emails,
        "phone": phones,
        "phones": phones,
        "links": frozenset(f"https://{link}" for link in person.links),
        "place": frozenset({person.place}) if "place" not in left_out else frozenset[str](),
        "summary": frozenset({person.summary}) if "summary" not in left_out else frozenset[str](),
        # As the same words are read that stand in no layout.
        "skills": frozenset(extract("\n".join(said))),
    }
    entries: dict[str, Sequence[Entry]] = {
        "work": [
            {
                "title": job.title,
                "company": job.company,
                "place": None if "job places" in left_out else job.place,
                "start": job.start,
                "end": job.end,
                "current": "" if job.end else "Present",
                "bullets": job.bullets,
            }
            for job in person.jobs
        ],
        "education": [
            {"institution": one.institution, "degree": one.degree, "area": one.area, "start": one.start, "end": one.end}
            for one in person.studies
        ],
        "languages": [{"language": language, "fluency": fluency} for language, fluency in person.languages],
        "certificates": [{"name": name, "issuer": by, "date": date} for name, by, date in person.certificates],
        "projects": [
            # A single date may be either end.
            {"name": one.name, "description": one.text, "start": one.date, "end": one.date}
            for one in person.projects
        ],
        "publications": [
            # Where the form of a reference tells no title, the reference is the name.
            {"name": (one.name, f"{one.name}, {one.by}"), "publisher": one.by, "date": one.date}
            for one in person.publications
        ],
        "awards": [{"title": one.name, "awarder": one.by, "date": one.date} for one in person.awards],
        "work_rights": [{"words": person.right}] if person.right else [],
    }
    return Truth(values, entries, by_year)


def truth_told(told: Told) -> Truth:
    """What somebody wrote down of a real file."""
    values = {
        name: frozenset({value})
        for name, value in (("name", told.name), ("email", told.email), ("phone", told.phone))
        if value
    }
    entries: dict[str, Sequence[Entry]] = {}
    if told.work:
        entries["work"] = [
            {
                "title": one["title"],
                "company": one["company"],
                "start": one["start"],
                "end": None if one["end"] == "present" else one["end"],
                "current": "Present" if one["end"] == "present" else "",
            }
            for one in told.work
        ]
    if told.institutions:
        entries["education"] = [{"institution": one} for one in told.institutions]
    return Truth(values, entries)


def marks(profile: Profile, fields: Sequence[Scored], truth: Truth) -> Iterator[tuple[Scored, bool]]:
    """Those fields of which it is known what the resume says, and whether they are right."""
    pairs = {name: _paired(getattr(profile, name), name, entries) for name, entries in truth.entries.items()}
    for scored in fields:
        path = scored.field.path
        entry = _ENTRY.fullmatch(path)
        if entry and entry["list"] in truth.entries:
            given = getattr(profile, entry["list"])[int(entry["number"])]
            wanted = pairs[entry["list"]].get(int(entry["number"]), {})
            # An entry that is none of the truth's is wrong in all that is known of entries of its kind.
            told = wanted or {name for one in truth.entries[entry["list"]] for name in one}
            if truth.entries[entry["list"]] and entry["field"] not in told:
                continue
            value = scored.field.value if entry["field"] in {"bullets", "current"} else getattr(given, entry["field"])
            yield scored, _is(value, wanted.get(entry["field"]), by_year=truth.by_year)
        elif (name := path.split("/")[1]) in truth.values:
            value = profile.skills[int(path.split("/")[2])] if name == "skills" else scored.field.value
            yield scored, any(_is(value, wanted) for wanted in truth.values[name])


def _paired(given: Sequence[object], name: str, entries: Sequence[Entry]) -> dict[int, Entry]:
    """For each entry that was read the one that it is: that with which it has most in common, each once."""
    left = list(entries)
    pairs: dict[int, Entry] = {}
    for number, one in enumerate(given):
        fields = _FORMS.get(name, ("language", "name", "title", "words"))
        best = max(
            left,
            key=lambda entry: sum(_is(getattr(one, field, None), entry.get(field)) for field in fields),
            default=None,
        )
        if best is not None and any(_is(getattr(one, field, None), best.get(field)) for field in fields):
            pairs[number] = best
            left.remove(best)
    return pairs


def _is(given: object, wanted: str | tuple[str, ...] | None, *, by_year: bool = False) -> bool:
    if wanted is None or given is None:
        return False
    if isinstance(wanted, tuple):
        return any(_is(given, one) for one in wanted)
    if by_year and re.fullmatch(r"\d{4}(-\d\d)?", wanted):
        return str(given) == wanted[:4]
    if _PHONE.fullmatch(wanted) and str(given).startswith("+"):
        return re.sub(r"\D", "", str(given)) == re.sub(r"\D", "", wanted)
    return _folded(str(given)) == _folded(wanted)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip(".")

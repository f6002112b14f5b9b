"""The fields of a profile that stand nowhere in the text, and what they were made of."""

from collections.abc import Iterator

from jobtracker.postings.normalise import read_seniority
from jobtracker.resumes.evidence import FieldEvidence
from jobtracker.resumes.model import Profile
from jobtracker.skills.taxonomy import taxonomy


def derived(profile: Profile) -> Iterator[FieldEvidence]:
    """All such fields, each with what it was derived from."""
    for number, link in enumerate(profile.links):
        yield _of(f"/links/{number}/kind", link.kind, "the address")
    if profile.place:
        for name in ("city", "region", "country"):
            if value := getattr(profile.place, name):
                yield _of(f"/place/{name}", value, f"“{profile.place.text}”, as gazetteers have it")
    for number, right in enumerate(profile.work_rights):
        if right.kind:
            yield _of(f"/work_rights/{number}/kind", right.kind.replace("_", " "), f"“{right.words}”")
    yield from _of_languages(profile)
    yield from _of_work(profile)


def _of_languages(profile: Profile) -> Iterator[FieldEvidence]:
    for number, language in enumerate(profile.languages):
        if language.code:
            yield _of(f"/languages/{number}/code", language.code, "the language's name")
        if language.level:
            yield _of(f"/languages/{number}/level", language.level, f"“{language.fluency}”")


def _time(months: int) -> str:
    """As the profile's page says it: months below a year, years with one place from then on."""
    number, unit = (months, "month") if months < 12 else (round(months / 12, 1), "year")
    return f"{number:g} {unit}" + ("" if number == 1 else "s")


def _of_work(profile: Profile) -> Iterator[FieldEvidence]:
    for number, use in enumerate(profile.skill_uses):
        [name] = taxonomy().names([use.skill])
        positions = f"{len(use.positions)} position" + ("s" if len(use.positions) > 1 else "")
        value = positions if use.months is None else f"{positions}, {_time(use.months)}"
        yield _of(f"/skill_uses/{number}", f"{name}: {value}", "the positions that name it, and their dates")
    if profile.years is not None:
        yield _of("/years", f"{profile.years:g}", "the dates of the positions, overlaps counted once")
    if profile.seniority:
        yield _of("/seniority", profile.seniority, _level(profile))


def _level(profile: Profile) -> str:
    """What said which level somebody is at: the first of title, headline and years that does."""
    current = next((one.title for one in profile.work if one.current and one.title), None)
    latest = current or next((one.title for one in profile.work if one.title), None)
    if latest and read_seniority(latest):
        return f"the title “{latest}”"
    if profile.label and read_seniority(profile.label):
        return f"the headline “{profile.label}”"
    return "the years of work"


def _of(path: str, value: str, source: str) -> FieldEvidence:
    return FieldEvidence(path=path, value=str(value), derived_from=source)

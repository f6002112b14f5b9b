"""What real resumes say, as far as somebody wrote it down, and how much of it a parser found."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

from benchmarks import report

# Rules were written with these layouts in sight; the others are what is reported. Those are few by now, and one of them
# holds what a layout that is here holds. Earlier rules were written with all of them at hand, so nothing is unseen.
TUNED: Final = frozenset(
    {
        "billryan_0be075e",
        "europasscv_en",
        "latex_cv4tw_jules_verne_compact",
        "latex_europecv_template_en",
        "latex_simplecv_testcv",
        "reactive_azurill",
        "reactive_bronzor",
        "reactive_chikorita",
        "reactive_ditgar",
        "reactive_gengar",
        "reactive_kakuna",
        "reactive_onyx",
        "rendercv_classic_full",
        "rendercv_ex_John_Doe_ClassicTheme_CV",
        "rendercv_ex_John_Doe_EngineeringresumesTheme_CV",
        "rendercv_ex_John_Doe_ModerncvTheme_CV",
        "rendercv_ex_John_Doe_Sb2novTheme_CV",
        "resumematcher_single-column",
        "scan_reactive_onyx",
    }
)
KINDS: Final = ("names", "emails", "phones", "companies", "titles", "starts", "ends", "institutions")
_POSITION: Final = {"companies": "company", "titles": "title", "starts": "start", "ends": "end"}


@dataclass(frozen=True, slots=True)
class Told:
    """What is known, or was read, of one resume. A position has company, title, start and end ("present" while it goes
    on), dates as partial ISO dates."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    work: tuple[Mapping[str, str | None], ...] = ()
    institutions: tuple[str | None, ...] = ()


@dataclass(slots=True)
class Count:
    """How much of what is to be found was found, and what was not."""

    found: int = 0
    of: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, file: str, wanted: str, given: str | None, *, right: bool) -> None:
        """Count one field of one file."""
        self.of += 1
        self.found += right
        if not right:
            self.wrong.append(f"{file}: {wanted} ({given or 'nothing'})")


def golden(truth: Path) -> dict[str, Told]:
    """What the folder ``truth`` tells of each file by its name."""
    known: dict[str, dict[str, str]] = json.loads((truth / "gold_contact.json").read_text(encoding="utf-8"))
    return {name: _told(one, truth) for name, one in known.items()}


def _told(one: Mapping[str, str], truth: Path) -> Told:
    sections: dict[str, list[Any]] = {}
    if file := one.get("truth"):
        sections = yaml.safe_load((truth / file).read_text(encoding="utf-8"))["cv"]["sections"]
    entries = [entry for section in sections.values() for entry in section if isinstance(entry, dict)]
    work = [entry for entry in entries if entry.get("company")]
    return Told(
        one.get("name"),
        one.get("email"),
        one.get("phone"),
        tuple(
            {
                "company": entry["company"],
                "title": entry.get("position"),
                "start": _text(entry.get("start_date")),
                "end": _text(entry.get("end_date")),
            }
            for entry in work
        ),
        tuple(entry["institution"] for entry in entries if entry.get("institution")),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def counts(golden: Mapping[str, Told], read: Mapping[str, Told]) -> dict[str, report.Value]:
    """How many of each kind of field were read right, of all and of the layouts that were not tuned for.

    Positions count in their order: the company of the third position is right only as the third's.
    """
    whole, reported = ({kind: Count() for kind in KINDS} for _ in range(2))
    for file, told in golden.items():
        if file in read:
            for counted in (whole, reported) if Path(file).stem not in TUNED else (whole,):
                _compare(counted, file, told, read[file])
    values: dict[str, report.Value] = {}
    for kind in KINDS:
        values |= {kind: whole[kind].found, f"{kind}_of": whole[kind].of}
        values |= {f"{kind}_reported": reported[kind].found, f"{kind}_reported_of": reported[kind].of}
        values[f"{kind}_wrong"] = whole[kind].wrong
    return values


def _compare(counted: Mapping[str, Count], file: str, told: Told, read: Told) -> None:
    if told.name:
        counted["names"].add(file, told.name, read.name, right=_same(told.name, read.name))
    if told.email:
        counted["emails"].add(file, told.email, read.email, right=_same(told.email, read.email))
    if told.phone:
        counted["phones"].add(file, told.phone, read.phone, right=_digits(read.phone) == _digits(told.phone))
    for at, position in enumerate(told.work):
        given: Mapping[str, str | None] = read.work[at] if at < len(read.work) else {}
        for kind, name in _POSITION.items():
            if wanted := position[name]:
                counted[kind].add(file, wanted, given.get(name), right=_same(wanted, given.get(name)))
    _in_order(counted["institutions"], file, told.institutions, read.institutions)


def _in_order(count: Count, file: str, wanted: Sequence[str | None], given: Sequence[str | None]) -> None:
    for at, one in enumerate(wanted):
        found = given[at] if at < len(given) else None
        count.add(file, one or "", found, right=_same(one or "", found))


def _digits(text: str | None) -> str:
    return re.sub(r"\D", "", text or "")


def _same(wanted: str, given: str | None) -> bool:
    return given is not None and _folded(wanted) == _folded(given)


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())

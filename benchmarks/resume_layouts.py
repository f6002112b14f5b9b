"""Resumes of invented people as PDFs in many layouts: columns, orders, letters, headings, dates and missing parts."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from benchmarks.resume_people import Further, Job, Person

_WIDTH: Final = 595.0
_TOP: Final = 800.0
_BOTTOM: Final = 50.0

STRUCTURES: Final = ("one column", "centred head", "bar on the left", "bar on the right", "dates on the left")
ENTRIES: Final = (
    "title and dates, company", "company and dates, title", "title at company", "one line", "dates below", "labels",
)  # fmt: skip
LAYOUTS: Final = tuple((structure, entry) for structure in STRUCTURES for entry in ENTRIES)
# Every third combination is held out, so that each structure and each form of entry is on both sides, but no pair.
HELD_OUT: Final = frozenset(LAYOUTS[at] for at in range(len(LAYOUTS)) if (at + at // len(ENTRIES)) % 3 == 0)

_FONTS: Final = (("Helvetica", "Helvetica-Bold"), ("Times-Roman", "Times-Bold"), ("Courier", "Courier-Bold"))
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_HEADINGS: Final = {
    "summary": ("Summary", "Profile", "About me", "Who I am", "In short"),
    "work": ("Experience", "Work experience", "Employment history", "Career", "Where I have worked", "My path so far"),
    "education": ("Education", "Education and training", "Academic background", "What I studied"),
    "skills": ("Skills", "Technical skills", "Core competencies", "Toolbox", "What I work with"),
    "languages": ("Languages", "Language skills", "Spoken languages", "Languages I speak"),
    "certificates": ("Certifications", "Certificates", "Licenses and certifications", "Badges"),
    "projects": ("Projects", "Personal projects", "Side projects", "Things I made"),
    "publications": ("Publications", "Selected publications", "Papers", "In print"),
    "awards": ("Awards", "Honors and awards", "Prizes", "Applause"),
    "right": ("Work authorization", "Right to work", "Visa status", "Formalities"),
    "contact": ("Contact", "Contact information", "Personal details", "Reach me"),
}
_ORDERS: Final = (
    ("summary", "work", "education", "skills", "languages", "certificates"),
    ("summary", "skills", "work", "certificates", "education", "languages"),
    ("education", "work", "skills", "languages", "certificates", "summary"),
    ("work", "education", "certificates", "languages", "skills", "summary"),
)
# What a person has for a section, where that is called otherwise.
_TOLD: Final = {"work": "jobs", "education": "studies"}
_ADDRESS: Final = re.compile(r"\S+@\S+|\+?\d[\d ()-]{7,}\d|\b(?:linkedin|github)\.com/\S+")
_WORN: Final = 0.2
_ALIKE: Final = (
    ("m", "n"),
    ("m", "rn"),
    ("e", "c"),
    ("l", "i"),
    ("o", "a"),
    ("n", "h"),
    ("1", "7"),
    ("8", "3"),
    ("0", "6"),
)
_ASIDE: Final = ("skills", "languages", "certificates")


@dataclass(slots=True)
class _Column:
    """A column that goes on over pages, and the strings that are to be drawn on them."""

    left: float
    width: float
    ink: dict[int, list[tuple[float, float, str, float, str]]]
    page: int = 0
    y: float = _TOP

    def write(
        self, text: str, font: str, size: float, *, indent: float = 0.0, right: str = "", centred: bool = False
    ) -> None:
        """A paragraph, with something at the right end of its first line."""
        room = self.width - indent - (stringWidth(right, font, size) + 12 if right else 0)
        for number, line in enumerate(simpleSplit(text, font, size, max(60.0, room)) or [""]):
            self.skip(size * 1.3)
            x = self.left + (self.width - stringWidth(line, font, size)) / 2 if centred else self.left + indent
            self._put(x, line, font, size)
            if right and number == 0:
                self._put(self.left + self.width - stringWidth(right, font, size), right, font, size)

    def beside(self, text: str, font: str, size: float, left: float) -> None:
        """Words on the line that was written last, further left."""
        self._put(left, text, font, size)

    def skip(self, height: float) -> None:
        """Go down, or on to the next page."""
        self.y -= height
        if self.y < _BOTTOM:
            self.page, self.y = self.page + 1, _TOP - height

    def _put(self, x: float, text: str, font: str, size: float) -> None:
        self.ink.setdefault(self.page, []).append((x, self.y, font, size, text))


class _Hand:
    """How one resume is written: what is drawn by lot once for the whole of it."""

    def __init__(self, draw: random.Random, structure: str, entry: str) -> None:
        self.structure, self.entry = structure, entry
        self.plain, self.bold = draw.choice(_FONTS)
        self.size = draw.choice((9.0, 10.0, 11.0))
        self.form = draw.randrange(5)
        self.dash = draw.choice((" – ", " - ", "–", " to "))
        self.now = draw.choice(("Present", "present", "now", "Current"))
        self.bullet = draw.choice(("•", "-", "*", ""))
        self.apart = draw.choice((" | ", " · ", ", "))
        # Headings that nobody else uses are the last of each list.
        odd = draw.random() < 0.2
        self.headings = {kind: draw.choice(names if odd else names[:3]) for kind, names in _HEADINGS.items()}
        self.capitals = draw.random() < 0.4
        order = draw.choice(_ORDERS)
        further = draw.sample(("projects", "publications", "awards"), 3)
        # Further things stand at the end, or before what stands last.
        self.order = (*order, *further, "right") if draw.random() < 0.5 else (*order[:-1], *further, "right", order[-1])
        self.grouped = draw.random() < 0.3
        self.spoken = draw.randrange(6)
        self.reference = draw.randrange(3)
        self.left_out = {name for name in ("summary", "label", "phone", "place", "languages") if draw.random() < 0.15}
        if entry == "title at company" or draw.random() < 0.3:
            self.left_out.add("job places")
        self.labelled = draw.random() < 0.3
        self.shout = draw.random() < 0.3
        self.title_page = draw.random() < 0.15
        self.reach_last = draw.random() < 0.1
        self.headed = draw.random() < 0.6
        # Further things by a line for each of what they say, and skills by a line each.
        self.stacked = draw.random() < 0.4
        self.spread = draw.random() < 0.2
        self.between = draw.choice((", ", ", ", "; ", " | ", " · "))
        self.role = draw.choice(("Creator", "Project lead", "Maintainer"))
        self.author = draw.choice(("Q. Vance", "Q. Vance, T. Ekman"))

    def date(self, date: str | None) -> str:
        if date is None:
            return self.now
        year, _, month = date.partition("-")
        if not month:
            return year
        names = (_MONTHS[int(month) - 1], _LONG[int(month) - 1])
        return (f"{names[0]} {year}", f"{names[1]} {year}", f"{month}/{year}", f"{year}-{month}", year)[self.form]

    def joined(self, *words: str) -> str:
        """Those words that there are, parted as everywhere in this resume."""
        return self.apart.join(filter(None, words))

    def span(self, start: str, end: str | None) -> str:
        return f"{self.date(start)}{self.dash}{self.date(end)}"

    @property
    def by_year(self) -> bool:
        """Whether months are left out."""
        return self.form == 4


def resume(one: Person, number: int, layout: tuple[str, str]) -> tuple[bytes, frozenset[str], bool]:
    """A person's resume as a PDF, what was left out of it, and whether its dates are years alone."""
    draw = random.Random(f"layout {number} {layout}")
    hand = _Hand(draw, *layout)
    ink: dict[int, list[tuple[float, float, str, float, str]]] = {}
    main, aside = _columns(layout[0], ink)
    if aside is not None:
        _head(one, hand, main)
        if hand.headed:
            _heading("contact", hand, aside)
        _reach(one, hand, aside, stacked=True)
        for name in hand.order:
            _section(name, one, hand, aside if name in _ASIDE else main)
    else:
        _head(one, hand, main)
        if not hand.reach_last:
            _reach(one, hand, main, stacked=False)
        for name in hand.order:
            _section(name, one, hand, main)
        if hand.reach_last:
            main.skip(10)
            _reach(one, hand, main, stacked=False)
    return _pdf(ink), frozenset(hand.left_out), hand.by_year


def _columns(
    structure: str, ink: dict[int, list[tuple[float, float, str, float, str]]]
) -> tuple[_Column, _Column | None]:
    if structure == "bar on the left":
        return _Column(225, 320, ink), _Column(40, 150, ink)
    if structure == "bar on the right":
        return _Column(45, 320, ink), _Column(405, 150, ink)
    if structure == "dates on the left":
        return _Column(170, 370, ink), None
    return _Column(55, 485, ink), None


def _pdf(ink: dict[int, list[tuple[float, float, str, float, str]]]) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(_WIDTH, 842), invariant=1)
    for page in range(max(ink, default=0) + 1):
        for x, y, font, size, text in ink.get(page, ()):
            canvas.setFont(font, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _head(one: Person, hand: _Hand, column: _Column) -> None:
    centred = hand.structure == "centred head"
    if hand.title_page:
        column.write("Curriculum Vitae", hand.plain, hand.size, centred=centred)
    column.write(one.name.upper() if hand.shout else one.name, hand.bold, hand.size * 2, centred=centred)
    if "label" not in hand.left_out:
        column.write(one.label, hand.plain, hand.size * 1.2, centred=centred)


def _reach(one: Person, hand: _Hand, column: _Column, *, stacked: bool) -> None:
    told = [("Email: ", one.email)]
    told += [("Phone: ", one.phone_written)] if "phone" not in hand.left_out else []
    told += [("Address: ", one.place)] if "place" not in hand.left_out else []
    told += [("", link) for link in one.links]
    words = [f"{label}{value}" if hand.labelled else value for label, value in told]
    if stacked:
        for line in words:
            column.write(line, hand.plain, hand.size - 1)
    else:
        column.write(hand.apart.join(words), hand.plain, hand.size - 1, centred=hand.structure == "centred head")


def _section(name: str, one: Person, hand: _Hand, column: _Column) -> None:
    if name in hand.left_out or not getattr(one, _TOLD.get(name, name)):
        return
    _heading(name, hand, column)
    match name:
        case "summary" | "right":
            column.write(getattr(one, name), hand.plain, hand.size)
        case "work":
            for job in one.jobs:
                _job(job, hand, column)
        case "education":
            _studies(one, hand, column)
        case "skills" | "languages" | "certificates":
            _lists(name, one, hand, column)
        case _:
            for further in getattr(one, name):
                _further(further, hand, column, published=name == "publications")


def _studies(one: Person, hand: _Hand, column: _Column) -> None:
    for study in one.studies:
        degree = f"{study.degree} in {study.area}" if study.area else study.degree
        _dated(degree, f"{study.start}{hand.dash}{study.end}", hand, column, bold=True)
        column.write(study.institution, hand.plain, hand.size)


def _lists(name: str, one: Person, hand: _Hand, column: _Column) -> None:
    if name == "certificates" and hand.stacked:
        for certificate, by, year in one.certificates:
            _dated(certificate, year, hand, column, bold=True)
            column.write(by, hand.plain, hand.size)
        return
    if name == "skills":
        told = _skills(one, hand)
    elif name == "languages":
        told = [_spoken(language, fluency, hand.spoken) for language, fluency in one.languages]
        told = [hand.between.join(told)] if hand.spoken in {3, 4} else told
    else:
        told = [f"{certificate}, {by}, {year}" for certificate, by, year in one.certificates]
    for line in told:
        column.write(line, hand.plain, hand.size)


def _skills(one: Person, hand: _Hand) -> list[str]:
    if hand.spread:
        return [f"{hand.bullet} {skill}".strip() for skill in one.skills]
    half = len(one.skills) // 2 if hand.grouped else 0
    told = [("Daily: " if half else "") + hand.between.join(one.skills[half:])]
    return told + (["Also: " + hand.between.join(one.skills[:half])] if half else [])


def _spoken(language: str, fluency: str, form: int) -> str:
    return (
        f"{language} ({fluency})", f"{language}: {fluency}", f"{language} – {fluency}", f"{language} ({fluency})",
        f"{language} - {fluency}", f"{language}    {fluency}",
    )[form]  # fmt: skip


def _heading(name: str, hand: _Hand, column: _Column) -> None:
    column.skip(8)
    heading = hand.headings[name]
    column.write(heading.upper() if hand.capitals else heading, hand.bold, hand.size * 1.15)


def _further(one: Further, hand: _Hand, column: _Column, *, published: bool) -> None:
    if one.text:
        _dated(one.name, one.date, hand, column, bold=True)
        if hand.stacked:
            column.write(hand.role, hand.plain, hand.size)
        _bullets([one.text], hand, column)
    elif hand.stacked:
        _dated(one.name, one.date, hand, column, bold=True)
        column.write(f"{hand.author}, {one.by}" if published else one.by, hand.plain, hand.size)
        if not published and hand.grouped:
            column.write("Given for what was done in that year", hand.plain, hand.size)
    else:
        column.write(one.reference(hand.reference if published else 0), hand.plain, hand.size)


def _dated(words: str, dates: str, hand: _Hand, column: _Column, *, bold: bool) -> None:
    font = hand.bold if bold else hand.plain
    if hand.structure == "dates on the left":
        column.write(words, font, hand.size)
        column.beside(dates, hand.plain, hand.size - 2, 45)
    elif column.width < 200:
        column.write(words, font, hand.size)
        column.write(dates, hand.plain, hand.size)
    else:
        column.write(words, font, hand.size, right=dates)


def _job(job: Job, hand: _Hand, column: _Column) -> None:
    dates = hand.span(job.start, job.end)
    place = "" if "job places" in hand.left_out else job.place
    column.skip(4)
    match hand.entry:
        case "title and dates, company":
            _dated(job.title, dates, hand, column, bold=True)
            column.write(hand.joined(job.company, place), hand.plain, hand.size)
        case "company and dates, title":
            _dated(job.company, dates, hand, column, bold=True)
            column.write(job.title, hand.plain, hand.size)
            if place:
                column.write(place, hand.plain, hand.size)
        case "title at company":
            _dated(f"{job.title} at {job.company}", dates, hand, column, bold=True)
        case "one line":
            column.write(" | ".join(filter(None, (job.company, job.title, place, dates))), hand.bold, hand.size)
        case "dates below":
            column.write(f"{job.title}, {job.company}", hand.bold, hand.size)
            column.write(hand.joined(dates, place), hand.plain, hand.size)
        case _:
            for label, value in (("Position", job.title), ("Employer", job.company), ("Location", place)):
                if value:
                    column.write(f"{label}: {value}", hand.plain, hand.size)
            column.write(f"Dates: {dates}", hand.plain, hand.size)
    _bullets(job.bullets, hand, column)


def _bullets(bullets: Sequence[str], hand: _Hand, column: _Column) -> None:
    for text in bullets:
        column.write(f"{hand.bullet} {text}".strip(), hand.plain, hand.size, indent=10 if hand.bullet else 0)


def blurred(text: str, number: int, share: float) -> str:
    """A text as a scanner reads it that takes this share of its letters for others."""
    draw = random.Random(f"blur {number}")
    taken = {
        "l": "1",
        "I": "l",
        "O": "0",
        "0": "O",
        "m": "rn",
        "e": "c",
        "1": "l",
        "S": "5",
        "B": "8",
        "a": "o",
        ".": ",",
    }
    worn = _ADDRESS.sub(lambda match: _worn(match.group(), draw), text)
    return "".join(taken.get(sign, sign if sign.isspace() else "") if draw.random() < share else sign for sign in worn)


def _worn(address: str, draw: random.Random) -> str:
    """An address as it comes off a picture: small, in no dictionary, and one in five with letters taken for others."""
    if draw.random() >= _WORN:
        return address
    old, new = draw.choice([pair for pair in _ALIKE if pair[0] in address] or [("", "")])
    return address.replace(old, new, 1)

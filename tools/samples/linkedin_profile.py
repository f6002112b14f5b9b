"""Draws a profile as LinkedIn's "Save to PDF" prints it: sizes, places and headings as there, people of our own.

A letter page with a dark bar at the left (contact, skills, languages, lists) and the career beside it, which goes on
over the pages. Company, title and dates differ by the size of their letters alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

_FONT: Final = "Helvetica"
_PAGE: Final = (612.0, 792.0)
_BAR: Final = 204.0
_ASIDE: Final = (21.6, 176.0)
_MAIN: Final = (223.56, 369.0)
_TOP: Final = 740.0
_BOTTOM: Final = 50.0
_DARK, _WHITE, _BLACK, _GREY = (HexColor(code) for code in ("#293e49", "#ffffff", "#181818", "#8c8c8c"))


@dataclass(frozen=True, slots=True)
class Words:
    """What the page says in one language. ``units`` are a year, years, a month, months."""

    headings: dict[str, str]
    months: str
    now: str
    units: tuple[str, str, str, str]
    foot: str
    month_of: str = "{month} {year}"


_SAME: Final = {
    "languages": "Languages", "certificates": "Certifications", "awards": "Honors-Awards",
    "publications": "Publications", "patents": "Patents",
}  # fmt: skip


def _headings(contact: str, skills: str, summary: str, work: str, education: str, **other: str) -> dict[str, str]:
    own = {"contact": contact, "skills": skills, "summary": summary, "work": work, "education": education}
    return _SAME | own | other


LANGUAGES: Final = {
    "en": Words(
        _headings("Contact", "Top Skills", "Summary", "Experience", "Education"),
        "January February March April May June July August September October November December",
        "Present", ("year", "years", "month", "months"), "Page {0} of {1}",
    ),
    "de": Words(
        _headings("Kontakt", "Top-Kenntnisse", "Zusammenfassung", "Berufserfahrung", "Ausbildung",
                  languages="Sprachen", certificates="Zertifikate", awards="Auszeichnungen"),
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "Heute", ("Jahr", "Jahre", "Monat", "Monate"), "Seite {0} von {1}",
    ),
    "fr": Words(
        _headings("Coordonnées", "Principales compétences", "Résumé", "Expérience", "Formation"),
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "Présent", ("an", "ans", "mois", "mois"), "Page {0} sur {1}",
    ),
    "es": Words(
        _headings("Contactar", "Aptitudes principales", "Extracto", "Experiencia", "Educación"),
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "actualidad", ("año", "años", "mes", "meses"), "Página {0} de {1}", "{month} de {year}",
    ),
    "pt": Words(
        _headings("Contato", "Principais competências", "Resumo", "Experiência", "Formação acadêmica"),
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "Present", ("ano", "anos", "mês", "meses"), "Página {0} de {1}", "{month} de {year}",
    ),
    "it": Words(
        _headings("Contatti", "Competenze principali", "Riepilogo", "Esperienza", "Formazione"),
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "Presente", ("anno", "anni", "mese", "mesi"), "Pagina {0} di {1}",
    ),
    "nl": Words(
        _headings("Contactgegevens", "Belangrijkste vaardigheden", "Samenvatting", "Ervaring", "Opleiding"),
        "januari februari maart april mei juni juli augustus september oktober november december",
        "heden", ("jaar", "jaar", "maand", "maanden"), "Pagina {0} van {1}",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Post:
    """One position. Dates are partial ISO dates; ``end`` is None while it goes on."""

    title: str
    start: str
    end: str | None
    place: str = ""
    text: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Employer:
    """An employer with the positions there, of which several stand below one name and their time in all."""

    company: str
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class School:
    """A course of study. ``dates`` is what stands in the brackets, as "2010 - 2014"."""

    institution: str
    degree: str = ""
    area: str = ""
    dates: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A person with a profile. The lines of ``contact`` and of the lists are as they are printed."""

    name: str
    headline: str
    place: str
    contact: tuple[str, ...]
    employers: tuple[Employer, ...] = ()
    schools: tuple[School, ...] = ()
    summary: tuple[str, ...] = ()
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)


Ink = tuple[float, float, float, bool, str]


@dataclass(slots=True)
class _Column:
    """A column that goes on over the pages. ``ink`` has the strings of each: place, size, whether grey, words."""

    left: float
    width: float
    y: float = _TOP
    page: int = 0
    ink: dict[int, list[Ink]] = field(default_factory=dict)

    def write(self, text: str, size: float, first: float, leading: float = 18.0, *, grey: bool = False) -> None:
        """A paragraph, ``first`` points below what stands above it."""
        for number, line in enumerate(_lines(text, size, self.width)):
            self.y -= leading if number else first
            if self.y < _BOTTOM:
                self.page, self.y = self.page + 1, _TOP
            self.ink.setdefault(self.page, []).append((self.left, self.y, size, grey, line))


def draw(member: Member, language: str = "en", today: str = "2024-04", *, even: bool = False) -> bytes:
    """The profile as a PDF.

    Args:
        member: what it says.
        language: that of the page.
        today: the month that positions last until.
        even: draw the lines of one item in the bar no nearer to each other than the items.
    """
    words = LANGUAGES[language]
    aside, main = _Column(*_ASIDE), _Column(*_MAIN)
    _aside(member, words, aside, 17.6 if even else 14.0)
    main.write(member.name, 26, 0, 30)
    main.write(member.headline, 12, 22, 15.4)
    if member.place:
        main.write(member.place, 12, 15.4, grey=True)
    if member.summary:
        main.write(words.headings["summary"], 15.75, 38)
        for number, paragraph in enumerate(member.summary):
            main.write(paragraph, 12, 25 if number == 0 else 36)
    _work(member.employers, words, main, today)
    if member.schools:
        main.write(words.headings["education"], 15.75, 45)
    for school in member.schools:
        main.write(school.institution, 12, 28)
        told = ", ".join(filter(None, (school.degree, school.area)))
        dated = f"· ({school.dates})" if school.dates else ""
        main.write(" ".join(filter(None, (told, dated))), 10.5, 16, 14.5)
    return _pdf(words, aside, main)


def _aside(member: Member, words: Words, column: _Column, leading: float) -> None:
    column.write(words.headings["contact"], 13, 0)
    for number, line in enumerate(member.contact):
        column.write(line, 11, 31 if number == 0 else 14.4, 14.4)
    for kind in ("skills", "languages", "certificates", "awards", "publications", "patents"):
        for number, line in enumerate(member.lists.get(kind, ())):
            if number == 0:
                column.write(words.headings[kind], 13, 35)
            column.write(line, 10.5, 19.5 if number == 0 else 17.6, leading)


def _work(employers: Iterable[Employer], words: Words, column: _Column, today: str) -> None:
    for at, employer in enumerate(employers):
        if at == 0:
            column.write(words.headings["work"], 15.75, 45)
        column.write(employer.company, 12, 30 if at == 0 else 38)
        if len(employer.posts) > 1:
            first, last = min(post.start for post in employer.posts), max(post.end or today for post in employer.posts)
            column.write(_length(first, last, words), 10.5, 14.5)
        for number, post in enumerate(employer.posts):
            column.write(post.title, 11.5, 16 if number == 0 else 24, 16)
            length = _length(post.start, post.end or today, words)
            until = _date(post.end, words) if post.end else words.now
            column.write(f"{_date(post.start, words)} - {until} ({length})", 10.5, 14.5)
            if post.place:
                column.write(post.place, 10.5, 14.5, 14.5, grey=True)
            for line, paragraph in enumerate(post.text):
                column.write(paragraph, 10.5, 20.3 if line == 0 else 18)


def _date(date: str, words: Words) -> str:
    year, _, month = date.partition("-")
    return words.month_of.format(month=words.months.split()[int(month) - 1], year=year) if month else year


def _length(start: str, end: str, words: Words) -> str:
    """How long it was, as the page says it: both months count."""
    months = _months(end, 12) - _months(start, 1) + 1
    years, rest = divmod(months, 12)
    told = [f"{years} {words.units[0] if years == 1 else words.units[1]}"] if years else []
    return " ".join([*told, *([f"{rest} {words.units[2] if rest == 1 else words.units[3]}"] if rest else [])])


def _months(date: str, otherwise: int) -> int:
    year, _, month = date.partition("-")
    return int(year) * 12 + int(month or otherwise)


def _lines(text: str, size: float, width: float) -> Iterator[str]:
    for line in simpleSplit(text, _FONT, size, width) or [""]:
        yield from _within(line, size, width)


def _within(line: str, size: float, width: float) -> Iterator[str]:
    """A line in parts that fit: a long address goes on behind a hyphen or a slash, or where there is no room."""
    while stringWidth(line, _FONT, size) > width:
        fits = next(at for at in range(len(line), 0, -1) if stringWidth(line[:at], _FONT, size) <= width)
        at = max((line.rfind(sign, 0, fits) + 1 for sign in "-/"), default=0)
        at = at if at > fits / 2 else fits
        yield line[:at].rstrip()
        line = line[at:].lstrip()
    if line:
        yield line


def _pdf(words: Words, aside: _Column, main: _Column) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=_PAGE, invariant=1)
    last = max(aside.page, main.page)
    for page in range(last + 1):
        if aside.ink.get(page):
            canvas.setFillColor(_DARK)
            canvas.rect(0, 0, _BAR, _PAGE[1], stroke=0, fill=1)
        _put(canvas, aside.ink.get(page, ()), _WHITE)
        _put(canvas, main.ink.get(page, ()), _BLACK)
        canvas.setFillColor(_GREY)
        canvas.setFont(_FONT, 9)
        canvas.drawCentredString(_MAIN[0] + _MAIN[1] / 2, 20, words.foot.format(page + 1, last + 1))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _put(canvas: Canvas, ink: Sequence[Ink], colour: HexColor) -> None:
    for x, y, size, grey, line in ink:
        canvas.setFillColor(_GREY if grey else colour)
        canvas.setFont(_FONT, size)
        canvas.drawString(x, y, line)

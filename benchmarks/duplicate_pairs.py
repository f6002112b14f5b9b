"""Labelled pairs of advertisements: made from the samples' parts by rules of how boards and agencies change them, and
written by hand where no rule makes them. The same parts give the same pairs.
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from random import Random
from typing import Any, Final

from jobtracker.postings.model import Posting, WorkMode
from jobtracker.sources.model import Listing, SourceKind
from jobtracker.sources.normalising import to_posting
from jobtracker.sources.source import Draft
from tools.samples.parts import Company, Parts, Role, read_parts

DATA: Final = Path(__file__).parent / "data" / "duplicates"
PARTS: Final = ("development", "held_out")
NOW: Final = datetime(2026, 3, 6, 12, tzinfo=UTC)
_BOARDS: Final = ("remoteok", "remotive", "weworkremotely", "jobicy", "himalayas", "adzuna", "reed")


@dataclass(frozen=True)
class Ad:
    """An advertisement before it is published somewhere."""

    title: str
    company: str
    city: str
    country: str
    about: str
    opening: tuple[str, ...]
    duties: tuple[str, ...]
    requirements: tuple[str, ...]
    offer: tuple[str, ...]
    closing: tuple[str, ...]
    headings: tuple[str, str, str]
    source: str = "greenhouse:employer"
    number: str = "1"
    places: str = ""
    company_line: str = ""
    apply: str | None = None
    requisition: str | None = None
    mode: WorkMode | None = None
    style: int = 0
    longest: int | None = None

    @property
    def url(self) -> str:
        """Where it is published."""
        host, _, token = self.source.partition(":")
        return f"https://{host}.example/{token or 'jobs'}/{self.number}"

    def html(self) -> str:
        """Its text in one of four layouts."""
        blocks = list(zip(self.headings, (self.duties, self.requirements, self.offer), strict=True))
        lines = [self.about, *self.opening]
        if self.longest is not None:
            whole = " ".join([*lines, *(line for _, block in blocks for line in block)])
            return f"{escape(whole[: self.longest])}…"
        paragraph, heading, item = (
            ("<p>{}</p>", "<h3>{}</h3>", "<li>{}</li>"),
            ("<div>{}</div>", "<p><strong>{}</strong></p>", "<li><p>{}</p></li>"),
            ("{}<br><br>", "<b>{}</b><br>", "• {}<br>"),
            ("<p><span>{}</span></p>", "<div><u>{}:</u></div>", "<p>- {}</p>"),
        )[self.style]
        written = [paragraph.format(escape(line)) for line in lines]
        for title, block in blocks:
            written += [heading.format(escape(title)), *(item.format(escape(line)) for line in block)]
        return "".join([*written, *(paragraph.format(escape(line)) for line in self.closing)])

    def posting(self) -> Posting:
        """It as the tracker reads it from its source."""
        draft = Draft(
            self.number, self.url, self.title, self.company_line or self.company,
            self.places or f"{self.city}, {self.country}", self.html(),
            apply_url=self.apply, requisition_id=self.requisition, mode=self.mode,
        )  # fmt: skip
        return _read(self.source, draft)


@dataclass(frozen=True)
class Pair:
    """Two advertisements as they are read, and whether they are for one job."""

    kind: str
    same: bool
    a: Posting
    b: Posting


def labelled(part: str) -> list[Pair]:
    """All pairs of one part of the set."""
    return [*Maker(part).pairs(), *_by_hand(part)]


def _by_hand(part: str) -> Iterator[Pair]:
    read = tomllib.loads((DATA / "hand.toml").read_text(encoding="utf-8"))
    for number, pair in enumerate(read["pairs"]):
        if pair["part"] == part:
            a, b = (_written(read["texts"], f"{number}{side}", pair[side]) for side in ("a", "b"))
            yield Pair(f"by hand: {pair['kind']}", pair["same"], a, b)


def _written(texts: dict[str, str], number: str, ad: dict[str, Any]) -> Posting:
    text = "\n".join((ad.get("head", ""), texts[ad["text"]], ad.get("foot", "")))
    for old, new in ad.get("swap", {}).items():
        text = text.replace(old, new)
    number = f"{number}{ad.get('number', '')}"
    draft = Draft(
        number, ad.get("url", f"https://board.example/{number}"), ad["title"], ad["company"], ad["place"],
        "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line),
        apply_url=ad.get("apply"), requisition_id=ad.get("requisition"),
    )  # fmt: skip
    return _read(ad["source"], draft)


def _read(source: str, draft: Draft) -> Posting:
    kind = SourceKind.COMPANY if ":" in source else SourceKind.BOARD
    listing = Listing(
        id=source, kind=kind, name=source, homepage="https://x.example", host="x.example", attribution=source,
        conditions="none",
    )  # fmt: skip
    return to_posting(listing, draft, NOW)


@dataclass
class Maker:
    """Makes the pairs of one part of the set: the parts share no wording, no kind of work and no employer."""

    part: str
    parts: Parts = field(default_factory=read_parts)
    count: int = 0

    def __post_init__(self) -> None:
        read = tomllib.loads((DATA / "wording.toml").read_text(encoding="utf-8"))
        turn = PARTS.index(self.part)
        self.words: dict[str, list[str]] = read[self.part]
        self.cities: dict[str, str] = read["cities"]
        self.roles = [role for role in self.parts.roles if role.language == "en"][turn::2]
        self.companies = list(self.parts.companies[turn::2])
        self.draw = Random(self.part)

    def pairs(self) -> Iterator[Pair]:
        """All pairs of this part."""
        for (kind, same), (times, make) in KINDS.items():
            for _ in range(times):
                a, b = make(self)
                yield Pair(kind, same, a.posting(), b.posting())

    def ad(self, role: Role | None = None, company: Company | None = None, **change: Any) -> Ad:
        """An employer's own advertisement."""
        draw, words = self.draw, self.parts.wordings["en"]
        role = role or draw.choice(self.roles)
        company = company or draw.choice(self.companies)
        city, _, country = (part.strip() for part in draw.choice(company.offices).partition(","))
        if country not in self.parts.countries:
            country = country.rsplit(",", 1)[-1].strip() if "US" not in country else country
        level = draw.choice(list(role.titles))
        suffix, _, focus = (part.strip() for part in draw.choice(role.focus).partition("|"))
        self.count += 1
        made = Ad(
            title=role.titles[level] + (f", {suffix}" if suffix else ""),
            company=company.name,
            city=city,
            country=self.parts.countries[country].name if country in self.parts.countries else country,
            about=draw.choice(self.words["about"]).format(company=company.name),
            opening=(company.line, draw.choice(role.intros).format(company=company.name, city=city), focus),
            duties=tuple(draw.sample(role.duties, 6)),
            requirements=tuple(self.years(one, level) for one in draw.sample(role.requirements, 5)),
            offer=tuple(draw.sample(self.parts.perks["any"], 3)),
            closing=(draw.choice(self.words["equal"]).format(company=company.name),),
            headings=(draw.choice(words.duties), draw.choice(words.requirements), draw.choice(words.offer)),
            source=f"greenhouse:{company.name.split()[0].lower()}",
            number=str(4_100_000 + self.count * 37),
        )
        return replace(made, **change)

    def years(self, sentence: str, level: str) -> str:
        """A requirement with the years that a level asks for."""
        return sentence.format(years=self.parts.wordings["en"].years[level]) if "{years}" in sentence else sentence

    def copied(self, ad: Ad, **change: Any) -> Ad:
        """The advertisement as a board shows it: another head and foot, title, layout and way to write names."""
        draw = self.draw
        self.count += 1
        names = {"title": ad.title, "company": ad.company, "city": ad.city, "country": ad.country}
        about = draw.choice([ad.about, draw.choice(self.words["heads"]).format(company=ad.company)])
        city = self.cities.get(ad.city, ad.city)
        made = replace(
            ad,
            title=draw.choice(self.words["titles"]).format(**names),
            company_line=draw.choice(self.words["companies"]).format(company=ad.company, COMPANY=ad.company.upper()),
            about=about,
            closing=(*ad.closing, draw.choice(self.words["feet"])) if draw.random() < 0.7 else ad.closing[:-1],
            style=draw.randrange(4),
            places=draw.choice(
                [f"{city}, {ad.country}", f"{city} ({ad.country})", city if city != "Newcastle" else ""]
            ),
            source=draw.choice(_BOARDS),
            number=str(90_000 + self.count),
            requisition=None,
        )
        return replace(made, **change)

    def edited(self, ad: Ad) -> Ad:
        """The advertisement with a line or two changed."""
        duties = list(ad.duties)
        duties[self.draw.randrange(len(duties))] = self.draw.choice(self.words["edits"])
        return replace(ad, duties=tuple(duties), offer=ad.offer[: self.draw.randint(2, 3)])

    def by_agency(self, ad: Ad) -> Ad:
        """The advertisement as an agency publishes it: without the employer's name, under its own."""
        draw, client = self.draw, self.draw.choice(self.words["clients"])
        self.count += 1
        hidden = tuple(line.replace(ad.company, client) for line in ad.opening)
        names = {"title": ad.title, "company": "", "city": ad.city, "country": ad.country}
        forms = [form for form in self.words["titles"] if "{company}" not in form]
        return replace(
            ad,
            title=draw.choice(forms).format(**names),
            company=draw.choice(self.words["agencies"]),
            about=draw.choice([draw.choice(self.words["agency_heads"]), ad.about.replace(ad.company, client)]),
            opening=hidden if draw.random() < 0.7 else hidden[1:],
            closing=(draw.choice(self.words["agency_feet"]),),
            style=draw.randrange(4),
            source=draw.choice(_BOARDS),
            number=str(70_000 + self.count),
            requisition=None,
        )

    def other_city(self, ad: Ad) -> str:
        """A city in which somebody else has an office."""
        offices = [office.split(",")[0] for one in self.companies for office in one.offices]
        return self.draw.choice([city for city in offices if city not in {ad.city, "Newcastle", "Portland"}])

    def in_other_city(self, ad: Ad) -> Ad:
        """The same work in another city."""
        city = self.other_city(ad)
        opening = tuple(line.replace(ad.city, city) for line in ad.opening)
        return replace(ad, city=city, country="", places=city, opening=opening, number=f"{ad.number}7")


def _boards(make: Maker) -> tuple[Ad, Ad]:
    ad = make.ad(requisition=make.draw.choice([None, "R-20417"]))
    return ad, make.copied(ad)


def _two_copies(make: Maker) -> tuple[Ad, Ad]:
    ad = make.ad()
    first = make.copied(ad)
    return first, make.copied(ad, source=make.draw.choice([board for board in _BOARDS if board != first.source]))


def _snippet(make: Maker) -> tuple[Ad, Ad]:
    ad = make.ad()
    return ad, make.copied(ad, source="adzuna", longest=make.draw.randint(280, 480))


def _link(make: Maker) -> tuple[Ad, Ad]:
    ad = make.ad()
    retold = make.ad(duties=ad.duties[:2], about=make.words["heads"][0].format(company=ad.company), closing=())
    link = f"{ad.url}?utm_source=board&gh_src=abc"
    return ad, make.copied(
        replace(retold, title=ad.title, company=ad.company, city=ad.city, country=ad.country), apply=link
    )


def _agency(make: Maker) -> tuple[Ad, Ad]:
    ad = make.ad()
    return ad, make.by_agency(ad)


def _repost(make: Maker) -> tuple[Ad, Ad]:
    ad = make.ad(requisition=make.draw.choice([None, "JR0031"]))
    return ad, replace(make.edited(ad), number=f"{ad.number}1")


def _both_cities(make: Maker) -> tuple[Ad, Ad]:
    ad = make.ad()
    city = make.other_city(ad)
    several = replace(ad, places=f"{ad.city}; {city}", number=f"{ad.number}2")
    return several, make.copied(replace(ad, city=city, country="", places=city), places=city)


def _cities(make: Maker) -> tuple[Ad, Ad]:
    ad = make.ad()
    other = make.in_other_city(ad)
    return ad, other if make.draw.random() < 0.6 else make.copied(other, places=other.city)


def _levels(make: Maker) -> tuple[Ad, Ad]:
    role = make.draw.choice([role for role in make.roles if len(role.titles) > 1])
    ad = make.ad(role)
    suffix = f", {ad.title.rsplit(', ', 1)[1]}" if ", " in ad.title else ""
    bare = role.titles["mid"] if "mid" in role.titles else next(iter(role.titles.values()))
    first, second = make.draw.choice(
        [("Senior", "Staff"), ("Senior", "Principal"), ("Junior", "Senior"), ("Senior", "Lead"), ("", "Senior")]
    )
    one, other = (
        replace(ad, title=f"{level} {bare}{suffix}".strip(), number=f"{ad.number}{number}")
        for number, level in enumerate((first, second))
    )
    other = make.edited(other)
    return one, other if make.draw.random() < 0.6 else make.copied(other)


def _templates(make: Maker) -> tuple[Ad, Ad]:
    company, role = make.draw.choice(make.companies), make.draw.choice(make.roles)
    other = make.draw.choice([one for one in make.roles if one is not role])
    ad = make.ad(role, company)
    twin = make.ad(other, company)
    frame = replace(
        twin, about=ad.about, closing=ad.closing, headings=ad.headings, offer=ad.offer, city=ad.city, country=ad.country
    )
    return ad, frame if make.draw.random() < 0.7 else make.copied(frame)


def _teams(make: Maker) -> tuple[Ad, Ad]:
    role = make.draw.choice([role for role in make.roles if sum(not one.startswith("|") for one in role.focus) > 1])
    (left, text), (right, other_text) = make.draw.sample(
        [tuple(part.strip() for part in one.split("|")) for one in role.focus if not one.startswith("|")], 2
    )
    ad = make.ad(role)
    bare = next(iter(role.titles.values()))
    one = replace(ad, title=f"{bare}, {left}", opening=(*ad.opening[:2], text))
    other = replace(ad, title=f"{bare}, {right}", opening=(*ad.opening[:2], other_text), number=f"{ad.number}4")
    return one, other if make.draw.random() < 0.7 else make.copied(other)


def _requisitions(make: Maker) -> tuple[Ad, Ad]:
    ad = make.ad(requisition=f"R-{30_000 + make.count}")
    return ad, replace(ad, requisition=f"R-{40_000 + make.count}", number=f"{ad.number}5")


def _rivals(make: Maker) -> tuple[Ad, Ad]:
    role = make.draw.choice(make.roles)
    one, other = make.draw.sample(make.companies, 2)
    ad = make.ad(role, one)
    rival = make.ad(role, other, title=ad.title, source=make.draw.choice(_BOARDS))
    return ad, replace(rival, city=ad.city, country=ad.country) if make.draw.random() < 0.5 else rival


def _strangers(make: Maker) -> tuple[Ad, Ad]:
    """Two employers who seek the same and each say so in words of their own."""
    ad, rival = _rivals(make)
    role = next(role for role in make.roles if set(ad.duties) <= set(role.duties))
    mine, theirs, ask, demand = role.duties[:4], role.duties[4:], role.requirements[:3], role.requirements[3:]
    one = replace(ad, duties=mine, requirements=tuple(make.years(line, "mid") for line in ask))
    intro = tuple(line for line in rival.opening if line not in ad.opening)
    return one, replace(
        rival, duties=theirs, requirements=tuple(make.years(line, "mid") for line in demand), opening=intro
    )


def _hours(make: Maker) -> tuple[Ad, Ad]:
    ad = make.ad()
    return replace(ad, title=f"{ad.title} (Full-time)"), replace(
        ad, title=f"{ad.title} – Part-time", number=f"{ad.number}6"
    )


def _modes(make: Maker) -> tuple[Ad, Ad]:
    ad = make.ad(mode=WorkMode.ONSITE)
    return ad, replace(ad, mode=WorkMode.REMOTE, places=f"Remote, {ad.country}", number=f"{ad.number}8")


def _clients(make: Maker) -> tuple[Ad, Ad]:
    role = make.draw.choice(make.roles)
    one, other = make.draw.sample(make.companies, 2)
    first = make.by_agency(make.ad(role, one))
    second = make.by_agency(make.ad(role, other, title=first.title))
    frame = {
        name: getattr(first, name) for name in ("title", "company", "about", "closing", "source", "city", "country")
    }
    return first, replace(second, **frame)


KINDS: Final[dict[tuple[str, bool], tuple[int, Callable[[Maker], tuple[Ad, Ad]]]]] = {
    ("across boards", True): (60, _boards),
    ("two boards' copies", True): (20, _two_copies),
    ("snippet", True): (15, _snippet),
    ("same link, text retold", True): (15, _link),
    ("agency copy", True): (45, _agency),
    ("posted again", True): (25, _repost),
    ("one lists both cities", True): (12, _both_cities),
    ("two cities", False): (36, _cities),
    ("levels", False): (40, _levels),
    ("templates of one company", False): (36, _templates),
    ("teams of one company", False): (30, _teams),
    ("requisitions", False): (14, _requisitions),
    ("two employers", False): (24, _strangers),
    ("two employers, one template", False): (8, _rivals),
    ("hours", False): (10, _hours),
    ("remote or not", False): (10, _modes),
    ("clients of one agency", False): (14, _clients),
}

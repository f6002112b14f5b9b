"""Finding by which system a company publishes its postings, and its board there, from its name or web address."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice, product
from urllib.parse import urljoin, urlsplit

from pydantic import BaseModel, ConfigDict, Field
from selectolax.lexbor import LexborHTMLParser

from jobtracker.sources.addresses import boards_in, domain_of, name_key, registered, words_of
from jobtracker.sources.client import PoliteClient
from jobtracker.sources.listing import Company, directory, search_companies, systems
from jobtracker.sources.model import GoneError, PostponedError, SourceError
from jobtracker.sources.registry import source
from jobtracker.sources.source import Draft, Source, Visit

_PAGES, _PROBES, _BOARDS = 7, 16, 5
_LARGEST_PAGE = 3_000_000
_POSTINGS_READ = 20
# Where a company is looked for without knowing more than its name. SmartRecruiters and Workable, asked for a company
# that they do not have, give an empty board or take long to refuse; Workday's tokens cannot be guessed.
_PROBED = ("greenhouse", "lever", "ashby", "recruitee", "personio", "teamtailor", "greenhouse-eu", "lever-eu")
_PATHS = ("/careers", "/jobs", "/karriere")
_CAREERS = re.compile(
    r"career|\bjobs?\b|karriere|stellen|join[ -]?(?:us|our|the)|work[ -](?:with|for|at)|vacanc|hiring|"
    r"open[ -](?:positions|roles)|emploi|recrut|carri[eè]re|empleo|trabaj|vacature|werken[ -]bij|lavora|carreira|"
    r"jobb|ty[oö]paik",
    re.IGNORECASE,
)


# After this nobody else is asked: whoever waits for the answer is a person.
_LONGEST_S = 60.0
_TOO_LONG = "the answers took too long, so no more was tried"


class How(StrEnum):
    """By what a board was found, the surest first."""

    ADDRESS = "address"
    DIRECTORY = "directory"
    PAGE = "page"
    PROBE = "probe"


class Found(BaseModel):
    """A board that is likely to be the company's. ``evidence`` says what shows it, for people to read."""

    model_config = ConfigDict(frozen=True)

    source_id: str
    system: str
    token: str
    company: str
    how: How
    evidence: str


class Detection(BaseModel):
    """The boards found, the likeliest first, and what was tried."""

    model_config = ConfigDict(frozen=True)

    found: tuple[Found, ...] = ()
    tried: tuple[str, ...] = Field(default=(), description="what was looked at in vain, for people to read")

    @property
    def cut_short(self) -> bool:
        """Whether it took too long, so that a board may be where nobody looked."""
        return _TOO_LONG in self.tried


def known(text: str) -> Detection:
    """What can be told without asking anybody: a board's own address, or a company of the directory.

    Args:
        text: a company's name, its web address, or the address of a board or of a posting.
    """
    if boards := boards_in(text, systems().values()):
        return Detection(found=_found(boards, How.ADDRESS, "the address is that of a board on {system}"))
    domain = domain_of(text)
    matches = [one for one in search_companies(text, _BOARDS) if _is_meant(one, text, domain)]
    found = tuple(_of(one, How.DIRECTORY, _why(one, text, domain)) for one in matches)
    return Detection(found=found, tried=() if found else ("the directory of companies does not have it",))


def detect(
    text: str,
    client: PoliteClient,
    *,
    now: datetime | None = None,
    board: Callable[[str], Source | None] = source,
    clock: Callable[[], float] = time.monotonic,
) -> Detection:
    """Find a company's board, asking its web site and the systems where need be.

    Args:
        text: a company's name, its web address, or the address of a board or of a posting.
        client: asks the hosts; its guard says where it may go.
        now: the time in UTC.
        board: gives the source with an id.
        clock: seconds, by which it ends in time.
    """
    text = text.strip()
    told, domain = known(text), domain_of(text)
    sure = [one for one in told.found if one.how is How.ADDRESS or domain or name_key(one.company) == name_key(text)]
    if sure or not name_key(text):
        return told
    search = _Search(client, now or datetime.now(UTC), list(told.tried), board, clock)
    is_address = "//" in text
    if is_address or domain is not None:
        found = search.pages(text if is_address else f"https://{text}", domain)
        if found:
            return Detection(found=found, tried=tuple(search.tried))
    probed = search.probes(text, domain) if domain is not None or not is_address else ()
    # A company of nearly the same name may be another.
    return Detection(found=probed + told.found, tried=tuple(search.tried))


def _is_meant(one: Company, text: str, domain: str | None) -> bool:
    """Whether the company is the one named, and not only one that begins alike."""
    if domain is not None:
        return domain in one.domains or registered(domain) in one.domains
    key, name = name_key(text), name_key(one.name)
    return key == name or not (name.startswith(key) or key in name)


def _why(one: Company, text: str, domain: str | None) -> str:
    if domain is not None:
        return f"the directory of companies has {domain} as {one.name}'s"
    same = name_key(text) == name_key(one.name)
    return f"the directory of companies has {one.name}" + ("" if same else ", whose name is nearly the same")


def _found(boards: list[tuple[str, str]], how: How, evidence: str, company: str | None = None) -> tuple[Found, ...]:
    """Boards as they are told to people; ``evidence`` may name the ``{system}``."""
    told = []
    for system, token in boards[:_BOARDS]:
        listed = directory().get(f"{system}:{token}")
        one = listed or Company(system, token, company or token, (), on=False)
        told.append(_of(one, how, evidence.format(system=systems()[system].name)))
    return tuple(told)


def _of(one: Company, how: How, evidence: str) -> Found:
    return Found(
        source_id=one.source_id, system=one.system, token=one.token, company=one.name, how=how, evidence=evidence
    )


class _Search:
    """Looks on the web, with a bound on how often anybody is asked."""

    def __init__(
        self,
        client: PoliteClient,
        now: datetime,
        tried: list[str],
        board: Callable[[str], Source | None],
        clock: Callable[[], float],
    ) -> None:
        self._client, self._now, self.tried, self._board = client, now, tried, board
        self._clock, self._until = clock, clock() + _LONGEST_S

    def _late(self) -> bool:
        late = self._clock() >= self._until
        if late and _TOO_LONG not in self.tried:
            self.tried.append(_TOO_LONG)
        return late

    def pages(self, address: str, domain: str | None) -> tuple[Found, ...]:
        """The boards that the company's pages lead to: the given one, those it links for careers, the usual ones."""
        company = None if domain is None else _label(domain).capitalize()
        waiting = [address, *(urljoin(address, path) for path in _PATHS)]
        if domain is not None:
            waiting += [f"https://{name}.{registered(domain)}/" for name in ("careers", "jobs")]
        asked: set[str] = set()
        while waiting and len(asked) < _PAGES and not self._late():
            page = waiting.pop(0)
            if page.rstrip("/") in asked:
                continue
            asked.add(page.rstrip("/"))
            try:
                answer = self._client.get(page, follow=True)
            except (SourceError, PostponedError) as error:
                self.tried.append(f"{page}: {_told(error)}")
                if not isinstance(error, GoneError):
                    # Whoever refuses one page, or does not answer, is not asked for others.
                    waiting = [other for other in waiting if urlsplit(other).netloc != urlsplit(page).netloc]
                continue
            text = answer.text()[:_LARGEST_PAGE]
            if boards := boards_in(f"{answer.url}\n{text}", systems().values()):
                return _found(boards, How.PAGE, f"{page} leads to its board on {{system}}", company)
            self.tried.append(f"{page} names no board of a system that we know")
            waiting[:0] = islice(_careers(answer.url, text), 3)
        return ()

    def probes(self, text: str, domain: str | None) -> tuple[Found, ...]:
        """The boards that have the company's name for a token, and whose postings speak of it."""
        name = text if domain is None else _label(domain)
        found: list[Found] = []
        for token, system in islice(product(_guesses(name), _PROBED), _PROBES):
            if (found and found[0].token != token) or self._late():
                break
            drafts = self._drafts(f"{system}:{token}")
            if evidence := _belongs(drafts, name, domain):
                company = Company(system, token, name if domain is None else name.capitalize(), (), on=False)
                found.append(_of(company, How.PROBE, f"{systems()[system].name} has a board {token}, and {evidence}"))
            elif drafts:
                reason = f"has a board {token}, but its postings do not speak of {name}"
                self.tried.append(f"{systems()[system].name} {reason}")
        return tuple(found)

    def _drafts(self, source_id: str) -> list[Draft]:
        """Some of a board's postings, none where there is no such board."""
        board = self._board(source_id)
        if board is None:
            return []
        client = self._client.polite(board.listing.politeness)
        try:
            records = islice(board.fetch(Visit(client, self._now)).records, _POSTINGS_READ)
            drafts = [record for record in records if isinstance(record, Draft)]
        except (SourceError, PostponedError) as error:
            self.tried.append(f"{source_id}: {_told(error)}")
            return []
        if not drafts:
            self.tried.append(f"{source_id}: a board without postings")
        return drafts


def _told(error: SourceError | PostponedError) -> str:
    return error.reason if isinstance(error, SourceError) else "its host was asked too often just now"


def _label(domain: str) -> str:
    """The name in a domain: "acme" of "careers.acme.co.uk"."""
    return registered(domain).partition(".")[0]


def _careers(url: str, text: str) -> Iterator[str]:
    """The links of a page that speak of careers, the shortest first: "Careers" comes before a posting's title."""
    links: dict[str, int] = {}
    for anchor in LexborHTMLParser(text).css("a[href]"):
        href, words = anchor.attributes.get("href") or "", anchor.text(strip=True)[:200]
        if _CAREERS.search(words) or _CAREERS.search(urlsplit(href).path):
            target = urljoin(url, href).partition("#")[0]
            if urlsplit(target).scheme in {"http", "https"}:
                links.setdefault(target, len(words) if _CAREERS.search(words) else len(words) + 100)
    yield from sorted(links, key=lambda link: links[link])


def _guesses(name: str) -> list[str]:
    """What a company may have chosen for a token: its name in one word, or with hyphens."""
    words = words_of(name)
    return list(dict.fromkeys(("".join(words), "-".join(words))))


def _belongs(drafts: list[Draft], name: str, domain: str | None) -> str | None:
    """What shows that postings are the company's: their addresses or texts name it; None where nothing does."""
    if domain is not None:
        own = re.compile(rf"(?<![\w-]){re.escape(registered(domain))}(?![\w-])", re.IGNORECASE)
        if any(own.search(f"{draft.url} {draft.apply_url} {draft.html}") for draft in drafts):
            return f"its postings name {registered(domain)}"
    words = r"\W{0,3}".join(map(re.escape, words_of(name)))
    named = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
    speaking = sum(named.search(f"{draft.html} {draft.title}") is not None for draft in drafts)
    return f"its postings speak of {name}" if drafts and 2 * speaking >= len(drafts) else None

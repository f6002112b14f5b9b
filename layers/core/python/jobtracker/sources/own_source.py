"""Reading a source that a person defined: any JSON API, feed, or company's board."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import jmespath
from jmespath.exceptions import JMESPathError

from jobtracker.postings import normalise
from jobtracker.sources import registry
from jobtracker.sources.client import Response
from jobtracker.sources.custom import (
    Cursor,
    CustomApi,
    CustomFeed,
    LinkHeader,
    NoPaging,
    Offset,
    OwnSource,
    PageNumber,
)
from jobtracker.sources.feed import Feed
from jobtracker.sources.model import Listing, SourceError, SourceStatus
from jobtracker.sources.source import (
    Draft,
    Page,
    Record,
    RecordError,
    Rejection,
    Source,
    Visit,
    each,
    identifier,
    kept,
    read_json,
)

_AGAIN: Final = Rejection("the pages that the source names repeat: no more were read")
_ELSEWHERE: Final = Rejection("the next page is said to be on another host: no more were read")
_LONGEST_CURSOR, _LONGEST_RECORD = 2_000, 1_000_000


def build(own: OwnSource) -> Source:
    """The source that ``own`` defines.

    Raises:
        SourceError: it cannot be collected as it is defined.
    """
    if (trouble := own.trouble) is not None:
        raise SourceError(SourceStatus.FAILING, trouble)
    config = own.config
    if isinstance(config, CustomApi):
        return _Api(own.listing, config)
    if isinstance(config, CustomFeed):
        return Feed(own.listing, config.url)
    board = registry.source(f"{config.system}:{config.token}")
    assert board is not None  # noqa: S101  # else it were in trouble
    return _Renamed(own.listing, board)


@dataclass(frozen=True, slots=True)
class _Renamed:
    """A source under a listing of one's own."""

    listing: Listing
    source: Source

    def fetch(self, visit: Visit) -> Page:
        return self.source.fetch(visit)


@dataclass(frozen=True, slots=True)
class _Where:
    """Where a collection stands: pages read, what the next one is asked by, marks of those that were read."""

    page: int = 0
    at: str | int | None = None
    marks: tuple[str, ...] = ()

    @classmethod
    def of(cls, cursor: str | None) -> "_Where":
        if cursor is None:
            return cls()
        page, at, marks = json.loads(cursor)
        return cls(page, at, tuple(marks))

    def then(self, at: str | int, mark: str) -> str:
        return json.dumps([self.page + 1, at, [*self.marks, mark]])


@dataclass(frozen=True, slots=True)
class _Api:
    """A JSON API that a person described."""

    listing: Listing
    config: CustomApi
    paths: Mapping[str, Any] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        named = {name: path for name, path in self.config.fields.model_dump().items() if path is not None}
        object.__setattr__(self, "paths", {name: jmespath.compile(path) for name, path in named.items()})

    def fetch(self, visit: Visit) -> Page:
        where = _Where.of(visit.cursor)
        secrets = {name: visit.secret(secret) for name, secret in self.config.secret_headers.items()}
        response = visit.get(self._address(where, visit), headers=self.config.headers, secret_headers=secrets)
        if response.body is None:
            return Page(unchanged=True)
        answer = read_json(response.body)
        records = _search(self.config.records, answer)
        if not isinstance(records, list):
            raise SourceError(SourceStatus.FAILING, "where the list of records should lie, there is none")
        following, trouble = self._next(where, response, answer, len(records))
        read: Iterable[Record] = each(records, self._draft)
        validators = kept(response, only=following is None)
        # Pages that are not read, by our own bound or because the source repeats itself, may list what is missing here.
        cut = trouble is not None or (bool(records) and self._is_last(where))
        return Page(chain(read, (trouble,)) if trouble else read, following, validators, partial=cut)

    def _is_last(self, where: _Where) -> bool:
        return not isinstance(self.config.paging, NoPaging) and where.page + 1 >= self.config.pages

    def _address(self, where: _Where, visit: Visit) -> str:
        paging, url = self.config.paging, self.config.url
        query, at = dict(self.config.query), where.at
        if isinstance(paging, LinkHeader) and isinstance(at, str):
            url, query = at, {}
        if at is None and isinstance(paging, PageNumber):
            at = paging.first
        elif at is None and isinstance(paging, Offset):
            at = 0
        if not isinstance(paging, NoPaging | LinkHeader):
            placeholder = f"{{{paging.kind}}}"
            if placeholder in url:
                url = url.replace(placeholder, "" if at is None else quote(str(at), safe=""))
            elif at is not None:
                query[paging.parameter] = str(at)
        query |= {name: visit.secret(secret) for name, secret in self.config.secret_query.items()}
        return _with_query(url, query)

    def _next(
        self, where: _Where, response: Response, answer: Any, records: int
    ) -> tuple[str | None, Rejection | None]:
        """The cursor of the next page, if there is one; why no more is read, if something is wrong with it."""
        paging = self.config.paging
        if isinstance(paging, NoPaging) or not records or self._is_last(where):
            return None, None
        at: Any
        if isinstance(paging, PageNumber):
            at, mark = paging.first + where.page + 1, response.body or b""
        elif isinstance(paging, Offset):
            at, mark = int(where.at or 0) + records, response.body or b""
        else:
            at = _search(paging.path, answer) if isinstance(paging, Cursor) else response.next_url
            if at is None or at == "" or isinstance(at, bool) or not isinstance(at, str | int):
                return None, None
            mark = str(at).encode(errors="replace")
            if len(mark) > _LONGEST_CURSOR:
                return None, Rejection("the cursor of the next page is longer than any")
            if isinstance(paging, LinkHeader):
                if urlsplit(str(at))[:2] != urlsplit(self.config.url)[:2]:
                    return None, _ELSEWHERE
                # A host that repeats our secrets in its links must not bring them into what we store.
                at = _with_query(str(at), {}, without=self.config.secret_query)
        digest = hashlib.sha256(mark).hexdigest()[:12]
        return (None, _AGAIN) if digest in where.marks else (where.then(at, digest), None)

    def _draft(self, record: Any) -> Draft:
        # What an expression may write is bounded by what it reads.
        if len(json.dumps(record)) > _LONGEST_RECORD:
            raise RecordError("longer than any advertisement")
        found = {name: _value(name, path, record) for name, path in self.paths.items()}
        return Draft(
            source_posting_id=identifier(found["id"]),
            url=_text(found, "url"),
            title=_text(found, "title"),
            company=_text(found, "company") or None,
            place=_text(found, "place"),
            html=_text(found, "html"),
            escaped=True,
            apply_url=_text(found, "apply_url") or None,
            pay_text=_text(found, "pay_text"),
            employment_type=_text(found, "employment_type"),
            posted_at=normalise.read_date(found.get("posted_at")),
        )


def _with_query(url: str, query: Mapping[str, str], without: Iterable[str] = ()) -> str:
    """The address with these parameters, in place of those of the same name."""
    parts = urlsplit(url)
    left_out = {*query, *without}
    pairs = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in left_out]
    return urlunsplit(parts._replace(query=urlencode([*pairs, *query.items()]), fragment=""))


def _search(path: str, answer: Any) -> Any:
    try:
        return jmespath.search(path, answer)
    except (JMESPathError, RecursionError, TypeError, ValueError, ArithmeticError) as error:
        reason = f"the answer is not what {path!r} can be read from"
        raise SourceError(SourceStatus.FAILING, reason) from error


def _value(name: str, path: Any, record: Any) -> Any:
    try:
        return path.search(record)
    except (JMESPathError, RecursionError, ArithmeticError) as error:
        raise RecordError(f"the record is not what its {name} can be read from") from error


def _text(found: Mapping[str, Any], name: str) -> str:
    """A field as text; several texts, such as places, become one."""
    value = found.get(name)
    values = value if isinstance(value, list) else [] if value is None else [value]
    if any(isinstance(one, bool) or not isinstance(one, str | int | float) for one in values):
        raise RecordError(f"{name} is not text")
    return "; ".join(str(one) for one in values)

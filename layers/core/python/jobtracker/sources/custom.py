"""What a person defines as a source of their own, without code: known and checked without what it takes to read it."""

import hashlib
import re
from datetime import datetime
from typing import Annotated, Final, Literal, Self
from urllib.parse import SplitResult, urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from jobtracker.sources import expressions
from jobtracker.sources.listing import find, restricted
from jobtracker.sources.model import Listing, Politeness, SourceKind, Terms

# With this context what is kept is read as it was once accepted, also where it would be refused by now.
KEPT: Final = {"kept": True}

_LONGEST_PATH, _LONGEST_URL, _LONGEST_HOST = 300, 2_000, 253
# How many of one person's sources are collected at once; of everybody's it is five.
_LANES: Final = 2
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_NAME = r"^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$"
_SECRET_NAME = r"^[A-Za-z0-9_.-]{1,40}$"  # noqa: S105  # the shape of a name
# What the client says itself, or what only breaks the request.
_NOT_OURS: Final = {
    *("host", "user-agent", "content-length", "content-type", "transfer-encoding", "connection", "accept-encoding"),
    *("if-none-match", "if-modified-since", "upgrade", "te", "trailer", "expect", "proxy-authorization"),
}
_SECRET_HEADERS: Final = re.compile(r"authori[sz]ation|cookie|token|secret|api-?key|password", re.IGNORECASE)


def _is_kept(info: ValidationInfo) -> bool:
    return info.context is not None and "kept" in info.context


def _path(expression: str, info: ValidationInfo) -> str:
    if not _is_kept(info):
        expressions.check(expression)
    return expression


def _place(expression: str, info: ValidationInfo) -> str:
    if not _is_kept(info):
        expressions.check_place(expression)
    return expression


def address_of(url: str) -> SplitResult:
    """The parts of a web address. Raises ValueError where it is none, names a user, or a host that there cannot be."""
    if any(sign.isspace() or not sign.isprintable() for sign in url):
        raise ValueError("no web address: it has white space in it")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ValueError("no web address") from None
    if parts.scheme not in {"https", "http"} or not parts.hostname or port == 0:
        raise ValueError("no web address: it must begin with https:// or http:// and name a host")
    if "@" in parts.netloc:
        raise ValueError("a web address with a user or password in it; put these into a secret header")
    host_of(parts)
    return parts


def host_of(parts: SplitResult) -> str:
    """The host's name in ASCII, as it is asked for. Raises ValueError where no host can have it."""
    try:
        host = (parts.hostname or "").encode("idna").decode().removesuffix(".")
    except UnicodeError:
        raise ValueError("no web address: no host can have this name") from None
    if not 0 < len(host) <= _LONGEST_HOST:
        raise ValueError("no web address: no host can have this name")
    return host


def _url(url: str, info: ValidationInfo) -> str:
    if _is_kept(info):
        return url
    parts = address_of(url)
    if _PLACEHOLDER.search(parts.netloc):
        raise ValueError("the host may have no placeholder in it")
    if (board := restricted(host_of(parts))) is not None:
        raise ValueError(f"{board.name} forbids programs to read it; bring in its mails, or pages that you have open")
    return url


def _header(name: str, info: ValidationInfo) -> str:
    if not _is_kept(info) and name.lower() in _NOT_OURS:
        raise ValueError("this header cannot be set: each request has its own")
    return name


def _plain_header(name: str, info: ValidationInfo) -> str:
    if not _is_kept(info) and _SECRET_HEADERS.search(name):
        raise ValueError("this header holds a secret: put it under the secrets, so that it is kept encrypted")
    return name


JmesPath = Annotated[str, Field(min_length=1, max_length=_LONGEST_PATH), AfterValidator(_path)]
JmesPlace = Annotated[str, Field(min_length=1, max_length=_LONGEST_PATH), AfterValidator(_place)]
Url = Annotated[str, Field(max_length=_LONGEST_URL), AfterValidator(_url)]
HeaderName = Annotated[str, Field(pattern=_NAME), AfterValidator(_header)]
PlainHeaderName = Annotated[HeaderName, AfterValidator(_plain_header)]
HeaderValue = Annotated[str, Field(max_length=500, pattern=r"^[ -~]*$")]
SecretName = Annotated[str, Field(pattern=_SECRET_NAME)]
Parameter = Annotated[str, Field(min_length=1, max_length=100)]


class _Definition(BaseModel):
    """Part of a definition. What a person typed is not repeated in errors: it may be a secret in a wrong place."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class NoPaging(_Definition):
    """All is in one answer."""

    kind: Literal["none"] = "none"


class PageNumber(_Definition):
    """Pages are counted. The number goes into the address's ``{page}``, else into the parameter."""

    kind: Literal["page"]
    parameter: Parameter = "page"
    first: int = Field(default=1, ge=0, le=1)


class Offset(_Definition):
    """How many records came before. The number goes into the address's ``{offset}``, else into the parameter."""

    kind: Literal["offset"]
    parameter: Parameter = "offset"


class Cursor(_Definition):
    """Each answer names the next page. It goes into the address's ``{cursor}``, else into the parameter."""

    kind: Literal["cursor"]
    path: JmesPlace = Field(description="where the next page's cursor lies in the answer")
    parameter: Parameter = "cursor"


class LinkHeader(_Definition):
    """Each answer links the next page in its header ``Link``, on the same host."""

    kind: Literal["link"]


Paging = Annotated[NoPaging | PageNumber | Offset | Cursor | LinkHeader, Field(discriminator="kind")]


class Fields(_Definition):
    """Where in one record each field of a posting lies."""

    id: JmesPath
    url: JmesPath
    title: JmesPath
    company: JmesPath | None = None
    place: JmesPath | None = None
    html: JmesPath | None = None
    pay_text: JmesPath | None = None
    employment_type: JmesPath | None = None
    posted_at: JmesPath | None = None
    apply_url: JmesPath | None = None


class CustomApi(_Definition):
    """A JSON API. ``secret_query`` and ``secret_headers`` hold the names of secrets, not their values."""

    kind: Literal["api"]
    url: Url
    query: dict[Parameter, Annotated[str, Field(max_length=500)]] = Field(default={}, max_length=30)
    headers: dict[PlainHeaderName, HeaderValue] = Field(default={}, max_length=20)
    secret_query: dict[Parameter, SecretName] = Field(default={}, max_length=5)
    secret_headers: dict[HeaderName, SecretName] = Field(default={}, max_length=5)
    records: JmesPlace = Field(default="@", description="where the list of records lies in the answer")
    fields: Fields
    paging: Paging = NoPaging()
    pages: int = Field(default=10, ge=1, le=100, description="the most pages that one collection reads")
    per_hour: int = Field(default=60, ge=1, le=1_000, description="the most requests in an hour")
    complete: bool = Field(default=False, description="its pages list all that is open: what they lack is closed")

    @model_validator(mode="after")
    def _is_whole(self, info: ValidationInfo) -> Self:
        if _is_kept(info):
            return self
        named = _PLACEHOLDER.findall(self.url)
        fitting = {"page": ["page"], "offset": ["offset"], "cursor": ["cursor"]}.get(self.paging.kind, [])
        if any(name not in fitting for name in named) or len(named) > 1:
            allowed = f"one {{{fitting[0]}}}" if fitting else "none"
            raise ValueError(f"the address may have as placeholder, with this paging: {allowed}")
        return self

    @property
    def secrets(self) -> tuple[str, ...]:
        """The names of the secrets that asking takes."""
        return tuple(dict.fromkeys((*self.secret_headers.values(), *self.secret_query.values())))


class CustomFeed(_Definition):
    """Any RSS or Atom feed."""

    kind: Literal["feed"]
    url: Url

    @model_validator(mode="after")
    def _is_whole(self, info: ValidationInfo) -> Self:
        if not _is_kept(info) and "{" in self.url:
            raise ValueError("a feed's address may have no placeholder in it")
        return self


class CustomBoard(_Definition):
    """A company's board, by the system that it uses and the company's token there."""

    kind: Literal["board"]
    system: str = Field(max_length=40)
    token: str = Field(min_length=1, max_length=200)

    @model_validator(mode="after")
    def _is_whole(self, info: ValidationInfo) -> Self:
        if not _is_kept(info) and find(f"{self.system}:{self.token}") is None:
            raise ValueError("no board of a system that is known, or no token of that system")
        return self


CustomConfig = Annotated[CustomApi | CustomFeed | CustomBoard, Field(discriminator="kind")]
_config: TypeAdapter[CustomApi | CustomFeed | CustomBoard] = TypeAdapter(CustomConfig)


class OwnSource(BaseModel):
    """A source that one person defined; what it brings is theirs alone."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    id: str = Field(pattern=r"^own:[0-9a-f]{12}$")
    owner_id: str
    name: str = Field(min_length=1, max_length=100)
    config: CustomConfig
    created_at: datetime

    @property
    def definition(self) -> str:
        """A hash of what is asked, and how; the name and the secrets do not count."""
        return hashlib.sha256(self.config.model_dump_json().encode()).hexdigest()[:16]

    @property
    def trouble(self) -> str | None:
        """Why it cannot be collected as it was once defined, None where it can."""
        try:
            _config.validate_python(self.config.model_dump())
        except ValidationError as error:
            return error.errors(include_input=False)[0]["msg"].removeprefix("Value error, ")
        return None

    @property
    def group(self) -> str:
        """The message group of its collections. A person has so few that their slow hosts leave room for everybody's;
        those of one host are in the same."""
        lane = hashlib.sha256(self.listing.host.encode()).digest()[0] % _LANES
        return f"own-{hashlib.sha256(self.owner_id.encode()).hexdigest()[:32]}-{lane}"

    @property
    def listing(self) -> Listing:
        """What it is, as for every other source."""
        config = self.config
        if isinstance(config, CustomBoard):
            if (board := find(f"{config.system}:{config.token}")) is not None:
                own = {"id": self.id, "kind": SourceKind.CUSTOM, "name": self.name, "on": True}
                return board.model_copy(update=own)
            homepage, host = "", config.system
        else:
            homepage, host = _whereabouts(config.url)
        api = config if isinstance(config, CustomApi) else None
        return Listing(
            id=self.id,
            kind=SourceKind.CUSTOM,
            name=self.name,
            homepage=homepage,
            host=host,
            attribution=f"Source: {self.name}",
            terms=Terms.KEY if api and api.secrets else Terms.OPEN,
            conditions="Whoever defined it answers for what its terms ask.",
            politeness=Politeness(per_hour=api.per_hour if api else None),
            complete=api is not None and api.complete,
            secrets=api.secrets if api else (),
            on=True,
        )


def _whereabouts(url: str) -> tuple[str, str]:
    """The home page and the host of an address; empty where it is none."""
    try:
        parts = address_of(url)
    except ValueError:
        return "", ""
    port = "" if parts.port is None else f":{parts.port}"
    return f"{parts.scheme}://{parts.netloc}", f"{host_of(parts)}{port}"

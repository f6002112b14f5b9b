"""Addresses as pages and mails give them: taken out of their redirecting wrappers, without what follows people."""

import re
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit, urlunsplit

_LAYERS: Final = 5
LONGEST: Final = 2_000
# An address inside another one: as a parameter's value, or in the path, escaped or not.
_INSIDE_PATH: Final = re.compile(r"https?(?::|%3A)(?:/|%2F){1,2}", re.IGNORECASE)
_TRACKING: Final = re.compile(
    r"utm_.*|trk.*|mc_.*|mkt_.*|hsa_.*|_hs.*|pk_.*|piwik_.*|gclid|fbclid|msclkid|dclid|yclid|igshid|ref|ref_?id|"
    r"referrer|referer|source|src|campaign|medium|tracking.*|midtoken|midsig|otptoken|eid|lipi|lici|email.*|"
    r"e?mail_?id|token|sig|signature|subscriber.*|user_?id|uid|viewer_?id|preference_id|recipient.*|session.*|"
    r"gh_src|lever-source.*|lever-origin|jobboardsource|spjobid|spmailingid|spuserid",
    re.IGNORECASE,
)
# What names the posting itself in addresses whose path does not.
_NAMES_IT: Final = re.compile(
    r"id|jk|gh_jid|jid|pid|job|vacancy|currentjobid|(?:job|posting|vacancy|req|position|opening).?id", re.IGNORECASE
)
_ID_IN_PATH: Final = re.compile(r"\d{5,}|[0-9a-f]{8}-[0-9a-f]{4}-", re.IGNORECASE)
_LONG_VALUE: Final = 48


def unwrapped(url: str) -> str:
    """The address that a redirecting one leads to, where it says so itself; else the address as it is."""
    found = url.strip()
    for _ in range(_LAYERS):
        inner = _inner(found)
        if inner is None:
            break
        found = inner
    return found


def _inner(url: str) -> str | None:
    parts = _split(url)
    if parts is None:
        return None
    for _, value in parse_qsl(parts.query):
        if value.lower().startswith(("https://", "http://")) and _split(value):
            return value
    if (start := _INSIDE_PATH.search(parts.path)) is None:
        return None
    raw = parts.path[start.start() :]
    # URL Defense writes "https:__" or "https:/" and puts its own marks after "__;"; SES follows with "/1/<id>/<mark>".
    if "%2f" in raw.lower() or "%3a" in raw.lower():
        raw = unquote(raw.partition("/")[0])
    elif parts.query:
        raw = f"{raw}?{parts.query}"
    raw = re.sub(r"^(https?:)/+", r"\1//", raw.partition("__;")[0], flags=re.IGNORECASE)
    return raw if _split(raw) else None


def cleaned(url: str) -> str:
    """The address without its fragment and without parameters that name a person, a mail or a campaign."""
    parts = _split(url)
    if parts is None:
        return url
    named = _ID_IN_PATH.search(parts.path) is not None
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query)
        if _NAMES_IT.fullmatch(name)
        or not (named or _TRACKING.fullmatch(name) or "@" in value or len(value) > _LONG_VALUE)
    ]
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, urlencode(kept), ""))


def host_of(url: str) -> str:
    """The address's host without "www."; empty where it has none."""
    parts = _split(url)
    return (parts.hostname or "").removeprefix("www.") if parts else ""


def is_of(url: str, domain: str) -> bool:
    """Whether the address is one of ``domain`` or of a host below it."""
    host = host_of(url)
    return host == domain or host.endswith(f".{domain}")


def is_web_address(url: str) -> bool:
    """Whether it is a whole http(s) address of bearable length."""
    return _split(url) is not None


def _split(url: str) -> SplitResult | None:
    if len(url) > LONGEST or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return parts if parts.scheme.lower() in {"http", "https"} and host and "." in host else None

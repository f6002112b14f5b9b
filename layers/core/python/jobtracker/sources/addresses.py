"""Reading web addresses and names for what company, and what board of a company, they stand for. Light: asks nobody."""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache
from urllib.parse import unquote, urlsplit

from jobtracker.sources.model import CompanyListing

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")
# Under these, a name is registered on the third level.
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "edu"})
_LEGAL_FORMS = re.compile(
    r"ab|ag|aps|as|asa|bv|co|company|corp|corporation|gmbh|group|holdings?|inc|incorporated|international|kg|llc|"
    r"limited|llp|ltd|nv|oyj?|plc|pty|sa|sas|sarl|se|spa|srl|the"
)
_PARTS = re.compile(r"[^\W_]+")


def boards_in(text: str, systems: Iterable[CompanyListing]) -> list[tuple[str, str]]:
    """The boards that the addresses in ``text`` lead to, as (system, token), the one named most often first.

    Args:
        text: an address, or a page's HTML or scripts.
        systems: those whose addresses are looked for.
    """
    # In scripts slashes are escaped, in attributes ampersands are.
    plain = html.unescape(text).replace("\\/", "/").replace("\\u002F", "/").replace("\\u0026", "&")
    lowered = plain.lower()
    named = Counter(
        (system.id, token)
        for system in systems
        # Looking for a system's domain is many times faster than its patterns, and mostly the end of it.
        if ".".join(system.host.split(".")[-2:]) in lowered
        for pattern in system.addresses
        for found in _compiled(pattern).finditer(plain)
        if system.accepts(token := _token(system, found))
    )
    return [board for board, _ in named.most_common()]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII | re.IGNORECASE)


def _token(system: CompanyListing, found: re.Match[str]) -> str:
    token = unquote(system.joined.format(**found.groupdict())).replace(" ", "+")
    # A host's name is the same in capitals; elsewhere they count.
    return token.lower() if system.host.startswith("{token}") else token


def domain_of(text: str) -> str | None:
    """The web domain that ``text`` names, as an address, a mail address or alone; without "www."; None for none."""
    bare = text.strip().lower()
    if "//" not in bare:
        bare = f"//{bare}"
    try:
        host = urlsplit(bare).hostname or ""
    except ValueError:
        return None
    host = host.removesuffix(".").removeprefix("www.")
    return host if _DOMAIN.fullmatch(host) else None


def registered(domain: str) -> str:
    """The part of a domain that somebody registered: "careers.acme.co.uk" is "acme.co.uk"."""
    labels = domain.split(".")
    kept = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else 2
    return ".".join(labels[-kept:])


@cache
def words_of(name: str) -> tuple[str, ...]:
    """The words of a company's name without case, accents and legal form: "Crème AG" is "creme"."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("ß", "ss").replace("ø", "o").replace("ł", "l"))
    words = _PARTS.findall("".join(sign for sign in letters if not unicodedata.combining(sign)).replace("'", ""))
    # A name may be nothing but such words: "The Company".
    kept = [word for word in words if not _LEGAL_FORMS.fullmatch(word)]
    return tuple(kept or words)


def name_key(name: str) -> str:
    """A company's name for comparing: its words in one."""
    return "".join(words_of(name))

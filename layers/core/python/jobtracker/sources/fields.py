"""What several sources' fields say alike: a way of working, a period of pay, an XML answer."""

import re
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from jobtracker.postings.model import Pay, PayPeriod, WorkMode
from jobtracker.sources.model import SourceError, SourceStatus
from jobtracker.sources.source import is_web_page, stated_pay

_CURRENCY = re.compile(r"[A-Z]{3}")
_PERIODS = (
    (PayPeriod.HOUR, re.compile(r"hour|\bhr\b", re.IGNORECASE)),
    (PayPeriod.DAY, re.compile(r"\bday|daily", re.IGNORECASE)),
    (PayPeriod.WEEK, re.compile(r"week", re.IGNORECASE)),
    (PayPeriod.MONTH, re.compile(r"month", re.IGNORECASE)),
    (PayPeriod.YEAR, re.compile(r"year|annual|annum|\bpa\b", re.IGNORECASE)),
)
_MODES = {
    "remote": WorkMode.REMOTE,
    "fully": WorkMode.REMOTE,
    "fullyremote": WorkMode.REMOTE,
    "hybrid": WorkMode.HYBRID,
    "hybridremote": WorkMode.HYBRID,
    "temporary": WorkMode.HYBRID,
    "onsite": WorkMode.ONSITE,
    "inoffice": WorkMode.ONSITE,
    "inperson": WorkMode.ONSITE,
}
_NO_LETTER = re.compile(r"[\W_]+")


def text(value: Any) -> str:
    """The value where it is text, stripped; "" for all else."""
    return value.strip() if isinstance(value, str) else ""


def texts(*values: Any) -> tuple[str, ...]:
    """Those of the values that are text and not empty, each once."""
    return tuple(dict.fromkeys(filter(None, map(text, values))))


def mode(value: Any) -> WorkMode | None:
    """The way of working that a field of one or two words names: "On-site", "FULLY_REMOTE", "hybrid"."""
    return _MODES.get(_NO_LETTER.sub("", text(value).lower()))


def period(value: Any) -> PayPeriod | None:
    """The period that a field's word names: "per-year-salary", "1 MONTH", "hourly"."""
    word = text(value).replace("_", " ")
    return next((found for found, words in _PERIODS if words.search(word)), None)


def pay(low: Any, high: Any, currency: Any, period_word: Any) -> Pay | None:
    """Pay from a source's own fields; None where one of them is unknown, or is not what it should be."""
    code, per = text(currency).upper(), period(period_word)
    return stated_pay(low, high, code, per) if per is not None and _CURRENCY.fullmatch(code) else None


def places(*names: Any) -> str:
    """The names of places in one text, each once."""
    return "; ".join(texts(*names))


def place(*parts: Any) -> str:
    """One place from its parts, the smallest first: city, region, country."""
    return ", ".join(texts(*parts))


def sections(*parts: tuple[Any, Any]) -> str:
    """One HTML text from parts with a heading each; parts without text are left out."""
    written = []
    for heading, body in parts:
        if text(body):
            written.append(f"<h3>{text(heading)}</h3>\n{text(body)}" if text(heading) else text(body))
    return "\n".join(written)


def read_xml(body: bytes) -> Element:
    """The root of an XML answer. Raises SourceError where ``body`` is none, is cut off, or declares entities."""
    try:
        root: Element = fromstring(body)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        if is_web_page(body):
            raise SourceError(SourceStatus.BLOCKED, "a web page came instead of data") from error
        raise SourceError(SourceStatus.FAILING, "the answer is not whole XML") from error
    # XHTML is well-formed XML too.
    if root.tag.rpartition("}")[2].lower() == "html":
        raise SourceError(SourceStatus.BLOCKED, "a web page came instead of data")
    return root


def inner(element: Element, path: str) -> str:
    """The text of a child, "" where there is none."""
    return (element.findtext(path) or "").strip()

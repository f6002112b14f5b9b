"""schema.org JobPosting in a page, as JSON-LD or microdata. https://schema.org/JobPosting"""

import html
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

import lxml.etree
import lxml.html
from extruct.jsonld import JsonLdExtractor
from extruct.w3cmicrodata import MicrodataExtractor

from jobtracker.postings import normalise
from jobtracker.postings.model import Pay, WorkMode
from jobtracker.sources import fields
from jobtracker.sources.imports import links
from jobtracker.sources.source import Draft, Record, Rejection, each, stated_pay

CLOSED: Final = "no longer accepting applications"
Json = dict[str, Any]
# A page of postings has dozens; whatever has more, or nests deeper, was not written to be read.
_MOST, _DEEPEST, _MOST_PROPERTIES, _MOST_ELEMENTS, _NESTED = 200, 25, 4_000, 100_000, 8
_JSON_LD: Final = "application/ld+json"
_LOOKS_LIKE_MARKUP: Final = re.compile(r"<\s*/?\s*[a-zA-Z]")
_STATE_CODE: Final = re.compile(r"[A-Z0-9-]{1,3}")
# Where a state's code is what people write.
_WITH_STATES: Final = {"US", "CA", "AU"}
_NUMBER: Final = re.compile(r"[^\d.]")
_THOUSANDS: Final = re.compile(r"[,.' \u00a0\u2019](?=\d{3}(?!\d))")
# What postings say apart from their description, in the order in which people read it.
_SECTIONS: Final = (
    ("responsibilities", "Responsibilities"),
    ("qualifications", "Qualifications"),
    ("skills", "Skills"),
    ("experienceRequirements", "Experience"),
    ("educationRequirements", "Education"),
    ("incentiveCompensation", "Incentives"),
    ("jobBenefits", "Benefits"),
    ("workHours", "Working hours"),
    ("eligibilityToWorkRequirement", "Eligibility"),
)


def records(tree: lxml.html.HtmlElement, url: str, now: datetime) -> list[Record]:
    """The page's postings, each as a draft or with the reason why not; JSON-LD where there is any, else microdata.

    Args:
        tree: the parsed page.
        url: its address.
        now: the time, in UTC: what was valid through a day before it is closed.
    """
    for found in (_json_ld, _microdata):
        postings = found(tree, url)
        if postings:
            alone = len(postings) == 1
            return list(each(postings, partial(_record, page_url=url, now=now, alone=alone)))
    return []


def _json_ld(tree: lxml.html.HtmlElement, url: str) -> list[Json]:
    extractor, nodes = JsonLdExtractor(), []
    for script in tree.iter("script"):
        if not str(script.get("type") or "").strip().lower().startswith(_JSON_LD):
            continue
        script.set("type", _JSON_LD)
        try:
            nodes += extractor.extract_items(script, base_url=url)
        except (ValueError, RecursionError):
            # One block that is no JSON says nothing of the others.
            continue
    everything = [node for top in nodes for node in _dicts(top, 0)]
    by_id = {node["@id"]: node for node in everything if isinstance(node.get("@id"), str) and len(node) > 1}
    postings = [node for node in everything if _is_posting(node.get("@type"))]
    return [_resolved(posting, by_id) for posting in postings][:_MOST]


def _dicts(node: Any, depth: int) -> Iterator[Json]:
    """Every object of a JSON value, the outer before the inner."""
    if depth > _DEEPEST:
        return
    if isinstance(node, dict):
        yield node
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _dicts(value, depth + 1)


def _is_posting(kind: Any) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(one, str) and re.split(r"[/:#]", one)[-1] == "JobPosting" for one in kinds)


def _resolved(posting: Json, by_id: dict[str, Json]) -> Json:
    """The posting with what it only refers to ("@id") in its place."""

    def named(value: Any) -> Any:
        if isinstance(value, list):
            return [named(one) for one in value]
        if isinstance(value, dict) and len(value) <= 2 and isinstance(value.get("@id"), str):
            return by_id.get(value["@id"], value)
        return value

    return {name: named(value) for name, value in posting.items()}


def _microdata(tree: lxml.html.HtmlElement, url: str) -> list[Json]:
    # Each property is read with all that is in it: one in another in another takes as long again each time.
    count, deepest = tree.xpath("count(//*[@itemprop])"), "//*[count(ancestor::*[@itemprop]) >= $most][@itemprop][1]"
    if count > _MOST_PROPERTIES or tree.xpath("count(//*)") > _MOST_ELEMENTS or tree.xpath(deepest, most=_NESTED):
        return []
    try:
        items = MicrodataExtractor(add_html_node=True).extract_items(tree, url)
    except (ValueError, TypeError, RecursionError, AttributeError, lxml.etree.LxmlError):
        return []
    found = [node for item in items for node in _dicts(item, 0) if _is_posting(node.get("type"))]
    return [_as_json_ld(item) for item in found[:_MOST]]


def _as_json_ld(item: Any) -> Any:
    """A microdata item in the form of JSON-LD; a description with its markup, which is lost in the item."""
    if isinstance(item, list):
        return [_as_json_ld(one) for one in item]
    if not isinstance(item, dict):
        return item
    if "properties" not in item:
        return item.get("value")
    plain = {name: _as_json_ld(value) for name, value in item["properties"].items()}
    node = item.get("htmlNode")
    if _is_posting(item.get("type")) and node is not None:
        described = node.xpath(".//*[@itemprop='description']")
        if described:
            plain["description"] = "".join(
                lxml.html.tostring(part, encoding="unicode", with_tail=False) for part in described
            )
            # The description of many pages is made of these.
            inside = {str(inner.get("itemprop")) for part in described for inner in part.xpath(".//*[@itemprop]")}
            plain = {name: value for name, value in plain.items() if name == "description" or name not in inside}
    return {"@type": item.get("type"), **plain}


def _record(posting: Json, page_url: str, now: datetime, *, alone: bool) -> Record:
    title = _text(posting.get("title")) or _text(posting.get("name"))
    if not title:
        return Rejection("no title")
    ends = _ends(posting.get("validThrough"))
    if ends is not None and ends < now:
        return Rejection(f"{CLOSED} (valid through {ends:%Y-%m-%d})")
    url = _address(posting, page_url)
    number = _number(posting.get("identifier"))
    known_by = links.cleaned(url)
    if not alone and known_by == links.cleaned(page_url):
        known_by = f"{known_by}#{number or title}"
    pay, pay_text = _pay(posting)
    remote = "TELECOMMUTE" in _text(posting.get("jobLocationType")).upper()
    return Draft(
        source_posting_id=known_by[:500],
        url=links.cleaned(url),
        title=html.unescape(title),
        company=html.unescape(_name(posting.get("hiringOrganization"))) or None,
        place=_places(posting, remote=remote),
        html=_description(posting),
        apply_url=links.cleaned(url) if posting.get("directApply") in {True, "true", "True"} else None,
        pay=pay,
        pay_text=pay_text,
        employment_type=_text(posting.get("employmentType")).replace("_", "-").lower(),
        mode=WorkMode.REMOTE if remote else None,
        tags=tuple(word for name in ("occupationalCategory", "industry") if (word := _text(posting.get(name)))),
        requisition_id=number,
        posted_at=normalise.read_date(_first(posting.get("datePosted"))),
        expires_at=ends,
    )


def _ends(value: Any) -> datetime | None:
    """Until when it may be applied for: a day alone means all of it."""
    text = _first(value)
    ends = normalise.read_date(text)
    whole_day = isinstance(text, str) and len(text.strip()) <= len("2026-10-01T00:00")
    return ends + timedelta(days=1) if ends is not None and whole_day and ends.hour == ends.minute == 0 else ends


def _address(posting: Json, page_url: str) -> str:
    """The posting's own address on the page's host, else the page's: a page must not send people elsewhere."""
    for name in ("url", "@id", "mainEntityOfPage"):
        stated = _first(posting.get(name))
        if isinstance(stated, dict):
            stated = stated.get("@id") or stated.get("url")
        if isinstance(stated, str) and links.is_web_address(stated) and _related(stated, page_url):
            return stated
    return page_url


def _related(one: str, other: str) -> bool:
    first, second = (links.host_of(url).split(".")[-2:] for url in (one, other))
    return first == second


def _number(identifier: Any) -> str | None:
    one = _first(identifier)
    value = one.get("value") or one.get("@value") if isinstance(one, dict) else one
    return str(value).strip()[:100] or None if isinstance(value, str | int) and not isinstance(value, bool) else None


def _places(posting: Json, *, remote: bool) -> str:
    """The places, a list; where the work is done anywhere in some countries, these, and the offices that lie there."""
    offices = [line for place in _many(posting.get("jobLocation")) if (line := _place(place))]
    allowed = [line for place in _many(posting.get("applicantLocationRequirements")) if (line := _place(place))]
    if not remote or not allowed:
        return "; ".join(offices or allowed)
    countries = {normalise.read_place(line): line for line in allowed}
    named = {place.country for place in countries if place}
    near = [office for office in offices if (at := normalise.read_place(office)) and at.country in named]
    there = {at.country for office in near if (at := normalise.read_place(office))}
    return "; ".join(
        [*near, *(line for place, line in countries.items() if place is None or place.country not in there)]
    )


def _place(place: Any) -> str:
    if isinstance(place, str):
        return html.unescape(place).strip()
    if not isinstance(place, dict):
        return ""
    address = _first(place.get("address")) or place
    if isinstance(address, str):
        return html.unescape(address).strip()
    if not isinstance(address, dict):
        return ""
    city, region = _text(address.get("addressLocality")), _text(address.get("addressRegion"))
    country = _name(address.get("addressCountry"))
    if city and _STATE_CODE.fullmatch(region) and normalise.read_place(country or "US") is not None:
        at = normalise.read_place(country) if country else None
        region = region if at is None or at.country in _WITH_STATES else ""
    parts = [part for part in dict.fromkeys((city, region, country)) if part]
    return html.unescape(", ".join(parts)) or _name(place)


def _pay(posting: Json) -> tuple[Pay | None, str]:
    """Pay as stated in fields, or the text that states it."""
    for stated in _many(posting.get("baseSalary")):
        if isinstance(stated, str):
            if not _NUMBER.sub("", stated):
                continue
            return None, f"{_text(posting.get('salaryCurrency'))} {stated}".strip()
        amount = {"value": stated} if isinstance(stated, int | float) else stated
        if not isinstance(amount, dict):
            continue
        inner = _first(amount.get("value"))
        value = inner if isinstance(inner, dict) else amount
        low, high = _amount(value.get("minValue")), _amount(value.get("maxValue"))
        if low is None and high is None:
            low = high = _amount(value.get("value"))
        currency = (
            _text(amount.get("currency")) or _text(value.get("currency")) or _text(posting.get("salaryCurrency"))
        ).upper()
        unit = _text(value.get("unitText")) or _text(amount.get("unitText"))
        period = fields.period(unit)
        if low is None and high is None:
            continue
        if period is not None and re.fullmatch(r"[A-Z]{3}", currency):
            return stated_pay(low, high, currency, period), ""
        return None, f"{currency} {low or high:g} - {high or low:g} {unit}"
    return None, ""


def _amount(value: Any) -> float | None:
    """A number, or one as text with marks between its thousands; None where it is none or 0."""
    one = _first(value)
    if isinstance(one, str):
        one = _NUMBER.sub("", _THOUSANDS.sub("", one.strip()))
        try:
            one = float(one)
        except ValueError:
            return None
    return float(one) if isinstance(one, int | float) and not isinstance(one, bool) and one > 0 else None


def _description(posting: Json) -> str:
    """The description with the sections that the page keeps apart from it."""
    whole = _markup(_text(posting.get("description"), between="\n"))
    for name, heading in _SECTIONS:
        section = _text(posting.get(name), between="\n")
        if section and section[:80] not in whole:
            whole += f"<h3>{heading}</h3>{_markup(section)}"
    return whole


def _markup(text: str) -> str:
    """HTML of a field that holds HTML, escaped HTML or plain text."""
    if not _LOOKS_LIKE_MARKUP.search(text):
        text = html.unescape(text)
    return text if _LOOKS_LIKE_MARKUP.search(text) else html.escape(text, quote=False).replace("\n", "<br>")


def _name(value: Any) -> str:
    one = _first(value)
    if isinstance(one, dict):
        return _text(one.get("name")) or _text(one.get("legalName"))
    return one.strip() if isinstance(one, str) else ""


def _text(value: Any, *, between: str = ", ") -> str:
    """The text of a field that may be text, a number, an object with text, or several of these."""
    if isinstance(value, list):
        return between.join(filter(None, (_text(one) for one in value[:50])))
    if isinstance(value, dict):
        return _text(value.get("@value") or value.get("name") or value.get("description"))
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _many(value: Any) -> list[Any]:
    return (value if isinstance(value, list) else [value] if value is not None else [])[:50]


def _first(value: Any) -> Any:
    return next(iter(value), None) if isinstance(value, list) else value

"""From a source's draft to a normalised posting: the same for all sources."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from pydantic import ValidationError

from jobtracker.postings import normalise
from jobtracker.postings.lines import has
from jobtracker.postings.model import Pay, Place, Posting, WorkMode, posting_id
from jobtracker.postings.pay import is_plausible
from jobtracker.skills.extraction import extract
from jobtracker.sources.model import Listing
from jobtracker.sources.source import Draft, RecordError, Rejection

_SOON = timedelta(days=1)
# What one table item can hold with its text beside it; whatever is longer is no advertisement.
MAX_DESCRIPTION_BYTES = 90_000
# The sanitiser's work grows with the square of how deep tags are nested.
_MAX_RAW, _MAX_TAGS = 1_000_000, 8_000
_MAX_NAME = 300
# Longer ones name no posting that a person could open, or its source could tell from others.
_MAX_LINK, _MAX_ID = 4_000, 1_000
# An employer's own number of a job.
_MAX_NUMBER = 200
# No field says more than a list of places; reading it takes the longer, the longer it is.
_MAX_FIELD, _MAX_TAGS_READ = 5_000, 200
# The whole, as it is written down: quotes and backslashes of a text double there. A table item holds 400 KB.
_MAX_WRITTEN_BYTES = 300_000
_PAY_WORDS = re.compile(
    r"salar|compensation|pay range|\bpay\b|base pay|gehalt|vergütung|salaire|rémunération|hourly rate|per year|"
    r"per hour|per annum|\blohn\b|stundenlohn|retribuci|sueldo|stipendio|wynagrodzeni|\bloon\b|day rate",
    re.IGNORECASE,
)
# One of these is in whatever the pattern finds; looking for them is many times faster.
_PAY_HINTS = (
    "salar", "compensation", "pay", "gehalt", "vergütung", "rémun", "hourly rate", "day rate", "per year", "per hour",
    "per annum", "lohn", "retrib", "sueldo", "stipendio", "wynagr", "loon",
)  # fmt: skip
# Where the money shares its sign with that of other countries.
_CURRENCY_AT = {
    "AU": "AUD", "NZ": "NZD", "CA": "CAD", "SG": "SGD", "HK": "HKD", "MX": "MXN", "SE": "SEK", "NO": "NOK", "DK": "DKK",
    "IS": "ISK", "CN": "CNY",
}  # fmt: skip
_PAY_ALONE = 80
_LINES_TRIED = 30


def read(listing: Listing, draft: Draft, now: datetime, *, owner: str | None = None) -> Posting | Rejection:
    """The normalised posting of a draft, or why there is none; see ``to_posting``."""
    try:
        return to_posting(listing, draft, now, owner=owner)
    except RecordError as error:
        return Rejection(str(error))
    except ValidationError as error:
        return Rejection(f"bad {error.errors()[0]['loc'][0]}")
    except (TypeError, ValueError, AttributeError) as error:
        return Rejection(f"not in the known shape ({type(error).__name__}: {error})"[:200])


def to_posting(listing: Listing, draft: Draft, now: datetime, *, owner: str | None = None) -> Posting:
    """The normalised posting of a draft.

    Args:
        listing: the source's.
        draft: what the source's module read.
        now: when it was fetched, in UTC.
        owner: the person whose posting it is, None for one of everybody's.

    Raises:
        RecordError: it has no title or link, or no end.
    """
    draft = _bounded(draft)
    title = normalise.clean_title(draft.title)
    if not title:
        raise RecordError("no title")
    if not _is_link(draft.url):
        raise RecordError("no link")
    if len(draft.html) > _MAX_RAW or draft.html.count("<") + draft.html.count("&lt;") > _MAX_TAGS:
        raise RecordError("longer than any advertisement")
    markup, text = normalise.clean_html(draft.html, escaped=draft.escaped)
    if len(markup.encode()) > MAX_DESCRIPTION_BYTES:
        raise RecordError("longer than any advertisement")
    place, places, area = _whereabouts(draft)
    mode = draft.mode or normalise.read_work_mode(place, draft.title, text)
    company = normalise.clean_company(draft.company) if draft.company else None
    currency, language = _currency_at(places), normalise.read_language(text)
    stated = draft.pay if draft.pay is not None and is_plausible(draft.pay) else None
    posting = Posting(
        id=posting_id(listing.id if owner is None else f"{owner}/{listing.id}", draft.source_posting_id),
        source_id=listing.id,
        source_posting_id=draft.source_posting_id,
        url=draft.url,
        apply_url=draft.apply_url if draft.apply_url and _is_link(draft.apply_url) else None,
        title=title[:_MAX_NAME],
        role=normalise.read_role(draft.title, company),
        company=company,
        company_key=normalise.company_key(company) if company else None,
        places=places,
        work_mode=mode,
        remote_countries=area if mode is WorkMode.REMOTE else (),
        pay=stated or normalise.read_pay(draft.pay_text, currency, bare=False) or _pay_in_text(text, currency),
        seniority=normalise.read_seniority(draft.title, text, draft.seniority),
        skills=tuple(extract("\n".join((title, text, ", ".join(draft.tags))))),
        employment_type=normalise.read_employment_type(draft.employment_type, draft.title),
        eligibility=normalise.read_eligibility(text, language),
        language=language,
        requisition_id=draft.requisition_id,
        description_html=markup,
        description_text=text,
        # What a source dates into the future would head every list until then.
        posted_at=draft.posted_at if draft.posted_at is None or draft.posted_at <= now + _SOON else None,
        expires_at=draft.expires_at,
        fetched_at=now,
        attribution=listing.attribution,
        sample=draft.sample,
    )
    if len(posting.model_dump_json().encode()) > _MAX_WRITTEN_BYTES:
        raise RecordError("longer than any advertisement")
    return posting


def _bounded(draft: Draft) -> Draft:
    """The draft with no field longer than such a field can be.

    Raises:
        RecordError: what tells it from others, or leads to it, is longer.
    """
    if len(draft.source_posting_id) > _MAX_ID:
        raise RecordError("an id longer than any")
    if len(draft.url) > _MAX_LINK:
        raise RecordError("a link longer than any")
    apply_url, number = draft.apply_url, draft.requisition_id
    return replace(
        draft,
        title=draft.title[:_MAX_FIELD],
        company=draft.company and draft.company[:_MAX_FIELD],
        place=draft.place[:_MAX_FIELD],
        apply_url=apply_url if apply_url and len(apply_url) <= _MAX_LINK else None,
        pay_text=draft.pay_text[:_MAX_FIELD],
        employment_type=draft.employment_type[:_MAX_FIELD],
        seniority=draft.seniority[:_MAX_FIELD],
        tags=tuple(tag[:_MAX_NAME] for tag in draft.tags[:_MAX_TAGS_READ]),
        requisition_id=number if number and len(number) <= _MAX_NUMBER else None,
    )


def _whereabouts(draft: Draft) -> tuple[str, tuple[Place, ...], tuple[str, ...]]:
    """The field of the place, its places, and the countries that remote work is open to; what the title says where the
    field says nothing ("Remote" and "Support Agent (EMEA)"), and else the mere name that stands in the field."""
    place = normalise.clean_text(draft.place)
    places, area = normalise.read_places(place), normalise.read_remote_area(place)
    if not area and (said := normalise.place_in_title(draft.title)):
        places, area = normalise.read_places(said), normalise.read_remote_area(said)
    if not places and not area and (named := normalise.named_place(place)):
        places = (named,)
    return place, places, area


def _currency_at(places: tuple[Place, ...]) -> str | None:
    """What "$" and "kr" mean there, if all places that are known are in one country."""
    countries = {place.country for place in places if place.country}
    return _CURRENCY_AT.get(countries.pop()) if len(countries) == 1 else None


def _pay_in_text(text: str, currency: str | None) -> Pay | None:
    """Pay in a line that speaks of pay, or alone in the line after it; other amounts (funding, prices) are none."""
    lowered = text.lower()
    hints = [hint for hint in _PAY_HINTS if hint in lowered]
    if not hints:
        return None
    named = False
    tried = 0
    for line, plain in zip(text.split("\n"), lowered.split("\n"), strict=True):
        if not line:
            continue
        speaks_of_pay = has(plain, hints) and _PAY_WORDS.search(line) is not None
        if speaks_of_pay or (named and len(line) <= _PAY_ALONE):
            tried += 1
            if (pay := normalise.read_pay(line, currency, bare=False)) or tried > _LINES_TRIED:
                return pay
        named = speaks_of_pay and not line.startswith("* ")
    return None


def _is_link(url: str) -> bool:
    return url.lower().startswith(("https://", "http://")) and not any(sign.isspace() for sign in url)

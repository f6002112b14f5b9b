"""What a posting goes through: seen, changed, closed, open again. Pure: the stores keep what comes out of it."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Final

from jobtracker.postings.model import (
    ClosedReason,
    Event,
    FieldChange,
    Life,
    Pay,
    Place,
    Posting,
    StoredPosting,
    Version,
)

# Away no longer than this is a gap in a list, or a page of it that failed; the employer did not post it again.
GAP: Final = timedelta(days=1)
_OLD_TEXT: Final = 20_000
# Sources that say "3 days ago" move their dates by hours from one collection to the next.
_DATE_MOVED: Final = timedelta(days=1)

Step = tuple[StoredPosting, Version | None]


def after_put(stored: StoredPosting, posting: Posting) -> Step | None:
    """What is stored once ``posting`` was fetched, and the version that tells of it.

    None where nothing comes of it: the same content of an open posting, or what was fetched before what is stored.
    A version is None where only our own reading of the same advertisement changed.
    """
    before, life = stored.posting, stored.life
    returns = life.closed_at is not None and _returns(life, posting)
    if posting.fetched_at < before.fetched_at or not (returns or posting.content_hash != before.content_hash):
        return None
    changes = changes_between(before, posting)
    added, removed = _words(before.description_text, posting.description_text)
    changed = bool(changes or added or removed)
    if changed:
        life = life.model_copy(update={"changed_at": posting.fetched_at, "versions": life.versions + 1})
    if returns:
        again = life.closed_at is not None and posting.fetched_at - life.closed_at > GAP
        life = life.model_copy(
            update={"closed_at": None, "closed_reason": None, "reposts": life.reposts + (1 if again else 0)}
        )
    version = Version(
        at=posting.fetched_at,
        event=Event.REOPENED if returns else Event.CHANGED,
        changes=changes,
        words_added=added,
        words_removed=removed,
        old_text=before.description_text[:_OLD_TEXT] if added or removed else None,
    )
    return stored.model_copy(update={"posting": posting, "life": life}), version if changed or returns else None


def after_close(stored: StoredPosting, reason: ClosedReason, at: datetime) -> Step | None:
    """What is stored once the posting was found to be over; None where it is closed already, or was seen later."""
    if stored.life.closed_at is not None or stored.posting.fetched_at > at:
        return None
    life = stored.life.model_copy(update={"closed_at": at, "closed_reason": reason})
    return stored.model_copy(update={"life": life}), Version(at=at, event=Event.CLOSED, reason=reason)


def _returns(life: Life, posting: Posting) -> bool:
    """Whether a closed posting is open again: seen later, and not merely listed past its own last day."""
    if life.closed_at is None or posting.fetched_at <= life.closed_at:
        return False
    return posting.expires_at is None or _utc(posting.expires_at) > posting.fetched_at


def changes_between(before: Posting, after: Posting) -> tuple[FieldChange, ...]:
    """The fields that people care about and that differ; the text is told apart from them."""
    old, new = _fields(before), _fields(after)
    if before.posted_at and after.posted_at and abs(_utc(after.posted_at) - _utc(before.posted_at)) < _DATE_MOVED:
        del old["posted_at"]
    return tuple(FieldChange(field=name, old=old[name], new=new[name]) for name in old if old[name] != new[name])


def _fields(posting: Posting) -> dict[str, str | None]:
    return {
        "title": posting.title,
        "company": posting.company,
        "places": "; ".join(map(_place, posting.places)) or None,
        "work_mode": posting.work_mode.value if posting.work_mode else None,
        "remote_countries": ", ".join(posting.remote_countries) or None,
        "pay": pay_line(posting.pay) if posting.pay else None,
        "seniority": posting.seniority.value if posting.seniority else None,
        "employment_type": posting.employment_type,
        "eligibility": ", ".join(posting.eligibility) or None,
        "apply_url": posting.apply_url,
        "posted_at": posting.posted_at.date().isoformat() if posting.posted_at else None,
        "expires_at": posting.expires_at.date().isoformat() if posting.expires_at else None,
    }


def _place(place: Place) -> str:
    return place.text or ", ".join(filter(None, (place.city, place.region, place.country)))


def pay_line(pay: Pay) -> str:
    """Pay in one line: "EUR 50,000 to 60,000 a year", "USD 31.50 an hour or more"."""
    per = f"{'an' if pay.period == 'hour' else 'a'} {pay.period.value}"
    low, high = (None if amount is None else _amount(amount) for amount in (pay.minimum, pay.maximum))
    if low is None:
        return f"{pay.currency} up to {high or '?'} {per}"
    if high is None:
        return f"{pay.currency} {low} {per} or more"
    return f"{pay.currency} {low if low == high else f'{low} to {high}'} {per}"


def _amount(amount: float) -> str:
    return f"{amount:,.2f}".removesuffix(".00")


def _words(before: str, after: str) -> tuple[int, int]:
    """How many words came and how many went; a change of layout is none."""
    if before == after:
        return 0, 0
    old, new = Counter(before.split()), Counter(after.split())
    return (new - old).total(), (old - new).total()


def _utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

"""Postings to index."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from jobtracker.catalog.build import build
from jobtracker.catalog.index import CatalogIndex
from jobtracker.postings.model import (
    ClosedReason,
    Life,
    Pay,
    PayPeriod,
    Place,
    Posting,
    Seniority,
    StoredPosting,
    WorkMode,
    posting_id,
)
from jobtracker.skills.taxonomy import taxonomy

MakePosting = Callable[..., Posting]
Opened = Callable[..., CatalogIndex]
MOMENT = datetime(2025, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def make_posting() -> MakePosting:
    """Makes posting number ``number``; keywords replace fields."""
    skills = tuple(list(taxonomy().index)[:2])

    def make(number: int = 1, **fields: Any) -> Posting:
        values: dict[str, Any] = {
            "id": posting_id("board", str(number)),
            "source_id": "board",
            "source_posting_id": str(number),
            "url": f"https://jobs.example/{number}",
            "title": f"Warehouse clerk {number}",
            "company": "Northwind",
            "places": (Place(text="Berlin, Germany", city="Berlin", country="DE", latitude=52.5, longitude=13.4),),
            "work_mode": WorkMode.ONSITE,
            "pay": Pay(minimum=40_000, maximum=50_000, currency="USD", period=PayPeriod.YEAR),
            "seniority": Seniority.MID,
            "skills": skills,
            "description_html": f"<p>You count parcels in hall {number}.</p>",
            "description_text": f"You count parcels in hall {number}.",
            "posted_at": MOMENT,
            "fetched_at": MOMENT,
            "attribution": "Northwind's board",
            # The employer's own number: however alike they sound, these are different jobs.
            "requisition_id": f"R-{1_000 + number}",
        }
        return Posting(**(values | fields))

    return make


def stored(posting: Posting, *, closed: bool = False, separated: tuple[str, ...] = ()) -> StoredPosting:
    """The posting as the store keeps it."""
    ended = {"closed_at": MOMENT + timedelta(days=1), "closed_reason": ClosedReason.GONE} if closed else {}
    return StoredPosting(posting=posting, life=Life(first_seen_at=MOMENT, **ended), separated=separated)


@pytest.fixture
def opened(tmp_path: Path) -> Opened:
    """Builds an index of the postings given and opens it."""

    def make(*postings: Posting | StoredPosting, encoder: Any = None) -> CatalogIndex:
        directory = tmp_path / f"index-{len(list(tmp_path.iterdir()))}"
        build((stored(one) if isinstance(one, Posting) else one for one in postings), encoder, directory)
        return CatalogIndex.open(directory)

    return make


@pytest.fixture(scope="session")
def small_index(tmp_path_factory: pytest.TempPathFactory, make_posting: MakePosting) -> CatalogIndex:
    """Forty clerks in two countries; every other one works remotely, and number 7 is a nurse."""
    postings = [
        make_posting(
            number,
            title="Night nurse" if number == 7 else f"Warehouse clerk {number}",
            work_mode=WorkMode.REMOTE if number % 2 else WorkMode.ONSITE,
            places=(Place(text="Lyon", city="Lyon", country="FR" if number % 4 == 0 else "DE"),),
            pay=None if number % 5 == 0 else Pay(minimum=1_000 * number, currency="USD", period=PayPeriod.YEAR),
            posted_at=MOMENT.replace(day=1 + number % 28),
        )
        for number in range(40)
    ]
    directory = tmp_path_factory.mktemp("catalog") / "index"
    build(map(stored, postings), None, directory)
    return CatalogIndex.open(directory)

"""What every source is called, where it is and what it asks: known without what it takes to read them.

The adapters take these facts from here. Who only shows or names sources needs no more than this module.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from jobtracker.sources.model import Terms


@dataclass(frozen=True, slots=True)
class Listing:
    """One source. Collections of one ``host`` never overlap; ``every_hours`` is the least time between two."""

    id: str
    name: str
    homepage: str
    host: str
    attribution: str
    terms: Terms = Terms.OPEN
    every_hours: int = 6


REMOTE_OK: Final = Listing(
    id="remoteok",
    name="Remote OK",
    homepage="https://remoteok.com",
    host="remoteok.com",
    attribution="Source: Remote OK",
)
WE_WORK_REMOTELY: Final = Listing(
    id="weworkremotely",
    name="We Work Remotely",
    homepage="https://weworkremotely.com",
    host="weworkremotely.com",
    attribution="Source: We Work Remotely",
)
SAMPLE: Final = Listing(
    id="sample",
    name="Sample postings",
    homepage="https://example.com/sample-jobs",
    host="sample",
    attribution="Sample posting, written for trying the tracker: the company and the job are invented",
    every_hours=24,
)
GREENHOUSE_HOST: Final = "boards-api.greenhouse.io"
# Company boards on Greenhouse by their tokens.
BOARDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "airbnb": "Airbnb",
        "cloudflare": "Cloudflare",
        "databricks": "Databricks",
        "datadog": "Datadog",
        "doctolib": "Doctolib",
        "figma": "Figma",
        "getyourguide": "GetYourGuide",
        "gitlab": "GitLab",
        "hellofresh": "HelloFresh",
        "monzo": "Monzo",
        "n26": "N26",
        "stripe": "Stripe",
    }
)


def greenhouse(token: str, company: str) -> Listing:
    """The listing of one company's board."""
    return Listing(
        id=f"greenhouse:{token}",
        name=f"{company} (Greenhouse)",
        homepage=f"https://boards.greenhouse.io/{token}",
        host=GREENHOUSE_HOST,
        attribution=f"Source: {company} careers, through Greenhouse",
    )


@cache
def listings() -> dict[str, Listing]:
    """All sources by id."""
    boards = [greenhouse(token, company) for token, company in BOARDS.items()]
    return {listing.id: listing for listing in (REMOTE_OK, WE_WORK_REMOTELY, *boards, SAMPLE)}

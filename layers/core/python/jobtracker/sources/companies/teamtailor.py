"""Company boards on Teamtailor: the feed of its careers sites."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from jobtracker.postings import normalise
from jobtracker.sources import fields
from jobtracker.sources.company import CompanyBoard
from jobtracker.sources.fields import inner
from jobtracker.sources.model import CompanyListing, SourceError, SourceStatus
from jobtracker.sources.source import Draft, Page, Visit, each, identifier, kept

_PAGE = 100

LISTING = CompanyListing(
    id="teamtailor",
    name="Teamtailor",
    homepage="https://{token}.teamtailor.com",
    host="{token}.teamtailor.com",
    conditions="The feed that every careers site offers to readers.",
    addresses=(
        (
            r"(?<![\w.-])(?!(?:www|app|api|docs|support|status|career|tt|images|assets[\w-]{0,20}|scripts)\.teamtailor)"
            r"(?P<token>[a-z0-9][a-z0-9-]{0,62}(?:\.(?:na|career))?)\.teamtailor\.com"
        ),
    ),
    tokens=r"[a-z0-9][a-z0-9-]{0,62}(?:\.(?:na|career))?",
)


@dataclass(frozen=True, slots=True)
class Teamtailor(CompanyBoard):
    """One company's board on Teamtailor."""

    def fetch(self, visit: Visit) -> Page:
        """A hundred of the board's jobs; the cursor says how many came before."""
        offset = int(visit.cursor or 0)
        path = f"/jobs.rss?per_page={_PAGE}&offset={offset}"
        # A company that has a domain of its own for its careers is sent there.
        response = visit.get(self.url(path), follow=True)
        if response.body is None:
            return Page(unchanged=True)
        channel = fields.read_xml(response.body).find("channel")
        if channel is None:
            raise SourceError(SourceStatus.FAILING, "the answer has no list of jobs")
        items = channel.findall("item")
        more = str(offset + _PAGE) if len(items) == _PAGE else None
        return Page(each(items, self._draft), more, kept(response, only=not offset and more is None))

    def _draft(self, item: Element) -> Draft:
        return Draft(
            source_posting_id=identifier(inner(item, "guid") or inner(item, "link")),
            url=inner(item, "link"),
            title=inner(item, "title"),
            company=self.named(),
            place=fields.places(*map(_place, item.findall("{*}locations/{*}location"))),
            html=inner(item, "description"),
            mode=fields.mode(inner(item, "remoteStatus")),
            tags=fields.texts(inner(item, "{*}department"), inner(item, "{*}role")),
            posted_at=normalise.read_date(inner(item, "pubDate")),
        )


def _place(location: Element) -> str:
    """City and country; the name of an office ("North office") only where it has neither."""
    return fields.place(inner(location, "{*}city"), inner(location, "{*}country")) or inner(location, "{*}name")


def board(token: str, company: str | None) -> Teamtailor:
    """The board that ``token`` names."""
    return Teamtailor(LISTING, token, company)

"""Company boards on Personio: one XML answer. https://developer.personio.de/docs/retrieving-open-job-positions"""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from jobtracker.postings import normalise
from jobtracker.sources import fields
from jobtracker.sources.company import CompanyBoard
from jobtracker.sources.fields import inner
from jobtracker.sources.model import CompanyListing, Politeness, SourceError, SourceStatus
from jobtracker.sources.source import Draft, Page, RecordError, Visit, each

LISTING = CompanyListing(
    id="personio",
    name="Personio",
    homepage="https://{token}.jobs.personio.de",
    host="{token}.jobs.personio.de",
    conditions="The public feed of a company's positions, made for others to show them; asks for no credit.",
    addresses=(r"(?<![\w.-])(?P<token>[a-z0-9][a-z0-9-]{0,62})\.jobs\.personio\.de",),
    tokens=r"[a-z0-9][a-z0-9-]{0,62}",
    # A documented public feed: robots.txt is for the pages of people.
    politeness=Politeness(robots=False),
)


@dataclass(frozen=True, slots=True)
class Personio(CompanyBoard):
    """One company's board on Personio, at its German or its international address."""

    def fetch(self, visit: Visit) -> Page:
        """All of the board's positions."""
        response = visit.get(self.url("/xml"))
        if response.body is None:
            return Page(unchanged=True)
        root = fields.read_xml(response.body)
        if root.tag != "workzag-jobs":
            raise SourceError(SourceStatus.FAILING, "the answer has no list of jobs")
        return Page(each(root.findall("position"), self._draft), validators=response.validators)

    def _draft(self, position: Element) -> Draft:
        number = inner(position, "id")
        if not number.isalnum():
            raise RecordError("no id")
        return Draft(
            source_posting_id=number,
            # The feed has no addresses.
            url=self.system.address(self.system.homepage, self.token) + f"/job/{number}",
            title=inner(position, "name"),
            company=self.named(inner(position, "subcompany")),
            place=fields.places(
                inner(position, "office"), *(one.text for one in position.findall("additionalOffices/office"))
            ),
            html=fields.sections(
                *(
                    (inner(part, "name"), inner(part, "value"))
                    for part in position.findall("jobDescriptions/jobDescription")
                )
            ),
            employment_type=_employment(position),
            seniority=inner(position, "seniority"),
            tags=fields.texts(inner(position, "department"), *inner(position, "keywords").split(",")),
            posted_at=normalise.read_date(inner(position, "createdAt")),
        )


def _employment(position: Element) -> str:
    """The kind of contract and the hours; a choice of hours is neither full-time nor part-time."""
    hours = inner(position, "schedule")
    words = (inner(position, "employmentType").replace("_", " "), "" if " or " in hours.replace("-", " ") else hours)
    return " ".join(filter(None, words))


def board(token: str, company: str | None) -> Personio:
    """The board that ``token`` names."""
    return Personio(LISTING, token, company)

"""We Work Remotely: its feed of all categories. https://weworkremotely.com/remote-job-rss-feed"""

from jobtracker.postings.model import WorkMode
from jobtracker.sources.feed import Feed, Titles
from jobtracker.sources.model import Listing, SourceKind

LISTING = Listing(
    id="weworkremotely",
    kind=SourceKind.BOARD,
    name="We Work Remotely",
    homepage="https://weworkremotely.com",
    host="weworkremotely.com",
    attribution="Source: We Work Remotely",
    conditions="Link back to the posting on We Work Remotely.",
    on=True,
)

SOURCE = Feed(LISTING, "https://weworkremotely.com/remote-jobs.rss", titles=Titles.COMPANY_ROLE, mode=WorkMode.REMOTE)

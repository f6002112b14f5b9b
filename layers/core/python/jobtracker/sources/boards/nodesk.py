"""NoDesk: its feed of remote jobs. https://nodesk.co/remote-jobs/"""

from jobtracker.postings.model import WorkMode
from jobtracker.sources.feed import Feed, Titles
from jobtracker.sources.model import Listing, SourceKind

LISTING = Listing(
    id="nodesk",
    kind=SourceKind.BOARD,
    name="NoDesk",
    homepage="https://nodesk.co/remote-jobs/",
    host="nodesk.co",
    attribution="Source: NoDesk",
    conditions="Link back to the posting on NoDesk.",
    on=True,
)

SOURCE = Feed(LISTING, "https://nodesk.co/remote-jobs/index.xml", titles=Titles.ROLE_AT_COMPANY, mode=WorkMode.REMOTE)

"""Every source that the tracker knows."""

from functools import cache

from jobtracker.sources.feed import WE_WORK_REMOTELY
from jobtracker.sources.greenhouse import Greenhouse
from jobtracker.sources.listing import BOARDS
from jobtracker.sources.remoteok import RemoteOk
from jobtracker.sources.sample import Sample
from jobtracker.sources.source import Source


@cache
def sources() -> dict[str, Source]:
    """All sources by id."""
    known: list[Source] = [RemoteOk(), WE_WORK_REMOTELY]
    known += [Greenhouse(token, company) for token, company in BOARDS.items()]
    known.append(Sample())
    return {source.id: source for source in known}

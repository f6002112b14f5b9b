"""A board that gives all it has in one JSON answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jobtracker.sources.model import Listing
from jobtracker.sources.source import Page, Record, Visit, each, read_list


@dataclass(frozen=True, slots=True)
class JsonBoard:
    """The jobs that lie under ``path`` in the answer of ``url``; ``draft`` reads one of them."""

    listing: Listing
    url: str
    draft: Callable[[Any], Record]
    path: tuple[str, ...] = ()

    def fetch(self, visit: Visit) -> Page:
        """The board's one answer."""
        response = visit.client.get(self.url, validators=visit.validators)
        if response.body is None:
            return Page(unchanged=True)
        return Page(each(read_list(response.body, *self.path), self.draft), validators=response.validators)

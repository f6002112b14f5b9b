"""Hacker News: the comments of its two latest threads "Who is hiring?". https://hn.algolia.com/api

Algolia answers with a whole thread at once; where it does not answer, Firebase is asked for each comment.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jobtracker.postings import normalise
from jobtracker.sources import hiring_line
from jobtracker.sources.model import Listing, Politeness, SourceError, SourceKind, SourceStatus
from jobtracker.sources.source import (
    Draft,
    Page,
    Record,
    RecordError,
    Seen,
    Visit,
    each,
    identifier,
    list_in,
    read_json,
    read_list,
)

LISTING = Listing(
    id="hackernews",
    kind=SourceKind.BOARD,
    name='Hacker News "Who is hiring?"',
    homepage="https://news.ycombinator.com/submitted?id=whoishiring",
    host="hn.algolia.com",
    attribution="Source: Hacker News",
    conditions="The public interfaces of Hacker News, made for programs; link back to the comment.",
    # Documented APIs, made for programs.
    politeness=Politeness(robots=False),
    on=True,
)
_THREADS, _LATEST = 2, 8
_TITLE = "ask hn: who is hiring?"


@dataclass(frozen=True, slots=True)
class HackerNews:
    """The two latest threads, each a page."""

    algolia: str = "https://hn.algolia.com/api/v1"
    firebase: str = "https://hacker-news.firebaseio.com/v0"
    listing: Listing = LISTING

    def fetch(self, visit: Visit) -> Page:
        """One thread; the cursor is its id, and those of the threads that follow."""
        threads = visit.cursor.split(",") if visit.cursor else self._threads(visit)
        following = ",".join(threads[1:]) or None
        return Page(each(self._comments(visit, threads[0]), _record), next=following)

    def _threads(self, visit: Visit) -> list[str]:
        try:
            response = visit.client.get(f"{self.algolia}/search_by_date?tags=story,author_whoishiring")
            stories = read_list(response.body or b"", "hits")
            found = [story for story in stories if isinstance(story, dict) and _is_thread(story)]
            threads = [str(story.get("objectID")) for story in found]
        except SourceError:
            threads = list(self._threads_of_firebase(visit))
        threads = [thread for thread in threads if thread.isdecimal()][:_THREADS]
        if not threads:
            raise SourceError(SourceStatus.FAILING, "there is no thread that asks who is hiring")
        return threads

    def _threads_of_firebase(self, visit: Visit) -> Iterator[str]:
        submitted = list_in(self._item(visit, "user/whoishiring"), "submitted")
        # Three stories a month, the newest first.
        for number in submitted[:_LATEST]:
            if _is_thread(self._item(visit, f"item/{int(number)}")):
                yield str(number)

    def _comments(self, visit: Visit, thread: str) -> Iterator[Any]:
        """The answers to the thread's question, without the answers to these."""
        try:
            response = visit.client.get(f"{self.algolia}/items/{thread}")
            children = read_list(response.body or b"", "children")
        except SourceError:
            return self._comments_of_firebase(visit, thread)
        return (child for child in children if not isinstance(child, dict) or child.get("text"))

    def _comments_of_firebase(self, visit: Visit, thread: str) -> Iterator[Any]:
        kids = list_in(self._item(visit, f"item/{thread}"), "kids")
        numbers = [kid for kid in kids if isinstance(kid, int)]
        return self._each_of_firebase(visit, numbers)

    def _each_of_firebase(self, visit: Visit, numbers: list[int]) -> Iterator[Any]:
        for number in numbers:
            if visit.known(str(number)):
                yield {"id": number}
                continue
            comment = self._item(visit, f"item/{number}")
            if comment.get("text") and not comment.get("deleted") and not comment.get("dead"):
                yield comment | {"created_at": comment.get("time")}

    def _item(self, visit: Visit, path: str) -> dict[str, Any]:
        """One item, empty where there is none."""
        answer = read_json(visit.client.get(f"{self.firebase}/{path}.json").body or b"")
        return answer if isinstance(answer, dict) else {}


def _is_thread(story: dict[str, Any]) -> bool:
    return str(story.get("title") or "").lower().startswith(_TITLE)


def _record(comment: dict[str, Any]) -> Record:
    return draft(comment) if "text" in comment else Seen(identifier(comment["id"]))


def draft(comment: dict[str, Any]) -> Draft:
    """One comment that offers work: its first line says what is offered, in any order."""
    number, text = identifier(comment["id"]), comment["text"]
    line = hiring_line.read(text)
    if line is None:
        raise RecordError("not in the form of an offer")
    return Draft(
        source_posting_id=number,
        url=f"https://news.ycombinator.com/item?id={number}",
        apply_url=hiring_line.apply_url(text),
        title=line.title,
        company=line.company,
        place=line.place,
        html=f"<p>{text}",
        pay_text=line.pay,
        employment_type=line.employment_type,
        mode=line.mode,
        posted_at=normalise.read_date(comment.get("created_at")),
    )


SOURCE = HackerNews()

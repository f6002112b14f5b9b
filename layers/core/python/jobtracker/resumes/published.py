"""Reading projects and publications."""

import re
from typing import Final

from jobtracker.resumes.items import EDGES, Item, date_of, issued, items_of, parts_of, url_of
from jobtracker.resumes.lines import pieces
from jobtracker.resumes.links import full, urls
from jobtracker.resumes.model import Project, Publication
from jobtracker.resumes.stacked import Stacked, stacked, without_link_words

_MOST_NAME_WORDS: Final = 10
_LONGEST: Final = 2_000
_NAMED: Final = re.compile(r"^(?P<name>[^:|–—]{2,80}?)\s*(?::\s+|\s[–—-]\s|\s\|\s|\t+)(?P<rest>.*)$")
_QUOTED: Final = re.compile(r"[\"“„«](?P<name>[^\"“”„»]{8,300})[\"”“»]")
# As the APA has it: who, when in brackets, the title up to its stop, and where it appeared.
_APA: Final = re.compile(
    r"\((?:19|20)\d{2}[^()]{0,20}\)[.,:]?\s*(?P<name>[^.?!]{8,300}[?!]?)(?:\.\s*|\s*$)(?P<rest>.*)$"
)
_DOI: Final = re.compile(r"(?:\bdoi\s*:?\s*)(10\.\d{4,9}/[^\s,;]+[^\s,;.])", re.IGNORECASE)
_IN: Final = re.compile(r"^(?:published in|appeared in|in)\b:?\s+", re.IGNORECASE)


def read_projects(lines: list[str]) -> list[Project]:
    """The projects in the order of the text."""
    if layered := stacked(lines, apart=True):
        return [_layered_project(one) for one in layered]
    found: list[Project] = []
    for item in items_of(lines):
        one = _labelled_project(item) if "name" in item.fields else _project(item)
        last = found[-1] if found else None
        if one.name is None and last and last.description is None and last.name:
            # The paragraph below a name.
            found[-1] = last.model_copy(update={"description": one.description, "url": last.url or one.url})
        elif one.name or one.description:
            found.append(one)
    return found


def read_publications(lines: list[str]) -> list[Publication]:
    """The publications in the order of the text."""
    return [found for item in items_of(lines) if (found := _publication(item))]


def _layered_project(one: Stacked) -> Project:
    name, *further = pieces(one.title)
    told = without_link_words(one.below)
    found = [url for line in one.below for url in urls(line) if "/" in url.removeprefix("https://")]
    return Project(
        name=name,
        url=full(found[0]) if found else None,
        description=_text([" | ".join(further), " ".join(line.strip() for line in told)]),
        start=one.dates.start,
        end=one.dates.end,
    )


def _labelled_project(item: Item) -> Project:
    fields = item.fields
    return Project(
        name=fields["name"],
        url=url_of(fields.get("url")),
        description=_text([fields.get("description", ""), *item.body]),
        start=date_of(fields.get("start") or fields.get("date")),
        end=date_of(fields.get("end")),
    )


def _project(item: Item) -> Project:
    parts = parts_of(item.text)
    match = _NAMED.match(parts.words)
    name, rest = (match["name"], match["rest"]) if match else (parts.words, "")
    if len(name.split()) > _MOST_NAME_WORDS:
        name, rest = "", parts.words
    below = [parts_of(line).url for line in item.body]
    return Project(
        name=name.strip(EDGES + "()") or None,
        url=parts.url or next((url for url in below if url), None),
        description=_text([" | ".join(pieces(rest)) if match else rest, *item.body]),
        start=parts.dates.start if parts.dates else None,
        end=parts.dates.end if parts.dates else None,
    )


def _publication(item: Item) -> Publication | None:
    fields = item.fields
    if "name" in fields:
        return Publication(
            name=fields["name"],
            publisher=fields.get("by") or None,
            date=date_of(fields.get("date")),
            url=url_of(fields.get("url")),
        )
    doi = _DOI.search(item.text)
    text = _DOI.sub(" ", item.text)
    parts = parts_of(text)
    name, publisher = _title(text, parts.words)
    if sum(map(str.isalpha, name)) < 4:
        return None
    url = parts.url or (f"https://doi.org/{doi[1]}" if doi else None)
    return Publication(name=name, publisher=publisher, date=issued(parts), url=url)


def _title(text: str, words: str) -> tuple[str, str | None]:
    """The title and who published it; the reference as it stands where its form tells neither."""
    if quoted := _QUOTED.search(text):
        after = parts_of(text[quoted.end() :]).words
        return quoted["name"].strip(EDGES + "."), _publisher(after)
    if apa := _APA.search(text):
        return apa["name"].strip(EDGES), _publisher(parts_of(apa["rest"]).words)
    told = pieces(words)
    if len(told) == 2:
        return told[0], _publisher(told[1])
    return " ".join(words.replace(" | ", " ").split()).strip(EDGES), None


def _publisher(words: str) -> str | None:
    first = next(iter(pieces(words)), "")
    return _IN.sub("", first.strip(EDGES + ".")).strip(EDGES + ".") or None


def _text(lines: list[str]) -> str | None:
    return "\n".join(line.strip() for line in lines if line.strip())[:_LONGEST].strip() or None

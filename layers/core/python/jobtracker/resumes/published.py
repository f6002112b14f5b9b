"""Reading projects and publications."""

import re
from typing import Final

from jobtracker.postings.places import fold
from jobtracker.resumes.entries import paragraphs
from jobtracker.resumes.items import EDGES, Item, date_of, issued, items_of, parts_of, url_of
from jobtracker.resumes.lines import is_bullet, pieces
from jobtracker.resumes.links import full, urls
from jobtracker.resumes.model import Project, Publication
from jobtracker.resumes.stacked import Stacked, stacked, without_link_words
from jobtracker.resumes.vocabulary import is_title

_MOST_NAME_WORDS: Final = 10
_LONGEST: Final = 2_000
_NAMED: Final = re.compile(r"^(?P<name>[^:|–—]{2,80}?)\s*(?::\s+|\s[–—-]\s|\s\|\s|\t+)(?P<rest>.*)$")
_QUOTED: Final = re.compile(r"[\"“„«](?P<name>[^\"“”„»]{8,300})[\"”“»]")
# As the APA has it: who, when in brackets, the title up to its stop, and where it appeared.
_APA: Final = re.compile(
    r"\((?:19|20)\d{2}[^()]{0,20}\)[.,:]?\s*(?P<name>[^.?!]{8,300}[?!]?)(?:\.\s*|\s*$)(?P<rest>.*)$"
)
_DOI: Final = re.compile(r"(?:\bdoi\s*:?\s*|(?<![\w/.]))(10\.\d{4,9}/[^\s,;]+[^\s,;.)])", re.IGNORECASE)
_BRACKETED: Final = re.compile(r"\(([^()]{2,120})\)")
_BETWEEN_NAMES: Final = re.compile(r"\s*[,;&]\s*|\s+(?:and|und|et|y|en)\s+")
_MOST_PARTS_OF_A_NAME: Final = 4
_BETWEEN_ROLES: Final = re.compile(r"\s*[,/&+]\s*|\s+and\s+")
_ROLE: Final = re.compile(r"\b(?:co-?)?(?:creator|contributor|committer|initiator|organi[sz]er)$", re.IGNORECASE)
_MOST_ROLE_WORDS: Final = 4
_MOST_TITLE_LINES: Final = 3
# Of the longest line: how far the first line of a title goes that has a second one.
_FULL: Final = 0.7
_IN: Final = re.compile(r"^(?:published in|appeared in|in)\b:?\s+", re.IGNORECASE)


def read_projects(lines: list[str]) -> list[Project]:
    """The projects in the order of the text."""
    if layered := stacked(lines, apart=True):
        return [_layered_project(one) for one in layered]
    found: list[Project] = []
    for item in _with_roles(items_of(lines)):
        one = _labelled_project(item) if "name" in item.fields else _project(item)
        last = found[-1] if found else None
        if one.name is None and last and last.description is None and last.name:
            # The paragraph below a name.
            found[-1] = last.model_copy(update={"description": one.description, "url": last.url or one.url})
        elif one.name or one.description:
            found.append(one)
    return found


def _with_roles(items: list[Item]) -> list[Item]:
    """The items, with what the person was in a project, or what it is, at the name that stands above it."""
    found: list[Item] = []
    open_role = False
    for at, item in enumerate(items):
        last = found[-1] if found else None
        if last and open_role:
            last.body += [item.text, *item.body]
            open_role = False
            continue
        # A name alone is followed by more of itself where only that has a text below.
        told = item.body or (at + 1 < len(items) and len(items[at + 1].text.split()) > _MOST_NAME_WORDS)
        if last and not last.body and not last.fields and not item.fields and told and _is_role(item.text):
            last.body = [item.text, *item.body]
            open_role = not item.body
        else:
            found.append(Item(item.text, dict(item.fields), list(item.body)))
    return found


def _is_role(text: str) -> bool:
    """Whether the words are nothing but what somebody was in a project: "Creator & Maintainer"."""
    parts = [part for part in _BETWEEN_ROLES.split(text) if part]
    is_short = len(parts) > 0 and all(len(part.split()) <= _MOST_ROLE_WORDS for part in parts)
    return is_short and all(_ROLE.search(part) or _ends_as_calling(part) for part in parts)


def _ends_as_calling(words: str) -> bool:
    return is_title(words.rsplit(maxsplit=1)[-1])


def read_publications(lines: list[str], author: str | None = None) -> list[Publication]:
    """The publications in the order of the text. ``author`` is the person, by whom lines of authors are known."""
    layered = stacked(lines) or [one for one in stacked(lines, apart=True) if one.below]
    if layered:
        width = max(map(len, lines))
        return [_layered_publication(one, author, width) for one in layered]
    return [found for item in items_of(lines) if (found := _publication(item))]


def _layered_project(one: Stacked) -> Project:
    told = without_link_words(one.below)
    found = [url for line in (one.title, *one.below) for url in urls(line) if "/" in url.removeprefix("https://")]
    name, *further = pieces(one.title)
    plain = next((at for at, line in enumerate(told) if is_bullet(line)), len(told))
    prose = " ".join(line.strip() for line in told[:plain])
    return Project(
        name=name,
        url=full(found[0]) if found else None,
        description=_text([" | ".join(further), prose, *paragraphs(told[plain:])]),
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


def _layered_publication(one: Stacked, author: str | None, width: int) -> Publication:
    """A title with its date, below it who wrote it, and where it appeared."""
    title, below = one.title, list(one.below)
    by = next((at for at, line in enumerate(below[:_MOST_TITLE_LINES]) if _names_authors(line, author)), None)
    if by == 0 or (by and len(title) >= _FULL * width):
        title = " ".join([title, *(line.strip() for line in below[:by])])
        below = below[by:]
        while below and _names_authors(below[0], author):
            below = below[1:]
    where = below[0] if below else ""
    doi = next((doi for line in below if (doi := _DOI.search(line))), None)
    url = next((parts.url for line in below if (parts := parts_of(line)).url), None)
    bare = _DOI.sub(" ", where).strip()
    bracketed = _BRACKETED.fullmatch(bare)
    return Publication(
        name=title,
        publisher=bracketed[1].strip() if bracketed else _publisher(parts_of(bare).words),
        date=one.dates.start or one.dates.end,
        url=f"https://doi.org/{doi[1]}" if doi else url,
    )


def _names_authors(line: str, author: str | None) -> bool:
    """Whether the line says who wrote something: nothing but names, and the person's surname among them."""
    surname = fold(author or "").split()[-1:]
    if not surname or surname[0] not in fold(line).replace(",", " ").split() or any(map(str.isdigit, line)):
        return False
    named = [name for part in _BETWEEN_NAMES.split(line) if (name := part.strip(" .*"))]
    return all(name[0].isupper() and len(name.split()) <= _MOST_PARTS_OF_A_NAME for name in named)


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

"""Lines out of blocks: what the readers of marked-up documents share."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

BULLET: Final = "• "
"""What opens an item of a list."""

LINKS: Final = ("http://", "https://", "mailto:")
"""The schemes of links that are kept."""


def row(cells: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table's row: one line, its cells apart by tabs, where each cell has one at most; else each cell's lines."""
    told = [[line for line in cell if line.strip()] for cell in cells]
    if all(len(lines) <= 1 for lines in told):
        yield "\t".join(line for lines in told for line in lines)
    else:
        for lines in told:
            yield from lines


def bulleted(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a list's item: the first of them that says something opened by a bullet."""
    opened = False
    for line in lines:
        if opened or not line.strip() or line.startswith(BULLET):
            yield line
        else:
            yield f"{BULLET}{line.strip()}"
        opened = opened or bool(line.strip())


def with_links(lines: Iterable[str], addresses: Iterable[str]) -> str:
    """The lines as a text, and below them each web or mail address that they do not show."""
    text = "\n".join(lines)
    kept = [address.strip() for address in addresses if address.strip().lower().startswith(LINKS)]
    plain = dict.fromkeys(_address(link) for link in kept)
    return "\n".join([text, *(address for address in plain if address and address not in text)])


def _address(link: str) -> str:
    if link[:7].lower() == "mailto:":
        # What follows a question mark is the mail's subject and text.
        return link[7:].partition("?")[0]
    return link

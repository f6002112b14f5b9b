"""A PDF's layout."""

from collections.abc import Iterable
from typing import Final

import pypdfium2 as pdfium

from jobtracker.resumes.layout.flow import lines_of_sheets
from jobtracker.resumes.layout.glyphs import PageGlyphs, page_glyphs
from jobtracker.resumes.layout.legible import is_unmapped
from jobtracker.resumes.layout.linkedin import profile_lines
from jobtracker.resumes.layout.marks import with_marks
from jobtracker.resumes.layout.model import Box, Layout, Line, PageSize, Piece, Sheet
from jobtracker.resumes.layout.rows import line_of, pieces_of, words_in
from jobtracker.resumes.layout.running import without_running
from jobtracker.resumes.layout.words import words_of

_MOST_CHARACTERS: Final = 100_000
"""Characters after which no further page is read."""


def layout_of(pages: Iterable[tuple[int, pdfium.PdfPage]]) -> Layout:
    """The layout of a document's pages with their numbers. A page whose text cannot be opened is left out."""
    sheets: list[Sheet] = []
    seen = hidden = unmapped = 0
    for number, page in pages:
        try:
            found = page_glyphs(page)
        except pdfium.PdfiumError:
            continue
        sheets.append(_sheet(found, number))
        seen += len(found.glyphs)
        hidden += found.hidden
        unmapped += sum(is_unmapped(glyph) for glyph in found.glyphs)
        if seen > _MOST_CHARACTERS:
            break
    if (profile := profile_lines(sheets)) is not None:
        return Layout(tuple(profile), seen, hidden, unmapped, 0, _sizes(sheets))
    body = without_running(sheets)
    lines = [
        *lines_of_sheets(body.sheets),
        *(
            Line(line_of(row), number, Box.around(piece.box for piece in row), words_in(row))
            for number, row in body.feet
        ),
    ]
    return Layout(
        lines=tuple(line for line in lines if line.text.strip()),
        seen=seen,
        hidden=hidden,
        unmapped=unmapped,
        repeated=body.repeated,
        pages=_sizes(sheets),
    )


def _sizes(sheets: Iterable[Sheet]) -> tuple[PageSize, ...]:
    return tuple(PageSize(sheet.number, sheet.width, sheet.height) for sheet in sheets)


def _sheet(page: PageGlyphs, number: int) -> Sheet:
    upright = words_of(glyph for glyph in page.glyphs if glyph.upright)
    turned = [glyph for glyph in page.glyphs if not glyph.upright]
    pieces = with_marks([piece for piece in pieces_of(upright) if piece.text], page.marks)
    if turned:
        text = "".join(f" {glyph.text}" if glyph.spaced else glyph.text for glyph in turned).strip()
        box = Box.around(glyph.box for glyph in turned)
        pieces.append(Piece(text, box, box.bottom, turned[0].size, upright=False))
    return Sheet(number, page.width, page.height, tuple(pieces))

"""Resumes as files, made on the spot."""

from io import BytesIO

from docx import Document
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

LINES = ("Amara Lindqvist", "Data engineer in Malmö", "amara@example.com", "Wrote pipelines in Python and SQL")


def pdf(*pages: tuple[str, ...], password: str | None = None, link: str | None = None) -> bytes:
    """A PDF with a page for each tuple of lines."""
    buffer = BytesIO()
    encrypt = StandardEncryption(password, canPrint=0) if password else None
    canvas = Canvas(buffer, encrypt=encrypt, invariant=1)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(72, 750 - 20 * number, line)
        if link:
            canvas.linkURL(link, (72, 700, 200, 720))
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def docx(*lines: str, header: str = "", row: tuple[str, ...] = ()) -> bytes:
    """A Word document with a paragraph for each line, a header, and a table of one row at its end."""
    document = Document()
    if header:
        document.sections[0].header.paragraphs[0].text = header
    for line in lines:
        document.add_paragraph(line)
    if row:
        for cell, text in zip(document.add_table(1, len(row)).rows[0].cells, row, strict=True):
            cell.text = text
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()

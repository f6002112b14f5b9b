"""PDFs whose text stands in places, made on the spot."""

from collections.abc import Callable
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

Draw = Callable[[Canvas], None]
HEIGHT = 842.0


def drawn(*pages: Draw, size: tuple[float, float] = (595.0, HEIGHT)) -> bytes:
    """A PDF with a page for each function that draws one."""
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=1)
    for draw in pages:
        canvas.setFont("Helvetica", 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def column(canvas: Canvas, left: float, top: float, lines: list[str], leading: float = 13.0) -> None:
    """Lines below each other, ``top`` points from the page's upper edge."""
    for number, line in enumerate(lines):
        canvas.drawString(left, HEIGHT - top - number * leading, line)


def mapped(codes: bytes, letters: str | None, *, font: str = "Helvetica") -> bytes:
    """A PDF of one line that shows ``codes`` and says that they mean ``letters``; without a map if these are None."""
    unicode_map = ""
    if letters is not None:
        rows = "".join(
            f"<{code:02x}> <{letter.encode('utf-16-be').hex()}>\n" for code, letter in zip(codes, letters, strict=True)
        )
        unicode_map = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def /CMapType 2 def\n"
            f"1 begincodespacerange <00> <ff> endcodespacerange\n{len(codes)} beginbfchar\n{rows}endbfchar\n"
            "endcmap end end"
        )
    content = f"BT /F1 10 Tf 72 700 Td <{codes.hex()}> Tj ET"
    encoding = f"/Encoding << /Differences [0 {' '.join(f'/g{code}' for code in range(256))}] >>"
    shown = "/ToUnicode 6 0 R" if letters is not None else encoding
    resources = "<< /Font << /F1 5 0 R >> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources {resources} >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} {shown} >>",
        f"<< /Length {len(unicode_map)} >>\nstream\n{unicode_map}\nendstream",
    ]
    told = "%PDF-1.4\n"
    starts = []
    for number, body in enumerate(objects, start=1):
        starts.append(len(told))
        told += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    told += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    told += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{told.index('xref')}\n%%EOF"
    return told.encode("latin-1")

"""Where lines and words stand: the text and its lines agree, and boxes lie where the letters were drawn."""

from io import BytesIO

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from jobtracker.resumes.document import Box, Line, PlacedWord, lines_in, placed
from jobtracker.resumes.extract import extract
from jobtracker.resumes.ocr import words_of_tsv
from jobtracker.resumes.page_images import MOST_PAGES, page_images
from jobtracker.resumes.pdf import pdf_layout, read_pdf
from jobtracker.resumes.pictures import sizes
from jobtracker.resumes.uploads import Extracted
from tests.unit.resumes import formats
from tests.unit.resumes.documents import LINES, pdf
from tests.unit.resumes.layouts import HEIGHT, column, drawn
from tests.unit.resumes.scans import photo, saved, scanned_pdf, tesseract

__all__ = ["tesseract"]

WORDS = ["data-", "ment", "Python", "of", "SKILLS", "naïve", "(Berlin)", "•", "2019", "O'Hara,", "development", "a"]
told = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)


def agree(extracted: Extracted) -> None:
    """What the lines say of the text is so."""
    assert [extracted.text[line.start : line.end] for line in extracted.lines] == [
        line for line in extracted.text.split("\n") if line.strip()
    ]
    for line in extracted.lines:
        ends = [line.start, *(end for word in line.words for end in (word.start, word.end)), line.end]
        assert ends == sorted(ends)
        assert all(0 <= side <= 1 for box in (line.box, *(word.box for word in line.words)) if box for side in box)


@settings(max_examples=60, deadline=None)
@given(st.lists(told, min_size=1, max_size=12), st.lists(told, max_size=12), st.booleans())
def test_lines_and_words_are_those_of_the_text(left: list[str], right: list[str], two_pages: bool) -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, 50, 60, left)
        column(canvas, 320, 60, right)

    data = drawn(*([draw, draw] if two_pages else [draw]))
    read = read_pdf(data)
    extracted = Extracted(text=read.text, lines=read.lines, pages=read.pages)
    agree(extracted)
    assert [read.text[line.start : line.end] for line in read.lines] == [line.text for line in pdf_layout(data).lines]
    assert [page.number for page in read.pages] == ([1, 2] if two_pages else [1])
    assert {line.page for line in read.lines} <= {1, 2}


@pytest.mark.parametrize("name", ["docx", "odt", "rtf", "html", "markdown", "text", "json_resume", "linkedin"])
def test_formats_without_pages_have_lines_without_places(name: str) -> None:
    extracted = extract(getattr(formats, name)())
    agree(extracted)
    assert extracted.lines
    assert extracted.pages == ()
    assert {(line.page, line.box, line.words) for line in extracted.lines} == {(None, None, ())}


def test_a_word_lies_where_it_was_drawn() -> None:
    extracted = extract(drawn(lambda canvas: column(canvas, 100, 200, ["Engineer of Python services and more"])))
    [line], [page] = extracted.lines, extracted.pages
    at = extracted.text.index("Python")
    [span] = placed(extracted.lines, at, at + 6)
    assert (page.width, page.height) == (595, HEIGHT)
    assert line.box is not None
    assert span.box is not None
    assert line.box.x0 == pytest.approx(100 / 595, abs=0.005)
    # "Engineer of " comes before it, and more after it.
    assert line.box.x0 + 0.05 < span.box.x0 < span.box.x1 < line.box.x1 - 0.1
    assert span.box.y0 < 200 / HEIGHT < span.box.y1 + 0.02


def test_a_page_on_its_side_has_its_places_as_it_is_shown() -> None:
    document = pdfium.PdfDocument(pdf(LINES))
    document[0].set_rotation(90)
    buffer = BytesIO()
    document.save(buffer)
    extracted = extract(buffer.getvalue())
    upright = extract(pdf(LINES))
    assert (extracted.pages[0].width, extracted.pages[0].height) == (upright.pages[0].height, upright.pages[0].width)
    agree(extracted)


def test_a_span_over_lines_is_one_on_each_and_without_words_takes_the_line() -> None:
    box, word = Box(0.1, 0.1, 0.9, 0.2), Box(0.1, 0.3, 0.2, 0.4)
    lines = (
        Line(start=0, end=5, page=1, box=box),
        Line(start=6, end=11, page=1, box=box, words=(PlacedWord(6, 8, word), PlacedWord(9, 11, box))),
    )
    spans = placed(lines, 3, 8)
    assert [(span.start, span.end, span.box) for span in spans] == [(3, 5, box), (6, 8, word)]


def test_the_rest_of_a_word_that_a_hyphen_parts_is_a_span_on_the_next_line_of_the_page() -> None:
    extracted = extract(
        drawn(lambda canvas: column(canvas, 100, 200, ["Wrote about the develop-", "ment of ment things."]))
    )
    agree(extracted)
    at = extracted.text.index("development")
    head, tail = placed(extracted.lines, at, at + len("development"))
    assert [extracted.text[span.start : span.end] for span in (head, tail)] == ["develop", "ment"]
    assert head.box is not None
    assert tail.box is not None
    assert tail.box.x0 == pytest.approx(100 / 595, abs=0.005)
    assert (head.box.x0 > tail.box.x1, head.box.y1 <= tail.box.y1 - 0.01) == (True, True)
    # What moved up is no word of the line that it came from.
    rest = extracted.lines[1].words
    assert [extracted.text[word.start : word.end] for word in rest] == ["of", "ment", "things."]
    assert rest[0].box.x0 < rest[1].box.x0 < rest[2].box.x0


def test_lines_of_a_text_leave_out_what_says_nothing() -> None:
    assert [(line.start, line.end) for line in lines_in("one\n\n  \ntwo")] == [(0, 3), (8, 11)]


def test_a_scan_says_where_its_words_stand() -> None:
    rows = [
        "1\t1\t0\t0\t0\t0\t0\t0\t1000\t2000\t-1\t",
        "5\t1\t1\t1\t1\t1\t100\t200\t300\t50\t96.5\tAmara",
    ]
    [word] = words_of_tsv("\n".join(rows))
    assert word.box == Box(0.1, 0.1, 0.4, 0.125)


@pytest.mark.usefixtures("tesseract")
def test_words_read_off_a_scan_lie_where_they_were_drawn() -> None:
    extracted = extract(scanned_pdf(photo()))
    agree(extracted)
    assert extracted.lines
    at = extracted.text.index("amara@example.com")
    [span] = placed(extracted.lines, at, at + 5)
    assert (span.page, span.box is not None) == (1, True)
    # The third line, 20 points below the second one each.
    assert span.box is not None
    assert span.box.x0 == pytest.approx(72 / 595, abs=0.02)
    assert span.box.y1 == pytest.approx((HEIGHT - 710) / HEIGHT, abs=0.02)


def test_pages_are_drawn_as_small_pictures() -> None:
    images = dict(page_images(pdf(*[LINES] * (MOST_PAGES + 2))))
    assert list(images) == list(range(1, MOST_PAGES + 1))
    with Image.open(BytesIO(images[1])) as image:
        assert image.format == "WEBP"
        # reportlab's A4 at 110 dpi.
        assert image.size == (910, 1287)
        # There is ink on it, and paper.
        histogram = image.convert("L").histogram()
        assert sum(histogram[:100]) > 0
        assert histogram[255] > 0.9 * sum(histogram)


def test_a_photo_is_drawn_upright_and_small() -> None:
    [(number, image)] = page_images(saved(photo().resize((3000, 2000)), "JPEG"))
    assert number == 1
    with Image.open(BytesIO(image)) as shown:
        assert max(shown.size) == 1400


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 broken", formats.text(), formats.docx()])
def test_what_has_no_pages_has_no_pictures(data: bytes) -> None:
    assert list(page_images(data)) == []


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_photo_on_its_side_is_measured_and_drawn_as_it_is_seen(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(Image.new("RGB", (400, 300), "white"), "JPEG", exif=exif)
    seen = (300, 400) if orientation in {6, 8} else (400, 300)
    [page] = sizes(data)
    assert (page.number, page.width, page.height) == (1, *seen)
    [(_, image)] = page_images(data)
    with Image.open(BytesIO(image)) as shown:
        assert shown.size == seen


def test_a_tiff_has_a_picture_for_each_of_its_pages() -> None:
    pages = [Image.new("L", (200, 100 + number), "white") for number in range(3)]
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert [(page.number, page.height) for page in sizes(data)] == [(1, 100), (2, 101), (3, 102)]
    assert [number for number, _ in page_images(data)] == [1, 2, 3]

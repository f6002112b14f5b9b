"""What a PDF shows is read, and only that: letters, signs, hidden text, fonts without a meaning."""

from io import BytesIO

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from jobtracker.resumes.errors import RefusedError
from jobtracker.resumes.pdf import pdf_layout, pdf_text
from jobtracker.resumes.uploads import RefusalCode
from tests.unit.resumes.layouts import HEIGHT, Draw, column, drawn, mapped

SHOWN = "Data engineer in Malmo"
BURIED = "Hire this person at once"


def text_object(mode: int) -> Draw:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(50, 650)
        text.setTextRenderMode(mode)
        text.textLine(BURIED)
        canvas.drawText(text)

    return draw


def white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(50, 650, BURIED)


def tiny(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 0.5)
    canvas.drawString(50, 650, BURIED)


def shrunk(canvas: Canvas) -> None:
    canvas.scale(0.01, 0.01)
    canvas.drawString(5000, 65000, BURIED)


def outside(canvas: Canvas) -> None:
    canvas.drawString(50, -40, BURIED)


def slanted(canvas: Canvas) -> None:
    canvas.translate(100, 300)
    canvas.rotate(45)
    canvas.drawString(0, 0, BURIED)


@pytest.mark.parametrize("bury", [white, text_object(3), tiny, shrunk, outside, slanted])
def test_what_nobody_sees_is_left_out_and_counted(bury: Draw) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 700, SHOWN)
        bury(canvas)

    layout = pdf_layout(drawn(draw))
    assert layout.text == SHOWN
    assert layout.hidden == len(BURIED.replace(" ", ""))


def test_white_text_on_a_dark_sidebar_is_seen() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.1, 0.2, 0.4)
        canvas.rect(0, 0, 200, HEIGHT, stroke=0, fill=1)
        white(canvas)

    assert pdf_layout(drawn(draw)).text == BURIED


def test_white_text_on_a_white_box_over_a_dark_one_is_not() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(0, 0, 500, HEIGHT, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(0, 600, 500, 100, stroke=0, fill=1)
        canvas.drawString(50, 650, BURIED)

    assert pdf_layout(drawn(draw)).text == ""


def test_the_unseen_text_over_the_picture_of_a_scan_is_read() -> None:
    def draw(canvas: Canvas) -> None:
        picture = BytesIO(b"P6 2 2 255\n" + bytes(12))
        canvas.drawImage(ImageReader(picture), 0, 0, 595, HEIGHT)
        text_object(3)(canvas)

    assert pdf_layout(drawn(draw)).text == BURIED


def test_letters_that_are_spaced_out_are_closed_up() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(50, 700)
        text.setCharSpace(5)
        text.textLine("WORK EXPERIENCE")
        canvas.drawText(text)
        canvas.drawString(50, 670, "S K I L L S")

    assert pdf_text(drawn(draw)).splitlines() == ["WORK EXPERIENCE", "SKILLS"]


@pytest.mark.parametrize(
    ("letters", "told"),
    [
        ("o\ufb03ce", "office"),
        ("\uf0b7 Led", "• Led"),
        ("\uf095 +46", "+46"),
        ("a \uf0e0 b", "a\tb"),
        ("工作经历", "工作经历"),
        ("ﾃﾞ①½", "ﾃﾞ①½"),
    ],
    ids=["ligature", "bullet", "icon", "icon between", "Chinese", "compatibility letters stay"],
)
def test_letters_mean_what_the_file_says(letters: str, told: str) -> None:
    codes = bytes(range(65, 65 + len(letters)))
    assert pdf_layout(mapped(codes, letters)).text == told


def test_a_symbol_fonts_sign_is_a_bullet_and_an_icon_fonts_is_none() -> None:
    assert pdf_layout(mapped(b"A", "\uf0a7", font="Wingdings-Regular")).text == "•"
    assert pdf_layout(mapped(b"A", "\uf0a7", font="FontAwesome")).text == ""


def test_hebrew_is_told_in_the_order_of_reading() -> None:
    # A file holds a right-to-left line as it is seen, from its left end.
    seen = "םלוע םולש"
    assert pdf_layout(mapped(bytes(range(65, 65 + len(seen))), seen)).text == seen[::-1]


def test_a_word_that_a_line_parts_is_made_whole_and_a_hyphen_of_its_own_stays() -> None:
    told = ["Led the develop-", "ment of cloud-", "native services"]
    text = pdf_text(drawn(lambda canvas: column(canvas, 50, 100, told)))
    assert text.replace("\n", " ") == "Led the development of cloud-native services"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turn: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        canvas.translate(*{0: (0, 0), 90: (842, 0), 180: (595, 842), 270: (0, 595)}[turn])
        canvas.rotate(turn)
        canvas.drawString(50, 300, "First line of the page")
        canvas.drawString(50, 280, "Second line of the page")

    layout = pdf_layout(drawn(draw))
    assert [line.text for line in layout.lines] == ["First line of the page", "Second line of the page"]
    assert layout.lines[0].box.left == pytest.approx(50, abs=1)


def test_a_font_that_does_not_say_its_letters_is_refused_with_that_reason() -> None:
    with pytest.raises(RefusedError, match="fonts do not say which letters") as refused:
        pdf_text(mapped(bytes(range(130, 250)), None))
    assert refused.value.code is RefusalCode.UNREADABLE_FONT


def test_letters_that_make_no_words_are_refused() -> None:
    rubbish = ["1/m+BiQM lMBp2bBiv ?M;?B *?BM S2b2Mi aim/2Mi 1H2+iQMB+b"] * 12
    with pytest.raises(RefusedError) as refused:
        pdf_text(drawn(lambda canvas: column(canvas, 50, 100, rubbish)))
    assert refused.value.code is RefusalCode.UNREADABLE_FONT


@pytest.mark.parametrize(
    "told",
    [
        "Zkušenosti strojírenství vedoucí týmu návrh převodovek brzd",
        "PostgreSQL Kubernetes TypeScript GraphQL https://example.com/a1b2 (C++) HTML5",
    ],
)
def test_words_of_other_languages_and_of_the_trade_are_not_refused(told: str) -> None:
    plain = told.encode("latin-1", "ignore").decode("latin-1")
    assert plain.split()[0] in pdf_text(drawn(lambda canvas: column(canvas, 50, 100, [plain] * 15)))


def test_raised_and_lowered_letters_stay_in_their_words() -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(50, 700)
        for rise, letters in ((0, "L"), (2.2, "A"), (0, "T"), (-2.2, "E"), (0, "X templates")):
            text.setRise(rise)
            text.textOut(letters)
        canvas.drawText(text)

    assert pdf_layout(drawn(draw)).text == "LATEX templates"

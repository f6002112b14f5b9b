"""Columns, tables and pages of a PDF are read as a person reads them."""

import pytest
from reportlab.pdfgen.canvas import Canvas

from jobtracker.resumes.pdf import pdf_layout, pdf_text
from tests.unit.resumes.documents import LINES, pdf
from tests.unit.resumes.layouts import Draw, column, drawn

SIDE = ["SKILLS", "Python", "Kafka", "Terraform", "LANGUAGES", "Swedish", "German"]
MAIN = [
    "EXPERIENCE",
    "Ostrava Data, data engineer",
    "Built the pipelines that feed the billing of two mills",
    "and kept them running through three moves of machines",
    "EDUCATION",
    "Technical University of Ostrava",
]


def lines(data: bytes) -> list[str]:
    return pdf_text(data).splitlines()


def across(canvas: Canvas, rows: list[tuple[str, str]], left: float = 300) -> None:
    """Rows of two columns, drawn one after the other as some programs write them."""
    for number, (one, two) in enumerate(rows):
        canvas.drawString(50, 700 - 15 * number, one)
        canvas.drawString(left, 700 - 15 * number, two)


@pytest.mark.parametrize("swapped", [False, True], ids=["left first", "right first"])
def test_a_sidebar_is_read_whole_whatever_the_files_order(swapped: bool) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 20)
        canvas.drawString(60, 780, "Amara Lindqvist")
        canvas.setFont("Helvetica", 10)
        for left, told in ((50, SIDE), (190, MAIN))[:: -1 if swapped else 1]:
            column(canvas, left, 100, told, leading=13 if told is SIDE else 14.5)

    assert lines(drawn(draw)) == ["Amara Lindqvist", *SIDE, *MAIN]


def test_columns_that_were_drawn_row_by_row_are_parted() -> None:
    rows = list(zip([*MAIN, "Mathematics"], SIDE, strict=True))
    assert lines(drawn(lambda canvas: across(canvas, rows, left=400))) == [*MAIN, "Mathematics", *SIDE]


def test_the_column_with_the_name_is_read_first() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, 50, 60, SIDE)
        canvas.setFont("Helvetica", 22)
        canvas.drawString(190, 785, "Amara Lindqvist")
        canvas.setFont("Helvetica", 10)
        column(canvas, 190, 85, MAIN, leading=14.5)

    assert lines(drawn(draw)) == ["Amara Lindqvist", *MAIN, *SIDE]


def test_dates_at_the_right_stay_with_their_entries() -> None:
    entries = [
        ("Ostrava Data", "2019 - 2023"),
        ("Malmo Mills", "2016 - 2019"),
        ("Lund Energy", "2014 - 2016"),
        ("Kiruna Iron", "2012 - 2014"),
    ]
    told = [f"{company}\t{dates}" for company, dates in entries]
    assert lines(drawn(lambda canvas: across(canvas, entries, left=450))) == told


def test_dates_at_the_left_stay_with_their_entries() -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(4):
            canvas.drawString(50, 700 - 45 * number, f"201{number} - 201{number + 1}")
            column(canvas, 150, 142 + 45 * number, [f"Employer {number}", f"What was done for employer {number}"], 14)

    told = lines(drawn(draw))
    assert told[:4] == [
        "2010 - 2011\tEmployer 0",
        "What was done for employer 0",
        "2011 - 2012\tEmployer 1",
        "What was done for employer 1",
    ]


def test_headings_at_the_left_stand_above_what_they_name() -> None:
    def draw(canvas: Canvas) -> None:
        for top, label, told in (
            (100, "EXPERIENCE", MAIN[1:4]),
            (170, "EDUCATION", MAIN[5:] * 3),
            (240, "SKILLS", SIDE[1:4]),
        ):
            column(canvas, 50, top, [label])
            column(canvas, 190, top, told)

    told = lines(drawn(draw))
    assert told == ["EXPERIENCE", *MAIN[1:4], "EDUCATION", *MAIN[5:] * 3, "SKILLS", *SIDE[1:4]]


def test_columns_go_on_over_the_page_before_the_next_is_read() -> None:
    more = ["Led the move of the archive to object storage", "Taught two classes of apprentices", "PROJECTS", "A sail"]

    def first(canvas: Canvas) -> None:
        column(canvas, 50, 100, SIDE)
        column(canvas, 190, 104, MAIN[:4], 14.5)

    def second(canvas: Canvas) -> None:
        column(canvas, 190, 60, more)

    assert lines(drawn(first, second)) == [*SIDE, *MAIN[:4], *more]


def test_heads_feet_and_page_numbers_are_told_once_and_break_no_entry() -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(50, 815, "Amara Lindqvist, data engineer")
            column(canvas, 50, 100, [f"201{number} - 2020, employer {row}" for row in range(5)])
            canvas.drawString(50, 30, f"amara@example.com, page {number} of 3")
            canvas.drawString(500, 20, f"{number}")

        return draw

    data = drawn(*(page(number) for number in (1, 2, 3)))
    body = [f"201{number} - 2020, employer {row}" for number in (1, 2, 3) for row in range(5)]
    assert lines(data) == ["Amara Lindqvist, data engineer", *body, "amara@example.com, page 1 of 3"]
    assert pdf_layout(data).repeated == 7


def test_a_line_knows_its_page_and_its_place() -> None:
    first, *_, last = pdf_layout(pdf(LINES[:2], LINES[2:])).lines
    assert (first.text, first.page, last.page) == (LINES[0], 1, 2)
    assert first.box.left == pytest.approx(72, abs=1)
    # The baseline is 750 points above the lower edge of a page of A4.
    assert first.box.top < 842 - 750 < first.box.bottom


def test_a_label_of_two_lines_is_one_and_labels_with_cells_of_their_own_are_two() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, 50, 100, ["Name and trade of the", "employer"])
        column(
            canvas, 190, 100, ["Ostrava Data, which measures rolling mills and sells what it learns of them", "to them"]
        )
        column(canvas, 50, 140, ["Sector of the business", "Kind of contract then"])
        column(canvas, 190, 140, ["Steel", "Permanent"])
        column(canvas, 190, 180, ["Left when the mill was sold", "and the office closed"])

    assert lines(drawn(draw)) == [
        "Name and trade of the employer",
        "Ostrava Data, which measures rolling mills and sells what it learns of them",
        "to them",
        "Sector of the business\tSteel",
        "Kind of contract then\tPermanent",
        "Left when the mill was sold",
        "and the office closed",
    ]

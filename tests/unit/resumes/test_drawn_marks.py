"""Bullets that are drawn as shapes, and headings that stand beside or between what they name."""

from reportlab.pdfgen.canvas import Canvas

from jobtracker.resumes.pdf import pdf_layout, pdf_text
from jobtracker.resumes.read import read_profile
from tests.unit.resumes.layouts import HEIGHT, column, drawn, mapped

JOB = ["EXPERIENCE", "Rooftop Bees", "Beekeeper, March 2020 - May 2022"]
TOLD = ["Fed the hives of three gardens on roofs", "Built Frames", "Taught children of two schools how bees", "live"]


def lines(data: bytes) -> list[str]:
    return pdf_text(data).splitlines()


def disc(canvas: Canvas, left: float, top: float, radius: float) -> None:
    """A filled disc at the height of a line's small letters."""
    canvas.circle(left, HEIGHT - top + 3, radius, stroke=0, fill=1)


def test_a_small_disc_before_a_line_is_its_bullet() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, 50, 100, JOB)
        column(canvas, 60, 139, TOLD)
        for row in (0, 1, 2):
            disc(canvas, 53, 139 + 13 * row, 1.5)

    data = drawn(draw)
    assert lines(data) == [*JOB, *(f"• {line}" for line in TOLD[:3]), TOLD[3]]
    bullet = pdf_layout(data).lines[3].words[0]
    assert (bullet.text, round(bullet.box.left, 1), round(bullet.box.right, 1)) == ("•", 51.5, 54.5)
    assert read_profile("\n".join(lines(data))).work[0].bullets == (*TOLD[:2], " ".join(TOLD[2:]))


def test_a_disc_of_a_line_of_time_and_one_before_a_heading_are_none() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, 60, 100, [*JOB, *TOLD[:2]])
        disc(canvas, 53, 100, 1.5)
        disc(canvas, 51, 113, 3.5)
        disc(canvas, 30, 139, 1.5)

    assert lines(drawn(draw)) == [*JOB, *TOLD[:2]]


def test_dates_at_the_right_and_headings_in_the_middle_are_no_column() -> None:
    def draw(canvas: Canvas) -> None:
        for row, (left, words) in enumerate(
            [
                (260, "REFERENCES"),
                (50, "Available upon request"),
                (260, "CERTIFICATES"),
                (50, "Licence to Keep Bees"),
                (50, "Honey School"),
                (50, "Diploma in Orchards"),
                (50, "Green School"),
            ]
        ):
            column(canvas, left, 100 + 15 * row, [words])
        column(canvas, 500, 145, ["March 2022"])
        column(canvas, 500, 175, ["June 2023"])

    assert lines(drawn(draw)) == [
        "REFERENCES",
        "Available upon request",
        "CERTIFICATES",
        "Licence to Keep Bees\tMarch 2022",
        "Honey School",
        "Diploma in Orchards\tJune 2023",
        "Green School",
    ]


def test_a_heading_in_the_margin_stands_before_the_line_beside_it() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, 150, 100, ["Keeping Bees in Towns", "Hive Quarterly", "An article on roofs and what they grow"])
        column(canvas, 500, 100, ["May 2021"])
        canvas.setFont("Helvetica", 12)
        column(canvas, 20, 103.8, ["Publications"])

    assert lines(drawn(draw)) == [
        "Publications",
        "Keeping Bees in Towns\tMay 2021",
        "Hive Quarterly",
        "An article on roofs and what they grow",
    ]


def test_a_label_does_not_name_the_heading_below_it() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, 50, 100, ["January 1999 to May 2001", "Lund, Sweden"])
        column(canvas, 250, 100, ["Beekeeper, City Gardens", "Fed the hives of three gardens", "Built frames"])
        column(canvas, 50, 160, ["1995", "Ys, in the far north"])
        column(canvas, 250, 160, ["Diploma in Orchards, Green School"])
        column(canvas, 250, 200, ["SKILLS", "Welding, planting, feeding", "Joinery of frames", "Driving a van", "Sums"])

    told = lines(drawn(draw))
    assert told[told.index("1995\tDiploma in Orchards, Green School") + 1 :] == [
        "Ys, in the far north",
        "SKILLS",
        "Welding, planting, feeding",
        "Joinery of frames",
        "Driving a van",
        "Sums",
    ]


def test_the_icon_of_a_fax_says_what_the_number_behind_it_is() -> None:
    letters = "\uf1ac +49 30 1234567"
    codes = bytes(range(65, 65 + len(letters)))
    assert lines(mapped(codes, letters, font="FontAwesome")) == ["Fax +49 30 1234567"]
    assert lines(mapped(codes, letters)) == ["+49 30 1234567"]

"""Scans and photos are read, less surely than text, and those that would do harm are refused."""

import shutil
import struct
import time
import zlib
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image

from jobtracker.resumes import ocr, pictures
from jobtracker.resumes.extract import extract
from jobtracker.resumes.ocr import Scans, UnreadPageError, Word, words_of_tsv
from jobtracker.resumes.scanned import needs_reading
from jobtracker.resumes.uploads import RefusalCode, Scanner
from tests.unit.resumes.documents import LINES, pdf
from tests.unit.resumes.scans import WORDS, photo, saved, scanned_pdf, tesseract

__all__ = ["tesseract"]

MEGABYTE = 1024 * 1024


def png_of(width: int, height: int) -> bytes:
    """A PNG that claims a size, with hardly any bytes behind it."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def reads(*pages: list[Word] | Exception) -> tuple[Scans, list[bytes]]:
    """Scans whose pages are read like this, and what was given to be read."""
    seen: list[bytes] = []

    def read(picture: bytes) -> list[Word]:
        seen.append(picture)
        page = pages[min(len(seen), len(pages)) - 1]
        if isinstance(page, Exception):
            raise page
        return page

    return Scans(Scanner.TESSERACT, read), seen


def drawn(data: bytes) -> Image.Image:
    """The page of a picture's file as it is given to be read."""
    [page] = pictures.pages(data)
    return Image.open(BytesIO(page()))


def word(text: str, confidence: float = 90, *, block: int = 1, line: int = 1) -> Word:
    return Word(text=text, confidence=confidence, block=block, line=(1, line))


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize(
    "data",
    [
        pytest.param(lambda: scanned_pdf(photo()), id="pdf"),
        pytest.param(lambda: saved(photo(), "PNG"), id="png"),
        pytest.param(lambda: saved(photo(), "JPEG", quality=80), id="jpeg"),
        pytest.param(lambda: saved(photo(), "WEBP"), id="webp"),
        pytest.param(lambda: saved(photo().convert("1"), "TIFF", compression="group4"), id="fax"),
        pytest.param(lambda: saved(photo(dpi=90), "PNG"), id="small"),
        pytest.param(lambda: saved(photo().rotate(90, expand=True), "PNG"), id="on its side"),
    ],
)
def test_a_scan_is_read_and_says_how_sure_that_is(data: Callable[[], bytes]) -> None:
    extracted = extract(data())
    assert len(WORDS & set(extracted.text.split())) >= len(WORDS) - 2, extracted
    assert extracted.scan is not None
    assert 0.7 < extracted.scan.confidence <= 1
    assert (extracted.scan.by, extracted.scan.pages, extracted.scan.pages_read) == (Scanner.TESSERACT, 1, 1)


def test_a_photo_is_turned_as_the_camera_says() -> None:
    exif = Image.Exif()
    # 6: the top of the picture is its right side.
    exif[0x0112] = 6
    dark_left = Image.new("L", (2_000, 2_500), 255)
    dark_left.paste(0, (0, 0, 1_000, 2_500))
    upright = drawn(saved(dark_left.rotate(90, expand=True), "JPEG", exif=exif))
    assert upright.size == (2_000, 2_500)
    assert [upright.getpixel((x, 1_250)) for x in (100, 1_900)] == [0, 255]


def test_what_is_transparent_is_white() -> None:
    ink = Image.new("RGBA", (2_000, 2_000))
    ink.paste((0, 0, 0, 255), (0, 0, 1_000, 2_000))
    seen = drawn(saved(ink, "PNG"))
    assert [seen.getpixel((x, 1_000)) for x in (100, 1_900)] == [0, 255]


@pytest.mark.usefixtures("tesseract")
def test_scanned_pages_among_pages_of_text_are_read_in_their_place() -> None:
    extracted = extract(
        scanned_pdf(("The first page is text, and long enough",), photo(), ("The last page is text too",))
    )
    first, last = extracted.text.index("The first"), extracted.text.index("The last")
    assert first < extracted.text.index("amara@example.com") < last
    assert extracted.scan is not None
    assert extracted.scan.pages == 1


@pytest.mark.usefixtures("tesseract")
def test_every_page_of_a_tiff_is_read() -> None:
    second = photo("Certified sailing instructor").convert("L")
    data = saved(photo().convert("L"), "TIFF", save_all=True, append_images=[second])
    extracted = extract(data)
    assert "sailing" in extracted.text
    assert extracted.scan is not None
    assert extracted.scan.pages_read == 2


def test_a_file_of_text_is_not_read_as_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    scans, seen = reads([])
    monkeypatch.setattr(ocr, "scans", lambda scanner: scans)
    extracted = extract(pdf(LINES, ()))
    assert (extracted.scan, seen) == (None, [])


@pytest.mark.parametrize("data", [scanned_pdf(photo()), saved(photo(), "PNG")], ids=["pdf", "picture"])
def test_where_nothing_reads_pictures_a_scan_is_refused_with_what_to_do(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    refusal = extract(data).refusal
    assert refusal is not None
    assert refusal.code is RefusalCode.NO_TEXT
    assert "Export your resume as a PDF with text" in refusal.reason
    assert "tesseract" in refusal.reason


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("data", [saved(Image.new("L", (900, 1200), 255), "PNG"), scanned_pdf(photo("12"))])
def test_a_scan_without_words_is_refused_with_how_to_scan(data: bytes) -> None:
    refusal = extract(data).refusal
    assert refusal is not None
    assert refusal.code is RefusalCode.NO_TEXT
    assert "300 dpi" in refusal.reason


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(lambda: png_of(30_000, 30_000), RefusalCode.UNSAFE, id="gigantic"),
        pytest.param(lambda: png_of(9_000, 9_000), RefusalCode.UNSAFE, id="large"),
        pytest.param(lambda: png_of(2**31 - 1, 1), RefusalCode.UNSAFE, id="wide"),
        pytest.param(lambda: saved(Image.new("1", (9_000, 9_000)), "PNG"), RefusalCode.UNSAFE, id="bomb"),
        pytest.param(lambda: scanned_pdf(Image.new("1", (9_000, 9_000))), RefusalCode.UNSAFE, id="bomb in a PDF"),
        pytest.param(lambda: b"\x89PNG\r\n\x1a\n" + b"\1" * 100, RefusalCode.CORRUPT, id="broken"),
        pytest.param(lambda: b"RIFF\x10\0\0\0WEBPVP8 " + b"\0" * 50, RefusalCode.CORRUPT, id="broken webp"),
        pytest.param(lambda: saved(photo(), "JPEG")[:3_000], RefusalCode.CORRUPT, id="cut off"),
        pytest.param(lambda: b"GIF89a" + b"\1" * 100, RefusalCode.WRONG_TYPE, id="gif"),
    ],
)
def test_a_picture_that_would_do_harm_or_is_broken_is_refused(data: Callable[[], bytes], code: RefusalCode) -> None:
    whole = data()
    started = time.monotonic()
    refusal = extract(whole).refusal
    assert refusal is not None
    assert refusal.code is code
    assert time.monotonic() - started < 5


def test_the_last_page_of_a_tiff_may_be_no_bomb_either() -> None:
    data = saved(Image.new("1", (90, 90)), "TIFF", save_all=True, append_images=[Image.new("1", (9_000, 9_000))])
    scans, seen = reads([word("Amara")])
    with pytest.raises(ValueError, match="megapixels"):
        [scans.text(page) for page in pictures.pages(data)]
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("size", "read"),
    [((7_000, 5_000), (pictures.LONGEST_SIDE, 2_500)), ((2_000, 3_000), (2_000, 3_000)), ((600, 800), (1_200, 1_600))],
)
def test_a_large_picture_is_read_no_larger_than_a_page_and_a_small_one_doubled(
    size: tuple[int, int], read: tuple[int, int]
) -> None:
    assert drawn(saved(Image.new("RGB", size), "JPEG")).size == read


@pytest.mark.parametrize("value", [0, 32_768, 65_535])
def test_sixteen_bits_are_read_as_eight(value: int) -> None:
    assert drawn(saved(Image.new("I;16", (1_800, 1_800), value), "PNG")).getpixel((9, 9)) == value // 256


def test_words_of_which_nothing_is_sure_are_left_out_and_letters_weigh() -> None:
    scans, _ = reads([word("Amara", 100), word("~", 5), word("|", 29.9), word("ab", 30), word("x", 90, line=2)])
    assert scans.text(lambda: b"") == "Amara ab\nx"
    scan = scans.scan()
    assert scan is not None
    assert scan.confidence == round((5 * 100 + 2 * 30 + 90) / 8 / 100, 2)


def test_blocks_are_set_apart() -> None:
    scans, _ = reads([word("Skills"), word("Python", line=2), word("Work", block=2)])
    assert scans.text(lambda: b"") == "Skills\nPython\n\nWork"


def test_no_more_than_ten_pages_are_read_and_the_scan_says_so() -> None:
    scans, seen = reads([word("Amara")])
    texts = [scans.text(lambda: b"") for _ in range(12)]
    assert texts == ["Amara"] * 10 + ["", ""]
    assert len(seen) == 10
    scan = scans.scan()
    assert scan is not None
    assert (scan.pages, scan.pages_read) == (12, 10)


def test_a_page_that_cannot_be_read_leaves_the_others() -> None:
    scans, _ = reads([word("Amara")], UnreadPageError("x"), [word("Lindqvist")])
    assert [scans.text(lambda: b"") for _ in range(3)] == ["Amara", "", "Lindqvist"]
    scan = scans.scan()
    assert scan is not None
    assert (scan.pages, scan.pages_read) == (3, 2)


def test_no_page_is_begun_when_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "SECONDS_A_FILE", -1.0)
    scans, seen = reads([word("Amara")])
    assert scans.text(lambda: b"") == ""
    assert seen == []


@pytest.mark.usefixtures("tesseract")
def test_a_page_that_takes_too_long_or_fails_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadPageError):
        ocr.tesseract_words(b"no picture")
    monkeypatch.setattr(ocr, "SECONDS_A_PAGE", 0.01)
    with pytest.raises(UnreadPageError, match="TimeoutExpired"):
        ocr.tesseract_words(saved(photo(), "PNG"))


@pytest.mark.usefixtures("tesseract")
def test_the_memory_of_tesseract_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "_MEMORY_KB", 40_000)
    with pytest.raises(UnreadPageError):
        ocr.tesseract_words(saved(photo(), "PNG"))


def test_a_text_layer_that_nobody_can_tell_is_no_text() -> None:
    assert needs_reading("")
    assert needs_reading("12")
    assert needs_reading("\ue001\ue002\ue003 \ue004" * 20)
    assert needs_reading("\x01\x02\x03" * 40 + "Amara Lindqvist, engineer in Malmö")
    assert not needs_reading("\uf0b7 Amara Lindqvist, engineer in Malmö")
    assert not needs_reading("資料工程師，具備五年以上的經驗，專長是分散式系統與資料庫")


HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def test_the_table_of_tesseract_gives_words_in_lines() -> None:
    place = "0\t0\t9\t9"
    rows = [
        HEAD,
        f"4\t1\t1\t1\t1\t0\t{place}\t-1\t",
        f"5\t1\t1\t1\t1\t1\t{place}\t96.5\tAmara",
        f"5\t1\t1\t1\t2\t1\t{place}\t95\t ",
    ]
    assert words_of_tsv("\n".join(rows)) == [Word(text="Amara", confidence=96.5, block=1, line=(1, 1))]


@given(st.lists(st.lists(st.text(max_size=5) | st.sampled_from(["5", "1", "nan", "96.5"]), max_size=13)))
@example([["5", "1", "1", "1", "1", "1", "0", "0", "0", "0", "nan", "x"]])
def test_any_table_gives_words_that_are_words(rows: list[list[str]]) -> None:
    for found in words_of_tsv("\n".join("\t".join(row) for row in rows)):
        assert found.text.strip() == found.text != ""
        assert 0 <= found.confidence <= 100


SMALL = {kind: saved(photo(dpi=20), kind) for kind in ("PNG", "JPEG", "TIFF", "WEBP")}


@given(st.sampled_from(sorted(SMALL)), st.integers(0, 4_000), st.binary(min_size=1, max_size=8))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_picture_is_drawn_or_refused(kind: str, at: int, damage: bytes) -> None:
    data = SMALL[kind]
    at %= len(data)
    scans, _ = reads([word("Amara Lindqvist, engineer in Malmö")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ocr, "scans", lambda scanner: scans)
        extracted = extract(data[:at] + damage + data[at + len(damage) :])
    assert bool(extracted.text) != bool(extracted.refusal)

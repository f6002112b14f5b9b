"""What is no resume, or would do harm, is refused with a reason that says which and what to do."""

import time
import zipfile
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from jobtracker.resumes.errors import RefusedError
from jobtracker.resumes.extract import extract, extract_text
from jobtracker.resumes.uploads import RefusalCode
from tests.unit.resumes import documents, formats
from tests.unit.resumes.formats import with_member

MEGABYTE = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
# The longest that reading any of the files below may take, on a machine that has other work as well.
SECONDS = 12


def packed(files: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def encrypted_flag(data: bytes) -> bytes:
    """The archive with the flag of an encrypted member set in its directory and before each member."""
    for sign, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        begin = 0
        while (begin := data.find(sign, begin)) >= 0:
            data = data[: begin + at] + bytes([data[begin + at] | 1]) + data[begin + at + 1 :]
            begin += 4
    return data


ODF = "application/vnd.oasis.opendocument."
CASES = [
    (with_member(formats.docx(), "word/vbaProject.bin", b"x"), RefusalCode.UNSAFE, "macros"),
    (with_member(formats.odt(), "Basic/Standard/Module1.xml", b"<m/>"), RefusalCode.UNSAFE, "macros"),
    (formats.odt_package(formats.odt_content("&b;", doctype=BOMB)), RefusalCode.UNSAFE, "entities"),
    (with_member(formats.docx(), "word/more.xml", BOMB.encode("utf-16")), RefusalCode.UNSAFE, "entities"),
    (with_member(formats.docx(), "word/big.xml", b" " * (2 * MEGABYTE)), RefusalCode.UNSAFE, "unpacks to far more"),
    (with_member(formats.linkedin(), "Skills2.csv", b"a" * (9 * MEGABYTE)), RefusalCode.UNSAFE, "unpacks to far more"),
    (packed({"1.zip": packed({"2.zip": b"\0" * MEGABYTE})}), RefusalCode.WRONG_TYPE, "an archive"),
    (packed({"resume.pdf": formats.pdf()}), RefusalCode.WRONG_TYPE, "Unpack it"),
    (packed({"word/document.xml": b"<a/>"}, method=zipfile.ZIP_LZMA), RefusalCode.WRONG_TYPE, "unusual"),
    (encrypted_flag(formats.linkedin()), RefusalCode.ENCRYPTED, "password"),
    (formats.odt_package("x", manifest=b"<encryption-data/>"), RefusalCode.ENCRYPTED, "password"),
    (formats.odt_package("<broken"), RefusalCode.CORRUPT, "damaged"),
    (formats.odt_package("<empty/>"), RefusalCode.CORRUPT, "damaged"),
    (formats.odt_package(formats.odt_content("<text:p>12</text:p>")), RefusalCode.NO_TEXT, "No text"),
    (formats.odt()[:900], RefusalCode.CORRUPT, "damaged"),
    (packed({"xl/workbook.xml": b"<a/>"}), RefusalCode.WRONG_TYPE, "an Excel workbook"),
    (packed({"ppt/presentation.xml": b"<a/>"}), RefusalCode.WRONG_TYPE, "a PowerPoint presentation"),
    (packed({"mimetype": b"application/epub+zip"}), RefusalCode.WRONG_TYPE, "an EPUB book"),
    (packed({"mimetype": f"{ODF}spreadsheet".encode()}), RefusalCode.WRONG_TYPE, "an OpenDocument spreadsheet"),
    (packed({"Index/Document.iwa": b"x"}), RefusalCode.WRONG_TYPE, "Apple Pages"),
    (OLE + "WordDocument".encode("utf-16-le"), RefusalCode.WRONG_TYPE, "old .doc format"),
    (OLE + "Workbook".encode("utf-16-le"), RefusalCode.WRONG_TYPE, "an old Excel workbook"),
    (OLE + "EncryptedPackage".encode("utf-16-le"), RefusalCode.ENCRYPTED, "password"),
    (b"\x00\x00\x00\x18ftypheic" + b"\0" * 50, RefusalCode.WRONG_TYPE, "a picture"),
    (b"RIFF\x10\x00\x00\x00WEBPVP8 ", RefusalCode.CORRUPT, "picture is damaged"),
    (b"GIF89a" + b"\1" * 50, RefusalCode.WRONG_TYPE, "Save it as JPEG or PNG"),
    (b'<svg xmlns="http://www.w3.org/2000/svg"><text>Amara</text></svg>', RefusalCode.WRONG_TYPE, "a picture"),
    (b"\x1f\x8b\x08\x00" + b"\1" * 50, RefusalCode.WRONG_TYPE, "an archive"),
    (b'<?xml version="1.0"?><feed><name>Amara Lindqvist</name></feed>', RefusalCode.WRONG_TYPE, "XML data"),
    (b"% my cv\n\\documentclass{moderncv}\n", RefusalCode.WRONG_TYPE, "LaTeX"),
    (b"%!PS-Adobe-3.0\n(Amara) show", RefusalCode.WRONG_TYPE, "PostScript"),
    (b'{"name": "Amara Lindqvist, engineer"}', RefusalCode.WRONG_TYPE, "no JSON Resume"),
    (b'[{"name": "Amara Lindqvist, engineer"}]', RefusalCode.WRONG_TYPE, "no JSON Resume"),
    (b'{"basics": {"name": "Amara",}}', RefusalCode.CORRUPT, "broken at line 1, column 2"),
    (b'{"basics": {"name": ["Amara"]}}', RefusalCode.CORRUPT, "basics.name"),
    (b'{"basics": {}, "work": {"a": 1}}', RefusalCode.CORRUPT, "“work”"),
    (b'{"basics": {}, "skills": [' + b"{}," * 2_000 + b"{}]}", RefusalCode.CORRUPT, "“skills”"),
    (b'{"basics": {"image": "' + b"A" * (3 * MEGABYTE) + b'"}}', RefusalCode.TOO_LARGE, "2 MB"),
    (b'{"a":' * 100_000, RefusalCode.CORRUPT, "cannot be read"),
    (b'{"basics": {"phone": ' + b"9" * 5_000 + b"}}", RefusalCode.CORRUPT, "cannot be read"),
    (formats.linkedin(Profile="", Positions="Company Name,Title\r\n"), RefusalCode.NO_TEXT, "holds no profile"),
    (formats.linkedin(Skills="Name\r\n" + "a" * 200_000), RefusalCode.CORRUPT, "damaged"),
    (b"<html><body><script>many words in here</script></body></html>", RefusalCode.NO_TEXT, "No text"),
    (
        b"<html><body><img src='data:image/png;base64,AAAAAAAAAAAAAAAAAAAAAAA'></body></html>",
        RefusalCode.NO_TEXT,
        "No text",
    ),
    (b"{\\rtf1\\ansi\\u99999999999 Amara Lindqvist, engineer}", RefusalCode.CORRUPT, "damaged"),
]


@pytest.mark.parametrize(("data", "code", "words"), CASES, ids=[f"{code}-{words}" for _, code, words in CASES])
def test_a_file_is_refused_with_what_it_is_and_what_to_do(data: bytes, code: RefusalCode, words: str) -> None:
    with pytest.raises(RefusedError) as refused:
        extract_text(data)
    assert refused.value.code is code
    assert words in refused.value.reason
    assert refused.value.reason.endswith((".", "jsonresume.org/schema."))


def test_a_member_that_unpacks_to_more_than_its_directory_says_is_not_read_on() -> None:
    data = packed({"word/document.xml": b"a" * (60 * MEGABYTE)})
    claimed = (60 * MEGABYTE).to_bytes(4, "little")
    extracted = extract(data.replace(claimed, (1_000).to_bytes(4, "little")))
    assert extracted.refusal is not None
    assert extracted.refusal.code is RefusalCode.CORRUPT


LONG = [
    b"<div>x" * 200_000,
    b"<b a=b>x</i>" * 200_000,
    b"<p><table><tr><td><ul><li>" * 50_000,
    b"<html>" + b"<span>a</span>" * 500_000,
    b"<" * MEGABYTE,
    b"<!--" * MEGABYTE,
    b"# a\n" + b"[" * MEGABYTE,
    b"# a\n" + b"![" * MEGABYTE,
    b"# a\n" + b"**a " * MEGABYTE,
    b"# a\n" + b"> " * MEGABYTE,
    b"a\n---\n" * MEGABYTE,
    b"**" * MEGABYTE,
    b"[a](b" * MEGABYTE,
    b"{\\rtf1" + b"{\\field{\\*\\fldinst{" * 400_000,
    b"{\\rtf1" + b'{\\field{\\*\\fldinst{HYPERLINK "x"}}{\\fldrslt{' * 150_000,
    b"{\\rtf1{\\fonttbl" + b"\\f1\\fcharset1 " * 500_000,
    b"{\\rtf1{\\fonttbl" + b"\\f1" * MEGABYTE,
    b"{\\rtf1" + b"{\\fonttbl" * MEGABYTE,
    b"{\\rtf1" + b"{\\pict{}" * MEGABYTE,
    b"{\\rtf1" + b"{" * (8 * MEGABYTE),
    b"{\\rtf1" + b"\\bin1 " * MEGABYTE,
    b"{\\rtf1" + b"00" * (4 * MEGABYTE),
    b"{\\rtf1" + b"HYPERLINK " * 800_000,
    b"{\\rtf1" + b"\\'e4" * (2 * MEGABYTE),
    b'{"basics": {"name": "' + b"a\\n" * (3 * MEGABYTE) + b'"}}',
    b'{"basics": {"summary": "' + b"a\\n" * MEGABYTE + b'"}, "skills": [' + b"{}," * MEGABYTE + b"{}]}",
    formats.odt_package(formats.odt_content("<text:p>Amara Lindqvist</text:p>" * 60_000)),
    formats.odt_package(formats.odt_content("<text:span>" * 5_000 + "</text:span>" * 5_000)),
    formats.odt_package(formats.odt_content("<text:p>A<text:s text:c='99999999'/></text:p>" * 10_000)),
    formats.linkedin(Skills="Name\r\n" + '"a"\r\n' * 500_000),
]


@pytest.mark.parametrize("data", LONG, ids=range(len(LONG)))
def test_no_file_takes_more_than_its_share_of_time(data: bytes) -> None:
    began = time.process_time()
    extracted = extract(data[: 10 * MEGABYTE])
    assert time.process_time() - began < SECONDS
    assert (extracted.refusal is None) == bool(extracted.text)


FILES = {kind: make() for kind, make in formats.ALL.items()}


@st.composite
def mutated(draw: st.DrawFn, kind: str) -> bytes:
    """A file of a kind with some of its bytes changed, cut out, doubled or put elsewhere."""
    data = bytearray(FILES[kind])
    for _ in range(draw(st.integers(1, 8))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.sampled_from([1, 1, 2, 8, 200]))
        match draw(st.sampled_from(["change", "cut", "double", "insert"])):
            case "change":
                data[at : at + length] = draw(st.binary(min_size=1, max_size=4))
            case "cut":
                del data[at : at + length]
            case "double":
                data[at:at] = data[at : at + length]
            case _:
                data[at:at] = draw(st.sampled_from(TOKENS))
    return bytes(data)


TOKENS = [
    b"<", b">", b"&#x110000;", b"<!DOCTYPE a>", b"<li>", b"</p>", b"{", b"}", b"\\u-1?", b"\\uc", b"\\bin9999999 ",
    b"\\'zz", b"\\f99999 ", b"\\ansicpg0 ", b"\\v ", b"\\*", b'"', b"[", b"null", b"\\ud800", b"1e999", b"\r", b"\0",
    b"\xff", b"\xfe\xff", b",,,", b"```\n", b"| a |\n|-|\n", b"---\n", b"PK\x01\x02", b"\\u99999999 ", b"\\fcharset999",
]  # fmt: skip


def repacked(kind: str, damage: bytes, at: int, member: int) -> bytes:
    """A package of a kind one of whose members was damaged before it was packed, so that its checksum fits."""
    buffer = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(FILES[kind])) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        names = old.namelist()
        for number, name in enumerate(names):
            data = old.read(name)
            if number == member % len(names):
                cut = at % (len(data) + 1)
                data = data[:cut] + damage + data[cut + len(damage) // 2 :]
            new.writestr(name, data)
    return buffer.getvalue()


many = settings(
    max_examples=60, deadline=5_000, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@many
@given(st.data(), st.sampled_from(sorted(FILES)))
def test_damaged_files_of_every_format_give_text_or_a_refusal(data: st.DataObject, kind: str) -> None:
    extracted = extract(data.draw(mutated(kind)))
    assert (extracted.refusal is None) == bool(extracted.text)


@many
@given(
    st.sampled_from(["docx", "odt", "linkedin"]),
    st.one_of(st.binary(max_size=6), st.sampled_from(TOKENS)),
    st.integers(0, 5_000),
    st.integers(0, 20),
)
@example("linkedin", b"\0", 10, 1)
def test_packages_of_damaged_parts_give_text_or_a_refusal(kind: str, damage: bytes, at: int, member: int) -> None:
    extracted = extract(repacked(kind, damage, at, member))
    assert (extracted.refusal is None) == bool(extracted.text)


def test_of_five_hundred_pages_the_first_sixty_are_read() -> None:
    page = ("Amara Lindqvist", "amara@example.com", "Experience", "Engineer, Papermill, 2015 - 2020")
    began = time.process_time()
    extracted = extract(documents.pdf(*([page] * 499), ("The last page",)))
    assert time.process_time() - began < SECONDS
    assert len(extracted.pages) == 60
    assert "The last page" not in extracted.text


def test_a_pdf_without_pages_is_refused() -> None:
    empty = BytesIO()
    pdfium.PdfDocument.new().save(empty)
    refusal = extract(empty.getvalue()).refusal
    assert refusal is not None
    assert refusal.code is RefusalCode.CORRUPT

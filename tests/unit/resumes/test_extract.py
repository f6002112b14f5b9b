"""Files become text, or are refused with a reason."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.resumes.errors import RefusedError
from jobtracker.resumes.extract import extract, extract_text
from jobtracker.resumes.files import FileType, check
from jobtracker.resumes.uploads import LARGEST_FILE, RefusalCode
from tests.unit.resumes.documents import LINES, docx, pdf


def packed(**files: bytes) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


def refusal(data: bytes) -> RefusalCode:
    with pytest.raises(RefusedError) as refused:
        extract_text(data)
    assert refused.value.reason.endswith(".")
    return refused.value.code


def test_the_lines_of_a_pdf_come_in_order_over_all_pages() -> None:
    text = extract_text(pdf(LINES[:2], LINES[2:]))
    assert text.splitlines() == list(LINES)


def test_a_link_behind_other_words_of_a_pdf_is_read() -> None:
    text = extract_text(pdf(LINES, link="https://github.example/amara"))
    assert text.splitlines()[-1] == "https://github.example/amara"


def test_a_word_document_gives_its_header_its_lines_and_its_tables() -> None:
    text = extract_text(docx(*LINES[1:], header=LINES[0], row=("2019 - 2023", "Ostrava Data")))
    assert text.splitlines() == [*LINES, "2019 - 2023\tOstrava Data"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text_is_read_in_whatever_encoding_it_was_saved(encoding: str) -> None:
    text = "\r\n".join([*LINES, "Überblick über die Größe von Müslitüten, façade, naïve, déjà vu"])
    assert extract_text(text.encode(encoding)).splitlines()[1] == LINES[1]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", RefusalCode.EMPTY),
        (b" \r\n\t ", RefusalCode.EMPTY),
        (b"\0" * 5000, RefusalCode.EMPTY),
        (pdf(LINES, password="secret"), RefusalCode.ENCRYPTED),
        (pdf(LINES)[:200], RefusalCode.CORRUPT),
        (b"%PDF-1.7\n" + b"rubbish " * 100, RefusalCode.CORRUPT),
        (pdf(()), RefusalCode.NO_TEXT),
        (pdf(("12",)), RefusalCode.NO_TEXT),
        (docx(), RefusalCode.NO_TEXT),
        (docx(*LINES)[:2000], RefusalCode.CORRUPT),
        (packed(word__document_xml=b"<broken"), RefusalCode.CORRUPT),
        (packed(mimetype=b"application/vnd.oasis.opendocument.text"), RefusalCode.CORRUPT),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, RefusalCode.WRONG_TYPE),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            RefusalCode.ENCRYPTED,
        ),
        (b"\x89PNG\r\n\x1a\n" + b"\1" * 100, RefusalCode.CORRUPT),
        (b"{\\rtf1 Amara}", RefusalCode.NO_TEXT),
        (b"MZ\x90\x00\x03\x00" + b"\0\1" * 100, RefusalCode.WRONG_TYPE),
        (b"a" * (LARGEST_FILE + 1), RefusalCode.TOO_LARGE),
        (packed(word__document_xml=b"a" * (101 * 1024 * 1024)), RefusalCode.UNSAFE),
    ],
    ids=lambda value: value.value if isinstance(value, RefusalCode) else "",
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, code: RefusalCode) -> None:
    assert refusal(data) is code


def test_the_content_tells_the_type() -> None:
    assert check(pdf(LINES)) is FileType.PDF
    assert check(docx(*LINES)) is FileType.DOCX
    assert check("\n".join(LINES).encode()) is FileType.TEXT


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.4\n", b"PK\x03\x04", docx(*LINES)[:900], pdf(LINES)[:700]])
)
def test_any_bytes_give_text_or_a_refusal(tail: bytes, head: bytes) -> None:
    extracted = extract(head + tail)
    assert (extracted.refusal is None) == bool(extracted.text)

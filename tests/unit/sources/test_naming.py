"""What imports are called is other people's text: one line, of a bearable length, without what turns it around."""

import pytest

from jobtracker.sources.imports.naming import LONGEST_NAME, Heading, heading, in_short


@pytest.mark.parametrize(
    ("mail", "what"),
    [
        (
            b"Subject: =?utf-8?q?Neue_Jobs_f=C3=BCr_dich?=\r\nFrom: Job Alerts <a@b.example>\r\n\r\nSubject: no",
            Heading("Neue Jobs für dich", "Job Alerts"),
        ),
        (b"From: a@b.example\nSubject: several\n  lines\n\n", Heading("several lines", "a@b.example")),
        (b"Subject: \xff\xe2\x80\xae gnp\nFrom: =?utf-8?q?=00=E2=80=AE?= <a@b.example>\n\n", None),
        (b"Subject: =?utf-8?q?a=0D=0ABcc=3A_x?=\n\n", Heading("a Bcc: x", None)),
        (b"", Heading()),
        (b"\x00\x01 <p>", Heading()),
    ],
)
def test_a_mail_is_called_by_its_own_headers(mail: bytes, what: Heading | None) -> None:
    found = heading(mail)
    assert what is None or found == what
    for words in filter(None, found):
        assert words.isprintable()
        assert words.encode()


def test_a_heading_of_any_length_is_cut() -> None:
    found = heading(b"Subject: " + b"x" * 3_000_000 + b'\nFrom: "' + b"(" * 5_000)
    assert found.subject is not None
    assert len(found.subject) == LONGEST_NAME
    assert found.subject.endswith("x…")


def test_words_are_one_line_of_what_is_seen() -> None:
    assert in_short(" alert\t\u200b\u2066 3.eml\ud800\n") == "alert 3.eml"
    assert in_short("\u200b \x1b") is None
    assert in_short(None) is None
    assert in_short("a" * LONGEST_NAME) == "a" * LONGEST_NAME

"""Job-alert mails become postings, and other mails do not."""

import base64
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.postings.model import Posting, WorkMode
from jobtracker.sources import normalising
from jobtracker.sources.imports import links, mail
from jobtracker.sources.imports.identity import Brought
from jobtracker.sources.imports.model import How, RefusedError
from jobtracker.sources.source import Draft

MAILS = Path(__file__).parent / "fixtures" / "mails"
NOW = datetime(2026, 3, 6, 12, tzinfo=UTC)


def _mail(name: str) -> bytes:
    return (MAILS / name).read_bytes()


def _drafts(data: bytes) -> list[Draft]:
    return [found.draft for found in mail.postings_of(data, NOW).found]


def _told(draft: Draft) -> tuple[str, str | None, str]:
    return draft.title, draft.company, draft.place


def test_an_alert_of_linkedin_is_read() -> None:
    brought = mail.postings_of(_mail("linkedin.eml"), NOW)
    first, second = (found.draft for found in brought.found)
    assert brought.how is How.MAIL
    assert _told(first) == ("Lighthouse Keeper", "Cape Holm Lights", "Bergen, Norway (On-site)")
    assert first.pay_text == "NOK 520,000/yr - NOK 610,000/yr"
    assert _told(second) == ("Senior Fog Analyst", "Nebula & Partners", "Germany (Remote)")
    assert [found.listing.id for found in brought.found] == ["linkedin", "linkedin"]
    assert first.source_posting_id == "3900000001"
    assert first.url == "https://www.linkedin.com/jobs/view/3900000001"


def test_the_text_of_linkedins_alert_is_read_where_there_is_no_html() -> None:
    message = message_from_bytes(_mail("linkedin.eml"), policy=policy.default)
    text = message.get_body(("plain",))
    assert text is not None
    alone = EmailMessage()
    alone["From"], alone["Subject"] = message["From"], message["Subject"]
    alone.set_content(text.get_content())
    assert [_told(draft) for draft in _drafts(alone.as_bytes())] == [
        ("Lighthouse Keeper", "Cape Holm Lights", "Bergen, Norway"),
        ("Senior Fog Analyst", "Nebula & Partners", "European Union"),
    ]


def test_an_alert_of_indeed_is_read_without_its_advertisements() -> None:
    brought = mail.postings_of(_mail("indeed.eml"), NOW)
    first, second = (found.draft for found in brought.found)
    assert _told(first) == ("Glass Blower", "Vitrum", "Leeds LS1")
    assert first.url == first.source_posting_id == "https://uk.indeed.com/viewjob?jk=00aa11bb22cc33dd"
    assert first.pay_text == "£28,000 - £32,000 a year"
    assert first.posted_at == datetime(2026, 3, 1, 5, 33, tzinfo=UTC)
    assert "Blow bottles" in first.html
    assert _told(second) == ("Bookbinder", "Quire & Sons", "Remote")
    assert second.source_posting_id == "quire & sons|bookbinder|remote"
    assert brought.refusals == ("an advertisement without an address of its own",)


def test_a_mail_in_another_encoding_than_it_says_is_read() -> None:
    first, second = _drafts(_mail("indeed_text.eml"))
    assert (first.title, first.pay_text) == ("Glass Blower", "£28,000 - £32,000 a year")
    assert _told(second) == ("Café Carpenter", "Süßholz", "London")
    text = _mail("indeed_text.eml").decode().replace("us-ascii", "utf-8").replace("–", "-")
    assert _told(_drafts(text.encode("cp1252"))[1]) == ("Café Carpenter", "Süßholz", "London")
    assert _told(_drafts(text.replace("utf-8", "no-such-charset").encode())[1])[0] == "Café Carpenter"


def test_links_are_taken_out_of_their_wrappers_and_lose_what_follows_people() -> None:
    first, second = _drafts(_mail("generic.eml"))
    assert _told(first) == ("Stair Builder", "Treppenhaus AG", "Hybrid, Vienna, Austria")
    assert first.url == "https://craftboard.example/job/stair-builder/880011"
    assert first.pay_text == "€42,000-€48,000"
    assert _told(second) == ("Roof Slater", "Slateworks", "Cardiff, United Kingdom")
    assert second.url == "https://boards.greenhouse.io/slateworks/jobs/5550001"


def test_a_card_becomes_a_posting() -> None:
    (found, _) = mail.postings_of(_mail("generic.eml"), NOW).found
    posting = normalising.read(found.listing, found.draft, NOW, owner="robin")
    assert isinstance(posting, Posting)
    assert posting.work_mode is WorkMode.HYBRID
    assert [place.country for place in posting.places] == ["AT"]
    assert posting.attribution == "Source: craftboard.example"


@pytest.mark.parametrize("name", ["linkedin.eml", "indeed.eml", "generic.eml", "indeed_text.eml"])
def test_a_forwarded_alert_is_the_same_alert(name: str) -> None:
    forwarded = EmailMessage()
    forwarded["From"], forwarded["Subject"] = "Robin <robin.vale@example.org>", "Fwd: look"
    forwarded["Date"] = "Fri, 06 Mar 2026 09:00:00 +0000"
    forwarded.set_content("see below")
    forwarded.add_attachment(message_from_bytes(_mail(name), policy=policy.default))
    assert _drafts(forwarded.as_bytes()) == _drafts(_mail(name))


def test_an_alert_that_was_forwarded_within_the_text_is_read() -> None:
    quoted = "\n".join(f"> {line}" for line in _mail("indeed_text.eml").decode().partition("\n\n")[2].splitlines())
    forwarded = EmailMessage()
    forwarded["From"], forwarded["Subject"] = "Robin <robin.vale@example.org>", "Fwd: jobs"
    forwarded.set_content(f"FYI\n\n---------- Forwarded message ---------\nFrom: Indeed\n\n{quoted}\n")
    assert [draft.title for draft in _drafts(forwarded.as_bytes())] == ["Glass Blower", "Café Carpenter"]


def test_a_mail_in_base64_is_read() -> None:
    head, _, body = _mail("indeed.eml").partition(b"\n\n")
    encoded = head.replace(b"8bit", b"base64") + b"\n\n" + base64.encodebytes(body)
    assert _drafts(encoded) == _drafts(_mail("indeed.eml"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (_mail("confirmation.eml"), "about an application"),
        (_mail("letter.eml"), "no job alert"),
        (b"", "no job alert"),
        (b"\xff\xfe\x00garbage", "no job alert"),
        (b"From: x\nSubject: 3 new jobs for you\n\nNothing here.", "no job alert"),
        (b"x" * 7_000_000, "larger than any"),
    ],
)
def test_other_mails_are_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason):
        mail.postings_of(data, NOW)


def test_what_is_hidden_in_a_mail_is_not_read() -> None:
    text = _mail("linkedin.eml").decode()
    assert "Hidden Title" in text
    assert all("Hidden" not in f"{draft.title}{draft.company}{draft.html}" for draft in _drafts(text.encode()))


@pytest.mark.parametrize(
    ("wrapped", "address"),
    [
        ("https://www.google.com/url?q=https%3A%2F%2Fa.example%2Fjobs%2F12345&sa=D", "https://a.example/jobs/12345"),
        (
            "https://urldefense.com/v3/__https://a.example/jobs/12345__;!!Xy!z$",
            "https://a.example/jobs/12345",
        ),
        (
            "https://x.awstrack.me/L0/https:%2F%2Fa.example%2Fjobs%2F12345%3Fi=1/1/MSG/SIG=2",
            "https://a.example/jobs/12345?i=1",
        ),
        (
            "https://safe.example.com/?url=https%3A%2F%2Fgoogle.com%2Furl%3Fq%3Dhttps%253A%252F%252Fa.example%252F12345",
            "https://a.example/12345",
        ),
        ("https://a.example/jobs/12345", "https://a.example/jobs/12345"),
        ("https://click.example/ls/click?upn=opaque", "https://click.example/ls/click?upn=opaque"),
        ("not an address", "not an address"),
    ],
)
def test_a_wrapper_is_left_where_its_target_is_readable(wrapped: str, address: str) -> None:
    assert links.unwrapped(wrapped) == address


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://A.example/jobs/12345?utm_source=x&i=VIEWER#apply", "https://a.example/jobs/12345"),
        ("https://a.example/jobs?gh_jid=77&utm_source=x", "https://a.example/jobs?gh_jid=77"),
        ("https://a.example/open?opening=baker&email=r%40example.org", "https://a.example/open?opening=baker"),
        ("https://a.example/open?who=r%40example.org", "https://a.example/open"),
        ("https://a.example/2026/open?opening=baker", "https://a.example/2026/open?opening=baker"),
    ],
)
def test_an_address_loses_what_follows_people_and_keeps_what_names_the_posting(url: str, clean: str) -> None:
    assert links.cleaned(url) == clean
    assert links.cleaned(clean) == clean


@pytest.mark.parametrize(
    "data",
    [
        b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 900_000,
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (at, at) for at in range(2_000)),
        b"Subject: " + b"=?utf-8?q?a?= " * 400_000,
        b"From: " + b"(" * 500_000,
        b"Subject: new jobs\nContent-Type: text/html\n\n" + b"<div><nav>" * 300_000,
    ],
    ids=["parts", "nested parts", "encoded words", "comments", "nested tags"],
)
def test_a_mail_that_is_made_to_take_long_is_refused_soon(data: bytes) -> None:
    with pytest.raises(RefusedError):
        mail.postings_of(data, NOW)


def _crashes_nothing(data: bytes) -> Brought | None:
    try:
        brought = mail.postings_of(data, NOW)
    except RefusedError:
        return None
    for found in brought.found:
        normalising.read(found.listing, found.draft, NOW, owner="robin")
    return brought


@given(st.binary(max_size=400))
def test_no_bytes_crash_it(data: bytes) -> None:
    _crashes_nothing(data)
    _crashes_nothing(b"Subject: new jobs for you\nContent-Type: text/html\n\n" + data)


@given(
    st.sampled_from(sorted(path.name for path in MAILS.iterdir())),
    st.lists(st.tuples(st.integers(0, 5_000), st.binary(max_size=6)), max_size=6),
    st.integers(0, 8_000),
)
def test_no_damaged_alert_crashes_it(name: str, damages: list[tuple[int, bytes]], cut: int) -> None:
    data = bytearray(_mail(name))
    for at, what in damages:
        data[at : at + len(what)] = what
    _crashes_nothing(bytes(data[: cut or None]))


@given(st.text(alphabet="<>a href=\"'/:.?&%https2F#jobk-\n", max_size=120))
def test_no_address_crashes_it(text: str) -> None:
    for url in (text, f"https://a.example/{text}", f"https://{text}"):
        links.cleaned(links.unwrapped(url))
        links.host_of(url)

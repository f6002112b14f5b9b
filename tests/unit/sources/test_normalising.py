"""Whatever a source's fields hold, a draft becomes a posting or is refused; it never stops a collection."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jobtracker.postings.model import Eligibility, Pay, PayPeriod, Posting, Seniority, WorkMode
from jobtracker.sources import normalising
from jobtracker.sources.model import Listing, SourceKind
from jobtracker.sources.source import Draft, Rejection

NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)
LISTING = Listing(
    id="board",
    kind=SourceKind.BOARD,
    name="Board",
    homepage="https://board.example",
    host="board.example",
    attribution="Source: Board",
    conditions="None.",
)


def _read(**fields: object) -> Posting | Rejection:
    known = {
        "source_posting_id": "1",
        "url": "https://board.example/1",
        "title": "Senior Gardener (m/w/d)",
        "company": "Northwind GmbH",
        "place": "Graz, Austria",
        "html": "<p>You plan parks.</p>",
    }
    return normalising.read(LISTING, Draft(**(known | fields)), NOW)  # type: ignore[arg-type]


def _posting(**fields: object) -> Posting:
    posting = _read(**fields)
    assert isinstance(posting, Posting), posting
    return posting


def test_role_company_and_eligibility_are_filled_in() -> None:
    posting = _posting(html="<p>You plan parks.</p><p>We sponsor visas for gardeners.</p>")
    assert posting.title == "Senior Gardener"
    assert posting.role == "gardener"
    assert posting.seniority is Seniority.SENIOR
    assert posting.company == "Northwind GmbH"
    assert posting.company_key == "northwind"
    assert posting.eligibility == (Eligibility.VISA_OFFERED,)


def test_a_company_that_is_none_is_unknown() -> None:
    posting = _posting(company="Confidential")
    assert (posting.company, posting.company_key) == (None, None)


def test_remote_work_is_open_to_the_countries_of_its_area() -> None:
    posting = _posting(place="Remote - DACH")
    assert posting.work_mode is WorkMode.REMOTE
    assert posting.places == ()
    assert set(posting.remote_countries) == {"DE", "AT", "CH", "LI"}
    assert _posting(place="Remote, worldwide").remote_countries == ()
    assert _posting(place="Graz", title="Gardener").remote_countries == ()


def test_the_title_tells_the_place_where_the_field_does_not() -> None:
    posting = _posting(place="Remote", title="Gardener (EMEA)", mode=WorkMode.REMOTE)
    assert {"AT", "ZA"} <= set(posting.remote_countries)
    assert [place.city for place in _posting(place="", title="Gardener - Vienna").places] == ["Vienna"]
    assert [place.city for place in _posting(place="Graz", title="Gardener - Vienna").places] == ["Graz"]


@pytest.mark.parametrize("place", ["Georgia", "Galway", "Panaji", "Cambridge", "Campus North, Building 5"])
def test_a_place_that_nobody_can_tell_keeps_its_name(place: str) -> None:
    (kept,) = _posting(place=place).places
    assert (kept.text, kept.city, kept.country, kept.latitude) == (place, None, None, None)
    # A place that the title tells comes first.
    assert [one.city for one in _posting(place=place, title="Gardener - Vienna").places] == ["Vienna"]


@pytest.mark.parametrize(
    "place",
    ["", "-", "Remote", "Remote (Europe)", "Anywhere", "N/A", "2 Locations", "Home based", "Various", "TBD",
     "Not specified", "Remote - UTC+1", "Flexible / Remote", "3 days a week in office", "Nationwide", "x" * 300],
)  # fmt: skip
def test_what_names_no_place_is_none(place: str) -> None:
    assert _posting(place=place).places == ()


def test_a_sign_that_countries_share_is_that_of_the_place() -> None:
    for place, currency in (
        ("Toronto, ON", "CAD"),
        ("Toronto, ON; Little Barrow", "CAD"),
        ("Austin, TX", "USD"),
        ("Toronto, ON; Austin, TX", "USD"),
    ):
        pay = _posting(place=place, html="<p>Salary: $80,000 - $95,000 a year</p>").pay
        assert pay == Pay(minimum=80_000, maximum=95_000, currency=currency, period=PayPeriod.YEAR)
    assert _posting(place="Oslo, Norway", pay_text="650 000 kr per year").pay == Pay(
        minimum=650_000, maximum=650_000, currency="NOK", period=PayPeriod.YEAR
    )


def test_a_field_of_the_level_is_heard() -> None:
    assert _posting(title="Gardener", seniority="Entry level").seniority is Seniority.JUNIOR


# JSON can bring halves of characters, too.
texts = st.text(max_size=80) | st.text(st.characters(exclude_categories=()), max_size=10)
drafts = st.builds(
    Draft,
    source_posting_id=st.text(min_size=1, max_size=20),
    url=st.just("https://board.example/1") | texts,
    title=texts,
    company=st.none() | texts,
    place=texts,
    html=st.text(max_size=400) | texts,
    escaped=st.booleans(),
    apply_url=st.none() | texts,
    pay_text=texts,
    employment_type=texts,
    seniority=texts,
    mode=st.none() | st.sampled_from(WorkMode),
    tags=st.lists(texts, max_size=3).map(tuple),
    requisition_id=st.none() | texts,
)


@given(drafts)
def test_nothing_in_any_field_stops_it(draft: Draft) -> None:
    read = normalising.read(LISTING, draft, NOW)
    if isinstance(read, Posting):
        assert read.title
        assert Posting.model_validate_json(read.model_dump_json()) == read
        assert read.content_hash


@given(st.lists(texts, min_size=6, max_size=6))
def test_any_words_in_the_text_are_read(lines: list[str]) -> None:
    salaries = "".join(f"<p>salary {line}</p><li>visa {line} sponsor</li>" for line in lines)
    _posting(html=salaries)


@given(
    field=st.sampled_from(
        ["source_posting_id", "url", "apply_url", "title", "company", "place", "html", "pay_text", "employment_type",
         "seniority", "requisition_id"]
    ),
    piece=st.sampled_from(["x", "é", "\U0001f331", '"', "\\", "\x01", "Graz, Austria; ", "<p>a</p>", "&quot;"]),
    times=st.integers(0, 450_000),
)  # fmt: skip
@example(field="url", piece="x", times=450_000)
@example(field="source_posting_id", piece="x", times=450_000)
@example(field="apply_url", piece="x", times=450_000)
@example(field="requisition_id", piece="é", times=250_000)
@example(field="html", piece='"', times=89_900)
@example(field="html", piece="&quot;", times=89_900)
@example(field="html", piece="\\", times=89_900)
@settings(max_examples=60, deadline=None)
def test_what_becomes_of_a_draft_fits_into_an_item_however_long_a_field_is(field: str, piece: str, times: int) -> None:
    start = "https://b.example/" if field.endswith("url") else "y"
    made = _read(**{field: start + piece * times})
    if isinstance(made, Posting):
        # With its life, its hash and its keys it is less than 2 kB longer, and an item may have 400.
        assert len(made.model_dump_json().encode()) < 390_000


def test_a_link_or_an_id_that_is_longer_than_any_is_refused_and_what_can_be_missed_left_out() -> None:
    assert _read(url="https://b.example/" + "x" * 5_000) == Rejection("a link longer than any")
    assert _read(source_posting_id="9" * 2_000) == Rejection("an id longer than any")
    posting = _posting(apply_url="https://b.example/" + "x" * 5_000, requisition_id="9" * 2_000)
    assert (posting.apply_url, posting.requisition_id) == (None, None)
    assert _posting(url="https://b.example/" + "x" * 2_000).url.endswith("xxx")


def test_an_advertisement_that_is_written_down_longer_than_an_item_is_refused() -> None:
    assert _read(html="<p>" + '"' * 80_000 + "</p>") == Rejection("longer than any advertisement")

"""Whatever a source's fields hold, a draft becomes a posting or is refused; it never stops a collection."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from jobtracker.postings.model import Eligibility, Pay, PayPeriod, Posting, Seniority, WorkMode
from jobtracker.sources import normalising
from jobtracker.sources.model import Listing, SourceKind
from jobtracker.sources.source import Draft

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


def _posting(**fields: object) -> Posting:
    known = {
        "source_posting_id": "1",
        "url": "https://board.example/1",
        "title": "Senior Gardener (m/w/d)",
        "company": "Northwind GmbH",
        "place": "Graz, Austria",
        "html": "<p>You plan parks.</p>",
    }
    posting = normalising.read(LISTING, Draft(**(known | fields)), NOW)  # type: ignore[arg-type]
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


def test_a_sign_that_countries_share_is_that_of_the_place() -> None:
    for place, currency in (("Toronto, ON", "CAD"), ("Austin, TX", "USD"), ("Toronto, ON; Austin, TX", "USD")):
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

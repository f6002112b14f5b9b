"""Postings out of any page: schema.org data, known layouts, a language model at last."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.postings.model import Pay, PayPeriod, Posting, WorkMode
from jobtracker.sources import normalising
from jobtracker.sources.imports import closed, page
from jobtracker.sources.imports.identity import Brought
from jobtracker.sources.imports.model import How, RefusedError
from jobtracker.sources.source import Draft

PAGES = Path(__file__).parent / "fixtures" / "pages"
NOW = datetime(2026, 3, 6, 12, tzinfo=UTC)


def _page(name: str) -> str:
    return (PAGES / name).read_text(encoding="utf-8")


def _read(name: str, url: str | None = "https://www.saltmarsh.example/careers/4711-tidal-engineer") -> Brought:
    return page.postings_of(url, _page(name), NOW)


def _only(brought: Brought) -> Draft:
    (found,) = brought.found
    return found.draft


def _json_ld(**fields: Any) -> str:
    posting = {"@type": "JobPosting", "title": "Bell Founder", "description": "Cast bells."} | fields
    # In JSON a slash may be escaped, and must be where the element would end else.
    written = json.dumps(posting).replace("</", "<\\/")
    return f'<html><script type="application/ld+json">{written}</script></html>'


def _of(**fields: Any) -> Draft:
    return _only(page.postings_of("https://bells.example/jobs/1", _json_ld(**fields), NOW))


def test_every_field_of_a_posting_in_a_graph_is_read() -> None:
    brought = _read("graph.html")
    draft = _only(brought)
    assert brought.how is How.STRUCTURED
    assert draft.title == "Tidal Engineer (m/w/d)"
    assert draft.company == "Saltmarsh & Sons GmbH"
    assert draft.url == draft.source_posting_id == "https://www.saltmarsh.example/careers/4711-tidal-engineer"
    assert draft.apply_url == draft.url
    assert draft.requisition_id == "4711"
    assert draft.mode is WorkMode.REMOTE
    assert draft.pay == Pay(minimum=64_000, maximum=72_000, currency="EUR", period=PayPeriod.YEAR)
    assert draft.employment_type == "full-time, part-time"
    assert (draft.posted_at, draft.expires_at) == (datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 2, tzinfo=UTC))
    assert draft.html.startswith("<p>You keep our turbines turning")
    assert "<h3>Qualifications</h3>A degree in hydrology<br>or five wet winters" in draft.html
    assert "<h3>Skills</h3>SCADA" in draft.html
    assert draft.tags == ("Energy",)


def test_a_remote_job_is_where_one_may_live_and_not_where_the_other_offices_are() -> None:
    assert _only(_read("graph.html")).place == "Berlin, DE; Austria"
    (found,) = _read("graph.html").found
    posting = normalising.read(found.listing, found.draft, NOW, owner="robin")
    assert isinstance(posting, Posting)
    assert set(posting.remote_countries) == {"DE", "AT"}
    assert (posting.source_id, posting.attribution) == ("import", "Source: saltmarsh.example")


def test_microdata_is_read_with_the_markup_of_its_description() -> None:
    draft = _only(_read("microdata.html", "https://ochre.example/jobs/kiln"))
    assert (draft.title, draft.company, draft.place) == ("Kiln Operator", "Ochre Pottery", "Austin, TX, US")
    assert draft.pay == Pay(minimum=31.5, maximum=31.5, currency="USD", period=PayPeriod.HOUR)
    assert "<li>Fire the kilns.</li>" in draft.html
    assert draft.html.count("Mind the glaze") == 1
    assert draft.posted_at == datetime(2026, 3, 2, 8, tzinfo=UTC)


def test_each_posting_of_a_list_is_one_and_those_that_are_over_say_so() -> None:
    brought = _read("several.html", "https://hive.example/jobs")
    assert [found.draft.title for found in brought.found] == ["Beekeeper", "Honey Taster"]
    assert [found.draft.source_posting_id for found in brought.found] == [
        "https://hive.example/jobs/bees",
        "https://hive.example/jobs#HT-2",
    ]
    assert brought.found[0].draft.place == "Graz, Austria"
    assert brought.refusals == ("no longer accepting applications (valid through 2026-02-28)", "no title")


def test_json_with_comments_line_breaks_and_commas_too_many_is_read_beside_a_block_that_is_none() -> None:
    draft = _only(_read("broken.html", "https://meridian.example/jobs/7"))
    assert (draft.title, draft.company, draft.pay_text) == ("Chart Maker", "Meridian Maps", "GBP 45k - 52k")
    assert draft.html == "Draw coasts.<br>Mind the rocks."


def test_a_posting_is_open_through_the_last_day_that_it_is_valid() -> None:
    assert _of(validThrough="2026-03-06").expires_at == datetime(2026, 3, 7, tzinfo=UTC)
    assert _of(validThrough="2026-03-06T23:00:00Z").title
    for over in ("2026-03-05", "2026-03-06T11:59:00Z", "2025-01-01T00:00"):
        with pytest.raises(RefusedError, match="closed: no longer accepting"):
            _of(validThrough=over)


def test_a_page_that_says_that_its_one_posting_is_over_is_believed() -> None:
    with pytest.raises(RefusedError, match="no longer accepting applications"):
        _read("notice.html", "https://gasworks.example/jobs/lamp")


@pytest.mark.parametrize(
    "line",
    [
        "No longer accepting applications",
        "Sorry, this job has expired.",
        "This position has been filled",
        "The job you are looking for is no longer available",
        "Error: The requested job could not be found.",
        "This job posting is no longer active.",
        "Applications are closed",
        "Job expired",
        "Diese Stelle ist leider nicht mehr verfügbar",
        "Cette offre n’est plus disponible",
        "Deze vacature is gesloten",
    ],
)
def test_the_words_for_closed_are_known(line: str) -> None:
    assert closed.says_so(f"Some title\n{line}\nSome text")


@pytest.mark.parametrize(
    "line",
    [
        "We are accepting applications until Friday.",
        "You have closed deals and filled positions",
        "This role is open to everyone",
        "Our store is closed on Sundays",
        "The job is not available to contractors, and " + "so on and on and on; " * 8,
    ],
)
def test_other_words_do_not_close_a_posting(line: str) -> None:
    assert not closed.says_so(line)


@pytest.mark.parametrize(
    ("salary", "wanted"),
    [
        ({"currency": "USD", "value": {"minValue": 0, "maxValue": 0, "unitText": "YEAR"}}, (None, "")),
        ({"currency": "USD", "value": {"value": "95,000.50", "unitText": "ANNUAL"}}, ((95_000.5, 95_000.5), "")),
        ({"currency": "CHF", "minValue": "8'000", "maxValue": 9000, "unitText": "Month"}, ((8_000, 9_000), "")),
        ({"currency": "EUR", "value": 50_000}, (None, "EUR 50000 - 50000")),
        ([{"currency": "EUR", "value": [{"value": 18, "unitText": "HOUR"}]}], ((18, 18), "")),
        ("negotiable", (None, "")),
        ({"currency": "USD", "value": {"value": "lots"}}, (None, "")),
        (None, (None, "")),
        ({"currency": ["x"], "value": {"minValue": [], "maxValue": {}}}, (None, "")),
    ],
)
def test_pay_in_all_its_shapes(salary: Any, wanted: tuple[tuple[float, float] | None, str]) -> None:
    draft = _of(baseSalary=salary)
    pay = (draft.pay.minimum, draft.pay.maximum) if draft.pay else None
    assert (pay, draft.pay_text.strip()) == wanted


@pytest.mark.parametrize(
    ("location", "place"),
    [
        ("Graz", "Graz"),
        ({"address": "Main St 1, Graz, Austria"}, "Main St 1, Graz, Austria"),
        ({"address": {"addressLocality": "Austin", "addressRegion": "TX", "addressCountry": "US"}}, "Austin, TX, US"),
        ({"address": {"addressLocality": "Bern", "addressRegion": "BE", "addressCountry": "CH"}}, "Bern, CH"),
        ({"address": {"addressLocality": "Bern", "addressRegion": "Bern", "addressCountry": "CH"}}, "Bern, CH"),
        ({"address": [{"addressCountry": {"name": "Norway"}}]}, "Norway"),
        ([{"name": "Oslo"}, None, 7, {"address": {"addressLocality": "Bergen"}}], "Oslo; Bergen"),
    ],
)
def test_places_in_all_their_shapes(location: Any, place: str) -> None:
    assert _of(jobLocation=location).place == place


def test_a_page_cannot_pass_off_another_sites_address_as_its_own() -> None:
    assert _of(url="https://elsewhere.example.net/phish").url == "https://bells.example/jobs/1"
    assert _of(url="javascript:alert(1)").url == "https://bells.example/jobs/1"
    assert _of(url="https://jobs.bells.example/1?utm_source=x").url == "https://jobs.bells.example/1"


def test_scripts_in_a_description_do_not_survive_normalising() -> None:
    html = _json_ld(description="<p onclick='x()'>Cast</p><script>steal()</script><img src=x onerror=y>")
    (found,) = page.postings_of("https://bells.example/jobs/1", html, NOW).found
    posting = normalising.read(found.listing, found.draft, NOW, owner="robin")
    assert isinstance(posting, Posting)
    assert posting.description_html == "<p>Cast</p>"


@pytest.mark.parametrize(
    ("name", "url", "wanted"),
    [
        (
            "jobvite.html",
            "https://jobs.jobvite.com/brackwater/job/oXyZ?nl=1",
            ("Dyke Inspector", "Brackwater", "Groningen, Netherlands", "Walk the dykes"),
        ),
        (
            "avature.html",
            "https://careers.fjord.example/en_US/careers/JobDetail/Harbour-Pilot/2718",
            ("Harbour Pilot", None, "Bergen, Norway", "Bring the ships in."),
        ),
        (
            "linkedin_signed_in.html",
            "https://www.linkedin.com/jobs/search/?currentJobId=3900000009&keywords=ferry",
            ("Ferry Dispatcher", "Northsound", "Aarhus, Denmark", "Send the ferries"),
        ),
        (
            "indeed.html",
            "https://uk.indeed.com/viewjob?jk=00aa11bb22cc33dd&from=serp",
            ("Orchard Hand", "Plumtree Farms", "Pershore, England", "Pick plums"),
        ),
    ],
)
def test_pages_without_structured_data_are_read_by_their_layout(
    name: str, url: str, wanted: tuple[str, str | None, str, str]
) -> None:
    brought = page.postings_of(url, _page(name), NOW)
    draft = _only(brought)
    title, company, place, text = wanted
    assert brought.how is How.LAYOUT
    assert (draft.title, draft.company, draft.place) == (title, company, place)
    assert text in draft.html
    assert "internal note" not in draft.html


def test_a_posting_of_linkedin_is_the_same_however_its_page_is_reached() -> None:
    addresses = [
        "https://www.linkedin.com/jobs/search/?currentJobId=3900000009&keywords=ferry",
        "https://www.linkedin.com/jobs/view/3900000009/?trk=x",
        "https://dk.linkedin.com/jobs/view/ferry-dispatcher-at-northsound-3900000009",
    ]
    for url in addresses:
        (found,) = page.postings_of(url, _page("linkedin_signed_in.html"), NOW).found
        assert (found.listing.id, found.draft.source_posting_id) == ("linkedin", "3900000009")
        assert found.draft.url == "https://www.linkedin.com/jobs/view/3900000009"


def test_a_closed_page_of_linkedin_says_so() -> None:
    html = (PAGES.parent / "linkedin_closed.html").read_text(encoding="utf-8")
    with pytest.raises(RefusedError, match="no longer accepting applications"):
        page.postings_of("https://www.linkedin.com/jobs/view/3900000009/", html, NOW)


def test_a_page_of_wellfound_gives_the_jobs_that_its_data_hold() -> None:
    html = (PAGES.parent / "wellfound.html").read_text(encoding="utf-8")
    brought = page.postings_of("https://wellfound.com/role/software-engineer", html, NOW)
    assert brought.found
    assert {found.listing.id for found in brought.found} == {"wellfound"}


def test_a_layout_is_only_believed_on_its_own_host() -> None:
    with pytest.raises(RefusedError, match="No posting was recognised"):
        page.postings_of("https://evillinkedin.com/jobs/view/1", _page("linkedin_signed_in.html"), NOW)


def test_a_page_that_comes_without_its_address_is_known_by_the_one_that_it_names() -> None:
    assert _only(_read("graph.html", url=None)).url == "https://www.saltmarsh.example/careers/4711-tidal-engineer"
    with pytest.raises(RefusedError, match="does not say its own address"):
        _read("broken.html", url=None)


@pytest.mark.parametrize("html", ["", "   ", "<html></html>", "\x00", "<?xml version='1.0' encoding='x'?>", "<!-- -->"])
def test_an_empty_page_is_refused_with_a_reason(html: str) -> None:
    with pytest.raises(RefusedError):
        page.postings_of("https://bells.example/1", html, NOW)


def test_a_page_that_is_too_large_is_refused() -> None:
    with pytest.raises(RefusedError, match="larger than any posting"):
        page.postings_of("https://bells.example/1", "x" * 7_000_000, NOW)


def test_deep_nesting_is_passed_over() -> None:
    deep = '<script type="application/ld+json">' + "[" * 50_000 + "]" * 50_000 + "</script>"
    assert _only(page.postings_of("https://bells.example/1", deep + _json_ld(), NOW)).title == "Bell Founder"
    with pytest.raises(RefusedError):
        page.postings_of("https://bells.example/1", "<div itemscope itemprop=x>" * 20_000, NOW)


@pytest.mark.parametrize(
    ("url", "html"),
    [
        (
            "https://bells.example/1",
            "<div itemscope itemtype='http://schema.org/JobPosting'>"
            + "<div itemprop=description>" * 200
            + "<p>x" * 90_000,
        ),
        ("https://bells.example/1", "<nav>" * 500_000),
        ("https://www.linkedin.com/jobs/view/3900000009", "<nav>" * 500_000),
        ("https://bells.example/1", '<script type="application/ld+json">' + "/*" * 900_000),
    ],
    ids=["nested properties", "nested tags", "nested tags of a known board", "comments"],
)
def test_a_page_that_is_made_to_take_long_is_refused_soon(url: str, html: str) -> None:
    with pytest.raises(RefusedError):
        page.postings_of(url, html, NOW)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@type", "@id", "@value", "name", "value", "address", "addressLocality", "addressCountry"])
            | st.sampled_from(["minValue", "maxValue", "unitText", "currency", "url"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["title", "name", "description", "url", "@id", "identifier", "datePosted", "validThrough", "employmentType",
     "hiringOrganization", "jobLocation", "jobLocationType", "applicantLocationRequirements", "baseSalary", "skills",
     "salaryCurrency", "directApply", "industry", "qualifications", "responsibilities", "mainEntityOfPage"]
)  # fmt: skip


@given(st.dictionaries(FIELDS, VALUES))
def test_nothing_in_a_posting_of_json_crashes_it(fields: dict[str, Any]) -> None:
    try:
        brought = page.postings_of("https://bells.example/1", _json_ld(**fields), NOW)
    except RefusedError:
        return
    for found in brought.found:
        normalising.read(found.listing, found.draft, NOW, owner="robin")


@given(st.text(alphabet=st.sampled_from("<>/=\"' abitemscopropytl{}[]:,@\n&;\x00"), max_size=300))
def test_no_text_crashes_it(text: str) -> None:
    for html in (text, f'<script type="application/ld+json">{text}</script>', f"<div itemscope {text}>"):
        try:
            page.postings_of("https://www.linkedin.com/jobs/view/3900000009", html, NOW)
        except RefusedError:
            continue

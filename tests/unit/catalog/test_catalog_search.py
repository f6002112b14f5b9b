"""Searching the index."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtracker.catalog.index import CatalogIndex
from jobtracker.catalog.model import Correction, PostingSummary, Query, Sort
from jobtracker.catalog.search import search
from jobtracker.postings.model import Pay, PayPeriod, Place, Seniority, WorkMode
from jobtracker.skills.taxonomy import taxonomy
from tests.unit.catalog.conftest import MOMENT, MakePosting, Opened


def _all(index: CatalogIndex) -> list[PostingSummary]:
    return [index.record(at) for at in range(index.n)]


@pytest.mark.parametrize(
    "text",
    ["nurse", "NURSES", "night nurse", '"night nurse"', "nurse -clerk", "nurse parcels", "nurse Lyon Northwind"],
)
def test_words_are_found_in_any_field_and_form(small_index: CatalogIndex, text: str) -> None:
    page = search(small_index, Query(text=text))
    assert [item.title for item in page.items] == ["Night nurse"]
    assert not page.approximate


def test_all_words_must_occur(small_index: CatalogIndex) -> None:
    assert search(small_index, Query(text="nurse clerk")).total == 0
    assert search(small_index, Query(text='"nurse night"')).total == 0


def test_a_minus_excludes(small_index: CatalogIndex) -> None:
    assert search(small_index, Query(text="-nurse")).total == 39
    assert search(small_index, Query(text='-"night nurse" clerk')).total == 39


def test_a_word_typed_wrongly_finds_what_was_meant_and_says_so(small_index: CatalogIndex) -> None:
    page = search(small_index, Query(text="wharehouse"))
    assert (page.total, page.approximate) == (39, True)
    assert search(small_index, Query(text="zzzzzzzz")).approximate is False


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("jaav", "java"), ("desing", "design"), ("ruts", "rust"), ("clud", "cloud"), ("Managr", "manager")],
)
def test_a_slip_is_taken_for_the_word_that_was_meant_and_the_page_says_so(
    make_posting: MakePosting, opened: Opened, typed: str, meant: str
) -> None:
    titles = ("Java developer", "Design lead", "Rust engineer", "Cloud architect", "Club manager")
    index = opened(*(make_posting(number, title=title, skills=()) for number, title in enumerate(titles)))
    page = search(index, Query(text=typed))
    assert [meant in item.title.lower() for item in page.items] == [True]
    assert (page.approximate, page.corrections) == (True, (Correction(typed=typed, searched=meant),))
    for exactly in (f'"{typed}"', f"-{typed}", typed[:3]):
        assert search(index, Query(text=exactly)).corrections == ()
    assert search(index, Query(text=f'"{typed}"')).total == 0


def test_a_slip_that_somebody_else_made_too_hides_nothing(make_posting: MakePosting, opened: Opened) -> None:
    rust = [make_posting(number, title="Rust engineer") for number in range(80)]
    index = opened(*rust, make_posting(90, title="Stuck in ruts"), make_posting(91, title="Baker"))
    page = search(index, Query(text="ruts"))
    assert (page.total, page.approximate) == (81, False)
    assert page.corrections == (Correction(typed="ruts", searched="rust"),)
    assert page.items[0].title == "Stuck in ruts"


def test_a_rare_word_is_not_taken_for_another(make_posting: MakePosting, opened: Opened) -> None:
    many = [make_posting(number, title="Role maker, pearls and control") for number in range(80)]
    index = opened(*many, make_posting(90, title="Baker"), make_posting(91, title="Chef"))
    # In hardly any posting, but no two letters of it changed places.
    assert (search(index, Query(text="baker")).total, search(index, Query(text="chef")).total) == (1, 1)
    # In none: a skill, a city, a word of three letters, and one whose first letter would be another.
    for text in ("perl", "rome", "rol", "tips"):
        assert search(index, Query(text=text)).total == 0


def test_what_was_meant_is_a_word_that_somebody_wrote(make_posting: MakePosting, opened: Opened) -> None:
    text = "You have posters machen, and developed and plumbed kubernets."
    titles = ("Developer", "Kubernetes engineer", "Machine operator", "Manager", "Secretary", "Plumbing supervisor")
    index = opened(*(make_posting(at, title=one, skills=(), description_text=text) for at, one in enumerate(titles)))
    for typed, meant in (
        ("developper", "developer"),
        ("kuberntes", "kubernetes"),
        ("machne", "machine"),
        # As much a city of India as a slip, by a name that nobody else has for it.
        ("manger", "manager"),
        ("secretery", "secretary"),
        ("plumber", None),
        ("plumbr", None),
    ):
        told = search(index, Query(text=typed)).corrections
        assert told == (() if meant is None else (Correction(typed=typed, searched=meant),)), typed


def test_of_several_words_the_commoner_and_the_likelier_slip_is_meant(
    make_posting: MakePosting, opened: Opened
) -> None:
    titles = ["Electrician"] * 2 + ["Electrical fitter"] * 4 + ["Postman"]
    index = opened(*(make_posting(at, title=one, skills=("postgresql",)) for at, one in enumerate(titles)))
    for typed, meant, total in (("electrican", "electrician", 2), ("postgrs", "postgres", 7)):
        page = search(index, Query(text=typed))
        assert (page.total, page.corrections) == (total, (Correction(typed=typed, searched=meant),))


def test_words_written_together_are_taken_apart(make_posting: MakePosting, opened: Opened) -> None:
    index = opened(make_posting(1, title="Machine tool fitter"), make_posting(2, title="Tool machine seller"))
    page = search(index, Query(text="machinetool"))
    assert [item.title for item in page.items] == ["Machine tool fitter"]
    assert page.corrections == (Correction(typed="machinetool", searched="machine tool"),)


def test_a_skill_is_found_by_its_other_names(make_posting: MakePosting, opened: Opened) -> None:
    index = opened(
        make_posting(1, title="Gopher", skills=("go",)),
        make_posting(2, title="Kafka consumer", skills=("apache-kafka", "aws")),
        make_posting(3, title="Golang reader", skills=("identity-and-access-management",)),
        make_posting(4, title="Web services at Amazon", skills=()),
    )
    for text, found in (
        ("golang", [1, 3]),
        ("-golang", [2, 4]),
        ('"golang"', [3]),
        ("kafka", [2]),
        ("amazon web services", [2, 4]),
        ("Golang reader", [3]),
        ('"amazon web services"', []),
    ):
        titles = sorted(item.title for item in search(index, Query(text=text)).items)
        names = {1: "Gopher", 2: "Kafka consumer", 3: "Golang reader", 4: "Web services at Amazon"}
        assert titles == sorted(names[at] for at in found), text
    # What goes with a skill is not the skill, but better than nothing.
    page = search(index, Query(text="ciam"))
    assert [item.title for item in page.items] == ["Golang reader"]
    assert page.corrections == (Correction(typed="ciam", searched="Identity and access management"),)


@pytest.mark.parametrize("text", ["frontend", "front-end", "Front end", "FRONT-END -nurse"])
def test_a_word_is_found_however_it_is_joined(make_posting: MakePosting, opened: Opened, text: str) -> None:
    titles = ("Frontend developer", "Front-end lead", "Front end tester", "Frontal nurse")
    index = opened(*(make_posting(number, title=title) for number, title in enumerate(titles)))
    assert {item.title for item in search(index, Query(text=text)).items} == set(titles[:3])


def test_a_word_is_taken_only_for_what_says_what_a_job_is(make_posting: MakePosting, opened: Opened) -> None:
    index = opened(make_posting(1, description_text="You read books and blogs."))
    assert search(index, Query(text="boks")).total == 0
    assert search(index, Query(text="wharehouse")).total == 1


def test_names_with_signs_are_words_of_their_own(make_posting: MakePosting, opened: Opened) -> None:
    index = opened(
        make_posting(1, title="C++ developer"),
        make_posting(2, title="C# developer"),
        make_posting(3, title="Node.js developer"),
        make_posting(4, title="Développeur"),
    )
    for text, title in (
        ("c++", "C++ developer"),
        ("C#", "C# developer"),
        ("node.js", "Node.js developer"),
        ("developpeur", "Développeur"),
    ):
        assert [item.title for item in search(index, Query(text=text)).items] == [title]


def test_skills_are_found_by_name(make_posting: MakePosting, opened: Opened) -> None:
    skill = next(iter(taxonomy().index))
    index = opened(make_posting(1, skills=(skill,)), make_posting(2, skills=()))
    (name,) = taxonomy().names((skill,))
    assert [item.skills for item in search(index, Query(text=f'"{name}"')).items] == [(skill,)]


def test_a_word_in_the_title_counts_more_than_one_in_the_description(make_posting: MakePosting, opened: Opened) -> None:
    index = opened(
        make_posting(1, title="Clerk", description_text="You work with a baker."),
        make_posting(2, title="Baker", description_text="You work with a clerk."),
    )
    assert [item.title for item in search(index, Query(text="baker")).items] == ["Baker", "Clerk"]


def test_filters_are_exact(small_index: CatalogIndex) -> None:
    everything = _all(small_index)
    remote = [item.id for item in everything if item.work_mode is WorkMode.REMOTE]
    french = [item.id for item in everything if item.places[0].country == "FR"]
    paid = [item.id for item in everything if item.pay and item.pay.minimum and item.pay.minimum >= 20_000]
    for query, expected in (
        (Query(work_modes=(WorkMode.REMOTE,), limit=100), remote),
        (Query(work_modes=(WorkMode.REMOTE, WorkMode.ONSITE), limit=100), small_index.ids),
        (Query(countries=("fr",), limit=100), french),
        (Query(countries=("FR", "DE"), limit=100), small_index.ids),
        (Query(min_pay=20_000, limit=100), paid),
        (Query(countries=("FR",), min_pay=20_000, text="clerk", limit=100), sorted({*french} & {*paid})),
        (Query(seniorities=(Seniority.MID,), sources=("board",), limit=100), small_index.ids),
        (Query(seniorities=(Seniority.LEAD,)), []),
        (Query(sources=("elsewhere",)), []),
        (Query(countries=("XX",)), []),
        (Query(companies=("northwind",), limit=100), small_index.ids),
        (Query(companies=("Southwind",)), []),
    ):
        page = search(small_index, query)
        assert sorted(item.id for item in page.items) == sorted(expected)
        assert page.total == len(expected)


def test_a_posting_counts_for_each_of_its_countries(make_posting: MakePosting, opened: Opened) -> None:
    places = tuple(Place(text=code, country=code) for code in ("AT", "BE", "CH", "DK", "EE", "AT"))
    index = opened(make_posting(1, places=places, remote_countries=("FI",)), make_posting(2, places=()))
    for code in ("AT", "EE", "FI"):
        assert search(index, Query(countries=(code,))).total == 1
    assert search(index, Query()).facets["country"] == dict.fromkeys(("AT", "BE", "CH", "DK", "EE", "FI"), 1)


def test_pay_is_compared_by_its_highest_stated_end_in_dollars_a_year(make_posting: MakePosting, opened: Opened) -> None:
    monthly = Pay(minimum=5_000, maximum=6_000, currency="USD", period=PayPeriod.MONTH)
    index = opened(make_posting(1, pay=monthly), make_posting(2, pay=None))
    assert search(index, Query(min_pay=71_000)).total == 1
    assert search(index, Query(min_pay=73_000)).total == 0
    assert search(index, Query(min_pay=0)).total == 1


def test_facets_count_all_results_of_the_query(small_index: CatalogIndex) -> None:
    page = search(small_index, Query(text="clerk", work_modes=(WorkMode.REMOTE,), limit=1), now=MOMENT)
    assert page.total == 19
    names = ("country", "seniority", "source", "employment_type", "pay")
    assert {facet: page.facets[facet] for facet in names} == {
        "country": {"DE": 19},
        "seniority": {"mid": 19},
        "source": {"board": 19},
        "employment_type": {},
        "pay": {"under_50k": 15, "unknown": 4},
    }
    assert page.facets["skill"] == dict.fromkeys(list(taxonomy().index)[:2], 19)


@pytest.mark.parametrize(
    "query",
    [
        Query(text="clerk"),
        Query(text="clerk -warehouse"),
        Query(text='"night nurse"', countries=("FR", "DE")),
        Query(text="wharehouse", work_modes=(WorkMode.REMOTE,)),
        Query(min_pay=10_000, pay_unknown=True, posted_within_days=20),
        Query(countries=("FR",), companies=("Northwind",)),
    ],
)
def test_many_postings_are_counted_from_sets_to_the_same_numbers(
    small_index: CatalogIndex, query: Query, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_over = search(small_index, query, now=MOMENT)
    monkeypatch.setattr("jobtracker.catalog.members._FEW", 1)
    for broad in (1, 1_000_000):
        monkeypatch.setattr("jobtracker.catalog.facets._BROAD", broad)
        small_index.counted.clear()
        from_sets = search(small_index, query, now=MOMENT)
        assert (from_sets.total, from_sets.facets) == (handed_over.total, handed_over.facets)


def test_a_facet_counts_what_its_own_filter_left_out(small_index: CatalogIndex) -> None:
    page = search(small_index, Query(text="clerk", work_modes=(WorkMode.REMOTE,), countries=("DE",)))
    assert page.facets["work_mode"] == {"remote": 19, "onsite": 10}
    assert page.facets["country"] == {"DE": 19}


def test_newest_come_first_and_the_undated_last(make_posting: MakePosting, opened: Opened) -> None:
    moments = [MOMENT, None, MOMENT + timedelta(days=2), MOMENT + timedelta(hours=1)]
    index = opened(*(make_posting(number, posted_at=moment) for number, moment in enumerate(moments)))
    for query in (Query(sort=Sort.NEWEST), Query(), Query(text="clerk", sort=Sort.NEWEST)):
        assert [item.posted_at for item in search(index, query).items] == [moments[2], moments[3], MOMENT, None]


_syntax = st.text(
    alphabet=st.one_of(st.sampled_from(list("\"'()[]{}:^~*?+-!&|/\\ \t\n\0<>=,.#@aAZé日")), st.characters()),
    max_size=60,
)
_words = st.lists(
    st.sampled_from(
        ["nurse", "AND", "OR", "NOT", "IN", "TO", "title:", "slot:1", "[a TO", "}", '"', "*", "-", "x~9", "^9"]
    )
).map(" ".join)


@settings(max_examples=400, deadline=None)
@given(text=st.one_of(_syntax, _words))
def test_nothing_that_a_person_types_is_an_error(small_index: CatalogIndex, text: str) -> None:
    page = search(small_index, Query(text=text))
    assert 0 <= page.total <= small_index.n
    assert len(page.items) == min(20, page.total)


@settings(max_examples=100, deadline=None)
@given(
    country=st.none() | st.text(max_size=3),
    source=st.none() | st.text(max_size=8),
    min_pay=st.none() | st.floats(min_value=0, allow_nan=False),
    text=st.sampled_from(["", "clerk", "nurse"]),
)
def test_no_filter_is_an_error(
    small_index: CatalogIndex, country: str | None, source: str | None, min_pay: float | None, text: str
) -> None:
    countries, sources = ((value,) if value is not None else () for value in (country, source))
    query = Query(text=text, countries=countries, sources=sources, min_pay=min_pay, place=country, remote_from=source)
    page = search(small_index, query)
    assert page.total >= len(page.items)
    assert page.total <= sum(page.facets["source"].values())

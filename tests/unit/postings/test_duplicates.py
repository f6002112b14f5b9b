"""Which postings are one job, which pairs are worth judging, and which posting stands for the others."""

from datetime import UTC, datetime, timedelta
from itertools import permutations
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.postings import candidates as finding
from jobtracker.postings.duplicates import Keys, Origin, Rank, Traits, candidates, clusters, judge, rank_of, traits_of
from jobtracker.postings.fingerprint import fingerprints
from jobtracker.postings.model import (
    ClosedReason,
    Life,
    Pay,
    PayPeriod,
    Place,
    Posting,
    Seniority,
    StoredPosting,
    WorkMode,
    posting_id,
)
from jobtracker.postings.title_key import title_key

NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)
WORDS = [f"{one}{other}" for one in ("oak", "elm", "ash", "yew", "fir") for other in range(90)]
TEXT = " ".join(Random("cooper").sample(WORDS, 180))
OTHER_TEXT = " ".join(Random("baker").sample(WORDS, 180))
HEAD = " ".join(f"pine{at}" for at in range(60))
LODZ = Place(text="Łódź, Poland", city="Łódź", country="PL", latitude=51.77, longitude=19.46)
PARIS = Place(text="Paris", city="Paris", country="FR", latitude=48.85, longitude=2.35)
SAINT_DENIS = Place(text="Saint-Denis", city="Saint-Denis", country="FR", latitude=48.93, longitude=2.36)


def _posting(number: int = 1, source: str = "greenhouse:hoop", /, **change: object) -> Posting:
    posting = Posting(
        id=posting_id(source, str(number)),
        source_id=source,
        source_posting_id=str(number),
        url=f"https://{source.replace(':', '.')}.example/jobs/{number:05}",
        title="Senior Cooper",
        company="Hoop & Stave",
        places=(LODZ,),
        description_text=TEXT,
        fetched_at=NOON,
        attribution="the board",
    )
    return posting.model_copy(update=change)


def _traits(*postings: Posting) -> list[Traits]:
    prints = fingerprints([posting.description_text for posting in postings])
    return [
        traits_of(posting, row.tobytes(), len(posting.description_text))
        for posting, row in zip(postings, prints, strict=True)
    ]


def _same(a: Posting, b: Posting) -> bool:
    one, other = _traits(a, b)
    assert judge(one, other) == judge(other, one)
    return judge(one, other).same


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"title": "Cooper, Sr. (m/f/d) – Łódź", "company": "HOOP & STAVE GmbH"},
        {"description_text": f"{HEAD} {TEXT} {HEAD}"},
        {"places": (Place(text="Poland", country="PL"),)},
        {"places": ()},
        {"places": (PARIS, LODZ)},
        {"description_text": TEXT[:300]},
        {"title": "Senior Cooper, Casks"},
        {"work_mode": WorkMode.ONSITE},
    ],
)
def test_a_job_is_known_again_at_another_board(change: dict[str, object]) -> None:
    assert _same(_posting(work_mode=WorkMode.HYBRID), _posting(2, "remoteok", **change))


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Staff Cooper"},
        {"title": "Cooper"},
        {"title": "Senior Baker"},
        {"title": "Deputy Senior Cooper"},
        {"title": "Senior Cooper (Part-time)"},
        {"places": (PARIS,)},
        {"places": (Place(text="France", country="FR"),)},
        {"work_mode": WorkMode.REMOTE},
        {"requisition_id": "R-2"},
        {"pay": Pay(minimum=90_000, maximum=99_000, currency="EUR", period=PayPeriod.YEAR)},
        {"description_text": OTHER_TEXT},
    ],
)
@pytest.mark.parametrize("source", ["greenhouse:hoop", "remoteok"])
def test_an_opening_of_one_s_own_stays_apart(change: dict[str, object], source: str) -> None:
    first = _posting(
        requisition_id="R-1",
        work_mode=WorkMode.ONSITE,
        employment_type="full-time",
        pay=Pay(minimum=30_000, maximum=40_000, currency="EUR", period=PayPeriod.YEAR),
    )
    if "title" in change and "Part" in str(change["title"]):
        first = first.model_copy(update={"title": "Senior Cooper (Full-time)"})
    assert not _same(first, _posting(2, source, **change))


def test_an_agency_s_copy_is_known_by_its_text() -> None:
    copy = {"company": "Stave Staffing", "description_text": f"{HEAD} {TEXT}"}
    assert _same(_posting(), _posting(2, "reed", **copy))
    assert not _same(_posting(), _posting(2, "reed", **copy, places=(PARIS,)))
    assert not _same(_posting(), _posting(2, "reed", company="Stave Staffing", description_text=OTHER_TEXT))


def test_one_link_is_one_job_whatever_is_said_about_it() -> None:
    retold = {"title": "Tonnelier", "description_text": OTHER_TEXT, "company": "Reed", "places": ()}
    link = "https://www.greenhouse.hoop.example/jobs/00001/apply?utm_source=reed&gh_src=1"
    assert _same(_posting(), _posting(2, "reed", **retold, apply_url=link))
    assert not _same(_posting(), _posting(2, "reed", **retold, apply_url="https://hoop.example/jobs/"))


def test_one_form_for_all_openings_joins_none() -> None:
    form = "https://forms.example/12345"
    other = {"title": "Master Baker", "description_text": OTHER_TEXT}
    assert not _same(_posting(apply_url=form), _posting(2, "reed", **other, apply_url=form))


def test_a_closed_posting_that_comes_under_another_id_is_the_same() -> None:
    assert _same(_posting(), _posting(2, description_text=f"{TEXT} Apply soon"))


def test_two_openings_side_by_side_need_the_same_text_to_be_one() -> None:
    half = f"{TEXT[: len(TEXT) // 2]} {OTHER_TEXT[: len(TEXT) // 2]}"
    assert not _same(_posting(), _posting(2, description_text=half))


def test_a_source_that_lists_a_title_with_and_without_a_team_has_two_openings() -> None:
    assert not _same(_posting(), _posting(2, title="Senior Cooper, Casks"))


def test_places_are_one_where_they_lie_side_by_side() -> None:
    assert _same(_posting(places=(PARIS,)), _posting(2, "reed", places=(SAINT_DENIS,)))


@pytest.mark.parametrize(
    ("place", "same"),
    [("Saint-Denis", True), ("Saint Denis, Stade", True), ("Panaji", False), ("Saint-Ouen", False)],
)
def test_a_place_of_which_only_the_name_is_known_is_told_from_others_by_it(place: str, same: bool) -> None:
    named = (Place(text=place),)
    assert _same(_posting(places=(SAINT_DENIS,)), _posting(2, "reed", places=named)) is same
    assert _same(_posting(places=(Place(text="Saint-Denis"),)), _posting(2, "reed", places=named)) is same
    # The country alone says neither.
    assert _same(_posting(places=(Place(text="France", country="FR"),)), _posting(2, "reed", places=named))


def test_a_name_is_looked_for_in_what_the_other_source_wrote_and_not_only_in_the_city_s_own_name() -> None:
    goa = Place(text="Panaji, India", city="Panjim", country="IN", latitude=15.5, longitude=73.82)
    assert _same(_posting(places=(goa,)), _posting(2, "reed", places=(Place(text="Panaji"),)))
    assert not _same(_posting(places=(goa,)), _posting(2, "reed", places=(Place(text="Margao"),)))


def test_a_level_that_only_a_field_tells_counts_across_boards() -> None:
    senior = {"seniority": Seniority.SENIOR}
    assert _same(_posting(**senior), _posting(2, "reed", title="Cooper", **senior))
    assert not _same(_posting(**senior), _posting(2, title="Cooper", **senior))


def test_a_requisition_is_one_however_it_is_written() -> None:
    assert _same(_posting(requisition_id="JR-00417"), _posting(2, "workday:hoop", requisition_id="417"))


def test_levels_and_requisitions_keep_apart_what_a_third_posting_would_join() -> None:
    one, other, third = _traits(_posting(requisition_id="R-1"), _posting(2, requisition_id="R-2"), _posting(3, "reed"))
    assert judge(one, third).same
    assert judge(other, third).same
    assert judge(one, other).apart
    edges = [(one.id, third.id, 0.9), (other.id, third.id, 0.8)]
    joined = clusters(edges, _rank, [(one.id, other.id)])
    assert joined[one.id] == joined[third.id] != joined[other.id]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Sr. Back-End Developer (m/w/d)", "Senior Backend Engineer"),
        ("Softwareentwickler:in Java", "Softwareentwickler Java"),
        ("Software Engineer II [REQ-48213]", "Software Engineer 2"),
        ("Krankenpfleger/in (gn) in Vollzeit", "Krankenpfleger Vollzeit"),
        ("Wanted: Driver – 18 €/h", "Driver"),
        ("R&D Engineer", "R & D Engineer"),
        ("Nurse, ICU – Ref. 4471", "ICU Nurse"),
    ],
)
def test_titles_agree_without_their_dress(a: str, b: str) -> None:
    assert title_key(a) == title_key(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Java Developer", "JavaScript Developer"),
        ("C Developer", "C++ Developer"),
        ("C# Developer", "C++ Developer"),
        ("Account Executive", "Account Manager"),
        ("Contract Manager", "Manager"),
        ("Assistant Store Manager", "Store Manager"),
        ("Teacher, Class 10", "Teacher, Class 12"),
        ("Driver 7.5t", "Driver 18t"),
        ("Software Engineer I", "Software Engineer II"),
    ],
)
def test_titles_of_different_work_do_not_agree(a: str, b: str) -> None:
    assert title_key(a) != title_key(b)


def _catalog(count: int, draw: Random) -> list[Traits]:
    """Postings of few employers and works, so that many share keys; each third is a copy under another name."""
    made = []
    for number in range(count):
        title, place = draw.choice(["Cooper", "Baker", "Driver"]), draw.choice([(LODZ,), (PARIS,), ()])
        text = " ".join(draw.sample(WORDS, 150))
        made.append(
            _posting(number, company=f"Firm {draw.randrange(9)}", title=title, places=place, description_text=text)
        )
        if number % 3 == 0:
            copy = {"title": f"{title} (m/f/d)", "places": place, "description_text": f"{HEAD} {text}"}
            made.append(_posting(number, "reed", company="Stave Staffing", **copy))
    draw.shuffle(made)
    return _traits(*made)


def test_the_pairs_that_are_one_job_are_among_those_worth_judging() -> None:
    traits = _catalog(120, Random(5))
    low, high = candidates(Keys.of(traits), np.arange(len(traits)))
    found = set(zip(low.tolist(), high.tolist(), strict=True))
    assert len(found) == len(low)
    assert all(a < b for a, b in found)
    same = {(a, b) for b in range(len(traits)) for a in range(b) if judge(traits[a], traits[b]).same}
    assert len(same) >= 40
    assert same <= found


def test_only_pairs_with_a_new_row_are_found_and_all_of_those(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = Keys.of(_catalog(90, Random(6)))
    every = set(zip(*(rows.tolist() for rows in candidates(keys, np.arange(len(keys)))), strict=True))
    new = np.arange(100, len(keys))
    some = set(zip(*(rows.tolist() for rows in candidates(keys, new)), strict=True))
    assert some == {pair for pair in every if pair[1] >= 100}
    monkeypatch.setattr(finding, "_CHUNK", 7)
    assert set(zip(*(rows.tolist() for rows in candidates(keys, new)), strict=True)) == some
    assert [len(rows) for rows in candidates(keys, np.empty(0, dtype=np.int64))] == [0, 0]


def test_keys_are_put_together_and_taken_apart() -> None:
    traits = _catalog(20, Random(7))
    whole = Keys.of(traits)
    again = Keys.together([Keys.of(traits[:5]), Keys.of([]), Keys.of(traits[5:])]).take(np.arange(len(traits)))
    for name in Keys.__slots__:
        assert np.array_equal(getattr(whole, name), getattr(again, name))


def _rank(posting: str) -> Rank:
    return Rank(closed=False, origin=Origin.BOARD, first_seen=0.0, id=posting)


def _stored(source: str, *, days: int = 0, closed: bool = False) -> StoredPosting:
    life = Life(first_seen_at=NOON + timedelta(days=days))
    if closed:
        life = life.model_copy(update={"closed_at": NOON, "closed_reason": ClosedReason.GONE})
    return StoredPosting(posting=_posting(1, source), life=life)


def test_the_employer_s_own_board_stands_first_then_boards_then_aggregators_then_the_oldest() -> None:
    ordered = [
        _stored("greenhouse:hoop", days=9),
        _stored("remoteok", days=1),
        _stored("remoteok", days=2),
        _stored("adzuna"),
        _stored("greenhouse:hoop", closed=True),
    ]
    ranks = [rank_of(stored) for stored in ordered]
    assert ranks == sorted(ranks)


def test_groups_do_not_depend_on_the_order_of_anything() -> None:
    edges = [("a", "b", 0.9), ("b", "c", 0.8), ("d", "e", 0.9), ("c", "d", 0.7), ("f", "g", 0.6)]
    expected = clusters(edges, _rank, [("a", "e")])
    assert expected == {"a": "a", "b": "a", "c": "a", "d": "d", "e": "d", "f": "f", "g": "f"}
    for order in permutations(edges):
        turned = [(b, a, sure) for a, b, sure in order]
        assert clusters(turned, _rank, [("e", "a")]) == expected


IDS = st.sampled_from("abcdefgh")
PAIRS = st.lists(st.tuples(IDS, IDS).filter(lambda pair: pair[0] != pair[1]), max_size=12)


@given(PAIRS, PAIRS, st.randoms(use_true_random=False))
def test_what_is_apart_never_comes_together_and_every_group_has_one_canonical(
    pairs: list[tuple[str, str]], apart: list[tuple[str, str]], draw: Random
) -> None:
    edges = [(a, b, draw.random()) for a, b in pairs]
    joined = clusters(edges, _rank, apart)
    assert set(joined) == {posting for pair in pairs for posting in pair}
    assert all(joined[canonical] == canonical for canonical in joined.values())
    assert all(joined[a] != joined[b] for a, b in apart if a in joined and b in joined)
    draw.shuffle(edges)
    assert clusters(edges, _rank, apart) == joined
    if not apart:
        assert all(joined[a] == joined[b] for a, b in pairs)


TEXTS = st.text(max_size=40)
PLACES = st.builds(
    Place,
    text=TEXTS,
    city=st.none() | TEXTS,
    country=st.none() | st.sampled_from(["PL", "FR"]),
    latitude=st.none() | st.floats(-90, 90),
    longitude=st.none() | st.floats(-180, 180),
)
ANY = st.builds(
    _posting,
    title=TEXTS | st.sampled_from(["Senior Cooper", "Cooper (m/f/d)", "Staff Cooper"]),
    company=st.none() | TEXTS,
    places=st.tuples() | st.tuples(PLACES) | st.tuples(PLACES, PLACES),
    url=TEXTS | st.just("https://x.example/12345"),
    apply_url=st.none() | TEXTS,
    requisition_id=st.none() | TEXTS,
    description_text=st.sampled_from([TEXT, OTHER_TEXT, f"{HEAD} {TEXT}", ""]),
)


@given(ANY, ANY)
def test_nothing_in_a_posting_breaks_it_and_the_order_of_a_pair_does_not_matter(a: Posting, b: Posting) -> None:
    one, other = _traits(a, b)
    verdict = judge(one, other)
    assert verdict == judge(other, one)
    assert verdict.reasons
    assert 0 <= verdict.confidence <= 1
    assert not (verdict.same and verdict.apart)
    assert len(Keys.of([one, other])) == 2

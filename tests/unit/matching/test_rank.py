"""The ranking is right, exact, neutral about what is unknown, and blind to what must not count."""

import math
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from jobtracker.catalog.build import build, build_next
from jobtracker.catalog.index import CatalogIndex
from jobtracker.matching.features import PRIOR_SKILLS, WEIGHTS
from jobtracker.matching.model import Match, PartName
from jobtracker.matching.rank import Ranker
from jobtracker.postings.model import Place, Posting, Seniority, StoredPosting, WorkMode, posting_id
from jobtracker.resumes.model import Preferences, Profile
from jobtracker.text.encoder import Encoder
from tests.unit.matching.conftest import BERLIN, LONDON, MUNICH, make_posting

NONE = Preferences()


def _part(match: Match, name: PartName) -> float:
    return next(part.points for part in match.parts if part.name is name)


def _titles(ranker: Ranker, matches: list[Match]) -> list[str]:
    positions = [ranker.index.position(match.posting_id) for match in matches]
    return [ranker.index.record(at).title for at in positions if at is not None]


def test_the_fitting_job_nearby_comes_first_and_the_kitchen_last(ranker: Ranker, profile: Profile) -> None:
    titles = _titles(ranker, ranker.rank(profile, NONE))

    assert titles[0] == "Senior Data Engineer"
    assert set(titles[-4:]) <= {"Registered Nurse", "Head Chef", "Electrician", "Accountant"}


def test_the_parts_add_up_to_the_score_and_stay_within_their_bounds(ranker: Ranker, profile: Profile) -> None:
    for match in ranker.rank(profile, Preferences(pay_floor=90_000, pay_currency="EUR")):
        assert match.score == pytest.approx(sum(part.points for part in match.parts), abs=1e-6)
        assert {part.name for part in match.parts} == set(PartName)
        assert all(0 <= part.points <= part.possible and part.reason for part in match.parts)
    assert sum(WEIGHTS.values()) == pytest.approx(100)


def test_every_posting_is_ranked_and_the_limit_takes_the_best(ranker: Ranker, profile: Profile) -> None:
    everything = ranker.rank(profile, NONE, limit=1000)

    assert len(everything) == ranker.index.n
    assert ranker.rank(profile, NONE, limit=3) == everything[:3]
    assert [match.score for match in everything] == sorted((match.score for match in everything), reverse=True)


def test_matched_and_missing_skills_are_the_postings_own(ranker: Ranker, profile: Profile) -> None:
    match = ranker.rank(profile, NONE)[0]

    assert set(match.matched_skills) <= set(profile.skills)
    assert not set(match.missing_skills) & set(profile.skills)
    assert "apache-spark" in match.matched_skills


def test_name_contact_and_schooling_never_move_the_ranking(ranker: Ranker, profile: Profile) -> None:
    other = profile.model_copy(update={"name": "Mohammed Müller", "email": "x@example.com", "phone": "+49301234"})

    assert ranker.rank(profile, NONE) == ranker.rank(other, NONE)


def test_many_people_at_once_get_what_each_would_alone(ranker: Ranker, profile: Profile) -> None:
    nurse = Profile(label="Nurse", skills=("patient-care", "wound-care"), seniority=Seniority.MID)

    together = ranker.rank_many([(profile, NONE), (nurse, NONE)])

    assert together == [ranker.rank(profile, NONE), ranker.rank(nurse, NONE)]
    assert _titles(ranker, together[1])[0] == "Registered Nurse"


def test_a_posting_that_states_no_pay_gets_the_mean_of_those_that_do(ranker: Ranker, profile: Profile) -> None:
    matches = ranker.rank(profile, Preferences(pay_floor=100_000, pay_currency="EUR"))

    stated = [_part(m, PartName.PAY) for m in matches if _known(m, PartName.PAY)]
    unstated = {_part(m, PartName.PAY) for m in matches if not _known(m, PartName.PAY)}
    assert stated
    assert unstated == {round(float(np.mean(stated)), 1)}


def _known(match: Match, name: PartName) -> bool:
    return next(part.known for part in match.parts if part.name is name)


def test_without_an_encoder_the_texts_are_unknown_and_the_rest_ranks(
    make_ranker: Callable[..., Ranker], postings: list[Posting], profile: Profile
) -> None:
    ranker = make_ranker(postings, None)

    first = ranker.rank(profile, NONE)[0]

    assert not _known(first, PartName.TEXT)
    assert not _known(first, PartName.TITLE)
    assert _titles(ranker, [first]) == ["Senior Data Engineer"]


def test_an_empty_catalog_and_an_empty_profile_are_no_errors(
    make_ranker: Callable[..., Ranker], ranker: Ranker, profile: Profile
) -> None:
    assert make_ranker([], None).rank(profile, NONE) == []
    matches = ranker.rank(Profile(), NONE)
    assert len(matches) == ranker.index.n
    assert not any(part.known for match in matches for part in match.parts if part.name is not PartName.PLACE)


def test_a_posting_without_a_known_word_gets_what_an_average_one_gets(
    make_ranker: Callable[..., Ranker], postings: list[Posting], profile: Profile
) -> None:
    foreign = make_posting("Ääkkönen", "Zzz qqq", id="f" * 24, skills=())

    matches = make_ranker([*postings, foreign]).rank(profile, NONE)

    found = next(match for match in matches if match.posting_id == foreign.id)
    for name in (PartName.TITLE, PartName.TEXT, PartName.SKILLS):
        others = [_part(match, name) for match in matches if _known(match, name)]
        assert not _known(found, name)
        assert len(others) == len(postings)
        assert _part(found, name) == pytest.approx(float(np.mean(others)), abs=0.1)


def test_a_place_of_which_only_the_name_is_known_is_named_and_counts_as_unknown(
    make_ranker: Callable[..., Ranker], profile: Profile
) -> None:
    for places, reason in (
        ((Place(text="Galway"),), "We do not know where “Galway” is."),
        ((), "The posting does not say where."),
    ):
        [match] = make_ranker([make_posting("Data Engineer", "Python", places=places)]).rank(profile, NONE)
        assert [(part.known, part.reason) for part in match.parts if part.name is PartName.PLACE] == [(False, reason)]


def test_a_profile_without_a_known_word_leaves_the_texts_unknown(ranker: Ranker) -> None:
    strange = Profile(label="Ääkkönen", summary="Zzz qqq", seniority=Seniority.MID)

    for match in ranker.rank(strange, NONE):
        assert not _known(match, PartName.TEXT)
        assert not _known(match, PartName.TITLE)


def test_of_several_titles_those_without_a_known_word_do_not_count(ranker: Ranker, profile: Profile) -> None:
    one, two = Preferences(titles=("Data Engineer",)), Preferences(titles=("Data Engineer", "Ääkkönen"))

    assert ranker.rank(profile, one) == ranker.rank(profile, two)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"places": (BERLIN,)}, {"places": (MUNICH,)}),
        ({"places": (MUNICH,)}, {"places": (LONDON,)}),
        ({"work_mode": WorkMode.REMOTE, "places": (MUNICH,)}, {"work_mode": WorkMode.ONSITE, "places": (MUNICH,)}),
        ({"work_mode": WorkMode.REMOTE}, {"work_mode": WorkMode.REMOTE, "places": (LONDON,)}),
    ],
)
def test_the_place_within_reach_ranks_higher(
    make_ranker: Callable[..., Ranker], profile: Profile, better: dict[str, object], worse: dict[str, object]
) -> None:
    text = "Python, SQL and Apache Spark"
    one = make_posting("Data Engineer", text, id="a" * 24, **better)
    two = make_posting("Data Engineer", text, id="b" * 24, **worse)
    # The other order of ids, so that a tie would show.
    three, four = (p.model_copy(update={"id": i * 24}) for p, i in ((two, "c"), (one, "d")))

    ranked = make_ranker([one, two, three, four]).rank(profile, NONE)

    assert {match.posting_id[0] for match in ranked[:2]} == {"a", "d"}


def test_a_way_of_working_that_is_not_wanted_counts_for_little(ranker: Ranker, profile: Profile) -> None:
    matches = ranker.rank(profile, Preferences(work_modes=(WorkMode.ONSITE,), countries=("GB", "DE")))

    points: dict[str, set[float]] = {"DE": set(), "GB": set()}
    for match in matches:
        position = ranker.index.position(match.posting_id)
        assert position is not None
        points[str(ranker.index.record(position).places[0].country)].add(_part(match, PartName.PLACE))
    # Berlin is home but hybrid; London is far but on site as wanted.
    assert max(points["DE"]) < min(points["GB"])


def test_related_skills_count_but_less_than_the_skill_itself(make_ranker: Callable[..., Ranker]) -> None:
    posting = make_posting("Engineer", "We use PostgreSQL")
    ranker = make_ranker([posting, make_posting("Cook", "Baking")], None)

    def points(skill: str) -> float:
        ranked = ranker.rank(Profile(skills=(skill,)), NONE)
        return next(_part(m, PartName.SKILLS) for m in ranked if m.posting_id == posting.id)

    assert points("postgresql") > points("mysql") > points("welding")


def test_of_a_group_of_skills_one_is_enough(make_ranker: Callable[..., Ranker]) -> None:
    either = make_posting("Engineer", "You must have Java or Scala. You must have Docker.")
    both = make_posting("Developer", "You must have Java and Scala. You must have Docker.")
    ranker = make_ranker([either, both, make_posting("Cook", "Baking")], None)

    def ranked(*skills: str) -> dict[str, Match]:
        return {match.posting_id: match for match in ranker.rank(Profile(skills=skills), NONE)}

    one, two = ranked("java", "docker"), ranked("java", "scala", "docker")
    assert one[either.id].missing_skills == ()
    assert one[either.id].matched_skills == ("java", "docker")
    assert "You have 2 of 2 skills" in one[either.id].parts[0].reason
    assert one[both.id].missing_skills == ("scala",)
    assert _part(one[either.id], PartName.SKILLS) == _part(two[either.id], PartName.SKILLS)
    assert _part(one[both.id], PartName.SKILLS) < _part(two[both.id], PartName.SKILLS)
    assert set(ranked("docker")[either.id].missing_skills) == {"java", "scala"}


def test_skills_that_no_posting_names_change_no_score(make_ranker: Callable[..., Ranker]) -> None:
    ranker = make_ranker([make_posting("Engineer", "Java, Scala"), make_posting("Cook", "Baking")], None)

    # Each of three skills is named by one of two postings.
    assert ranker.arrays.doubt == pytest.approx(PRIOR_SKILLS * math.log1p(2 / 2))


def test_a_home_abroad_is_told_as_such(ranker: Ranker, profile: Profile) -> None:
    away = profile.model_copy(update={"place": Place(text="Paris", city="Paris", country="FR")})

    reasons = {p.reason for m in ranker.rank(away, NONE) for p in m.parts if p.name is PartName.PLACE}

    assert all("outside the country you live in" in reason for reason in reasons)


@pytest.mark.parametrize(
    ("wish", "hit"),
    [
        (Preferences(countries=("GB",)), {"places": (LONDON,)}),
        (Preferences(work_modes=(WorkMode.REMOTE,)), {"work_mode": WorkMode.REMOTE}),
    ],
)
def test_what_is_known_to_miss_a_wish_ranks_below_what_meets_it_or_does_not_say(
    make_ranker: Callable[..., Ranker],
    postings: list[Posting],
    profile: Profile,
    wish: Preferences,
    hit: dict[str, object],
) -> None:
    miss = {"places": (BERLIN,), "work_mode": WorkMode.ONSITE}
    perfect = [p.model_copy(update={**miss, "id": f"{at:024x}"}) for at, p in enumerate(postings)]
    meets = make_posting("Accountant", "Month-end close, general ledger", id="a" * 24, **hit)
    silent = make_posting("Accountant", "Month-end close, general ledger", id="b" * 24)

    ranked = make_ranker([*perfect, meets, silent]).rank(profile, wish)

    assert {match.posting_id[0] for match in ranked[:2]} == {"a", "b"}
    for match in ranked:
        assert match.score == pytest.approx(sum(part.points for part in match.parts), abs=1e-6)
    place = next(part for part in ranked[-1].parts if part.name is PartName.PLACE)
    assert "every part counts only 20%" in place.reason


def test_what_is_closed_or_a_duplicate_is_never_ranked(
    postings: list[Posting], encoder: Encoder, profile: Profile, tmp_path: Path
) -> None:
    text = " ".join(f"duty{number} with python and sql for the data team" for number in range(40))
    twin = {"places": (BERLIN,), "company": "Northwind", "requisition_id": "R-77"}
    one = make_posting("Data Engineer Berlin", text, **twin)
    other = make_posting("Data Engineer Berlin", text, id=posting_id("board", "2"), source_id="board", **twin)
    stored = [StoredPosting.fresh(posting) for posting in (*postings, one, other)]
    gone = stored[0].model_copy(update={"life": stored[0].life.model_copy(update={"closed_at": datetime.now(UTC)})})
    build([gone, *stored[1:]], encoder, tmp_path / "index")
    ranker = Ranker(CatalogIndex.open(tmp_path / "index"), encoder)
    ranked = [match.posting_id for match in ranker.rank(profile, Preferences(), limit=100)]
    assert len(ranked) == len(set(ranked)) == len(stored) - 2
    assert gone.posting.id not in ranked
    assert len({one.id, other.id} & set(ranked)) == 1


def test_how_the_catalog_came_to_be_changes_no_ranking(
    postings: list[Posting], encoder: Encoder, profile: Profile, tmp_path: Path
) -> None:
    stored = [StoredPosting.fresh(posting) for posting in postings]
    build(stored, encoder, tmp_path / "whole")
    build(stored[9:], encoder, tmp_path / "0")
    for at in range(9):
        before = CatalogIndex.open(tmp_path / str(at))
        build_next(before, [stored[at]], [], encoder, tmp_path / str(at + 1))
    whole, grown = (CatalogIndex.open(tmp_path / name) for name in ("whole", "9"))
    assert len(grown.info.segments) > 1
    assert Ranker(grown, encoder).rank(profile, Preferences()) == Ranker(whole, encoder).rank(profile, Preferences())

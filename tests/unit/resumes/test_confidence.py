"""How sure a field is: what raises and lowers it, and that the shipped weights hold what they promise."""

from collections.abc import Sequence

import pytest

from benchmarks.calibration import Mark, figures, generated
from benchmarks.fit_confidence import AGAINST, FOR
from benchmarks.resume_judged import Judged, judged, key
from benchmarks.resume_layouts import HELD_OUT, LAYOUTS, STRUCTURES
from benchmarks.resume_marks import Truth, marks
from benchmarks.resume_people import person
from jobtracker.resumes import entities
from jobtracker.resumes.document import lines_in
from jobtracker.resumes.model import Profile
from jobtracker.resumes.provenance.confidence import Weights, weights
from jobtracker.resumes.provenance.evidence import evidence_of, scored
from jobtracker.resumes.uploads import Scan, Scanner

TEXT = "Nadia Okonkwo\nnadia@example.com\n\nExperience\nData Analyst, Ferngate Logistics\nMar 2021 – Present\n"
PROFILE = Profile.model_validate(
    {
        "name": "Nadia Okonkwo",
        "email": "nadia@example.com",
        "work": [{"title": "Data Analyst", "company": "Ferngate Logistics", "start": "2021-03", "current": True}],
    }
)


@pytest.fixture(autouse=True)
def _without_language_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entities, "_entities", lambda _text: [])


def confidences(text: str, profile: Profile, scan: Scan | None = None) -> dict[str, float]:
    told = evidence_of(text, profile, lines_in(text), scan)
    return {field.path: field.confidence for field in told.fields if field.confidence is not None}


def test_weights_make_a_probability_of_features() -> None:
    table = Weights("1", 0.0, {"in its own section": 2.0, "a year alone": -2.0})
    assert table.confidence({}) == 0.5
    assert table.confidence({"in its own section": 1.0, "never seen": 1.0}) == pytest.approx(0.881, abs=0.001)
    assert table.confidence({"a year alone": 0.5}) == pytest.approx(0.269, abs=0.001)
    # Nothing is certain, however much speaks for it.
    assert (table.confidence({"in its own section": 99.0}), table.confidence({"a year alone": 99.0})) == (0.99, 0.01)


def test_features_say_what_speaks_for_and_against_a_field() -> None:
    features = {one.field.path: set(one.features) for one in scored(TEXT, PROFILE)}
    assert {"in its own section", "on the first line", "confirmed by the e-mail address"} <= features["/name"]
    assert {"a known calling", "work.title: a known calling", "the entry has no place"} <= features["/work/0/title"]
    scan = Scan(by=Scanner.TESSERACT, confidence=0.8, pages=1, pages_read=1)
    assert all("read off a picture" in one.features for one in scored(TEXT, PROFILE, scan=scan))


def test_what_stands_in_its_place_is_surer_than_what_does_not() -> None:
    sure = confidences(TEXT, PROFILE)
    assert min(sure.values()) > 0.7
    # A calling where the employer should be, a name that is not the address's, an employer that stands nowhere.
    wrong = PROFILE.model_copy(
        update={"name": "Ferngate Logistics", "work": (PROFILE.work[0].model_copy(update={"company": "Data Analyst"}),)}
    )
    less = confidences(TEXT, wrong)
    assert less["/work/0/company"] < sure["/work/0/company"]
    assert less["/name"] < sure["/name"]
    nowhere = PROFILE.model_copy(update={"name": "Quentin Vance"})
    assert confidences(TEXT, nowhere)["/name"] < sure["/name"]


def test_a_text_off_a_picture_is_less_sure() -> None:
    scan = Scan(by=Scanner.TESSERACT, confidence=0.75, pages=1, pages_read=1)
    sure, less = confidences(TEXT, PROFILE), confidences(TEXT, PROFILE, scan)
    assert sum(less.values()) < sum(sure.values())


def test_how_a_bullet_is_written_says_nothing_of_whether_it_is_one() -> None:
    bullets = (
        "Cut costs by 30% in 4 sites",
        "Cut costs in all of its sites.",
        "Cut costs, waste, delays and queues",
        "Hired",
    )
    text = TEXT + "".join(f"- {bullet}\n" for bullet in bullets)
    work = PROFILE.work[0].model_copy(update={"bullets": bullets})
    found = confidences(text, PROFILE.model_copy(update={"work": (work,)}))
    sure = [found[f"/work/0/bullets/{number}"] for number in range(len(bullets))]
    assert max(sure) - min(sure) < 0.02
    assert min(sure) > 0.85
    # Two that were read as one are another matter.
    both = f"{bullets[0]} • {bullets[1]}"
    merged = PROFILE.model_copy(update={"work": (work.model_copy(update={"bullets": (both,)}),)})
    assert confidences(text.replace(f"{bullets[0]}\n- {bullets[1]}", both), merged)["/work/0/bullets/0"] < 0.8


def test_an_address_off_a_picture_is_sure_only_if_something_confirms_its_letters() -> None:
    scan = Scan(by=Scanner.TESSERACT, confidence=0.95, pages=1, pages_read=1)
    once = confidences(TEXT, PROFILE, scan)["/email"]
    twice = confidences(f"{TEXT}\nReach me: nadia@example.com\n", PROFILE, scan)["/email"]
    provider = confidences(
        TEXT.replace("example", "gmail"), PROFILE.model_copy(update={"email": "nadia@gmail.com"}), scan
    )["/email"]
    assert once < 0.9 <= min(twice, provider)
    assert confidences(TEXT, PROFILE)["/email"] >= 0.9


def test_no_weight_has_a_sign_that_nobody_would_expect() -> None:
    told = weights().weights
    assert not [name for name, weight in told.items() if (name.partition(": ")[2] or name) in FOR and weight < 0]
    assert not [name for name, weight in told.items() if (name.partition(": ")[2] or name) in AGAINST and weight > 0]


def test_a_judgement_is_of_what_was_judged() -> None:
    name = next(one.field for one in scored(TEXT, PROFILE) if one.field.path == "/name")
    other = name.model_copy(update={"value": "Somebody Else"})
    told = Judged(False, frozenset({key(name)}), frozenset({key(other)}))
    assert told.of(name) is True
    assert told.of(other) is False
    assert told.of(name.model_copy(update={"path": "/label"})) is None
    assert {one.held_out for one in judged().values()} == {True, False}
    assert all(not one.right & one.wrong for one in judged().values())


def test_held_out_people_and_layouts_are_others() -> None:
    here, there = ([person(number, held_out=held_out) for number in range(40)] for held_out in (False, True))
    words = [
        {words for one in people for words in (one.name.split()[0], one.studies[0].institution, one.jobs[0].company)}
        for people in (here, there)
    ]
    assert not words[0] & words[1]
    assert {structure for structure, _ in HELD_OUT} == set(STRUCTURES)
    assert 0 < len(HELD_OUT) < len(LAYOUTS)


def test_a_field_is_right_where_it_says_what_the_entry_says_that_it_is() -> None:
    truth = Truth(
        {"name": frozenset({"Nadia Okonkwo"})},
        {"work": [{"title": "Data analyst", "company": "Oakhurst", "start": "2021-03", "current": "Present"}]},
    )
    found = {one.field.path: right for one, right in marks(PROFILE, list(scored(TEXT, PROFILE)), truth)}
    assert found == {
        "/name": True,
        "/work/0/title": True,
        "/work/0/company": False,
        "/work/0/start": True,
        "/work/0/current": True,
    }


def test_reliability_is_told_by_bins() -> None:
    [example, *_] = scored(TEXT, PROFILE)

    def mark(confidence: float, right: bool) -> Mark:
        field = example.field.model_copy(update={"confidence": confidence})
        return type(example)(field, {}), right

    told: Sequence[Mark] = [mark(0.95, True), mark(1.0, True), mark(0.9, False), mark(0.6, True)]
    values = figures("x", told)
    assert values["x_from_0.9_to_1"] == "2 of 3"
    assert values["x_from_0.5_to_0.7"] == "1 of 1"
    assert values["x_ece"] == pytest.approx((abs(2.85 - 2) + 0.4) / 4, abs=1e-4)
    assert values["x_brier"] == pytest.approx((0.05**2 + 0.9**2 + 0.4**2) / 4, abs=1e-4)


def test_nine_in_ten_of_what_is_called_nine_in_ten_sure_are_right() -> None:
    found = [mark for one in generated(18, held_out=True) for mark in one]
    sure = [right for one, right in found if (one.field.confidence or 0) >= 0.9]
    assert weights().version
    assert len(sure) > 0.7 * len(found)
    assert sum(sure) >= 0.95 * len(sure)

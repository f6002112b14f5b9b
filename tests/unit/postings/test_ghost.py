"""Evidence that a posting may be a ghost."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.postings import ghost
from jobtracker.postings.ghost import CompanyHistory, EvidenceKind
from jobtracker.postings.model import ClosedReason, Life, Pay, PayPeriod, Place, Posting, StoredPosting

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
TEXT = "You will thatch roofs of reed and straw, and mend what the winter leaves. " * 8
WHOLE = Posting(
    id="1",
    source_id="board",
    source_posting_id="1",
    url="https://straw.example/1",
    title="Thatcher",
    company="Reed & Ridge",
    places=(Place(text="Ely", city="Ely", country="GB"),),
    pay=Pay(minimum=30_000, maximum=36_000, currency="GBP", period=PayPeriod.YEAR),
    description_text=TEXT,
    posted_at=NOW - 5 * DAY,
    fetched_at=NOW - 5 * DAY,
    attribution="the board",
)


def _stored(
    *, first_seen: datetime = NOW - 5 * DAY, life: dict[str, object] | None = None, **change: object
) -> StoredPosting:
    return StoredPosting(
        posting=WHOLE.model_copy(update=change), life=Life(first_seen_at=first_seen).model_copy(update=life or {})
    )


def _kinds(stored: StoredPosting, *others: StoredPosting, history: CompanyHistory | None = None) -> list[EvidenceKind]:
    return [one.kind for one in ghost.evidence(stored, others, now=NOW, history=history)]


def _text(stored: StoredPosting, kind: EvidenceKind, *others: StoredPosting) -> str:
    [text] = [one.text for one in ghost.evidence(stored, others, now=NOW) if one.kind is kind]
    return text


def test_a_new_posting_that_says_all_it_should_gives_no_reason_for_doubt() -> None:
    assert _kinds(_stored()) == []


def test_age_counts_from_the_first_time_that_any_appearance_was_seen() -> None:
    assert _kinds(_stored(first_seen=NOW - 59 * DAY, posted_at=None)) == []
    old = _stored(first_seen=NOW - 90 * DAY)
    assert _text(old, EvidenceKind.AGE) == "It has been open for 90 days: it was first seen on 3 March 2026."
    elsewhere = _stored(first_seen=NOW - 100 * DAY, life={"closed_at": NOW - 50 * DAY})
    assert "100 days" in _text(_stored(), EvidenceKind.AGE, elsewhere)


def test_age_counts_from_its_own_date_where_that_is_earlier_and_ends_when_it_is_closed() -> None:
    assert "it was dated on 21 February 2026" in _text(_stored(posted_at=NOW - 100 * DAY), EvidenceKind.AGE)
    closed = {"closed_at": NOW - 60 * DAY, "closed_reason": ClosedReason.GONE}
    assert _kinds(_stored(first_seen=NOW - 90 * DAY, posted_at=None, life=closed)) == []


def test_being_posted_again_is_counted_over_all_appearances() -> None:
    again = _stored(life={"reposts": 1})
    assert _text(again, EvidenceKind.REPOSTED) == "It was taken down and posted again once."
    assert "3 times" in _text(again, EvidenceKind.REPOSTED, _stored(life={"reposts": 2}))


def test_a_date_that_moved_is_held_against_the_day_it_was_first_seen() -> None:
    moved = _stored(first_seen=NOW - 40 * DAY, posted_at=NOW - 2 * DAY)
    assert _text(moved, EvidenceKind.DATE_MOVED) == "It is dated 30 May 2026, but we first saw it on 22 April 2026."


def test_a_last_day_that_has_passed_is_told_of_what_is_still_open() -> None:
    assert _kinds(_stored(expires_at=NOW - DAY)) == [EvidenceKind.PAST_LAST_DAY]
    assert _kinds(_stored(expires_at=NOW - DAY, life={"closed_at": NOW - DAY})) == []
    assert _kinds(_stored(expires_at=NOW + DAY)) == []


@pytest.mark.parametrize(
    "said",
    [
        "Join our talent pool of thatchers.",
        "We collect applications for future opportunities.",
        "There is no current opening in this team.",
        "We are always looking for good hands.",
        "Dies ist eine Initiativbewerbung.",
    ],
)
def test_words_of_a_pool_rather_than_an_opening_are_quoted(said: str) -> None:
    kinds = _kinds(_stored(description_text=f"{TEXT}\n{said}"))
    assert kinds == [EvidenceKind.EVERGREEN]
    assert _kinds(_stored(title="General application: thatching")) == [EvidenceKind.EVERGREEN]


@pytest.mark.parametrize(
    "said",
    [
        "If this job does not suit you, join our talent community.",
        "We keep your documents for future opportunities.",
        "You will help to build our pool of reed suppliers.",
    ],
)
def test_a_pool_that_is_offered_to_those_whom_the_job_does_not_suit_is_no_evidence(said: str) -> None:
    assert _kinds(_stored(description_text=f"{TEXT}\n{said}")) == []


def test_what_it_leaves_out_is_named() -> None:
    bare = _stored(company="Confidential", places=(), pay=None, description_text="Thatcher wanted.")
    assert _kinds(bare) == [
        EvidenceKind.NO_COMPANY,
        EvidenceKind.NO_PLACE,
        EvidenceKind.VAGUE_TEXT,
        EvidenceKind.NO_PAY,
    ]
    assert _text(bare, EvidenceKind.VAGUE_TEXT) == "Its text is short: 2 words."


LOFTY = {
    "en": "We are a family of dreamers and we love excellence and passion every single morning. ",
    "de": "Wir sind eine Familie von Träumern und lieben Spitzenleistung und Leidenschaft an jedem Morgen. ",
    "fr": "Nous sommes une famille de rêveurs et nous aimons l'excellence et la passion chaque matin. ",
    "es": "Somos una familia de soñadores y amamos la excelencia y la pasión cada mañana sin falta. ",
    "nl": "Wij zijn een familie van dromers met liefde voor excellentie en passie op elke ochtend. ",
}


@pytest.mark.parametrize("language", LOFTY)
def test_a_text_of_nothing_but_praise_names_no_duties(language: str) -> None:
    praise = LOFTY[language] * 8
    lofty = _stored(description_text=praise, language=language)
    assert _text(lofty, EvidenceKind.VAGUE_TEXT) == "Its text names no duties that we can find."
    # Of a language that we do not know, and of a text too long to be only that, nothing is said.
    assert _kinds(_stored(description_text=praise, language="fi")) == []
    assert _kinds(_stored(description_text=praise * 4, language=language)) == []


@pytest.mark.parametrize(
    ("language", "duties"),
    [
        ("en", "You design warehouse models in Snowflake, review code, mentor colleagues and own services."),
        ("en", "We look for someone who builds pipelines and keeps them running."),
        ("en", "Design, build and run services for payments. Answer pages at night."),
        ("en", "* Thatch roofs of reed\n* Mend what the winter leaves"),
        ("en", "1. Thatch roofs of reed\n2. Mend what the winter leaves"),
        ("en", "The job is thatching, mostly of barns in the fens."),
        ("en", "In this role the engineer keeps forty pumps in order."),
        ("en", "Nurse wanted for our ward: nights and every second weekend."),
        ("de", "Du entwickelst Datenmodelle, prüfst Code und begleitest neue Kolleginnen."),
        ("de", "Sie planen Touren und rechnen sie ab."),
        ("de", "Wir suchen jemanden, der Dächer deckt und Schäden ausbessert."),
        ("de", "Planung, Aufbau und Betrieb unserer Netze gehören dazu."),
        ("fr", "Vous concevez des modèles de données et relisez le code de l'équipe."),
        ("fr", "Nous recherchons une personne pour entretenir les toits de chaume."),
        ("fr", "Au programme : concevoir, construire et exploiter nos services.\n- Entretien des toits"),
        ("es", "Diseñarás modelos de datos y revisarás el código del equipo."),
        ("es", "Buscamos a una persona que repare tejados de paja."),
        ("es", "La persona se encargará de los tejados."),
        ("nl", "Je ontwerpt datamodellen, beoordeelt code en begeleidt nieuwe collega's."),
        ("nl", "Wij zoeken iemand die rieten daken legt en herstelt."),
        ("nl", "Tot de werkzaamheden behoort het leggen van rieten daken."),
    ],
)
def test_a_text_that_names_duties_in_whatever_way_is_not_said_to_name_none(language: str, duties: str) -> None:
    text = f"{LOFTY[language] * 4}\n{duties}\n{LOFTY[language] * 4}"
    assert _kinds(_stored(description_text=text, language=language)) == []


def test_pay_between_one_amount_and_twice_as_much_says_little() -> None:
    wide = _stored(pay=Pay(minimum=30_000, maximum=90_000, currency="GBP", period=PayPeriod.YEAR))
    assert _text(wide, EvidenceKind.VAGUE_PAY) == "Its pay is stated widely: GBP 30,000 to 90,000 a year."


def test_an_employer_s_history_counts_where_there_is_enough_of_it() -> None:
    assert _kinds(_stored(), history=CompanyHistory(open=4, long_open=4)) == []
    assert _kinds(_stored(), history=CompanyHistory(open=10, long_open=4)) == []
    assert _kinds(_stored(), history=CompanyHistory(open=10, long_open=5)) == [EvidenceKind.COMPANY_HISTORY]


def test_the_same_job_side_by_side_at_one_source_is_told_and_across_sources_is_not() -> None:
    elsewhere = [_stored(source_id=f"board{number}") for number in range(5)]
    assert _kinds(_stored(), *elsewhere) == []
    assert "3 times" in _text(_stored(), EvidenceKind.OFTEN_OPEN, _stored(), _stored(), *elsewhere)


@given(st.text(max_size=300), st.text(max_size=30), st.datetimes(timezones=st.none() | st.just(UTC)))
def test_nothing_in_a_posting_breaks_it(text: str, title: str, moment: datetime) -> None:
    stored = _stored(description_text=text, title=title, company=title, posted_at=moment, expires_at=moment)
    assert all(one.text for one in ghost.evidence(stored, now=NOW))

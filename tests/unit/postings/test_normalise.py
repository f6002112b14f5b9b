from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.postings.model import Seniority, WorkMode
from jobtracker.postings.normalise import (
    clean_text,
    clean_title,
    read_date,
    read_employment_type,
    read_language,
    read_seniority,
    read_work_mode,
)


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Elektroniker (m/w/d)", "Elektroniker"),
        ("Data Engineer - Remote", "Data Engineer"),
        ("Nurse [Full-time]", "Nurse"),
        ("Analyst (m/f/x) (Remote)", "Analyst"),
        ("R&amp;D Engineer", "R&D Engineer"),
        ("  Site\n Manager ", "Site Manager"),
        ("TÃ©cnico de soporte", "Técnico de soporte"),
        ("Engineer, C++ (Compilers)", "Engineer, C++ (Compilers)"),
        ("(Remote)", "(Remote)"),
    ],
)
def test_titles_lose_what_belongs_in_other_fields(written: str, title: str) -> None:
    assert clean_title(written) == title


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Software Engineering Intern", Seniority.INTERN),
        ("Junior Accountant", Seniority.JUNIOR),
        ("Software Engineer I", Seniority.JUNIOR),
        ("Software Engineer II, Payments", Seniority.MID),
        ("Engineer III", Seniority.SENIOR),
        ("Sr. Data Analyst", Seniority.SENIOR),
        ("Staff Engineer", Seniority.LEAD),
        ("Kitchen Supervisor", Seniority.LEAD),
        ("Head Chef", Seniority.LEAD),
        ("Head of Design", Seniority.EXECUTIVE),
        ("Associate Director, Clinical", Seniority.EXECUTIVE),
        ("Chief Financial Officer", Seniority.EXECUTIVE),
        ("Senior Product Manager", Seniority.SENIOR),
    ],
)
def test_the_title_names_the_level(title: str, level: Seniority) -> None:
    assert read_seniority(title, "10+ years of experience") is level


@pytest.mark.parametrize(
    "title",
    [
        "Product Manager",
        "Staff Nurse",
        "Teaching Assistant",
        "Infusion (IV) Nurse",
        "Internal Auditor",
        "Sales Associate",
    ],
)
def test_a_trade_is_not_a_level(title: str) -> None:
    assert read_seniority(title) is None


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("You bring 5+ years of experience in tax.", Seniority.SENIOR),
        ("3-5 years' experience with SQL\n1 year of experience with dbt", Seniority.MID),
        ("Mindestens 8 Jahre Berufserfahrung", Seniority.LEAD),
        ("At least 1 year in a similar role", Seniority.JUNIOR),
        ("No previous experience required", Seniority.JUNIOR),
        ("We were founded 12 years ago.", None),
        ("Over 100 years of experience in shipping", None),
        ("Our 15 years in business show", None),
        ("", None),
    ],
)
def test_years_that_are_asked_for_suggest_the_level(text: str, level: Seniority | None) -> None:
    assert read_seniority("Surveyor", text) is level


@pytest.mark.parametrize(
    ("field", "mode"),
    [
        ("Remote - US", WorkMode.REMOTE),
        ("Berlin (Remote)", WorkMode.REMOTE),
        ("Hybrid - London", WorkMode.HYBRID),
        ("Remote or hybrid, Leeds", WorkMode.HYBRID),
        ("Not remote", WorkMode.ONSITE),
        ("Austin, TX (on-site)", WorkMode.ONSITE),
        ("Fully remote", WorkMode.REMOTE),
        ("Remote Sensing Scientist", None),
        ("Hybrid Cloud Engineer", None),
        ("Madrid, híbrido", WorkMode.HYBRID),
        ("Télétravail partiel, Lyon", WorkMode.HYBRID),
        ("Anywhere", WorkMode.REMOTE),
        ("London; Remote", WorkMode.REMOTE),
        ("Vienna", None),
        ("", None),
    ],
)
def test_a_field_says_how_the_work_is_done(field: str, mode: WorkMode | None) -> None:
    assert read_work_mode(field) is mode


PADDING = "We plan and build water networks for towns along the river, and we have done so for a long time. " * 2


@pytest.mark.parametrize(
    ("sentence", "mode"),
    [
        ("This is a hybrid role.", WorkMode.HYBRID),
        ("Two days a week in our office.", WorkMode.HYBRID),
        ("This is a fully remote position.", WorkMode.REMOTE),
        ("This position is not remote.", WorkMode.ONSITE),
        ("Zwei Tage pro Woche im Homeoffice sind möglich.", WorkMode.HYBRID),
        ("Deux jours de télétravail.", WorkMode.HYBRID),
        ("100 % Homeoffice.", WorkMode.REMOTE),
        ("You work on hybrid cloud networks.", None),
        ("We sell hybrid vehicles.", None),
        ("There is an on-site gym, and a home office stipend.", None),
        ("Monitor remote pumping stations.", None),
    ],
)
def test_prose_says_it_only_where_it_speaks_of_work(sentence: str, mode: WorkMode | None) -> None:
    assert read_work_mode("Graz", PADDING + sentence) is mode


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-03-04T05:06:07Z", datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("2026-03-04T05:06:07-04:00", datetime(2026, 3, 4, 9, 6, 7, tzinfo=UTC)),
        ("2026-03-04", datetime(2026, 3, 4, tzinfo=UTC)),
        ("Wed, 04 Mar 2026 05:06:07 +0000", datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("March 4, 2026", datetime(2026, 3, 4, tzinfo=UTC)),
        (1_772_600_767, datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)),
        (1_772_600_767_000, datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)),
        ("1772600767", datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)),
    ],
)
def test_dates_are_moments_in_utc(written: str | int, moment: datetime) -> None:
    assert read_date(written) == moment


@pytest.mark.parametrize(
    "value",
    [
        *("", "soon", "Monday", "10", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-02-30"),
        *(None, 0, -5, True, float("nan"), float("inf"), 10**30, [], {}, b"2026-01-01"),
    ],
)
def test_what_is_no_date_is_none(value: object) -> None:
    assert read_date(value) is None


NOON = datetime(2026, 3, 14, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Posted 3 Days Ago", 11),
        ("Posted Today", 14),
        ("yesterday", 13),
        ("5 hours ago", 14),
        ("20 hours ago", 13),
        ("an hour ago", 14),
        ("2d ago", 12),
        ("vor 2 Tagen", 12),
        ("il y a 1 jour", 13),
        ("hace 4 días", 10),
        ("gisteren", 13),
    ],
)
def test_an_age_in_days_is_the_day_itself_all_day_long(written: str, day: int) -> None:
    expected = datetime(2026, 3, day, tzinfo=UTC)
    assert read_date(written, NOON) == expected
    assert read_date(written) is None


@pytest.mark.parametrize("written", ["Posted 30+ Days Ago", "2 weeks ago", "1 month ago", "recently", "99999 days ago"])
def test_a_rough_age_is_no_date(written: str) -> None:
    assert read_date(written, NOON) is None


def test_days_come_first_where_they_are_said_to_or_dots_are_written() -> None:
    assert read_date("03/04/2026") == datetime(2026, 3, 4, tzinfo=UTC)
    assert read_date("03/04/2026", day_first=True) == datetime(2026, 4, 3, tzinfo=UTC)
    assert read_date("3.4.2026") == datetime(2026, 4, 3, tzinfo=UTC)


@pytest.mark.parametrize("written", ["4. März 2026", "4 mars 2026", "4 de marzo de 2026", "4 maart 2026"])
def test_months_are_known_in_several_languages(written: str) -> None:
    assert read_date(written) == datetime(2026, 3, 4, tzinfo=UTC)


@given(st.text() | st.integers() | st.floats() | st.none() | st.binary() | st.datetimes().map(str))
def test_reading_any_date_never_raises_and_gives_utc(value: object) -> None:
    for moment in (read_date(value), read_date(value, NOON, day_first=True)):
        assert moment is None or moment.utcoffset() == timedelta(0)


@given(st.datetimes(timezones=st.just(UTC)).filter(lambda moment: moment.year > 1))
def test_an_iso_moment_is_read_back_exactly(moment: datetime) -> None:
    assert read_date(moment.isoformat()) == moment


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (("FULL_TIME",), "full-time"),
        (("Teilzeit",), "part-time"),
        (("Fixed-term contract",), "contract"),
        (("", "Marketing Intern"), "internship"),
        (("", "International Sales Manager"), None),
        (("", "Internal Auditor"), None),
        (("", "Contract Manager"), None),
        (("", "Stage Manager"), None),
        (("", "Software Engineer (Contract)"), "contract"),
        (("", "Unbefristete Stelle"), None),
        (("CDI",), "full-time"),
        (("Permanent contract",), "full-time"),
        (("fulltime_permanent",), "full-time"),
        (("fixed-term",), "temporary"),
        (("Media jornada",), "part-time"),
        (("alternance",), "apprenticeship"),
        (("Volunteer",), "volunteer"),
        (("Stage",), "internship"),
    ],
)
def test_the_kind_of_employment_is_named_by_whole_words(texts: tuple[str, ...], kind: str | None) -> None:
    assert read_employment_type(*texts) == kind


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("You will work with our team and you are the first of your kind.", "en"),
        ("Wir suchen eine Person, die mit uns und für uns die Netze plant.", "de"),
        ("Vous êtes dans une équipe et nous travaillons avec les clients pour des projets.", "fr"),
        ("Trabajarás con los clientes y las personas del equipo para una empresa que crece.", "es"),
        ("Wij zoeken een collega voor het team en je werkt met onze klanten bij ons.", "nl"),
        ("Cerchiamo una persona per il nostro team che lavora con gli strumenti della rete e anche di più.", "it"),
        ("Você vai trabalhar com os clientes e não são poucos os projetos da nossa empresa para você.", "pt"),
        (
            "Szukamy osoby do zespołu, która jest gotowa na nowe zadania oraz praca z klientami dla nas i się liczy.",
            "pl",
        ),
        ("Vi söker dig som är van att arbeta med kunder och som vill ha ett jobb på vår avdelning för nät.", "sv"),
        ("Мы ищем специалиста для работы с клиентами", "ru"),
        ("私たちはエンジニアを募集しています", "ja"),
        ("Python, SQL, dbt", None),
        ("", None),
    ],
)
def test_the_language_is_told_by_its_commonest_words(text: str, language: str | None) -> None:
    assert read_language(text) == language


@given(st.text())
def test_no_text_makes_a_reader_raise(text: str) -> None:
    assert clean_text(text) == clean_text(text).strip()
    assert "\n" not in clean_title(text)
    read_seniority(text, text)
    read_work_mode(text, text * 20)
    read_employment_type(text)
    read_language(text)


def test_hostile_texts_are_read_in_little_time(quickly: None) -> None:
    for piece in (" ", "1 ", "(m/", "years ", "1 years ", "not ", "work from ", "hybrid ", "- ", "\n"):
        text = piece * 20_000
        clean_title(text)
        read_seniority("x", text)
        read_work_mode(text)
        read_employment_type(text)
        read_date(text)

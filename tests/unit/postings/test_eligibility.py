"""Who may apply, as far as a posting says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.postings.eligibility import read_eligibility
from jobtracker.postings.model import Eligibility

OFFERED, REFUSED = Eligibility.VISA_OFFERED, Eligibility.VISA_REFUSED
PERMIT, CITIZEN = Eligibility.WORK_PERMIT_REQUIRED, Eligibility.CITIZENSHIP_REQUIRED
CLEARANCE, RELOCATION = Eligibility.CLEARANCE_REQUIRED, Eligibility.RELOCATION_OFFERED


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Visa sponsorship available", (OFFERED,)),
        ("We sponsor visas for the right person.", (OFFERED,)),
        ("We offer visa sponsorship and relocation support", (OFFERED, RELOCATION)),
        ("If you do not have a permit, we will sponsor your visa.", (OFFERED,)),
        ("Visa sponsorship: yes", (OFFERED,)),
        ("Wir unterstützen dich beim Visum", (OFFERED,)),
        ("Ofrecemos visado y paquete de reubicación", (OFFERED, RELOCATION)),
        ("We do not sponsor visas.", (REFUSED,)),
        ("Unfortunately we can't offer visa sponsorship for this post", (REFUSED,)),
        ("Sponsorship is not offered for this position", (REFUSED,)),
        ("Wir können leider kein Visum sponsern", (REFUSED,)),
        ("Nous ne proposons pas de parrainage de visa", (REFUSED,)),
        ("No ofrecemos visado", (REFUSED,)),
        ("Wij bieden geen visumsponsoring", (REFUSED,)),
        ("Must be authorized to work in the U.S. without sponsorship.", (REFUSED, PERMIT)),
        ("You must have the right to work in the UK.", (PERMIT,)),
        ("Gültige Arbeitserlaubnis erforderlich", (PERMIT,)),
        ("Permis de travail valide requis", (PERMIT,)),
        ("Permiso de trabajo imprescindible", (PERMIT,)),
        ("Je hebt een geldige werkvergunning", (PERMIT,)),
        ("You must be a US citizen.", (CITIZEN,)),
        ("Deutsche Staatsangehörigkeit erforderlich", (CITIZEN,)),
        ("Applicants must be US citizens or green card holders", (PERMIT,)),
        ("Active TS/SCI clearance required", (CLEARANCE,)),
        ("Sicherheitsüberprüfung (Ü2)", (CLEARANCE,)),
        ("Umzugshilfe und Jobticket", (RELOCATION,)),
        ("We pay a relocation package", (RELOCATION,)),
    ],
)
def test_what_a_sentence_says_is_read(text: str, said: tuple[Eligibility, ...]) -> None:
    assert read_eligibility(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No security clearance required",
        "Relocation assistance is not provided",
        "You are willing to relocate to Graz",
        "Will you now or in the future require visa sponsorship?",
        "We employ regardless of citizenship status or origin.",
        "You know the Visa and Mastercard networks",
        "We proudly sponsor local football clubs",
        "You manage our sponsors and no two days are alike",
        "Experience with customs clearance",
        "You are eligible to work from home",
        "Be a good corporate citizen",
    ],
)
def test_what_only_sounds_like_it_says_nothing(text: str) -> None:
    assert read_eligibility(text) == ()


def test_what_is_said_both_ways_is_unknown() -> None:
    assert read_eligibility("We sponsor visas for engineers.\nFor this role we do not sponsor visas.") == ()


def test_each_sentence_speaks_for_itself() -> None:
    text = "* No cover letter needed.\n* We handle your visa and the paperwork.\n* Paid relocation."
    assert read_eligibility(text) == (OFFERED, RELOCATION)


@pytest.mark.parametrize("language", [None, "en", "de", "fr", "es", "nl", "xx"])
def test_the_language_only_saves_work(language: str | None) -> None:
    assert read_eligibility("We do not sponsor visas.", language) == (REFUSED,)


pieces = st.sampled_from(
    [
        *(
            "not ",
            "sponsor",
            "visa ",
            "we offer ",
            "clearance ",
            ". ",
            "\n",
            "US citizen ",
            "must ",
            "relocation ",
            "package ",
            "?",
        )
    ]
)


@given(st.text() | st.lists(pieces, max_size=20).map("".join))
def test_no_text_makes_it_raise_and_each_is_said_once(text: str) -> None:
    said = read_eligibility(text)
    assert len(set(said)) == len(said)
    assert not {OFFERED, REFUSED} <= set(said)


def test_a_hostile_text_is_read_in_little_time(quickly: None) -> None:
    for piece in (
        "visa ",
        "not visa ",
        "sponsor",
        "right to work ",
        "relocation not ",
        "must clearance ",
        "visa if you ",
        "we offer ",
    ):
        read_eligibility(piece * 10_000)
        read_eligibility((piece * 10 + "\n") * 2_000)

"""The kind of employment, as a small set of words."""

import re
from enum import StrEnum
from functools import lru_cache
from typing import Final


class EmploymentType(StrEnum):
    """The kinds of employment that are told apart."""

    FULL_TIME = "full-time"
    PART_TIME = "part-time"
    CONTRACT = "contract"
    TEMPORARY = "temporary"
    INTERNSHIP = "internship"
    APPRENTICESHIP = "apprenticeship"
    VOLUNTEER = "volunteer"


_KINDS: Final = tuple(
    (name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for name, words in (
        (EmploymentType.VOLUNTEER, r"volunteer(?:ing)?|ehrenamt\w*|bénévol\w*|voluntari[oa]|vrijwilliger\w*"),
        (
            EmploymentType.INTERNSHIP,
            (
                r"intern|internship|co op|praktikum|pflichtpraktikum|praktikant(?:in)?|stagiaire?|werkstudent(?:in)?|"
                r"working student|"
                r"^stage(?! (?:manager|hand|technic|crew|director|design))|prácticas|becari[oa]|estágio|tirocinio|"
                r"traineeship|trainee"
            ),
        ),
        (EmploymentType.APPRENTICESHIP, r"apprentice(?:ship)?|ausbildung|azubi|alternance|apprentissage|leerling"),
        (
            EmploymentType.CONTRACT,
            (
                r"(?<!permanent )(?<!indefinite )(?<!vast )contract(?!s? (?:manage|admin|special|negoti|engineer|law|"
                r"analyst|coordin|"
                r"officer|indefini))|contractor|freelancer?|freiberuf\w*|b2b|zzp|autónomo|umowa zlecenie|self employed"
            ),
        ),
        (
            EmploymentType.TEMPORARY,
            (
                r"temporary|temp|seasonal|befristet\w*|fixed term|per diem|casual|zeitarbeit|intérim|cdd|temporal|"
                r"tijdelijk|aushilfe|minijob|saison\w*"
            ),
        ),
        (
            EmploymentType.PART_TIME,
            (
                r"part ?time|teilzeit|temps partiel|media jornada|jornada parcial|tiempo parcial|deeltijd|bijbaan|"
                r"tempo parziale"
            ),
        ),
        (
            EmploymentType.FULL_TIME,
            (
                r"full ?time|vollzeit|temps (?:plein|complet)|permanent|cdi|jornada completa|tiempo completo|voltijd|"
                r"tempo pieno|tempo integral|festanstellung|indefinido|regular|pełny etat|umowa o pracę|vast contract"
            ),
        ),
    )
)
_JOINED = re.compile(r"[-_]+")
_LONGEST = 300


@lru_cache(maxsize=20_000)
def read_employment_type(*texts: str) -> EmploymentType | None:
    """The kind that the first of the texts with any names; None where none does."""
    for text in texts:
        words = _JOINED.sub(" ", text[:_LONGEST])
        for name, known in _KINDS:
            if known.search(words):
                return name
    return None

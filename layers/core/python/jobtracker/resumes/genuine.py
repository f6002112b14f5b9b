"""Whether a text is a resume at all, or some other document that was sent by mistake.

Judged by structure, never by topic: the resume of a lawyer speaks of contracts, of an accountant of invoices, of a
cook of dishes. A document is another one only where it has the marks of that other kind and hardly any of a resume's;
where both are weak it is taken for a resume, as a resume that is refused is worse than a letter that is read.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from jobtracker.resumes import lines
from jobtracker.resumes.model import Profile
from jobtracker.resumes.sections import Kind, kinds_of
from jobtracker.resumes.uploads import Extracted, Refusal, RefusalCode

# What only resumes have as headings; "Summary", "Contact" and "References" stand in papers and invoices too.
_HEADINGS: Final = {Kind.WORK, Kind.EDUCATION, Kind.SKILLS, Kind.LANGUAGES, Kind.CERTIFICATES, Kind.PROJECTS}
_ENTRIES_OF_A_RESUME: Final = 2
_FEWEST_MARKS: Final = 3
_CODE_SHARE: Final = 0.4
_PROSE_SHARE: Final = 0.6
_PROSE_WORDS: Final = 9
_PRICED_SHARE: Final = 0.3


class Other(StrEnum):
    """What a document looks like that is no resume, in the words that people are told."""

    ADVERTISEMENT = "a job advertisement"
    INVOICE = "an invoice or a receipt"
    CONTRACT = "a contract"
    STATEMENT = "a bank statement"
    LETTER = "a letter"
    PAPER = "a paper or a report"
    CODE = "source code"
    MENU = "a price list or a menu"
    PROSE = "running text about something else"
    NOTHING = "a text without a name, an address, work, studies or skills"


def _any(*marks: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(one, re.IGNORECASE | re.MULTILINE) for one in marks)


# Each pattern is one mark, and counts once however often it stands there.
_MARKS: Final = {
    Other.ADVERTISEMENT: _any(
        r"\bwe(?: are|'re|’re) (?:looking for|hiring|seeking)\b|\bis (?:hiring|looking for a|seeking a)\b|"
        r"\bjoin (?:us|our team)\b|\bwir suchen\b|\bnous recherchons\b|\bbuscamos\b|\bwij zoeken\b",
        r"\b(?:what )?we offer\b|\bour benefits\b|\bperks\b|\bwir bieten\b|\bnous (?:offrons|proposons)\b|"
        r"\bofrecemos\b|\b(?:wij bieden|bieden wij)\b",
        r"\byou(?:'ll| will|’ll) (?:be|work|have|join|lead|build|design|develop|support|help|own|manage|teach)\b|"
        r"\bwhat you(?:'ll| will|’ll) do\b|\b(?:deine|ihre) aufgaben\b|\bvos missions\b|\btus funciones\b|"
        r"\bjouw taken\b",
        r"\byou (?:have|bring|are|know)\b|\byour (?:profile|tasks|mission|responsibilities)\b|\bwho you are\b|"
        r"\b(?:dein|ihr) profil\b|\bdu bringst\b|\bsie bringen\b|\bvotre profil\b|\btu perfil\b|\bjouw profiel\b",
        r"\bapply (?:now|today|online|by|with)\b|\bsend (?:us )?your (?:cv|resume|résumé|application)\b|"
        r"\bhow to apply\b|\bbewirb dich\b|\bbewerben sie sich\b|\b(?:deine|ihre) bewerbung\b|\bpostulez\b|"
        r"\benvía tu (?:cv|currículum)\b|\bsolliciteer\b",
        r"^\W*(?:requirements|qualifications|responsibilities|nice to have|must haves?|what you bring|the role|"
        r"anforderungen|compétences requises|requisitos|functie-eisen)\W*$",
        r"\bin this role\b|\b(?:day to day|you would|you get|you (?:won't|won’t))\b|\b\d+\+ years\b|\(m/[wf]/d\)",
        r"\bequal opportunit(?:y|ies)\b|\bregardless of\b.{0,60}\b(?:gender|race|religion)\b",
        r"\bthe (?:ideal|successful) candidate\b|\babout the (?:role|job|team)\b",
    ),
    Other.INVOICE: _any(
        r"\binvoice (?:no\.?|number|date|#)|\brechnungs(?:nummer|datum)\b|\brechnung nr\b|\bfacture n[°o]|"
        r"\bfactura n[úu°]|\bfactuurnummer\b|\breceipt (?:no\.?|number)\b",
        r"\b(?:bill|ship|invoice) to\b",
        r"\bsub-?total\b|\bzwischensumme\b|\bsous-total\b|\bsubtotaal\b",
        r"\b(?:vat|tva|iva|btw|mwst|sales tax)\b[^\n]{0,20}\d",
        r"\b(?:amount|total|balance) due\b|\bgesamtbetrag\b|\btotal (?:ttc|a pagar)\b|\bte betalen\b|\bgrand total\b",
        r"\bpayment (?:terms|due)\b|\bdue (?:date|within)\b|\bzahlbar\b|\biban\b",
        r"\bunit price\b|\bqty\b|\bquantity\b|\beinzelpreis\b|\bprix unitaire\b",
    ),
    Other.CONTRACT: _any(
        r"\bhereinafter\b|\bhereby\b|\bherein\b|\bthereof\b|\bnachfolgend\b|\bci-après\b|\ben adelante\b|\bhierna\b",
        r"\bthis (?:agreement|contract|lease)\b|\bdieser vertrag\b|\bdieses vertrages\b|\bprésent contrat\b|"
        r"\bpresente contrato\b|\bdeze overeenkomst\b",
        r"\b(?:the|both|either) part(?:y|ies)\b|\bdie parteien\b|\bles parties\b|\blas partes\b|\bde partijen\b",
        r"\bgoverning law\b|\bgoverned by\b|\bjurisdiction\b|\bgerichtsstand\b|\bdroit applicable\b|\bjurisdicción\b",
        r"\bshall (?:be|not|pay|have|remain|terminate)\b",
        r"\bterminat(?:ion|ed?) (?:of|by|with|upon)\b|\bkündigungsfrist\b|\bnotice period of\b|\brésiliation\b",
        r"^\s*(?:§ ?\d+|article \d+|clause \d+|artikel \d+|artículo \d+|\d+\.\d+\.? [A-Z])",
        r"\bin witness whereof\b|\bsigned (?:by|for and on behalf)\b|\bunterschrift\b|\bindemnif",
        r"\b(?:tenant|landlord|lessee|lessor|licensee|licensor|arbeitgeber|vermieter|mieter)\b",
    ),
    Other.STATEMENT: _any(
        r"\b(?:opening|closing|previous|new) balance\b|\b(?:alter|neuer) saldo\b|\banfangssaldo\b|\bendsaldo\b|"
        r"\bsolde (?:initial|final|précédent)\b",
        r"\bstatement (?:period|date|of account)\b|\baccount statement\b|\bkontoauszug\b|\brelevé de compte\b",
        r"\b(?:account|sort|iban) ?(?:number|no\.?|code)?:? ?[A-Z]{0,2}\d[\d -]{5,}",
        r"\bdebit\b|\bcredit\b.{0,20}\bbalance\b|\bwithdrawals?\b|\bdeposits?\b|\büberweisung\b|\blastschrift\b",
        r"\bdirect debit\b|\bstanding order\b|\bcard payment\b|\bgutschrift\b",
    ),
    Other.LETTER: _any(
        r"^\s*dear\b|\bto whom it may concern\b|\bsehr geehrte|\bmadame, monsieur\b|\bestimad[oa]\b|\bgeachte\b",
        r"^\s*(?:yours (?:sincerely|faithfully|truly)|sincerely|(?:kind|best|warm) regards)\b|"
        r"\bmit freundlichen grüßen\b|\bsalutations\b|\batentamente\b|\bmet vriendelijke groet",
        r"\bi am (?:writing|applying)\b|\bi would like to apply\b|\bbewerbe ich mich\b|\bje vous adresse\b|"
        r"\bme dirijo\b|\bhierbij solliciteer\b",
        r"\b(?:look|looking) forward to\b|\büber eine einladung\b|\bdans l['’]attente\b|\bquedo a la espera\b",
    ),
    Other.PAPER: _any(
        r"^\s*(?:\d\.? )?abstract\b|^\s*zusammenfassung\s*$",
        r"^\s*(?:\d\.? )?(?:introduction|einleitung)\s*$",
        r"^\s*(?:\d\.? )?(?:conclusions?|discussion|methods?|related work|results)\s*$",
        r"\bet al\.",
        r"^\s*\[\d+\] ",
        r"\b(?:figure|table|fig\.|section|chapter) \d+\b",
        r"\bwe (?:propose|present|show|find|report|study)\b|\bin this (?:paper|report|chapter|study)\b",
    ),
}
_CODE: Final = re.compile(
    r"[;{}]\s*$|^\s*(?:def|class|import|from \w+ import|return|#include|public|private|function|const|let|var|if \(|"
    r"for \(|while|else|elif|try:|except|SELECT|FROM|WHERE|INSERT)\b|^\s*(?:// |/\*|#!)"
)
_PRICE: Final = re.compile(r"(?:[$€£]\s?\d+(?:[.,]\d\d)?|\d+[.,]\d\d(?:\s?(?:[$€£]|EUR|USD))?)\s*$")
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")


def refusal_of(extracted: Extracted, profile: Profile) -> Refusal | None:
    """The refusal of a document that is no resume, with what it looks like; None for a resume.

    What comes in a format of resumes only is never judged.

    Args:
        extracted: the document's text and how it was read.
        profile: what was read from it.
    """
    other = None if extracted.is_structured else other_than_a_resume(extracted.text, profile)
    if other is None:
        return None
    reason = (
        f"This does not seem to be a resume: it looks like {other}. Upload a document that says who you are and what "
        "you have done and learned."
    )
    return Refusal(code=RefusalCode.NOT_A_RESUME, reason=reason)


def other_than_a_resume(text: str, profile: Profile) -> Other | None:
    """What the document is instead of a resume; None for a resume, and where it cannot be told."""
    shown = [line for line in lines.lines_of(lines.clean(text)) if line.strip()]
    entries = sum(one.start is not None or one.end is not None or one.current for one in profile.work)
    entries += sum(one.institution is not None or one.degree is not None for one in profile.education)
    headings = len({kind for kind, is_own in kinds_of(shown) if is_own and kind in _HEADINGS})
    if entries >= _ENTRIES_OF_A_RESUME and headings:
        return None
    found = {other: _marks(marks, text) for other, marks in _MARKS.items()}
    best = max(found, key=lambda other: found[other])
    # An entry or a heading may come of anything; each asks for one mark more.
    if found[best] >= _FEWEST_MARKS + entries + max(0, headings - 1):
        return best
    reached = bool(profile.email or profile.phone or profile.links)
    if entries or (headings and reached):
        return None
    return _by_its_lines(shown) or (None if reached or _names_somebody(text, profile) else _of_nobody(shown, profile))


def _by_its_lines(shown: list[str]) -> Other | None:
    if _share(shown, _CODE) >= _CODE_SHARE:
        return Other.CODE
    return Other.MENU if _share(shown, _PRICE) >= _PRICED_SHARE else None


def _names_somebody(text: str, profile: Profile) -> bool:
    return bool(profile.name and (profile.skills or profile.label or _YEAR.search(text)))


def _of_nobody(shown: list[str], profile: Profile) -> Other:
    prose = sum(len(line.split()) >= _PROSE_WORDS for line in shown) >= _PROSE_SHARE * len(shown)
    return Other.PROSE if prose and not profile.skills else Other.NOTHING


def _marks(marks: Iterable[re.Pattern[str]], text: str) -> int:
    return sum(mark.search(text) is not None for mark in marks)


def _share(shown: list[str], pattern: re.Pattern[str]) -> float:
    return sum(pattern.search(line) is not None for line in shown) / max(1, len(shown))

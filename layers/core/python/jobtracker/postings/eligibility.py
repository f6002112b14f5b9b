"""What a posting says about who may apply: visas, permits, citizenship, clearance, relocation.

Read sentence by sentence, in English, German, French, Spanish and Dutch. What is said both ways is unknown.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from jobtracker.postings.lines import has, lines_naming
from jobtracker.postings.model import Eligibility

# Some of these are in whatever the patterns find: words of English, which stand in texts of all languages, or of the
# text's own.
_HINTS: Final = (
    "visa", "sponsor", "citizen", "clearance", "relocat", "to work", "authori", "permit", "polygraph", "ts/sci",
    "top secret", "green card", "public trust", "h-1b", "h1b",
)  # fmt: skip
_HINTS_IN: Final = {
    "de": (
        "visum", "arbeitserlaubnis", "arbeitsgenehmigung", "aufenthalt", "umzug", "staatsangeh", "staatsbürger",
        "sicherheitsüberprüfung",
    ),
    "fr": (
        "nationalité", "habilitation", "déménagement", "mobilité", "autoris", "relogement", "parrain",
        "permis de travail",
    ),
    "es": ("visado", "permiso de trabajo", "nacionalidad", "reubicación", "habilitación", "mudanza"),
    "nl": ("visum", "werkvergunning", "verhui", "nationaliteit", "vgb", "geen bezwaar", "relocatie", "gerechtigd"),
}  # fmt: skip
_ALL_HINTS: Final = (*_HINTS, *dict.fromkeys(hint for hints in _HINTS_IN.values() for hint in hints))
_VISA_WORDS: Final = ("visa", "visum", "visado", "sponsor", "h-1b", "h1b", "permi", "parrain", "vergunning")
_CITIZEN_WORDS: Final = ("citizen", "national", "nacional", "staats", "nationaliteit")
_CLEARANCE_WORDS: Final = (
    "clear", "ts/sci", "secret", "trust", "polygraph", "sicherheits", "habilita", "vgb", "bezwaar",
)  # fmt: skip
_RELOCATION_WORDS: Final = ("reloca", "umzug", "aide ", "démén", "ubicaci", "mudanza", "verhuis")
_ABBREVIATED = re.compile(r"\b(U)\.\s?([SK])\.(?:A\.)?")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|[\n•;]+")
_LONGEST_SENTENCE, _SENTENCES_READ = 600, 200
_NOT = (
    r"(?:\bnot\b(?! only)|n['’]t\b|\bno\b(?! problem| matter)|\bunable\b|\bcannot\b|\bwithout\b|\bneither\b|\bnor\b|"
    r"\bnever\b|"
    r"\bkeine?n?\b|\bnicht\b|\bohne\b|\bleider\b|\bpas\b|\baucune?\b|\bsans\b|\bsin\b|\bningún\w*|\bgeen\b|\bniet\b|"
    r"\bzonder\b)"
)
_SPONSOR = (
    r"(?:\b(?:visum)?sponsor(?:ship|ing|ed|en)?\b|\bvisas?\b|\bvisum\w*|\bvisado\w*|\bh-?1b\b|\bparrainage\b|"
    r"\bwork permits?\b|\bpermis de travail\b|\bpermisos? de trabajo\b|\bwerkvergunning\w*)"
)
# The card company, and those who pay for races and clubs.
_OTHERWISE = re.compile(
    r"\bmastercard\b|\bvisa (?:cards?|payments?|direct|inc|debit|credit|network)\b|"
    r"^(?!.*\b(?:vis(?:as?\b|um|ado)|immigration|work|employ|candidate|applicant|position|role|require|h-?1b|permi))",
    re.IGNORECASE,
)
_NO_CONDITION = r"^(?!.*\b(?:if|whether|falls|wenn|si|als) (?:or not )?(?:you|sie|du|vous|tu|usted|je)\b)"
_REFUSES = re.compile(
    rf"{_NO_CONDITION}.*(?:{_NOT}.{{0,80}}{_SPONSOR}|{_SPONSOR}.{{0,50}}{_NOT}|sponsor\w*\W{{1,3}}no\b|"
    r"\bsponsor\w* (?:is |are )?(?:unavailable|ineligible|excluded))",
    re.IGNORECASE,
)
_HELPS = (
    r"(?:offer|provide|sponsor|support|help|assist|handle|arrange|cover|take care of|bieten|unterstütz\w*|übernehmen|"
    r"helfen|"
    r"proposons|aidons|accompagn\w*|prenons en charge|ofrecemos|ayudamos|apoyamos|tramit\w*|bieden|regelen|helpen|"
    r"verzorgen)"
)
_OFFERS = re.compile(
    rf"\b(?:we|wir|nous|wij|company|team|employer|ofrecemos|ayudamos|apoyamos|"
    rf"tramitamos)\b.{{0,30}}\b{_HELPS}?\w*\b.{{0,60}}{_SPONSOR}|\b{_HELPS}\w*\b.{{0,50}}{_SPONSOR}|"
    r"\b(?:visa|skilled worker|h-?1b|work permit)\W{0,3}(?:sponsorship|support|assistance|transfer|help)\b.{0,40}"
    r"\b(?:available|offered|provided|possible|considered|included|yes|covered|welcome)|"
    r"\b(?:visa|relocation)(?: and| &|/|,) (?:visa|relocation) (?:support|sponsorship|assistance|help)|"
    r"^\W*(?:offering |full )?(?:visa|skilled worker)(?: sponsorship| support| assistance)(?: available| offered)?\W*$|"
    r"\bvisa sponsor(?:ship)?\W{1,3}(?:yes|available)\b|\bunterstützung (?:bei|beim|für).{0,30}\bvis(?:um|a)",
    re.IGNORECASE,
)
_NEEDS_PERMIT = re.compile(
    r"\bright[s]? to (?:live and )?work\b|\b(?:authori[sz]ed|eligible|entitled|permitted|legally able|allowed|"
    r"able) to (?:legally )?"
    r"(?:live and )?work (?:in|within|for)\b(?! (?:an?|our|the (?:team|office|company)))|\b(?:work|"
    r"employment) (?:authori[sz]ation|eligibility)\b|"
    r"\b(?:authori[sz]ation|eligibility|permission|permit) to (?:live and )?work\b|\bvalid work(?:ing)? (?:permit|"
    r"visa)\b|"
    r"\bwork permit (?:is )?(?:required|needed|necessary)|\b(?:arbeitserlaubnis|arbeitsgenehmigung|aufenthaltstitel)\b|"
    r"\bautorisation de travail(?:ler)?\b|\bautorisée?s? à travailler\b|\bpermis de travail\b|\bpermiso de trabajo\b|"
    r"\bwerkvergunning\b|\bgerechtigd om .{0,20}te werken\b|\b(?:green card|permanent residen)\w*",
    re.IGNORECASE,
)
_COUNTRY = (
    r"(?:US|U\.S\.|USA|united states|american|uk|british|eu|european|canadian|australian|german|french|dutch|swiss|"
    r"indian|singapore(?:an)?|israeli|nato|sole|dual)"
)
_NEEDS_CITIZENSHIP = re.compile(
    rf"\b{_COUNTRY} (?:citizens?\b|citizenship\b|nationals?\b|nationality\b)|\bcitizens? of the (?:us|united states|"
    rf"uk|united kingdom|eu)\b|"
    r"\bcitizenship (?:is |of .{0,20})?(?:required|mandatory)|\b(?:deutsche|österreichische|"
    r"eu-)\s?(?:staatsangehörigkeit|staatsbürgerschaft)|"
    r"\bnationalité (?:française|européenne)|\bnacionalidad (?:española|europea)|\b(?:nederlandse|eu-) nationaliteit",
    re.IGNORECASE,
)
_DEMANDS = re.compile(
    r"\b(?:must|requires?|required|requirement|only|need(?:s|ed)?|mandatory|have to|has to|restricted|limited to|"
    r"necessary|due to|"
    r"erforderlich|voraussetzung|zwingend|notwendig|nur|requise?|obligatoire|exigée?|requerid[oa]|imprescindible|"
    r"vereist|verplicht|be an?|applicants? should|candidates? should|possess|hold)\b|^\W*(?:sole )?(?:us|uk|eu|"
    r"u\.s\.) citizens?(?:hip)?\W*$",
    re.IGNORECASE,
)
_OR_RESIDENT = re.compile(
    r"\b(?:green card|permanent resident|lawful|residents?|visa holder|work authori[sz]ation|right to work|"
    r"persons?\b.{0,30}\bprotected)",
    re.IGNORECASE,
)
_EQUAL_CHANCES = re.compile(
    r"\b(?:regardless|without regard|irrespective|discriminat\w*|equal opportunity|ungeachtet|unabhängig von|"
    r"sans distinction|citizenship status|protected (?:class|characteristic|veteran))\b",
    re.IGNORECASE,
)
_NEEDS_CLEARANCE = re.compile(
    r"\b(?:security|secret|government|dod|doe|sc|dv|nv[12]|baseline|active|ts/sci|sci|q|nato|ps)[\s-]+clear(?:ance|"
    r"ed)\b|\bts/sci\b|"
    r"\btop secret\b|\bclearance (?:is )?(?:required|level)|\b(?:obtain|hold|maintain|possess)\w* .{0,30}clearance\b|"
    r"\bpublic trust\b|"
    r"\bpolygraph\b|\bsicherheitsüberprüfung\b|\bhabilitation (?:confidentiel|secret|défense|de sécurité)|"
    r"\bhabilitación de seguridad\b|\b(?:vgb|verklaring van geen bezwaar)\b",
    re.IGNORECASE,
)
_NO_CLEARANCE = re.compile(
    r"\b(?:no|not|without|nor)\b.{0,40}\bclear(?:ance|ed)\b|\bclearance\b.{0,25}\b(?:not|isn['’]t)\b|"
    r"\bkeine sicherheits|\bcustoms clearance\b",
    re.IGNORECASE,
)
_RELOCATION = (
    r"(?:\brelocation (?:package|assistance|support|bonus|allowance|help|budget|costs?|expenses?|services?|"
    r"reimbursement|stipend|"
    r"benefits?|aid)\b|\brelocation (?:is |will be |can be )?(?:offered|provided|available|covered|paid|possible|"
    r"included)\b|\b(?:help|assist|support)\w* (?:you )?(?:with |in )?(?:your |the )?(?:relocation|relocat(?:e|ing))|"
    r"\bpaid relocation\b|\boffers? relocation\b|"
    r"\bumzugs(?:hilfe|kosten\w*|unterstützung|pauschale)|\bunterstützung (?:bei(?:m)?|für) (?:deinem |ihrem |"
    r"den )?umzug|"
    r"\baide (?:à la|au) (?:mobilité|déménagement|relocalisation|relogement)|\bprise en charge du déménagement|"
    r"\b(?:ayuda|apoyo|paquete) (?:para|a|de|con)(?: la)? (?:reubicación|mudanza|relocalización)|"
    r"\bverhuis(?:vergoeding|kosten\w*|ondersteuning)|\brelocatie(?:pakket|vergoeding))"
)
_RELOCATES = re.compile(_RELOCATION, re.IGNORECASE)
_NO_RELOCATION = re.compile(
    rf"{_NOT}.{{0,60}}{_RELOCATION}|\brelocat\w+.{{0,40}}{_NOT}|{_NOT}.{{0,30}}\brelocation\b", re.IGNORECASE
)


def read_eligibility(text: str, language: str | None = None) -> tuple[Eligibility, ...]:
    """What ``text`` says about who may apply, in the order of ``Eligibility``; nothing where it says nothing.

    Args:
        text: the posting's.
        language: ISO 639-1 code of its language, where it is known: less has to be looked for.
    """
    hints = _ALL_HINTS if language is None else (*_HINTS, *_HINTS_IN.get(language, ()))
    said: set[Eligibility] = set()
    for sentence in _sentences(text, hints):
        said |= set(_said(sentence))
    if {Eligibility.VISA_OFFERED, Eligibility.VISA_REFUSED} <= said:
        said -= {Eligibility.VISA_OFFERED, Eligibility.VISA_REFUSED}
    return tuple(each for each in Eligibility if each in said)


def _sentences(text: str, hints: Sequence[str]) -> Iterable[str]:
    """The sentences of the lines with a hint in them."""
    told = "\n".join(lines_naming(text, hints))
    if told:
        for sentence in _SENTENCE.split(_ABBREVIATED.sub(r"\1\2", told))[:_SENTENCES_READ]:
            yield sentence[:_LONGEST_SENTENCE].strip()


def _said(sentence: str) -> Iterable[Eligibility]:
    if sentence.endswith("?"):
        return
    lowered = sentence.lower()
    travels = has(lowered, _VISA_WORDS) and not _OTHERWISE.search(sentence)
    refuses = travels and _REFUSES.search(sentence) is not None
    offers = travels and not refuses and _OFFERS.search(sentence) is not None
    if refuses:
        yield Eligibility.VISA_REFUSED
    elif offers:
        yield Eligibility.VISA_OFFERED
    yield from _said_of_permits(sentence, offers=offers)
    if has(lowered, _CLEARANCE_WORDS) and _NEEDS_CLEARANCE.search(sentence) and not _NO_CLEARANCE.search(sentence):
        yield Eligibility.CLEARANCE_REQUIRED
    if has(lowered, _RELOCATION_WORDS) and _RELOCATES.search(sentence) and not _NO_RELOCATION.search(sentence):
        yield Eligibility.RELOCATION_OFFERED


def _said_of_permits(sentence: str, *, offers: bool) -> Iterable[Eligibility]:
    citizens = (
        has(sentence.lower(), _CITIZEN_WORDS)
        and _NEEDS_CITIZENSHIP.search(sentence) is not None
        and _DEMANDS.search(sentence) is not None
    )
    permit = (citizens and _OR_RESIDENT.search(sentence)) or (not offers and _NEEDS_PERMIT.search(sentence))
    if (citizens or permit) and not _EQUAL_CHANCES.search(sentence):
        yield Eligibility.WORK_PERMIT_REQUIRED if permit else Eligibility.CITIZENSHIP_REQUIRED

"""What a posting says about who may apply: visas, permits, citizenship, clearance, relocation.

Read sentence by sentence, in English, German, French, Spanish and Dutch. What is said both ways is unknown.
"""

import re
from collections.abc import Iterable
from typing import Final

from jobtracker.postings.model import Eligibility

# One of these is in whatever the patterns find; looking for them is many times faster.
_HINTS: Final = (
    "visa", "visum", "visado", "sponsor", "citizen", "clearance", "relocat", "right to work", "authori", "eligib",
    "permit",
    "arbeitserlaubnis", "arbeitsgenehmigung", "aufenthalt", "umzug", "staatsangeh", "staatsbürger",
    "sicherheitsüberprüfung",
    "permis de travail", "nationalité", "habilitation", "déménagement", "mobilité", "permiso de trabajo",
    "nacionalidad",
    "reubicación", "werkvergunning", "verhui", "nationaliteit", "polygraph", "ts/sci", "top secret", "green card",
    "entitled",
    "autoris", "relogement", "parrain", "vgb", "public trust", "legally", "itar",
)  # fmt: skip
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
    r"\bwork permits?\b|\bpermis de travail\b|"
    r"\bpermisos? de trabajo\b|\bwerkvergunning\w*)"
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
    rf"tramitamos)\b.{{0,30}}\b{_HELPS}?\w*\b.{{0,60}}{_SPONSOR}|"
    rf"\b{_HELPS}\w*\b.{{0,50}}{_SPONSOR}|"
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
    r"indian|"
    r"singapore(?:an)?|israeli|nato|sole|dual)"
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
    r"vereist|verplicht|"
    r"be an?|applicants? should|candidates? should|possess|hold)\b|^\W*(?:sole )?(?:us|uk|eu|"
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
    r"sans distinction|"
    r"citizenship status|protected (?:class|characteristic|veteran))\b",
    re.IGNORECASE,
)
_NEEDS_CLEARANCE = re.compile(
    r"\b(?:security|secret|government|dod|doe|sc|dv|nv[12]|baseline|active|ts/sci|sci|q|nato|ps)[\s-]+clear(?:ance|"
    r"ed)\b|\bts/sci\b|"
    r"\btop secret\b|\bclearance (?:is )?(?:required|level)|\b(?:obtain|hold|maintain|possess)\w* .{0,30}clearance\b|"
    r"\bpublic trust\b|"
    r"\bpolygraph\b|\bsicherheitsüberprüfung\b|\bhabilitation (?:confidentiel|secret|défense|de sécurité)|"
    r"\bhabilitación de seguridad\b|"
    r"\b(?:vgb|verklaring van geen bezwaar)\b",
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
    r"included)\b|"
    r"\b(?:help|assist|support)\w* (?:you )?(?:with |in )?(?:your |the )?(?:relocation|relocat(?:e|ing))|"
    r"\bpaid relocation\b|"
    r"\boffers? relocation\b|"
    r"\bumzugs(?:hilfe|kosten\w*|unterstützung|pauschale)|\bunterstützung (?:bei(?:m)?|für) (?:deinem |ihrem |"
    r"den )?umzug|"
    r"\baide (?:à la|au) (?:mobilité|déménagement|relocalisation|relogement)|\bprise en charge du déménagement|"
    r"\b(?:ayuda|apoyo|paquete) (?:para|a|de|con)(?: la)? (?:reubicación|mudanza|relocalización)|"
    r"\bverhuis(?:vergoeding|kosten\w*|ondersteuning)|"
    r"\brelocatie(?:pakket|vergoeding))"
)
_RELOCATES = re.compile(_RELOCATION, re.IGNORECASE)
_NO_RELOCATION = re.compile(
    rf"{_NOT}.{{0,60}}{_RELOCATION}|\brelocat\w+.{{0,40}}{_NOT}|{_NOT}.{{0,30}}\brelocation\b", re.IGNORECASE
)


def read_eligibility(text: str) -> tuple[Eligibility, ...]:
    """What ``text`` says about who may apply, in the order of ``Eligibility``; nothing where it says nothing."""
    lowered = text.lower()
    if not any(hint in lowered for hint in _HINTS):
        return ()
    said: set[Eligibility] = set()
    for sentence in _sentences(text):
        said |= set(_said(sentence))
    if {Eligibility.VISA_OFFERED, Eligibility.VISA_REFUSED} <= said:
        said -= {Eligibility.VISA_OFFERED, Eligibility.VISA_REFUSED}
    return tuple(each for each in Eligibility if each in said)


def _sentences(text: str) -> Iterable[str]:
    """The sentences with a hint in them."""
    read = 0
    for sentence in _SENTENCE.split(_ABBREVIATED.sub(r"\1\2", text)):
        lowered = sentence.lower()
        if any(hint in lowered for hint in _HINTS):
            read += 1
            if read > _SENTENCES_READ:
                return
            yield sentence[:_LONGEST_SENTENCE].strip()


def _said(sentence: str) -> Iterable[Eligibility]:
    if sentence.endswith("?"):
        return
    yield from _said_of_visas(sentence)
    if _NEEDS_CLEARANCE.search(sentence) and not _NO_CLEARANCE.search(sentence):
        yield Eligibility.CLEARANCE_REQUIRED
    if _RELOCATES.search(sentence) and not _NO_RELOCATION.search(sentence):
        yield Eligibility.RELOCATION_OFFERED


def _said_of_visas(sentence: str) -> Iterable[Eligibility]:
    refuses = _REFUSES.search(sentence) is not None and not _OTHERWISE.search(sentence)
    offers = not refuses and _OFFERS.search(sentence) is not None and not _OTHERWISE.search(sentence)
    if refuses:
        yield Eligibility.VISA_REFUSED
    elif offers:
        yield Eligibility.VISA_OFFERED
    if _EQUAL_CHANCES.search(sentence):
        return
    demands = _DEMANDS.search(sentence) is not None
    citizens = _NEEDS_CITIZENSHIP.search(sentence) is not None and demands
    if citizens and not _OR_RESIDENT.search(sentence):
        yield Eligibility.CITIZENSHIP_REQUIRED
    elif citizens or (not offers and _NEEDS_PERMIT.search(sentence)):
        yield Eligibility.WORK_PERMIT_REQUIRED

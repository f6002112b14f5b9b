"""The parts of a posting's text by their headings, in five languages: what it requires, likes, teaches, and the rest.

A heading is a line of its own ("Nice to have") or begins one ("Requirements: …"), or a sentence within one. A list
below it belongs to it; text after that list does not, unless another heading says so. Within a line it reaches to the
next sentence that tells of the work or the company, and one sentence far where it likes or teaches what it names.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache


class Section(Enum):
    """What a part of a posting is about."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    LEARNED = "will be learned"
    NOT_NEEDED = "not needed"
    OTHER = "something else"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text from the character ``start`` to before ``end``, and the section that it stands in."""

    start: int
    end: int
    section: Section


# In this order: "preferred qualifications" are no requirements, and "what you do not need" is no need.
_HEADINGS: tuple[tuple[Section, tuple[str, ...]], ...] = (
    (
        Section.NOT_NEEDED,
        (
            r"(?:you|what you) (?:do(?:n['’]t| not)|won['’]t) need",
            r"not (?:needed|required|necessary)",
            r"(?:das |was du )?nicht (?:brauchst|nötig|erforderlich)",
            r"(?:wat )?je niet nodig hebt",
        ),
    ),
    (
        Section.LEARNED,
        (
            r"(?:what )?you(?:['’]ll| will| can| get to) learn",
            r"what we(?:['’]ll| will) teach(?: you)?",
            r"learning opportunit",
            r"(?:das |was |hier )?(?:du |sie )?(?:bei uns )?(?:er)?(?:lernst|lernen) (?:du|sie|kannst|können)",
            r"(?:was|das) (?:du|sie) (?:bei uns )?(?:lernst|lernen)",
            r"(?:was|das) (?:kannst|wirst|können|werden) (?:du|sie) .{0,20}lernen",
            r"(?:das )?bringen wir (?:dir|ihnen) bei",
            r"(?:ce que )?(?:vous apprendrez|tu apprendras)",
            r"(?:qué |lo que )?aprender[áa]s",
            r"(?:wat )?(?:ga je|leer je|je gaat|je) (?:leren|leert|bij ons)",
        ),
    ),
    (
        Section.PREFERRED,
        (
            r"nice[- ]to[- ]haves?",
            r"(?:preferred|desired|desirable|optional|additional|bonus|extras?|ideal(?! candidate| profile| person))\b",
            r"bonus(?: points?| skills?)?",
            r"pluse?s",
            r"(?:a |big |huge )?plus\b",
            r"(?:good|lovely|great) (?:to have|if you(?: also)? have)",
            r"(?:useful|appreciated|welcome|handy|hilfreich)\b",
            r"(?:would|will|could|may) (?:also )?help",
            r"(?:would|it['’]d|we['’]d) (?:also )?(?:be (?:great|nice|a plus|good|lovely)|love|like(?! to see))",
            r"(?:brownie|extra) points",
            r"stand out",
            r"pluspunkte?",
            r"(?:ein |dein |das |von )(?:plus|vorteil)",
            r"wünschenswert|idealerweise|im idealfall|optional|nice",
            r"(?:wäre|wären|ist) (?:auch |noch )?(?:toll|schön|super|ein plus|von vorteil)",
            r"(?:les |un |vos |des )(?:petits? )?(?:plus|atouts?)\b",
            r"atouts?\b",
            r"souhait(?:é|ée|és|ées|able|ables)\b",
            r"apprécié(?:e?s?)\b",
            r"(?:ce )?serait (?:bien|top|un plus|idéal)|si possible",
            r"se valora(?:rá|rán|n)?\b|suma(?:rá|n|ría)?\b",
            r"(?:deseables?|valorables?|opcional(?:es)?|puntos extra|requisitos deseables)",
            r"mooi meegenomen|pluspunten?|een (?:pré|plus)|gewenst|wenselijk|bij voorkeur|is handig",
        ),
    ),
    (
        Section.OTHER,
        (
            r"(?:about|who) (?:us|we are|the (?:company|team|role|job|position))",
            r"(?:benefits|perks|compensation|salary|responsibilit(?:y|ies)|duties|tasks|location|how to apply)",
            r"(?:what|why) (?:we offer|you(?:['’]ll| will)?(?: be)? (?:do|get|doing)|join)",
            r"(?:what['’]s in it|our (?:offer|stack|mission|tech)|tech(?:nology)? stack)",
            r"your (?:day|role|tasks?|mission|job)",
            r"\Awe\Z|scope\b|equal opportunity|application process|interview process|the role|job description",
            r"what you do",
            r"day[- ]to[- ]day",
            r"(?:deine|ihre|die) (?:aufgaben?|tätigkeit(?:en)?|rolle|benefits|vorteile)|aufgaben(?:gebiet)?|über uns",
            r"(?:wir bieten|unser angebot|das bieten wir|was wir bieten|warum wir|das erwartet dich|das unternehmen)",
            r"(?:vos|tes|les) (?:missions?|avantages|responsabilités)|nos avantages|nous (?:vous )?offrons|à propos",
            r"(?:ce que )?(?:vous ferez|tu feras)|qué harás",
            r"ce que nous (?:vous )?(?:offrons|proposons)|(?:le|votre|ton) poste",
            r"descripti(?:f|on) du poste|l['’]entreprise",
            r"(?:funciones|tareas|responsabilidades|beneficios|sobre (?:nosotros|la empresa)|(?:qué|lo que) ofrecemos)",
            (
                r"(?:wat (?:ga je doen|bieden wij|wij bieden|we bieden|krijg je)|taken|over ons|wie zijn wij|"
                r"de functie|arbeidsvoorwaarden|wij bieden|ons aanbod)"
            ),
        ),
    ),
    (
        Section.REQUIRED,
        (
            r"requirements?\b",
            r"(?:minimum |basic |key |required )?qualifications?\b",
            r"must[- ]haves?",
            r"(?:required|essential|mandatory|needed)\b",
            (
                r"what (?:you(?:['’]ll| will)? (?:(?:need|bring|have|must)|should)|we(?:['’]re| are)? "
                r"(?:look|need|expect|require|ask))"
            ),
            r"\Ayou\Z|asked for|who you are|about you|you (?:have|are|bring)",
            r"your (?:profile|skills|background|experience|strengths)|we(?:['’]d| would) like to see",
            r"(?:skills?|experience|knowledge|expertise)\b(?: (?:and|&) \w+)?$",
            r"we(?:['’]re| are) looking for|ideal candidate|prerequisites|criteria",
            r"(?:dein|ihr|unser|das|anforderungs)[ ]?profil|anforderungen|qualifikation(?:en)?|voraussetzung(?:en)?",
            r"(?:das|was) (?:du|sie) (?:mit)?bring(?:st|en)|(?:das|was) (?:bringst du|bringen sie)|kenntnisse",
            r"(?:das|was) wir (?:uns )?(?:erwarten|suchen|wünschen)|wen wir suchen|wer du bist",
            r"(?:du|sie) bring(?:st|en)",
            r"profil(?: recherché)?\b|(?:votre|ton) profil|compétences|prérequis",
            r"(?:requis|exigé)(?:e?s?)\b|qui êtes[- ]vous",
            r"requisitos|requerimientos|imprescindibles?|perfil",
            r"(?:ce que )?nous (?:attendons|recherchons|cherchons)|lo que (?:necesitas|pedimos)",
            r"qué (?:pedimos|necesitas)|buscamos",
            (
                r"(?:functie-?)?eisen|vereist(?:en)?|(?:wat|dit) (?:breng je|heb je|neem je|vragen|w(?:ij|e) vragen)|"
                r"(?:jouw|je) profiel|profiel|wie ben jij|wij vragen"
            ),
        ),
    ),
)
_BULLET = re.compile(r"\s*(?:[*•·▪◦‣●–—+]|-(?=\s)|\d{1,2}[.)](?=\s)|✓|✔|➤|►)\s*")
_COLON = re.compile(r":(?=\s|$)")
_SENTENCE_ENDS = (".", "!", ";", ",")
_HEADING_LETTERS = 70
_HEADING_WORDS = 9
# A line that leads to a list, whatever it says, and one that may be a heading by its looks.
_LEAD_LETTERS = 140
_UNKNOWN_WORDS = 5
_SENTENCE_END = re.compile(r"[.!?] (?=[^\W_])")
# "… Your profile: …" within a line, and sentences there that no heading is about.
_INLINE = re.compile(r"(?<=[.!?;)] )(?P<head>[^\W\d_][^.:!?;\n]{1,50}):(?=\s)")
_TELLS = re.compile(
    r"(?<=[.!?] )(?=(?:We|Our|You(?:['’]ll| will)|Wir|Unsere?|Nous|Notre|Vous (?:ferez|apprendrez)|"
    r"Ofrecemos|Wij|Ons|Onze)\b)"
)


def lines(text: str, names_skill: Callable[[int, int], bool]) -> Iterator[Line]:
    """The lines of ``text`` that are no headings, with their sections.

    ``names_skill`` says whether a skill is named between two characters: what names one asks for it and is no heading.
    """
    section, listed, at = Section.OTHER, False, 0
    raw = text.split("\n")
    for number, words in enumerate(raw):
        start, end = at, at + len(words)
        at = end + 1
        if not words.strip():
            continue
        bullet = _BULLET.match(words)
        heading_end = _heading_end(words, bullet.end() if bullet else 0)
        head = words[bullet.end() if bullet else 0 : heading_end]
        known = None if names_skill(start, start + heading_end) else _section(head, words)
        if known is not None and (bullet is None or words.rstrip().endswith(":") or heading_end < len(words)):
            section, listed = known, False
            if words[heading_end:].strip(" :"):
                yield from _parts(words, start, section, names_skill, headed=True)
            continue
        if bullet is None:
            if listed or _looks_like_heading(words, raw[number + 1 : number + 3], names_skill(start, end)):
                section = Section.OTHER
            listed = False
        else:
            listed = True
        yield from _parts(words, start, section, names_skill)


def _parts(
    words: str,
    start: int,
    section: Section,
    names_skill: Callable[[int, int], bool],
    *,
    headed: bool = False,
) -> Iterator[Line]:
    """The parts of a line that begins at ``start``, by the headings that begin sentences in it; ``headed`` says that
    one begins the line."""
    begins, headings = {0: section}, [0] if headed else []
    for match in _INLINE.finditer(words):
        inline = None if names_skill(start + match.start(), start + match.end()) else _section(match["head"], words)
        if inline is not None:
            begins[match.start()] = inline
            headings.append(match.start())
    for at in headings:
        ending = (_TELLS if begins[at] in {Section.REQUIRED, Section.OTHER} else _SENTENCE_END).search(words, at)
        if ending is not None:
            begins.setdefault(ending.end(), Section.OTHER)
    ends = [*sorted(begins)[1:], len(words)]
    for begin, end in zip(sorted(begins), ends, strict=True):
        yield Line(start + begin, start + end, begins[begin])


def _heading_end(words: str, begin: int) -> int:
    colon = _COLON.search(words, begin)
    return colon.start() if colon else len(words)


def _section(head: str, words: str) -> Section | None:
    """The section that a heading begins, None where ``head`` is none."""
    head = head.strip()
    leads = words.rstrip().endswith(":")
    if len(head) > (_LEAD_LETTERS if leads else _HEADING_LETTERS) or (
        not leads and (len(head.split()) > _HEADING_WORDS or head.endswith(_SENTENCE_ENDS))
    ):
        return None
    for section, pattern in _patterns():
        if pattern.search(head):
            return section
    return None


def _looks_like_heading(words: str, following: list[str], names_skill: bool) -> bool:
    """Whether a line that no heading is known by is one all the same: a few words before a list."""
    text = words.strip()
    if names_skill or len(text.split()) > _UNKNOWN_WORDS or text.endswith(_SENTENCE_ENDS):
        return False
    after = next((line for line in following if line.strip()), "")
    return text.endswith(":") or _BULLET.match(after) is not None


@cache
def _patterns() -> tuple[tuple[Section, re.Pattern[str]], ...]:
    return tuple((section, re.compile(rf"(?<!\w)(?:{'|'.join(words)})", re.IGNORECASE)) for section, words in _HEADINGS)

"""Words by which a sentence says how it asks for what it names, in five languages.

A cue works on names after it ("must have", "you will learn"), before it ("is a plus", "erforderlich") or, where it
stands at the beginning of a sentence or before a colon, after it and else before it ("required").
"""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

from jobtracker.skills.model import Demand


class Side(Enum):
    """Which names a cue is about."""

    AFTER = "those after it"
    BEFORE = "those before it"
    WITHIN = "those within it"


class Says(Enum):
    """What a cue says of a skill."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    NOT_NEEDED = "not needed"
    LEARNED = "will be learned"
    SPEAKS_OF_YOU = "asks for it, where nothing else is said"

    @property
    def demand(self) -> Demand:
        """The demand that it makes."""
        return _DEMANDS[self]


_DEMANDS = {
    Says.REQUIRED: Demand.REQUIRED,
    Says.PREFERRED: Demand.PREFERRED,
    Says.NOT_NEEDED: Demand.NOT_NEEDED,
    Says.LEARNED: Demand.MENTIONED,
    Says.SPEAKS_OF_YOU: Demand.REQUIRED,
}


@dataclass(frozen=True, slots=True)
class Cue:
    """What is said from the character ``start`` to before ``end``."""

    says: Says
    side: Side
    start: int
    end: int


_NEEDED = (
    r"(?:needed|required|necessary|nötig|notwendig|erforderlich|vorausgesetzt|benötigt|nécessaires?|requise?s?|exigée?s?|"
    r"nodig|vereist|necesari[oa]s?)"
)
# What may stand between the two ends of "no … needed": the names themselves and little else.
_SOME = r"[^.;:!?\n,()]{0,60}?"

_NOT_NEEDED_WITHIN = (
    rf"\b(?:no(?! (?:es|son|se) )|keine?[nr]?|aucune?|geen)\b{_SOME}\b{_NEEDED}\b",
    r"\b(?:without|ohne|sans) " + _SOME + r"\b(?:experience|knowledge|vorkenntnisse|expérience)\b",
)
_NOT_NEEDED_AFTER = (
    r"\bdo(?:es)?(?:n['’]t| not) (?:need|have to)\b",
    r"\bno need (?:for|to)\b",
    r"\bneed not\b",
    r"\b(?:fine|okay|ok|no problem|all right|not a problem) if you(?:['’]ve| have)? (?:never|not|no)\b",
    r"\b(?:du|sie|man) (?:musst|müssen|muss) (?:keine?[nr]?|nicht)\b",
    r"\b(?:brauchst|benötigst) (?:du )?keine?\b",
    r"\bmüssen (?:sie )?nicht\b",
    r"\bpas besoin\b",
    r"\bno (?:se requiere|hace falta|necesitas)\b",
    rf"\bnot {_NEEDED} to\b",
    r"\bhoeft (?:je )?niet\b",
)
_NOT_NEEDED_BEFORE = (
    rf"\b(?:not|nicht|niet|pas) (?:zwingend |unbedingt |strictly |absolutely )?{_NEEDED}\b",
    rf"\b(?:isn|aren)['’]t {_NEEDED}\b",
    r"\b(?:muss|müssen) nicht sein\b",
    r"\b(?:is|are) (?:no requirement|neither here nor there|of no use|not part of)\b",
    r"\b(?:musst du|müssen sie|muss man) nicht\b",
    (
        r"\b(?:geen|keine?|no|not an?|pas une?|pas un) (?:vereiste|muss|must|voraussetzung|prerequisite|requirement|"
        r"obligation|pré-?requis)\b"
    ),
)
_NOT_NEEDED_EITHER = (
    rf"\b(?:n['’]est|ne sont) pas (?:{_NEEDED}|obligatoires?|indispensables?)\b",
    r"\bno (?:es|son) (?:necesari[oa]s?|imprescindibles?|obligatori[oa]s?|requerid[oa]s?)\b",
)

_PREFERRED_AFTER = (
    r"\bid[eé]al(?:ly|erweise|ement|mente|iter)\b",
    r"\bprefer(?:ably| (?!not)\w+)",
    r"\bbonus (?:points?|if|for)\b",
    r"\bgreat if you\b",
    r"\b(?:extra|brownie) (?:points|credit)\b",
    r"\b(?:if possible|wenn möglich|nach möglichkeit|si possible|si es posible|indien mogelijk)\b",
    r"\b(?:familiar(?:ity)?|exposure|affinity|acquainted) (?:with|to|for)\b",
    r"\b(?:we|you|it)(?:['’]d| would) (?:also )?(?:love|like|be (?:great|nice|good|cool|lovely)) (?:it )?if\b",
    r"\bgerne? (?:auch|mit)\b",
    r"\bim idealfall\b",
    r"\bbestenfalls\b",
    r"\b(?:von vorteil|wünschenswert|hilfreich|ideal|schön|toll) (?:ist|sind|wäre|wären)\b",
    r"\bde préférence\b",
    r"\b(?:des )?notions (?:de|en|d['’])",
    r"\bse valora(?:rá|n|rán)?\b",
    r"\bpreferi(?:ble|blemente)\b",
    r"\bbij voorkeur\b",
    r"\baffiniteit met\b",
    r"\bliefst\b",
)
_PREFERRED_BEFORE = (
    (
        r"\b(?:is|are|be|as|als|ist|sind|wäre|wären|serait|est|sont|es|son|sería|zijn|seraient|and|or|und) "
        r"(?:(?:a|an|ein|eine|un|una|een|des|considered|seen as|also|definitely|certainly|auch|klar) ){0,3}"
        r"(?:(?:big|huge|strong|real|definite|great|großes|vrai|gran|groot|nice|set|clear) ){0,2}"
        r"(?:plus(?:es|punt|punkte?)?|bonus|advantages?|asset|pluspunt|pluspunkt|pré|vorteil|atouts?|ventaja|pre)\b"
    ),
    r"\ba plus\b",
    r"\b(?:would|will) be (?:highly |much |very )?(?:appreciated|valued|fab|lovely|an? \w*plus)\b",
    (
        r"\b(?:helpful|useful|beneficial|handy|welcome|advantageous|preferable|hilfreich|handig)\b"
        r"(?=\s*(?:[.,;!)(]|but\b|$))"
    ),
    r"(?<!was )\bhilft\b|\bhelfen\b(?=\s*[.,;!)])|\bfaciliterait\b",
    r"\b(?:an|a (?:big |strong |distinct )?) ?(?:asset|advantage|bonus)\b",
    r"\b(?:would|will|could) (?:also )?be (?:a |an )?(?:great|nice|helpful|useful|beneficial|good|welcome|ideal)\b",
    r"\b(?:is|are) (?:helpful|beneficial|welcome|useful|appreciated|advantageous|favou?rable|optional|a bonus)\b",
    r"\bhelps?\b(?=\s*(?:[.,;!)]|$))",
    r"\b(?:is|are) (?:(?:highly|well|also|very) )?(?:regarded|valued|favou?red|welcomed|seen favou?rably)\b",
    r"\b(?:doesn['’]t|does not|wouldn['’]t|would not|won['’]t) hurt\b",
    r"\bvon vorteil\b|\bschade[nt] nicht\b|\bne gâte rien\b|\bsuma(?:n|rá)? puntos\b",
    r"\b(?:sind|ist|wäre|wären) (?:auch )?(?:gern gesehen|hilfreich|willkommen|schön|toll|vorteilhaft)\b",
    r"\bun (?:vrai |gros |réel )?(?:plus|atout)\b",
    r"\bappréci(?:ée?s?|é)\b",
    r"\b(?:es|son|sería|serían) (?:un plus|una ventaja|valorables?|deseables?)\b",
    r"\b(?:is|zijn) (?:een |mooi |ook )?(?:pré|pre|plus|pluspunt|meegenomen|welkom|handig|voordeel)\b",
)
_PREFERRED_EITHER = (
    r"\bnice[- ]to[- ]haves?\b",
    r"\bpreferred\b",
    r"\bdesir(?:able|ed)\b",
    r"\boptional(?:ly)?\b",
    r"\bbonus\b(?=\s*:)",
    r"\b(?:pluse?s|pluspunkte?|pluspunten|plus)\b(?=\s*:)",
    r"\b(?:wünschenswert|bevorzugt|erwünscht|gewünscht|vorteilhaft|optional)\w{0,2}\b",
    r"\b(?:souhait|appréci|valoris)é(?:e?s?)\b",
    r"\bsouhaitables?\b",
    r"\b(?:deseables?|valorables?|opcional(?:es)?)\b",
    r"\b(?:gewenst|wenselijk|mooi meegenomen)\b",
)

_REQUIRED_AFTER = (
    r"\bmust (?:have|know|be|bring|possess|speak|hold|also|already)\b",
    r"\b(?:we|this (?:role|job|position)) (?:strictly |also )?(?:requires?|expects?|needs?)\b",
    r"\b(?:requires|requiring)\b",
    r"\byou(?:['’]ll| will)? (?:absolutely |definitely )?need\b",
    r"\b(?:erforderlich|notwendig|nötig|voraussetzung|unabdingbar|pflicht) (?:ist|sind)\b",
    r"\b(?:wir )?(?:erwarten|verlangen|setzen voraus)\b",
    r"\bse (?:requiere|exige|necesita)n?\b",
    r"\b(?:nous )?exigeons\b",
    r"\bwij (?:vragen|eisen|verwachten)\b",
)
_REQUIRED_BEFORE = (
    r"\b(?:will|would) be (?:assumed|expected|needed|required)\b",
    r"\b(?:expected|necessary)\b(?=\s*(?:[.,;!)]|$))",
    r"\b(?:is|are) (?:a |an )?(?:must|needed|necessary|expected|assumed|essential)\b",
    r"\ba must\b",
    r"\bein muss\b",
    r"\b(?:setzen wir|wird|werden) (?:zwingend )?(?:voraus|vorausgesetzt|erwartet|benötigt)\b",
    r"\b(?:nötig|notwendig|erforderlich|unabdingbar|unerlässlich|zwingend notwendig)\b(?!\s*(?:ist|sind|:))",
    r"\been must\b",
    r"\b(?:is|zijn) (?:nodig|noodzakelijk|essentieel)\b",
)
_REQUIRED_EITHER = (
    r"\bmust[- ]haves?\b",
    r"\b(?:required|requirements?|mandatory|essential|indispensable|compulsory)\b",
    r"\b(?:zwingend |unbedingt )?(?:erforderlich|vorausgesetzt|voraussetzung(?:en)?|anforderungen)\b",
    r"\b(?:exig|requis)(?:é|ée|és|ées|e|es)?\b",
    r"\b(?:obligatoires?|indispensables?|impérati(?:f|ve|fs|ves|vement))\b",
    r"\b(?:imprescindibles?|obligatori[oa]s?|requerid[oa]s?|requisitos?|necesari[oa]s?)\b",
    r"\b(?:vereist(?:en)?|verplicht|noodzakelijk|een vereiste)\b",
)

_LEARNED_AFTER = (
    (
        r"\byou(?:['’]ll| will| can| get to| are going to)? (?:quickly |also )?(?:learn|be (?:trained|taught))\b"
        r"(?: how)?(?: to)?(?: (?:use|work with|write))?"
    ),
    r"\b(?:we|who)(?:['’]ll| will| can)? (?:also )?(?:teach|train) (?:you|everybody|everyone)\b",
    (
        r"\b(?:opportunit(?:y|ies)|chance|possibility|time|willing(?:ness)?|eager(?:ness)?|keen|ready|want|motivated) "
        r"(?:to learn|to be trained)\b"
    ),
    r"\b(?:to learn|pick(?:ing)? up)\b(?! (?:quickly|fast|new|and)\b)",
    r"\blearn\b(?=[^.;\n]{0,60}\bon the job\b)",
    r"\b(?:lernst|erlernst|erlernen|lernen) (?:du|sie)\b",
    r"\bdu (?:er)?lernst\b",
    r"\bwir (?:bringen|lehren) (?:dir|ihnen|dich)\b",
    r"\bwir schulen (?:dich|sie)\b",
    r"\bbei uns (?:lernst|erlernst|lernen)\b",
    r"\b(?:vous apprendrez|tu apprendras|nous (?:te|vous) form(?:ons|erons)|apprendre à)\b",
    r"\b(?:aprenderás|te (?:enseñamos|formamos|enseñaremos)|aprender[áa]s?)\b",
    r"\b(?:je leert|leer je|we leren je|wij leren je|je gaat leren|leren werken met)\b",
)
_LEARNED_BEFORE = (
    r"\b(?:lernst|erlernst) du (?:bei uns|hier)\b",
    r"\bbringen wir (?:dir|ihnen) bei\b",
    r"\b(?:picked up|taught|learned|learnt) (?:here|with us|on arrival|in (?:your )?(?:first )?week)\b",
    r"\b(?:is|are) (?:on|funded by|paid by) us\b",
    r"\bget the hang of (?:it|them)\b",
    r"\blernen sie (?:bei uns|hier)\b",
    r"\band (?:(?:we|will) )?(?:train|teach) you (?:in|on) (?:it|them|that)\b",
    r"\b(?:training|training will be|training is) (?:provided|given)\b",
    r"\bleer je (?:bij ons|hier)\b",
)

# Who speaks of the reader, or of knowing something, asks for it.
_SPEAKS_OF_YOU = (
    (
        r"\byou(?:['’]ve| have| know| bring| master| speak| are (?:an? )?(?:expert|fluent|proficient|skilled|"
        r"comfortable|experienced)| should| hold| can (?:write|read|run|work)|r background)\b"
        r"(?! (?:the |a )?(?:chance|opportunity|access|to relocate))"
    ),
    r"\b(?:proficien(?:t|cy)|fluen(?:t|cy)|expertise|mastery|command) (?:in|with|of)?",
    (
        r"\b(?:strong|solid|proven|expert|basic|excellent|good|deep|thorough|sound|advanced|working|hands-on|practical|prior|previous|"
        r"demonstrated|extensive|in-depth) (?:\w+ ){0,2}"
        r"(?:knowledge|experience|skills|grasp|understanding|background|command|proficiency)\b"
    ),
    r"\bstrong\b",
    r"\b(?:confident|confidence|comfort|comfortable|good|skilled|at ease) (?:with|on|in|at|use of)\b",
    r"\bexperience (?:working )?(?:with|in|using|of|developing|building)\b",
    r"\b(?:erfahrung (?:mit|in)|expérience (?:en|avec|de|sur)|experiencia (?:en|con|de)|ervaring (?:met|in))\b",
    (
        r"\b(?:du|sie) (?:hast|haben|bringst|bringen|beherrsch(?:s?t|en)|kannst|können|kennst|kennen|verfüg(?:s?t|en)|"
        r"sprichst|sprechen)\b"
    ),
    r"\b(?:fundierte|gute|sehr gute|sichere[rn]?|umfassende|solide|mehrjährige|erste|praktische)\b",
    r"\bvous (?:avez|maîtrisez|justifiez|connaissez|parlez|disposez|possédez)\b",
    r"\btu (?:as|maîtrises|connais|parles|tienes|dominas)\b",
    r"\b(?:maîtrise|bonne connaissance|excellente connaissance|solide expérience|courant) ?(?:de|du|des|d['’])?",
    r"\b(?:tienes|dominas|dominio de|conoces|hablas|experiencia demostrable|nivel alto de)\b",
    r"\bje (?:hebt|beheerst|kent|kunt|spreekt|bent (?:ervaren|bekend))\b",
    r"\b(?:goede kennis|ruime ervaring|vloeiend)\b",
)

_GROUPS: tuple[tuple[Says, Side | None, tuple[str, ...]], ...] = (
    (Says.NOT_NEEDED, Side.WITHIN, _NOT_NEEDED_WITHIN),
    (Says.NOT_NEEDED, Side.AFTER, _NOT_NEEDED_AFTER),
    (Says.NOT_NEEDED, None, _NOT_NEEDED_EITHER),
    (Says.NOT_NEEDED, Side.BEFORE, _NOT_NEEDED_BEFORE),
    (Says.PREFERRED, Side.AFTER, _PREFERRED_AFTER),
    (Says.PREFERRED, Side.BEFORE, _PREFERRED_BEFORE),
    (Says.PREFERRED, None, _PREFERRED_EITHER),
    (Says.LEARNED, Side.BEFORE, _LEARNED_BEFORE),
    (Says.LEARNED, Side.AFTER, _LEARNED_AFTER),
    (Says.REQUIRED, Side.AFTER, _REQUIRED_AFTER),
    (Says.REQUIRED, Side.BEFORE, _REQUIRED_BEFORE),
    (Says.REQUIRED, None, _REQUIRED_EITHER),
    (Says.SPEAKS_OF_YOU, Side.AFTER, _SPEAKS_OF_YOU),
)
_OPENING = re.compile(r"[\s*•·–\-(\d.]*")
_COLON = re.compile(r"(?:[ \t]+\w+){0,2}\s*:")


def cues(sentence: str) -> list[Cue]:
    """The cues of a sentence in their order. What one says, another does not say again of the same words:
    "not required" does not require."""
    found: list[Cue] = []
    for says, side, words in _patterns():
        for match in words.finditer(sentence):
            if not any(match.start() < one.end and one.start < match.end() for one in found):
                found.append(Cue(says, side or _side(sentence, match), match.start(), match.end()))
    return sorted(found, key=lambda one: one.start)


def _side(sentence: str, match: re.Match[str]) -> Side:
    opening = _OPENING.match(sentence)
    opens = opening is not None and opening.end() >= match.start()
    return Side.AFTER if opens or _COLON.match(sentence, match.end()) else Side.BEFORE


@cache
def _patterns() -> tuple[tuple[Says, Side | None, re.Pattern[str]], ...]:
    return tuple((says, side, re.compile("|".join(words), re.IGNORECASE)) for says, side, words in _GROUPS)

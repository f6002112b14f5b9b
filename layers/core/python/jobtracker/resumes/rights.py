"""Reading what a resume states about the right to work."""

import re
from typing import Final

from jobtracker.resumes.lines import pieces, unbulleted
from jobtracker.resumes.model import WorkRight, WorkRightKind

_LABEL: Final = re.compile(
    r"(?:(?:u\.?s\.? )?work(?:ing)? (?:authori[sz]ation|permit|eligibility|visa)|right to work|visa(?: status)?|"
    r"immigration status|citizenship|arbeitserlaubnis|aufenthalts(?:status|titel)|staatsbürgerschaft|"
    r"permis de travail|citoyenneté|permiso de trabajo|ciudadanía|cittadinanza|cidadania|werkvergunning)\s*[:：]\s*",
    re.IGNORECASE,
)
_NO: Final = r"(?:\bno\b|\bnot\b|n['’]t\b|\bnever\b|\bwithout\b|\bkeine?\b|\bohne\b|\bsans\b|\bsin\b)"
_NO_SPONSOR: Final = re.compile(
    rf"{_NO}[^.;|]{{0,40}}\bsponsor(?:ship|ed|ing)?\b|\bsponsorship (?:is )?not (?:required|needed)", re.IGNORECASE
)
_SPONSOR: Final = re.compile(
    r"\b(?:requir(?:es?|ing)|needs?|needing|seeking|will need)\b[^.;|]{0,40}\bsponsor(?:ship|ed|ing)?\b|"
    r"\bsponsorship (?:is )?(?:required|needed)\b",
    re.IGNORECASE,
)
# The kind of a statement, the most telling first; negated ones are none.
_STATED: Final = (
    (
        WorkRightKind.PERMANENT_RESIDENT,
        (
            r"\bpermanent residen(?:t|ce|cy)\b|\bgreen card\b|\bniederlassungserlaubnis\b|\bsettled status\b|"
            r"\bindefinite leave to remain\b|\bunbefristete aufenthaltserlaubnis\b|\brésident permanent\b|"
            r"\bresidencia permanente\b"
        ),
    ),
    (
        WorkRightKind.CITIZEN,
        (
            r"(?<!senior )(?<!fellow )\bcitizen(?:ship)?\b(?! (?:science|scientist|developer|service|engagement|"
            r"data|journal))|"
            r"\b(?:staatsbürger(?:in|schaft)?|citoyenneté|ciudadan[oaí]a?|cittadin[oa](?:nza)?|cidad(?:ão|ã|ania))\b"
        ),
    ),
    (
        WorkRightKind.PERMIT,
        (
            r"\bwork(?:ing)? (?:permit|visa)\b|\b(?:h-?1b|opt|stem opt|tn|l-?1|e-?3|o-?1|tier 2|skilled worker) "
            r"(?:visa|status|"
            r"ead)\b|\bvisa\s*:\s*\S|\b(?:eu )?blue card\b|\bblaue karte\b|\barbeitserlaubnis\b|"
            r"\baufenthalts(?:titel|erlaubnis)\b|"
            r"\bpermis de travail\b|\bpermiso de trabajo\b|\bpermesso di (?:lavoro|soggiorno)\b|\bwerkvergunning\b"
        ),
    ),
    (
        WorkRightKind.AUTHORIZED,
        (
            r"\b(?:authori[sz]ed|eligible|entitled|permitted|allowed|licen[cs]ed|right) to work\b|"
            r"\bautorisée? à travailler\b|"
            r"\bwork(?:ing)? (?:authori[sz]ation|rights)\b"
        ),
    ),
)
_KINDS: Final = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _STATED)
_NEGATED: Final = re.compile(rf"{_NO}[^.;|,]{{0,25}}$", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÄÖÜÉ])")
_ABROAD: Final = re.compile(r"\b(?:U\.S|U\.K|e\.g|i\.e)\.$")
_LONGEST: Final = 200


def read_rights(told: list[str], lines: list[str], section: list[str]) -> list[WorkRight]:
    """The statements in the order of the text, in its words.

    Args:
        told: lines that speak of the person in general.
        lines: all other lines, of which only those with a label count: "Work authorization: …".
        section: what stands under a heading of its own, where anything is a statement.
    """
    statements = [
        *map(_statement, _sentences(told)),
        *(_statement(line) for line in lines if _LABEL.match(_bare(line))),
    ]
    own = [_statement(line) or WorkRight(words=line) for line in _sentences(section)]
    found: dict[str, WorkRight] = {}
    for one in [*statements, *own]:
        if one:
            found.setdefault(one.words.casefold(), one)
    return list(found.values())


def kind_of(words: str) -> WorkRightKind | None:
    """What a statement says; None when it says nothing of the right to work, or that there is none."""
    if _NO_SPONSOR.search(words):
        return next((kind for kind, match in _found(words)), WorkRightKind.AUTHORIZED)
    if _SPONSOR.search(words):
        return WorkRightKind.NEEDS_SPONSORSHIP
    return next((kind for kind, match in _found(words)), None)


def _found(words: str) -> list[tuple[WorkRightKind, re.Match[str]]]:
    return [
        (kind, match)
        for kind, pattern in _KINDS
        if (match := pattern.search(words)) and not _NEGATED.search(words[: match.start()])
    ]


def _statement(line: str) -> WorkRight | None:
    words = _bare(line)
    kind = kind_of(words)
    return WorkRight(words=words, kind=kind) if kind and len(words) <= _LONGEST else None


def _sentences(lines: list[str]) -> list[str]:
    """The parts of the lines that stand between separators or stops."""
    found: list[str] = []
    for line in lines:
        for piece in pieces(unbulleted(line)):
            begin = len(found)
            for sentence in _SENTENCE.split(piece):
                if len(found) > begin and _ABROAD.search(found[-1]):
                    found[-1] += f" {sentence}"
                else:
                    found.append(sentence)
    return [bare for one in found if (bare := _bare(one))]


def _bare(line: str) -> str:
    return unbulleted(line).strip(" \t,;").removesuffix(".") if not _ABROAD.search(line) else unbulleted(line).strip()

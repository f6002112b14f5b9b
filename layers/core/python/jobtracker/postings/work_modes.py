"""How the work is done: on site, hybrid or remote, as fields and sentences say it."""

import re
from typing import Final

from jobtracker.postings.lines import lines_naming
from jobtracker.postings.model import WorkMode

# A field is as short as this; longer text is prose, in which "hybrid" may be a car and "on-site" a canteen.
_LONGEST_FIELD = 160
_NO_HYBRID = (
    r"(?! (?:cloud|vehicle|car|mobile|app|power|electric|integrat|it\b|infrastructure|event|drive|engine|system|"
    r"network))"
)
_NO_REMOTE = (
    r"(?! (?:sens|control|monitor|desktop|access|operat|hand|pilot|support|infra|site|patient|vehicle|area|community|"
    r"location(?!s?\W*$)))"
)
_FIELD_MODES: Final = (
    (
        WorkMode.HYBRID,
        re.compile(
            rf"\bhybrid(?:e|es|o|a)?\b{_NO_HYBRID}|\bh[íi]brid[oa]\b|\bteilweise (?:remote|home ?office)\b|"
            r"\bteilremote\b|\bmobiles arbeiten\b|\btélétravail (?:partiel|hybride|\d)|\bdeels thuis|"
            r"\bpart(?:ly|ially) remote\b",
            re.IGNORECASE,
        ),
    ),
    (
        WorkMode.ONSITE,
        re.compile(
            r"\b(?:not|no|non|kein|pas de|sin|geen)[- ](?:a |fully |full )?(?:remote|télétravail|teletrabajo|"
            r"home ?office)\b|\bremote (?:work )?(?:is )?(?:not|nicht)\b|\bremote: no\b",
            re.IGNORECASE,
        ),
    ),
    (
        WorkMode.REMOTE,
        re.compile(
            rf"^\W*remote\b{_NO_REMOTE}|\b(?:fully|100 ?%|completely|entirely|vollständig|full) remote\b|"
            r"\bwork from (?:home|anywhere)\b|\bwfh\b|\bhome ?office\b|\bremote[- ](?:first|only|position|role|job|"
            r"work|oder|or|within|in)\b|"
            r"[(\[,/–;|-]\s*remote\s*(?:$|[)\],;|/–-])|\bremote\s*[-–,(/]|\bremot[oa]\b|\btélétravail\b|"
            r"\bteletrabajo\b|\bthuiswerk|^\W*(?:anywhere|worldwide)\b|[;|/]\s*remote\b|\bor remote\b",
            re.IGNORECASE,
        ),
    ),
    (
        WorkMode.ONSITE,
        re.compile(
            r"\bon[- ]?site\b|\bin[- ](?:the )?office\b|\bin person\b|\bvor ort\b|\bsur site\b|\bpresencial\b|"
            r"\bop locatie\b|\bprésentiel\b",
            re.IGNORECASE,
        ),
    ),
)
# One of these is in whatever the patterns for fields find.
_FIELD_HINTS: Final = (
    "remot", "hybrid", "híbrid", "site", "office", "home", "anywhere", "worldwide", "wfh", "arbeiten", "vor ort",
    "télétravail", "teletrabajo", "thuis", "person", "presencial", "locatie", "présentiel",
)  # fmt: skip
# One of these is in whatever the patterns for prose find.
_PROSE_HINTS: Final = (
    "hybrid", "remote", "office", "studio", "on-site", "onsite", "on site", "from home", "from anywhere", "télétravail",
    "thuis",
    "teletrabajo", "híbrid",
)  # fmt: skip
_WORK = r"(?:work\w*|model|role|position|schedule|office|set-?up|arrangement|policy|job|basis|contract|team)"
_PROSE_MODES: Final = (
    (
        WorkMode.HYBRID,
        re.compile(
            rf"\bhybrid(?:es?)?[ -]{_WORK}\b|\b(?:is|work|working|this is a|mode:|travail|arbeiten|modelo|"
            rf"werken) hybrid(?:e|es)?\b|"
            r"\bdays? (?:a|per|each) week (?:in|at|from) (?:the|our) (?:office|studio)\b|\bteilweise remote\b|"
            r"\bhybrides? (?:arbeits\w+|arbeiten|werk\w+)|\bhybride? (?:arbeiten|werken)|\bmodelo híbrido\b|"
            r"\btrabajo híbrido\b|\b(?:tage|jours|dagen|días) (?:pro woche|par semaine|per week|por semana|"
            r"a la semana) "
            r"(?:im (?:büro|homeoffice)|au bureau|(?:de |en )?télétravail|op kantoor|thuis|en la oficina|"
            r"de teletrabajo)|\btage homeoffice\b|\bjours de télétravail\b|\bdagen thuis",
            re.IGNORECASE,
        ),
    ),
    (
        WorkMode.ONSITE,
        re.compile(
            rf"\b(?:not|no|non)[- ](?:a )?remote\b|\bremote (?:{_WORK} )?(?:is )?not\b|\b(?:fully|100 ?%) on-?site\b|"
            rf"\bon-?site[ -]{_WORK}\b|\b(?:this|the) (?:role|position|job) is (?:based )?on-?site\b|"
            r"\bkein(?:e)? (?:home ?office|remote)\b|\bpas de télétravail\b|\b100 ?% présentiel\b",
            re.IGNORECASE,
        ),
    ),
    (
        WorkMode.REMOTE,
        re.compile(
            rf"\b(?:fully|100 ?%|completely|entirely) remote\b|\bremote[- ](?:first|only|{_WORK})\b|"
            r"\bwork(?:ing)? from (?:home|anywhere)\b|\btélétravail (?:complet|total|à 100)|\b100 ?% (?:home ?office|"
            r"télétravail|remoto)\b|\b100 ?% thuis|\b(?:vollständig|komplett) (?:remote|im home ?office)\b",
            re.IGNORECASE,
        ),
    ),
)


def read_work_mode(*texts: str) -> WorkMode | None:
    """How the work is done, from the fields that speak of it, the most telling first."""
    for text in texts:
        prose = len(text) > _LONGEST_FIELD
        told = "\n".join(lines_naming(text, _PROSE_HINTS if prose else _FIELD_HINTS))
        for mode, words in (_PROSE_MODES if prose else _FIELD_MODES) if told else ():
            if words.search(told):
                return mode
    return None

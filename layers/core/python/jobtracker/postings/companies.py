"""Companies: the name that is shown, and the key that is the same however a board writes it."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from cleanco.clean import custom_basename, prepare_default_terms

from jobtracker.postings.titles import clean_text

# What stands in the field where a company would: the field's own name, or a refusal to tell.
_NO_NAMES: Final = """
    name | company | company name | companyname | employer | employer name | organization | organisation |
    organization name
    unknown | unknown company | n a | na | none | null | nil | undefined | nan | string | test | test company | example
    confidential | confidential company | company confidential | confidential client | confidential employer | private
    private company | private advertiser | anonymous | anonymous company | undisclosed | not disclosed |
    not specified | not provided
    our client | client | client company | a client of ours | hiring company | hiring | recruiter | recruiting |
    tbd | tba
    your company | the company | company inc | stealth | stealth startup | stealth mode | stealth mode startup |
    stealth company
    vertraulich | unternehmen | firma | arbeitgeber | unser kunde | anonym | confidentiel | entreprise |
    entreprise confidentielle
    notre client | anonyme | empresa | empresa confidencial | confidencial | importante empresa | bedrijf |
    vertrouwelijk
    onbekend | unbekannt | inconnu | desconocido | jobs | careers | career | karriere | other | various |
    self employed | freelance
    """.replace("\n", "|").split("|")
_NOTHING: Final = frozenset(name.strip() for name in _NO_NAMES)
# Legal forms that cleanco does not know.
_MORE_FORMS: Final = (
    "ggmbh", "ug", "haftungsbeschrankt", "slu", "sà rl", "sa rl", "pbc", "& co", "limited liability company", "ulc",
    "ek",
    "eireli", "s/a", "co", "gmbh i g", "gmbh ig", "public benefit corporation", "pty", "pvt", "kgaa", "se & co",
    "ltd co",
    "limited liability partnership", "public limited company", "na sa", "tbk", "eood", "ood", "jsc", "pjsc", "zrt",
    "nyrt",
)  # fmt: skip
# Words that end names as often as they are legal forms, unless written as one.
_ALSO_WORDS = re.compile(r"\s(?:Spa|As|Ad|Pt|Se|Sa|Coop|Group)$")
_BRACKETED = re.compile(r"\s*[\(\[\{][^()\[\]{}]*[\)\]\}]")
_BATCH = re.compile(r"\s*\(\s*YC\s?[WSFX]?'?\d{2}\s*\)", re.IGNORECASE)
_AFTER = re.compile(r"\s+-\s+[A-Z]?\d+$")
_TAGS = re.compile(r"<[^<>]{0,200}>")
_SITE = re.compile(r"^(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)*)(?:[/?#].*)?$", re.IGNORECASE)
_DOMAIN_END = re.compile(
    r"(?<=\w)\.(?:com|io|ai|co|net|org|dev|app|de|fr|es|nl|eu|uk|ch|at|be|it|in|us|ca|au|tech|so|gg|xyz|me|cloud|jobs|"
    r"health|"
    r"co\.uk|com\.au|com\.br)\b(?!\.)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^the\s+(?=\w)")
_APOSTROPHE = re.compile(r"['’`´]")
_NO_WORD = re.compile(r"[^\w]+")
_JAPANESE = re.compile(r"^(?:株式会社|有限会社|合同会社)|(?:株式会社|有限会社|合同会社|有限公司)$")
_LETTERS: Final = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"})
_LONGEST = 300


@lru_cache(maxsize=20_000)
def clean_company(name: str) -> str | None:
    """The company's name as it is shown; None for what is none ("name", "Confidential", "N/A")."""
    shown = _BATCH.sub("", _TAGS.sub(" ", clean_text(name[:_LONGEST]))).strip(" ,;|-–")
    shown = " ".join(shown.split())
    return None if _says_nothing(shown) else shown


@lru_cache(maxsize=20_000)
def company_key(name: str) -> str | None:
    """The name without legal form, case, accents, article and what stands in brackets: "The ACME Group, Inc." is
    "acme group"; None for what is no company."""
    shown = clean_company(name)
    if shown is None:
        return None
    bare = _AFTER.sub("", _BRACKETED.sub("", shown)).strip() or shown
    if (site := _SITE.match(bare)) and "." in site[1]:
        bare = site[1]
    bare = _JAPANESE.sub("", _DOMAIN_END.sub("", _without_form(bare))).strip() or bare
    key = _ARTICLE.sub("", _folded(bare)) or _folded(bare)
    return None if _says_nothing(key) else key


def _says_nothing(name: str) -> bool:
    folded = _folded(name)
    return not folded or folded in _NOTHING


def _without_form(name: str) -> str:
    """The name without its legal forms at the end, of which some have two; never nothing."""
    for _ in range(3):
        if _ALSO_WORDS.search(name):
            return name
        shorter = custom_basename(name, terms=_forms()).strip(" ,&.-–")
        if not shorter or shorter == name:
            return name
        name = shorter
    return name


@cache
def _forms() -> list[tuple[int, list[str]]]:
    known: list[tuple[int, list[str]]] = prepare_default_terms()
    more = [(len(form.split()), form.split()) for form in _MORE_FORMS]
    return sorted([*known, *more], key=lambda form: (-form[0], form[1]))


def _folded(name: str) -> str:
    """Lower case words without accents and punctuation; letters of other scripts stay."""
    lowered = _APOSTROPHE.sub("", name.lower().translate(_LETTERS).replace("&", " and ").replace("+", " plus "))
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(sign))
    return " ".join(_NO_WORD.sub(" ", plain.lower().replace("_", " ")).split())

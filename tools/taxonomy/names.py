"""The names that a candidate goes by, and the key by which two names are one.

O*NET writes a maker before the product ("Microsoft Excel"), an abbreviation behind its words ("Structured query
language SQL"), and "software" behind both ("Amazon Web Services AWS software"). ESCO adds what is meant in brackets:
"Swift (computer programming)".
"""

import re
import unicodedata
from collections.abc import Iterator

# Makers whose products are known without them.
MAKERS = """
Adobe; Adobe Systems; Amazon; ANSYS; Ansys; Apache; Apple; Atlassian; Autodesk; Avid Technology; Bentley;
Bentley Systems; Blackbaud; Canonical; Cerner; Cisco; Cisco Systems; Citrix; Corel; Dassault Systemes; Embarcadero;
Epic Systems; Esri; ESRI; Facebook; Google; Google Cloud; Hewlett Packard; HP; IBM; Infor; Intuit; JetBrains; Kronos;
MathWorks; Meta; Micro Focus; Microsoft; Mozilla; National Instruments; Novell; NVIDIA; Nvidia; Oracle; Perforce;
Progress; PTC; Qlik; Red Hat; Rockwell Automation; Sage; Salesforce; SAP; Siemens; Smart Bear; SmartBear; Splunk;
Sun Microsystems; Symantec; The MathWorks; Thomson Reuters; TIBCO; Trimble; VMware; Wolfram Research
""".replace("\n", " ").split(";")
_MAKER = re.compile(rf"(?:{'|'.join(re.escape(one.strip()) for one in sorted(MAKERS, key=len, reverse=True))}) (?=\S)")
_BRACKET = re.compile(r"\s*\([^()]*\)$")
_SORT = re.compile(r"\s+(?:software|systems?|suite|platform|application|programming language|language)$", re.IGNORECASE)
_VERSION = re.compile(r"\s+(?:v?\d+(?:\.\d+)*|19\d\d|20\d\d)$")
_WORD = re.compile(r"[^\W_]+(?:[+#]+(?![^\W_]))?")
# The same word as it is spelled in Britain.
_BRITISH = (("isation", "ization"), ("ising", "izing"), ("ise", "ize"), ("yse", "yze"), ("our", "or"), ("ogue", "og"))
_PLURALS = (
    ("ies", "y"),
    ("sses", "ss"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("xes", "x"),
    ("ss", "ss"),
    ("us", "us"),
    ("is", "is"),
    ("s", ""),
)
_LEAST_OF_A_PLURAL = 5
# ESCO says what is done ("manage budgets"), our tables what it is called ("budget management").
_NOUNS = """
manage/management administer/administration develop/development plan/planning analyse/analysis design/design
coordinate/coordination inspect/inspection test/testing schedule/scheduling train/training maintain/maintenance
optimise/optimisation implement/implementation install/installation repair/repair assess/assessment
evaluate/evaluation monitor/monitoring control/control perform/ conduct/ provide/ apply/ practise/ use/
"""
_DONE = dict(pair.split("/") for pair in _NOUNS.split())
_DOING = re.compile(rf"(?P<verb>{'|'.join(_DONE)}) (?P<what>.+)")


def words_of(text: str) -> list[str]:
    """The words as the fast search takes a text apart."""
    return _WORD.findall(text)


def key(text: str) -> str:
    """The same for spellings that differ in case, accents, signs between words, British letters or a plural's s."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ")).encode("ascii", "ignore").decode()
    words = words_of(plain.lower())
    if words:
        words[-1] = _one(words[-1])
    return " ".join(map(_american, words))


def _one(word: str) -> str:
    """One of what the word says several of."""
    if len(word) < _LEAST_OF_A_PLURAL:
        return word
    for many, one in _PLURALS:
        if word.endswith(many):
            return word.removesuffix(many) + one
    return word


def _american(word: str) -> str:
    ending = next(((old, new) for old, new in _BRITISH if word.endswith(old) and len(word) > len(old) + 2), None)
    return word if ending is None else word.removesuffix(ending[0]) + ending[1]


def bare(name: str) -> str:
    """The name without what is in brackets at its end."""
    return _BRACKET.sub("", name) or name


def without_sort(name: str) -> str:
    """The name without "software" and the like at its end."""
    return _SORT.sub("", name)


def without_maker(name: str) -> str:
    """The product's name alone."""
    return _MAKER.sub("", name, count=1)


def without_version(name: str) -> str:
    """The name without a number at its end."""
    return _VERSION.sub("", name)


def abbreviation(name: str) -> tuple[str, str, str, str] | None:
    """An abbreviation among the words of a name: what stands before the words that it is of, these, itself, the rest.

    "Microsoft SQL Server Integration Services SSIS" is ("Microsoft", "SQL Server Integration Services", "SSIS", "").
    """
    words = name.split()
    for at, word in enumerate(words):
        letters = word.strip("()")
        if at >= 2 and len(letters) >= 2 and letters.isalnum() and letters.isupper() and letters[0].isalpha():
            start = _start_of(words[:at], re.sub(r"\d", "", letters).lower())
            if start is not None:
                return " ".join(words[:start]), " ".join(words[start:at]), letters, " ".join(words[at + 1 :])
    return None


def _start_of(words: list[str], letters: str) -> int | None:
    """Where the words begin that the letters are of: by their initials, else where the letters follow one another."""
    for start in range(len(words) - 1):
        initials = "".join(word[0].lower() for word in words[start:] if word.lower() not in {"and", "of", "for", "the"})
        if initials == letters:
            return start
    for start in range(len(words) - 1):
        rest = iter("".join(words[start:]).lower())
        if words[start][0].lower() == letters[0] and all(letter in rest for letter in letters):
            return start
    return None


def product_names(name: str) -> Iterator[str]:
    """What O*NET's name of a technology may be called, the fullest first; each once."""
    seen: dict[str, None] = {bare(name): None}
    if (parts := abbreviation(bare(name))) is not None:
        before, words, letters, after = parts
        product = without_sort(f" {after}").strip()
        seen |= {" ".join(f"{before} {which} {product}".split()): None for which in (words, letters)}
    for change in (without_sort, without_version, without_maker):
        seen |= dict.fromkeys(changed for one in list(seen) if len(changed := change(one)) > 1)
    return iter(seen)


def title(name: str) -> str:
    """What O*NET's name of a technology says once: a product by its maker's short name, all else by its words."""
    parts = abbreviation(bare(name))
    if parts is None:
        return bare(name)
    before, words, letters, after = parts
    product = without_sort(f" {after}").strip()
    return " ".join(f"{before} {letters if product else words} {product}".split())


def as_noun(label: str) -> str | None:
    """What a phrase of doing is called: "manage budgets" is "budget management"; None for any other."""
    if (phrase := _DOING.fullmatch(label)) is None:
        return None
    words = phrase["what"].split()
    noun = _DONE[phrase["verb"]]
    return " ".join([*words[:-1], _one(words[-1]), noun]) if noun else phrase["what"]

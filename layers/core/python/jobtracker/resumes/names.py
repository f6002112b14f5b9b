"""Reading a person's name and headline."""

import re
from collections.abc import Sequence

from jobtracker.postings.places import fold
from jobtracker.resumes.contact import is_contact, without_contact
from jobtracker.resumes.lines import ICON, pieces, unbulleted
from jobtracker.resumes.model import Work
from jobtracker.resumes.sections import heading
from jobtracker.resumes.vocabulary import is_institution, is_title
from jobtracker.resumes.whereabouts import is_place

_WORD = r"(?:[^\W\d_](?:[^\W\d_]|['’.-](?=[^\W\d_]))*\.?)"
_NAME = re.compile(rf"{_WORD}(?:\s+{_WORD}){{1,4}}")
_PARTICLES = {
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "das", "la", "le", "el", "al", "bin", "bint",
    "ibn", "ter", "ten", "zu", "zur", "y", "e", "und", "of", "vom", "af", "av", "du",
}  # fmt: skip
_BEFORE = re.compile(r"^(?:(?:dr|prof|mr|mrs|ms|mx|herr|frau|dipl\.-\w+|ing)\.?\s+)+", re.IGNORECASE)
_AFTER = re.compile(
    r"(?:(?:,\s*|\s+)(?:ph\.?d|m\.?d|mba|m\.?sc|b\.?sc|m\.?a|b\.?a|m\.?eng|b\.?eng|cpa|pmp|rn|bsn|msn|cfa|esq|jd|pe|phr|"
    r"sphr|shrm-s?cp|acca|ceng|dds|lcsw|aprn|fnp|dipl\.-ing)\.?)+[\s,]*$",
    re.IGNORECASE,
)
_PRONOUNS = re.compile(r"\s*[(\[](?:she|he|they|sie|er|ihr|\w+/\w+)[^)\]]{0,20}[)\]]", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:full |first |last )?(?:name|vor- und nachname|nom|姓名|氏名|이름|성명|الاسم|שם)\s*[:：]\s*", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"\b(?:curriculum|vitae|vitæ|r[ée]sum[ée]|cv|lebenslauf|bewerbung|personal|information|contact|address|phone|"
    r"e-?mail|mobile|date|birth|nationality|page|updated|university|college|school|institute|inc|gmbh|llc|ltd|"
    r"street|road|avenue|stra(?:ß|ss)e|engineer\w*|developer|manager|designer|analyst|consultant|director|scientist|"
    r"specialist|nurse|teacher|assistant|officer|architect|administrator|technician|accountant|professional|"
    r"experience|education|skills?|summary|profile|software|senior|junior|lead|data|marketing|sales|business|the|"
    r"and|with|for|to|my|curricul\w*|linkedin|github|website|portfolio|references|remove|relevant|welcome|"
    r"entwickler(?:in)?|ingenieur(?:in)?|leiter(?:in)?|student(?:in)?|name|surname|languages?|english|german|french|"
    r"spanish|certified|expert|advanced|native|fluent|intermediate|beginner)\b",
    re.IGNORECASE,
)
# Scripts without capitals: Chinese, Japanese and Korean names, and Arabic and Hebrew ones of two to four words.
_OTHER_NAME = re.compile(
    "[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,3} [\u4e00-\u9fff\u3041-\u30ff]{1,4}|[\uac00-\ud7a3]{2,4}|"
    "[\u0620-\u064a]{2,}(?: [\u0620-\u064a]{2,}){1,3}|[\u05d0-\u05ea]{2,}(?: [\u05d0-\u05ea]{2,}){1,3}"
)
# What such a resume is called.
_RESUME = {
    "简历", "個人簡歷", "个人简历", "履历", "履歴書", "職務経歴書", "이력서",
    "السيرة الذاتية", "سيرة ذاتية", "קורות חיים",
}  # fmt: skip
_SENTENCE = re.compile(r"[.!?:](?:\s|$)|,$|\b(?:i|my|am|is|are|was|have|has)\b", re.IGNORECASE)
# What joins a calling to its employer.
_LINK = re.compile(r"\b(?:at|bei|chez|en|with)\b", re.IGNORECASE)
_MOST_CUT_WORDS = 3
_MOST_HEADLINE_WORDS = 14


def read_name(head: list[str], others: list[str], email: str | None) -> str | None:
    """The person's name by rules: a line of the head that reads as a name, or one that the e-mail address confirms.

    Args:
        head: the lines before the first heading.
        others: the lines after it; a sidebar may put the name far down.
        email: the person's address, whose first part often holds the name.
    """
    for line in head:
        if (bare := _LABEL.sub("", line)) != line and (name := as_name(bare)):
            return name
    first = next((name for line in head[:8] if (name := name_of(line))), None)
    if first and email and _confirms(email, first):
        return first
    if email:
        confirmed = [name for line in [*head, *others] if (name := name_of(line)) and _confirms(email, name)]
        # The file's first line outweighs an address that names somebody else.
        if confirmed and not (first and head and name_of(head[0]) == first):
            return confirmed[0]
    return first


def read_headline(lines: list[str], name: str | None) -> str | None:
    """What stands under the name, or after it on its line, as the person's calling."""
    at = next((number for number, line in enumerate(lines) if name and name_of(line) == name), None)
    if at is None:
        return None
    beside = [part for part in pieces(without_contact(lines[at]))[1:] if _is_headline(part)]
    if beside:
        return beside[0]
    for number, line in enumerate(lines[at + 1 : at + 4]):
        if heading(line):
            break
        if is_contact(line) and (titles := [part for part in pieces(without_contact(line)) if _is_calling(part)]):
            return titles[0]
        if is_contact(line) or is_place(line) or not (told := unbulleted(line)):
            continue
        # Below the contact details may stand anything; a calling is known by its words.
        if not _is_headline(told) or (number and not is_title(told)):
            return None
        after = lines[at + number + 2] if at + number + 2 < len(lines) else ""
        goes_on = (told.endswith(("|", "/", "&", ",")) or _is_cut(told, after)) and not is_contact(after)
        return _without_place(f"{told} {after}" if goes_on else told).strip(" |/&,")
    return None


def without_employer(label: str, work: Sequence[Work]) -> str:
    """The headline, or the title alone where it is a position's whole line: "Baker — Mill & Sons, Graz".

    What says more than a position does ("Baker at Mill & Sons | Sourdough") is the person's own and stays.
    """
    for one in work:
        if one.title and one.company and one.title in label and one.company in label:
            rest = label.replace(one.company, " ", 1).replace(one.title, " ", 1)
            rest = rest.replace(one.place, " ", 1) if one.place else rest
            if not any(map(str.isalnum, _LINK.sub(" ", rest))):
                return one.title
    return label


def _is_calling(part: str) -> bool:
    return is_title(part) and _is_headline(part) and not is_institution(part)


def _is_cut(told: str, after: str) -> bool:
    """Whether a calling, or the last of several, ends only on the line below: "Baker | Pastry" and "Specialist"."""
    parts = pieces(told)
    if len(parts) == 1 and len(told.split()) > 1 and not is_title(told):
        # "Patient and Careful Pastry" and "Baker".
        return is_title(after) and len(after.split()) == 1 and not heading(after)
    if len(parts) < 2 or is_title(parts[-1]) or not any(map(is_title, parts)) or is_place(parts[-1]):
        return False
    return is_title(after) and len(after.split()) <= _MOST_CUT_WORDS and not heading(after) and len(pieces(after)) == 1


def _without_place(told: str) -> str:
    """The calling without the place behind it: "Baker · Graz, Austria"."""
    last = pieces(told)[-1:]
    if len(pieces(told)) > 1 and is_place(last[0]) and told.rstrip(" |/&,").endswith(last[0]):
        return told.rstrip(" |/&,").removesuffix(last[0]).rstrip(" |/&,·•–—-\t")
    return told


def as_name(text: str) -> str | None:
    """The text as a name without titles and degrees, or None when it cannot be one."""
    bare = _PRONOUNS.sub("", text.strip(f" ,;:|{ICON}"))
    bare = _AFTER.sub(" ", _BEFORE.sub("", bare)).strip(" ,;")
    if _OTHER_NAME.fullmatch(bare):
        return None if bare in _RESUME or is_title(bare) or is_institution(bare) else bare
    if not _NAME.fullmatch(bare) or len(bare) > 50 or _NO_NAME.search(bare):
        return None
    words = bare.split()
    if not all(word[0].isupper() or word.casefold() in _PARTICLES for word in words) or not words[0][0].isupper():
        return None
    if all(len(word.strip(".")) == 1 for word in words):
        return None
    return " ".join(_cased(word) for word in words) if bare.isupper() else bare


def name_of(line: str) -> str | None:
    """The name with which the line begins, if any."""
    if heading(line):
        return None
    parts = pieces(without_contact(unbulleted(line)))
    return as_name(parts[0]) if parts else None


def _cased(word: str) -> str:
    """A word written in capitals as a name: "O'NEIL-SMITH" is O'Neil-Smith."""
    return re.sub(r"[^\W\d_]+", lambda match: match.group().capitalize(), word)


def _confirms(email: str, name: str) -> bool:
    """Whether the first part of the address is made of the name: "jdoe", "john.doe", "doe.j"."""
    local = fold(email.partition("@")[0])
    parts = re.findall(r"[a-z]+", local)
    words = [word for word in re.findall(r"[a-z]+", fold(name)) if len(word) >= 2]
    if any(len(word) >= 3 and word in parts for word in words) or "".join(words) in parts:
        return True
    # "jdoe", "doej", "sarahmartinez"
    return any(len(word) >= 4 and (part.startswith(word) or part.endswith(word)) for word in words for part in parts)


def _is_headline(text: str) -> bool:
    words = text.split()
    if not 1 <= len(words) <= _MOST_HEADLINE_WORDS or len(text) < 3 or _SENTENCE.search(text):
        return False
    return text[0].isupper() and not is_contact(text) and not is_place(text)

"""Reading the languages that a person speaks, and how well."""

import re
from dataclasses import dataclass
from typing import Final

from jobtracker.resumes.lines import unbulleted
from jobtracker.resumes.model import Language, LanguageLevel

# By ISO 639 code: the name in English, German, French, Spanish, Italian, Dutch, Portuguese and Chinese, each once.
_NAMES: Final = {
    "af": "Afrikaans",
    "am": "Amharic Amharisch",
    "ar": "Arabic Arabisch arabe árabe arabo 阿拉伯语",
    "az": "Azerbaijani Azeri",
    "be": "Belarusian Belarussisch",
    "bg": "Bulgarian Bulgarisch bulgare búlgaro bulgaro",
    "bn": "Bengali Bangla",
    "bs": "Bosnian Bosnisch",
    "ca": "Catalan Katalanisch català catalán",
    "cs": "Czech Tschechisch tchèque checo ceco",
    "da": "Danish Dänisch danois danés danese Deens",
    "de": "German Deutsch allemand alemán tedesco Duits alemão 德语",
    "el": "Greek Griechisch grec griego greco Grieks",
    "en": "English Englisch anglais inglés inglese Engels inglês 英语 英文",
    "es": "Spanish Spanisch Castilian espagnol español castellano spagnolo Spaans espanhol 西班牙语",
    "et": "Estonian Estnisch",
    "eu": "Basque Baskisch euskera",
    "fa": "Persian Farsi Persisch",
    "fi": "Finnish Finnisch finnois finlandés finlandese",
    "fil": "Filipino Tagalog",
    "fr": "French Französisch français francés francese Frans francês 法语",
    "ga": "Irish Gaelic Gaeilge",
    "gl": "Galician gallego galego",
    "gsw": "Swiss_German Schweizerdeutsch",
    "gu": "Gujarati",
    "ha": "Hausa",
    "he": "Hebrew Hebräisch Ivrit hébreu hebreo ebraico",
    "hi": "Hindi",
    "hr": "Croatian Kroatisch croate croata",
    "hu": "Hungarian Ungarisch hongrois húngaro ungherese",
    "hy": "Armenian Armenisch",
    "id": "Indonesian Bahasa_Indonesia Indonesisch",
    "ig": "Igbo",
    "is": "Icelandic Isländisch",
    "it": "Italian Italienisch italien italiano Italiaans 意大利语",
    "ja": "Japanese Japanisch japonais japonés giapponese Japans japonês 日语",
    "ka": "Georgian Georgisch",
    "kk": "Kazakh Kasachisch",
    "km": "Khmer",
    "kn": "Kannada",
    "ko": "Korean Koreanisch coréen coreano Koreaans 韩语",
    "ku": "Kurdish Kurdisch Kurmanji Sorani",
    "la": "Latin Latein",
    "lb": "Luxembourgish Luxemburgisch",
    "lt": "Lithuanian Litauisch",
    "lv": "Latvian Lettisch",
    "mk": "Macedonian Mazedonisch",
    "ml": "Malayalam",
    "mn": "Mongolian Mongolisch",
    "mr": "Marathi",
    "ms": "Malay Bahasa_Melayu",
    "mt": "Maltese",
    "my": "Burmese",
    "ne": "Nepali",
    "nl": "Dutch Niederländisch Flemish néerlandais holandés neerlandés olandese Nederlands holandês",
    "no": "Norwegian Norwegisch norvégien noruego norvegese Noors Bokmål",
    "or": "Odia Oriya",
    "pa": "Punjabi",
    "pl": "Polish Polnisch polonais polaco polacco Pools",
    "ps": "Pashto Paschtu",
    "pt": "Portuguese Portugiesisch portugais portugués portoghese Portugees português 葡萄牙语",
    "ro": "Romanian Rumänisch roumain rumano rumeno Roemeens",
    "ru": "Russian Russisch russe ruso russo 俄语",
    "si": "Sinhala Sinhalese",
    "sk": "Slovak Slowakisch",
    "sl": "Slovenian Slovene Slowenisch",
    "so": "Somali",
    "sq": "Albanian Albanisch",
    "sr": "Serbian Serbisch serbe serbio",
    "sv": "Swedish Schwedisch suédois sueco svedese Zweeds",
    "sw": "Swahili Kiswahili Suaheli",
    "ta": "Tamil",
    "te": "Telugu",
    "th": "Thai Thailändisch",
    "ti": "Tigrinya",
    "tr": "Turkish Türkisch turc turco Turks",
    "uk": "Ukrainian Ukrainisch ukrainien ucraniano ucraino",
    "ur": "Urdu",
    "uz": "Uzbek Usbekisch",
    "vi": "Vietnamese Vietnamesisch vietnamien vietnamita",
    "xh": "Xhosa",
    "yo": "Yoruba",
    "yue": "Cantonese Kantonesisch 粤语",
    "zh": "Chinese Mandarin Chinesisch chinois chino cinese Chinees chinês 中文 汉语 普通话",
    "zu": "Zulu",
}
_CODES: Final = {name.replace("_", " ").casefold(): code for code, names in _NAMES.items() for name in names.split()}
_NAME: Final = re.compile(
    rf"(?<![^\W\d_])(?:{'|'.join(sorted(map(re.escape, _CODES), key=len, reverse=True))})(?![^\W\d_])", re.IGNORECASE
)
_CEFR: Final = re.compile(r"(?<!\w)[ABC][12](?!\w)", re.IGNORECASE)
# The first that is found holds. LinkedIn's words are the ILR's: elementary, limited working, professional working,
# full professional, native or bilingual (https://www.govtilr.org).
_LEVELS: Final = (
    (LanguageLevel.FLUENT, r"near[- ]native|native[- ]like|full professional|nahezu muttersprachlich|almost native"),
    (
        LanguageLevel.NATIVE,
        (
            r"\bnativ[eoa]s?\b|mother tongue|first language|bilingu|bilingüe|muttersprach|zweisprachig|maternelle|"
            r"\bmaterna|"
            r"madrelingua|moedertaal|tweetalig|母语"
        ),
    ),
    (LanguageLevel.INTERMEDIATE, r"limited working"),
    (
        LanguageLevel.FLUENT,
        r"(?<!not )fluen|fließend|fliessend|verhandlungssicher|couran(?:t|mment)|couramment|fluid|vloeiend|流利",
    ),
    (
        LanguageLevel.BASIC,
        (
            r"basic|beginner|element[aáe]|grundkenntnis|grundlagen|anfänger|débutant|notions|scolaire|\bbásic|\bbase\b|"
            r"principiante|scolastic|\bbasis|schulkenntnis|novice|初级"
        ),
    ),
    (LanguageLevel.INTERMEDIATE, r"upper[- ]intermediate"),
    (
        LanguageLevel.ADVANCED,
        (
            r"advanced|professional|business|proficien|very good|excellent|sehr gut|fortgeschritten|avancé|avanzad|"
            r"avanzat|"
            r"gevorderd|avançad|熟练"
        ),
    ),
    (
        LanguageLevel.INTERMEDIATE,
        r"intermedi|conversational|\bgood\b|\bgut|working knowledge|moderate|mittel|moyen|intermédiaire|gemiddeld",
    ),
)
_WORDS: Final = tuple((level, re.compile(pattern, re.IGNORECASE)) for level, pattern in _LEVELS)
_LABEL: Final = re.compile(
    r"^(?:(?:spoken |foreign |other )?languages?(?: skills)?|fremdsprachen|sprachen|sprachkenntnisse|langues|idiomas|"
    r"lingue|talen|línguas|语言)\s*[:：]\s*",
    re.IGNORECASE,
)
_APART: Final = re.compile(r"[,;|•·、，；\t]|\s{3,}|(?:(?<=\s)|^)(?:and|und|et|y|e|en|&)\s(?=\s*\S)")
_GAP: Final = re.compile(r"\t+|\s{3,}|\s[|•·]\s")
_BRACKETS: Final = re.compile(r"[(\[（][^()\[\]（）]*[)\]）]")
_EDGES: Final = " \t:：–—-()[]（）,;.=|/"
_OPENED: Final = re.compile(r"\s*[(\[（:：=–—-]")
_LINKING: Final = re.compile(r"\s*\b(?:in|en|i|of|speaker|speaker of)$", re.IGNORECASE)
_LONGEST: Final = 80


@dataclass(slots=True)
class _Read:
    name: str
    fluency: str | None = None


def read_languages(lines: list[str]) -> list[Language]:
    """The languages that the lines of their section name, each once, in order of mention."""
    found: dict[str, _Read] = {}
    for line in _with_rows_joined(lines):
        _take(found, _LABEL.sub("", unbulleted(line)))
    return [
        Language(
            language=one.name,
            code=code_of(one.name),
            fluency=one.fluency,
            level=level_of(one.fluency) if one.fluency else None,
        )
        for one in found.values()
    ]


def _with_rows_joined(lines: list[str]) -> list[str]:
    """The lines, with a row of names and the row of their levels below it as one line for each language."""
    joined: list[str] = []
    rest = list(lines)
    while rest:
        line = rest.pop(0)
        names, levels = _cells(line), _cells(rest[0]) if rest else []
        if 1 < len(names) == len(levels) and all(map(_names_only, names)) and all(map(_level_only, levels)):
            rest.pop(0)
            joined += [f"{name}: {level}" for name, level in zip(names, levels, strict=True)]
        else:
            joined.append(line)
    return joined


def _cells(line: str) -> list[str]:
    return [cell for part in _GAP.split(line) if (cell := part.strip(_EDGES))]


def _names_only(cell: str) -> bool:
    return _NAME.fullmatch(cell) is not None


def _level_only(cell: str) -> bool:
    return level_of(cell) is not None and _NAME.search(cell) is None


def labelled(lines: list[str]) -> list[str]:
    """Those lines of other sections that say that they are about languages: "Languages: English, French"."""
    return [line for line in lines if _LABEL.match(unbulleted(line))]


def code_of(name: str) -> str | None:
    """The ISO 639 code of a language by its name in one of eight languages; None for a name that is not known."""
    return _CODES.get(name.casefold())


def level_of(words: str) -> LanguageLevel | None:
    """The level that the words name; of a range of the CEFR the lower end."""
    if cefr := _CEFR.findall(words):
        return LanguageLevel(min(cefr, key=str.lower).lower())
    return next((level for level, pattern in _WORDS if pattern.search(words)), None)


def _take(found: dict[str, _Read], line: str) -> None:
    last: _Read | None = next(reversed(found.values()), None)
    carried: str | None = None
    for segment in _segments(line):
        names = list(_NAME.finditer(segment))
        if not names:
            # A level on a line or behind a comma of its own.
            if last and last.fluency is None and level_of(segment):
                last.fluency = _said(segment)
            continue
        before = segment[: names[0].start()]
        if level_of(before):
            # "Fluent in English and French": what is said before holds for both.
            carried = _said(_LINKING.sub("", before.rstrip()))
        for at, match in enumerate(names):
            after = segment[match.end() : names[at + 1].start() if at + 1 < len(names) else len(segment)]
            last = found.setdefault(match.group().casefold(), _Read(match.group()))
            told = _said(after) if _OPENED.match(after) or level_of(after) else None
            carried = None if told else carried
            last.fluency = last.fluency or told or carried


def _segments(line: str) -> list[str]:
    """The line apart at commas and the like that stand in no brackets."""
    masked = _BRACKETS.sub(lambda match: "(" + "x" * (len(match.group()) - 2) + ")", line)
    ends = [*(match.span() for match in _APART.finditer(masked)), (len(line), len(line))]
    begins = [0, *(end for _, end in ends)]
    return [line[begin:end] for begin, (end, _) in zip(begins, ends, strict=False)]


def _said(text: str) -> str | None:
    said = " ".join(text.split()).strip(_EDGES)
    return said if 0 < len(said) <= _LONGEST else None

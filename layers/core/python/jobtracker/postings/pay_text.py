"""Reading the pay that advertisements state, as people of many countries write it."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from jobtracker.postings.model import Pay, PayPeriod
from jobtracker.postings.pay import PER_USD, is_plausible

_SIGNS: Final = {
    "us$": "USD", "ca$": "CAD", "c$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "s$": "SGD", "hk$": "HKD",
    "nt$": "TWD", "mx$": "MXN", "r$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "¥": "JPY", "円": "JPY",
    "zł": "PLN", "zl": "PLN", "rs.": "INR", "rs": "INR", "r": "ZAR", "rm": "MYR", "rp": "IDR", "kč": "CZK",
    "ft": "HUF", "rmb": "CNY", "nis": "ILS", "₪": "ILS", "₱": "PHP", "₩": "KRW", "฿": "THB", "₫": "VND", "₦": "NGN",
    "₺": "TRY", "₴": "UAH", "lei": "RON", "ksh": "KES", "euro": "EUR", "euros": "EUR", "sfr": "CHF", "fr.": "CHF",
    "dhs": "AED", "u$s": "USD",
}  # fmt: skip
# Signs that several countries use: which is meant is known only where the country is.
_SHARED: Final = {
    "$": ("CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "CLP", "COP", "ARS", "UYU", "DOP"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "¥": ("CNY",),
}
_PERIODS: Final = (
    (
        PayPeriod.HOUR,
        re.compile(
            r"\b(?:hour|hr|hourly|stunde|stundenlohn|stundensatz|std|heure|horaire|uur|hora|ora|timme|time(?=lønn)|"
            r"godz)s?"
            r"\b|/\s?h\b|\bp\.?/?h\b|時給",
            re.IGNORECASE,
        ),
    ),
    (
        PayPeriod.DAY,
        re.compile(
            r"\b(?:day|daily|tag|tagess[aä]tz\w*|jour|journalier|tjm|dag|d[ií]a|diaria)\b|\bp\.?/?d\b|日給",
            re.IGNORECASE,
        ),
    ),
    (
        PayPeriod.WEEK,
        re.compile(r"\b(?:week|weekly|woche|wöchentlich|semaine|semana|settimana|wk)\b|\bp\.?/?w\.?\b", re.IGNORECASE),
    ),
    (
        PayPeriod.MONTH,
        re.compile(
            r"\b(?:month|monthly|(?:brutto)?monats\w+|monat|monatlich|mois|mensuel(?:le)?s?|maand|maandelijks|mes|"
            r"m[êe]s|"
            r"mensual(?:es)?|mensile|mensili|mese|mies|miesięcznie|miesiąc|m[eě]s[ií]c|m[åa]ned|m[åa]nad|mån|h[óo]|"
            r"bulan|ay|mo|mth|mtl)\b|\b[pb]\.?/?m\.?\b(?!\d)|月給|月収",
            re.IGNORECASE,
        ),
    ),
    (
        PayPeriod.YEAR,
        re.compile(
            r"\b(?:year|yearly|annum|annual|annually|(?:brutto)?jahres\w+|jahr|jährlich|jaar|jaarlijks|ano|año|yr|anno|"
            r"annuo|annui|annua|rok|rocznie|år|annuelle|ral|ctc)s?\b|(?:\bpar|/|\bl')\s?an\b|\bannuels?\b|"
            r"\banual(?:es)?\b|\bp\.?/?a\.?\b|\blpa\b|\bb/a\b|年収|年俸",
            re.IGNORECASE,
        ),
    ),
)
# Bounds on the work that a text can ask for.
_LONGEST, _AMOUNTS_TRIED = 2_000, 40
_REACH, _BESIDE, _LONGEST_SIGN = 40, 20, 10
_DIGIT = re.compile(r"\d")

# What is written in many ways is brought to one before it is read.
_SIGNS_ONE_WAY: Final = str.maketrans(
    dict.fromkeys("\u00a0\u202f\u2007\u2009\t\r\n", " ") | dict.fromkeys("’‘´`", "'") | dict.fromkeys("–—‐‑−〜～~", "-")
)
_ONE_WAY: Final = (
    (re.compile(r"(?<=\d)[.,]\s?-(?!\s?[\d$€£])"), ""),
    (re.compile(r"(?<![A-Za-z])T\s?(?=€|EUR\b|Euro\b)"), "k "),
    (re.compile(r"(?<=\d)k(?=(?:EUR|USD|GBP|CHF|PLN)\b)", re.IGNORECASE), "k "),
    (re.compile(r"(?<=\d)\s?(?:hrs?|hours) (?:a|per) (?:week|day)\b", re.IGNORECASE), ""),
)

_CODE = rf"(?<![A-Za-z])(?:{'|'.join(PER_USD)})(?![A-Za-z])"
_CURRENCY = (
    rf"(?:{_CODE}\s?[$£€¥₹]|\b(?:US|CA|AU|NZ|HK|NT|MX|[CASR])\$|u\$s|[$€£₹¥円₪₱₩฿₫₦₺₴]|zł|zl\b|\bRs\.?|Kč|\bFt\b|"
    r"\b(?:RMB|NIS|Ksh|SFr|Dhs)\b|\bR[Mp](?=\s?\d)|(?-i:\bR(?=\s?\d{1,3}(?:[ ,.]\d{3}(?!\d)|\s?k\b)))|\bFr\.(?=\s?\d)|"
    rf"\beuros?\b|\blei\b|\bkr\b|{_CODE})"
)


def _number(name: str) -> str:
    """A number, grouped in one way throughout: "1.234,56", "120'000", "12,00,000", "45 000"."""
    return (
        rf"(?P<{name}>\d{{1,2}}(?:,\d{{2}})+,\d{{3}}(?!\d)|"
        rf"\d{{1,3}}(?P<{name}_by>[.,' ])\d{{3}}(?:(?P={name}_by)\d{{3}})*(?:[.,]\d{{1,2}})?(?!\d)|\d+(?:[.,]\d+)?)"
    )


_UNIT = r"(?:\s?(?:(?:k|tsd\.?|lakhs?|lacs?|lpa|l|crores?|cr)(?![^\W\d_])|万))?"
_PER = r"(?:\s?/\s?(?:yr|year|hr|hour|h|month|mo|maand|mois|monat|day)|\s(?:a|an|per) (?:year|hour|month|day|week))?"
_TO = r"(?:\s?(?:-|to|bis(?: zu)?|à|a|until|tot|hasta|do)\s?|\s(?:in (?:our|the) [\w ]{3,40}? )?(?:up to|rising to)\s)"
_RANGE = re.compile(
    rf"(?:(?<![\d.,])(?P<c1>{_CURRENCY})\s?|"
    rf"(?<![A-Za-z0-9_.,-])){_number('a')}(?P<u1>{_UNIT})(?:\s?(?P<c2>{_CURRENCY}))?"
    rf"(?:{_PER}{_TO}(?P<c3>{_CURRENCY})?\s?{_number('b')}(?P<u2>{_UNIT})(?:\s?(?P<c4>{_CURRENCY}))?)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\b(?:between|zwischen|entre|tussen)\s+(\S{1,15}(?:\s\S{1,4})?)\s+(?:and|und|et|y|en|e)\s+", re.IGNORECASE
)
_CODE_AFTER_PERIOD = re.compile(rf"{_PER}\s({_CODE})", re.IGNORECASE)
# Said of pay in Australia alone.
_SUPERANNUATION = re.compile(r"[^.\d]{0,20}\bsuper(?:annuation)?\b", re.IGNORECASE)
_INDIAN = re.compile(r"(?:lakhs?|lacs?|lpa|crores?|cr)\s*$", re.IGNORECASE)
_ONE_CODE = re.compile(rf"(?:{'|'.join(PER_USD)})", re.IGNORECASE)
_UP_TO = re.compile(
    r"(?:\b(?:up to|bis zu|bis|max\.?|maximum(?: (?:salary|pay))?:?|maximal|jusqu.[àa]|hasta|tot|t/m|fino a|até|do)|"
    r"<)\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:\b(?:from|starting (?:at|from)|starts? (?:at|from)|ab|[àa] partir de|desde|at least|not less than|"
    r"no less than|"
    r"minimum(?: of)?|min\.?|(?:minimum|starting) (?:salary|pay|wage|rate)(?: of)?:?|mindestens|\w{0,3}-?mindest\w+|"
    r"vanaf|minstens|minimaal|od|da|a partire da|au moins|"
    r"al menos)|>|≥)\s*$",
    re.IGNORECASE,
)
_EXTRA = (
    r"(?:\w*bonus\w*|\w*budget|stipend|allowance|funding|grant|credits?|equity|reimburse\w*|voucher|subsidy|discount|"
    r"raised|"
    r"in revenue|sign[- ]on|signing|relocation|prize|deposit|fee|match|weighting|\w*zuschuss|\w*prämie|prime|toeslag|"
    r"benefits|perks|package)"
)
_EXTRA_AFTER = re.compile(
    rf"\s*(?:(?!plus\b|and\b|with\b|or\b|base\b|salary\b)[\w-]+\s+){{0,3}}{_EXTRA}\b", re.IGNORECASE
)
_EXTRA_BEFORE = re.compile(rf"\b{_EXTRA}\s+(?:\w+\s+)?(?:of\s+|worth\s+)?(?:up to\s+)?$", re.IGNORECASE)
# What is earned when all targets are met is pay only where nothing surer is stated.
_TARGET_BEFORE = re.compile(r"\b(?:ote|on[- ]target earnings)\W{0,3}(?:of |up to )?$", re.IGNORECASE)
_TARGET_AFTER = re.compile(r"\W{0,3}(?:ote\b|on[- ]target)", re.IGNORECASE)
# What has no period of ours.
_TWO_WEEKS = re.compile(
    r"\W{0,3}(?:gross |net )?(?:bi-?weekly|fortnightly|semi-?monthly|(?:per|a|every) (?:fortnight|(?:two|2) weeks))\b",
    re.IGNORECASE,
)
_NO_PAY_AFTER = re.compile(r"\s?(?:m|mn|mio|mrd|b(?!/)|bn|million|billion|mill?\.)\b|\(k\)", re.IGNORECASE)
_PENSION_PLAN = re.compile(r"\s*40[13]\s?\(?k\b", re.IGNORECASE)
_HOURLY_BELOW, _MONTHLY_BELOW = 400, 15_000
# Where a month's pay has more digits than the rate to the dollar suggests, or a year's has fewer.
_MONTHLY_BELOW_IN: Final = {
    "INR": 200_000, "PLN": 60_000, "ILS": 80_000, "DKK": 120_000, "SEK": 130_000, "NOK": 130_000, "AED": 100_000,
    "SAR": 100_000, "QAR": 100_000, "CNY": 100_000, "HKD": 120_000,
}  # fmt: skip


@lru_cache(maxsize=20_000)
def read_pay(text: str, currency: str | None = None, *, bare: bool = True) -> Pay | None:
    """The pay that ``text`` states, or None where it states none ("Negotiable", "0").

    Args:
        text: a pay field or a sentence with an amount in it.
        currency: ISO 4217 code of the place's money: what "$" and "kr" mean there.
        bare: whether an amount without any sign is in ``currency``; else it is no pay.

    A range written the wrong way round is turned. A period that is not written is taken from the size of the amount.
    """
    text = text[:_LONGEST]
    if not _DIGIT.search(text):
        return None
    text = _BETWEEN.sub(r"\1 - ", _in_one_way(text))
    first = _DIGIT.search(text)
    start = max(0, first.start() - _LONGEST_SIGN) if first else 0
    targets: list[Pay] = []
    least: Pay | None = None
    for match in islice(_RANGE.finditer(text, start), _AMOUNTS_TRIED):
        pay = _pay(match, text, currency, bare=bare)
        if pay is None:
            continue
        if least is not None:
            return _with_most(least, pay)
        if _is_target(match, text):
            targets.append(pay)
        elif pay.maximum is None:
            least = pay
        else:
            return pay
    return least or (targets[0] if targets else None)


def _with_most(least: Pay, other: Pay) -> Pay:
    """ "From 50,000 USD. Up to 70,000 USD." is one range."""
    one_kind = (other.currency, other.period, other.minimum) == (least.currency, least.period, None)
    if one_kind and other.maximum is not None and least.minimum is not None and other.maximum > least.minimum:
        return least.model_copy(update={"maximum": other.maximum})
    return least


def _in_one_way(text: str) -> str:
    text = text.translate(_SIGNS_ONE_WAY)
    for written, plain in _ONE_WAY:
        text = written.sub(plain, text)
    return text


def _is_target(match: re.Match[str], text: str) -> bool:
    before = _TARGET_BEFORE.search(_before(text, match))
    return bool(before or _TARGET_AFTER.match(text, match.end()))


def _pay(match: re.Match[str], text: str, currency: str | None, *, bare: bool) -> Pay | None:
    code = _currency(match, currency, bare=bare)
    if (
        code is None
        or _NO_PAY_AFTER.match(text, match.end())
        or _is_extra(text, match)
        or _TWO_WEEKS.match(text, match.end())
    ):
        return None
    amounts = _amounts(match)
    if amounts is None:
        return None
    low: float | None = amounts[0]
    high: float | None = amounts[1]
    if match["b"] is None:
        before = _before(text, match)
        if _is_open(text, match) or _FROM.search(before):
            high = None
        elif _UP_TO.search(before):
            low = None
    largest = amounts[1]
    for period in _periods(text, match, largest, code):
        pay = Pay(minimum=low, maximum=high, currency=code, period=period)
        if is_plausible(pay):
            return pay
    return None


def _currency(match: re.Match[str], default: str | None, *, bare: bool) -> str | None:
    """The currency that is written, a code rather than a sign: "$90,000 CAD" is in Canadian dollars."""
    signs = [match[name].lower() for name in ("c1", "c3", "c2", "c4") if match[name]]
    codes = [code[0].upper() for sign in signs if (code := _ONE_CODE.match(sign))]
    if codes:
        return codes[0]
    return _by_sign(signs[0], match, default) if signs else _unsigned(match, default if bare else None)


def _unsigned(match: re.Match[str], default: str | None) -> str | None:
    """The currency of an amount with no sign beside it."""
    if later := _CODE_AFTER_PERIOD.match(match.string, match.end()):
        return later[1].upper()
    if _INDIAN.search(match.group()):
        return "INR"
    return None if _PENSION_PLAN.match(match.group()) else default


def _by_sign(sign: str, match: re.Match[str], default: str | None) -> str | None:
    """The currency that a sign stands for, at a place with the currency ``default``."""
    if sign == "$" and _SUPERANNUATION.match(match.string, match.end()):
        return "AUD"
    if default is not None and default in _SHARED.get(sign, ()):
        return default
    return _SIGNS.get(sign)


def _amounts(match: re.Match[str]) -> tuple[float | None, float] | None:
    """The stated amounts, the lower first; an amount of 0 is unknown."""
    first = _amount(match["a"], match["u1"] or match["u2"] or "")
    if match["b"] is None:
        return (first, first) if first > 0 else None
    second = _amount(match["b"], match["u2"] or match["u1"] or "")
    if 0 < first < 1000 <= second and not match["u1"] and first * 1000 <= second:
        # "90-120,000"
        first *= 1000
    low, high = sorted((first, second))
    return (low or None, high) if high > 0 else None


def _is_open(text: str, match: re.Match[str]) -> bool:
    """Whether "120,000+" is written, and not "30,000 + 5,000"."""
    return text.startswith("+", match.start() + len(match.group().rstrip()))


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - _REACH) : match.start()]


def _is_extra(text: str, match: re.Match[str]) -> bool:
    """Whether the amount is a bonus or a budget rather than the pay."""
    after = text[match.end() : match.end() + _REACH]
    return bool(_EXTRA_AFTER.match(after) or _EXTRA_BEFORE.search(_before(text, match)))


def _amount(digits: str, unit: str) -> float:
    plain = re.sub(r"['\s]", "", digits)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}", plain):
        value = float(re.sub(r"[.,]", "", plain))
    elif re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+[.,]\d{1,2}", plain):
        whole, part = re.split(r"[.,](?=\d{1,2}$)", plain)
        value = float(f"{re.sub(r'[.,]', '', whole)}.{part}")
    else:
        value = float(plain.replace(",", "."))
    match unit.strip().lower().rstrip("."):
        case "k" | "tsd":
            return value * 1000 if value < 10_000 else value
        case "lakh" | "lakhs" | "lac" | "lacs" | "lpa" | "l":
            return value * 100_000
        case "crore" | "crores" | "cr":
            return value * 10_000_000
        case "万":
            return value * 10_000
        case _:
            return value


def _periods(text: str, match: re.Match[str], amount: float, code: str) -> Iterator[PayPeriod]:
    """What one payment may cover, the likeliest first: by the nearest word after it, then before it, then its size."""
    if "lpa" in match.group().lower():
        yield PayPeriod.YEAR
    after, before = text[match.end() : match.end() + _REACH], _before(text, match)
    found = [(hit.start(), period) for period, words in _PERIODS if (hit := words.search(after))]
    if found and (first := min(found))[0] <= _BESIDE and not _DIGIT.search(after, 0, first[0]):
        # "CA$800 a year" is what it says, and no pay by the month because that would be likelier.
        yield first[1]
        return
    # "$90,000/year to $115,000": the word stands inside.
    yield from (period for period, words in _PERIODS if match["b"] and words.search(match.group()))
    earlier = [(-hit.end(), period) for period, words in _PERIODS for hit in words.finditer(before)]
    yield from (period for _, period in (*sorted(found), *sorted(earlier)))
    yield _usual_period(amount, code)


def _usual_period(amount: float, code: str) -> PayPeriod:
    """What an amount without a word beside it is paid for, most likely."""
    if amount < _HOURLY_BELOW:
        return PayPeriod.HOUR
    # Many small units make a month's pay in some currencies.
    monthly_below = _MONTHLY_BELOW_IN.get(code) or _MONTHLY_BELOW * max(1.0, PER_USD[code] / 2.5)
    return PayPeriod.MONTH if amount < monthly_below else PayPeriod.YEAR

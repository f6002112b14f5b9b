"""Pay: reading what advertisements state, and bringing it to a year and to US dollars."""

import math
import re
from functools import lru_cache
from itertools import islice

from jobtracker.postings.model import Pay, PayPeriod

_SIGNS = {
    "us$": "USD", "ca$": "CAD", "c$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD", "s$": "SGD", "hk$": "HKD",
    "r$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "¥": "JPY", "zł": "PLN", "rs.": "INR", "rs": "INR",
}  # fmt: skip
# Units of one US dollar. Yearly averages of 2025 as published by the US Internal Revenue Service, rounded: good for
# comparing postings, not for accounts.
PER_USD = {
    "USD": 1.0, "EUR": 0.886, "GBP": 0.759, "CAD": 1.398, "AUD": 1.552, "INR": 87.16, "CHF": 0.831, "JPY": 149.7,
    "SEK": 9.816, "DKK": 6.613, "NOK": 10.39, "PLN": 3.76, "BRL": 5.59, "MXN": 19.24, "SGD": 1.307, "NZD": 1.719,
    "ZAR": 17.9, "CNY": 7.19, "HKD": 7.797, "CZK": 21.9, "ILS": 3.45,
}  # fmt: skip
_PER_YEAR = {PayPeriod.HOUR: 2080, PayPeriod.DAY: 260, PayPeriod.WEEK: 52, PayPeriod.MONTH: 12, PayPeriod.YEAR: 1}
_PERIODS = (
    (PayPeriod.HOUR, re.compile(r"\b(?:hour|hr|hourly|stunde|std|heure|uur|hora)s?\b|/\s*h\b", re.IGNORECASE)),
    (PayPeriod.DAY, re.compile(r"\b(?:day|daily|tag|jour|dag)\b", re.IGNORECASE)),
    (PayPeriod.WEEK, re.compile(r"\b(?:week|weekly|woche|semaine)\b|\bp\.?w\.?\b", re.IGNORECASE)),
    (
        PayPeriod.MONTH,
        re.compile(
            r"\b(?:month|monthly|monat|monatlich|mois|mensuels?|maand|mes|mensual(?:es)?)\b|\bp\.?m\.?\b(?!\d)",
            re.IGNORECASE,
        ),
    ),
    (
        PayPeriod.YEAR,
        re.compile(
            r"\b(?:year|yearly|annum|annual|annually|jahr|jährlich|jaar|ano|año|yr)s?\b|"
            r"(?:\bpar|/|\bl[’'])\s?an\b|\bannuels?\b|\banual(?:es)?\b|\bp\.?a\.?\b|\blpa\b",
            re.IGNORECASE,
        ),
    ),
)
_CODE = rf"(?<![A-Za-z])(?:{'|'.join(PER_USD)})(?![A-Za-z])"
_CURRENCY = rf"(?:{_CODE}\s?[$£€]|\b(?:US|CA|AU|NZ|HK|[CASR])\$|[$€£₹¥]|zł|\bRs\.?|{_CODE})"
_NUMBER = r"\d{1,3}(?:[.,' \u00a0\u202f]\d{2,3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_UNIT = r"(?:\s?(?:k|K|tsd|lakhs?|LPA|lpa|L)\b)?"
_RANGE = re.compile(
    rf"(?P<c1>{_CURRENCY})?\s?(?P<a>{_NUMBER})(?P<u1>{_UNIT})\s?(?P<c2>{_CURRENCY})?"
    rf"(?:\s?(?:-|–|—|to|bis|à|a|until)\s?(?P<c3>{_CURRENCY})?\s?(?P<b>{_NUMBER})(?P<u2>{_UNIT})\s?(?P<c4>{_CURRENCY})?)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(?:between|zwischen|entre)\s+(\S{1,15}(?:\s\S{1,4})?)\s+(?:and|und|et|y)\s+", re.IGNORECASE)
_INDIAN = re.compile(r"(?:lakhs?|LPA)\s*$", re.IGNORECASE)
_ONE_CODE = re.compile(rf"(?:{'|'.join(PER_USD)})", re.IGNORECASE)
_REACH, _BESIDE = 40, 20
_DIGIT = re.compile(r"\d")
# Bounds on the work that a text can ask for.
_LONGEST, _AMOUNTS_TRIED = 2_000, 40
_UP_TO = re.compile(r"(?:up to|bis zu|max\.?|maximum|jusqu.à|hasta)\s*$", re.IGNORECASE)
_FROM = re.compile(
    r"(?:from|starting at|start(?:s|ing)? from|ab|à partir de|desde|at least|minimum|min\.?)\s*$", re.IGNORECASE
)
_EXTRA = (
    r"(?:bonus\w*|budget|stipend|allowance|funding|grant|credits?|equity|reimburse\w*|voucher|subsidy|discount|raised|"
    r"in revenue|sign[- ]on|signing|relocation|prize|deposit|fee|match)"
)
_EXTRA_AFTER = re.compile(
    rf"\s*(?:(?!plus\b|and\b|with\b|or\b|base\b|salary\b)[\w-]+\s+){{0,3}}{_EXTRA}\b", re.IGNORECASE
)
_EXTRA_BEFORE = re.compile(rf"\b{_EXTRA}\s+(?:\w+\s+)?(?:of\s+|worth\s+)?(?:up to\s+)?$", re.IGNORECASE)
_MILLIONS = re.compile(r"\s?(?:m|mn|mio|b|bn|million|billion)\b", re.IGNORECASE)
_LEAST_YEARLY, _MOST_YEARLY = 3_000, 2_000_000
_HOURLY_BELOW, _MONTHLY_BELOW, _MONTHLY_BELOW_RUPEES = 400, 15_000, 200_000


@lru_cache(maxsize=20_000)
def read_pay(text: str, currency: str | None = None) -> Pay | None:
    """The pay that ``text`` states, or None where it states none ("Negotiable", "0").

    Args:
        text: a pay field or a sentence with an amount in it.
        currency: ISO 4217 code to use where the text names none; without it such an amount is no pay.

    A range written the wrong way round is turned. A period that is not written is taken from the size of the amount.
    """
    text = _BETWEEN.sub(r"\1 - ", text[:_LONGEST])
    for match in islice(_RANGE.finditer(text), _AMOUNTS_TRIED):
        pay = _pay(match, text, currency)
        if pay is not None:
            return pay
    return None


def _pay(match: re.Match[str], text: str, currency: str | None) -> Pay | None:
    code = _currency(match, currency)
    if code is None or _MILLIONS.match(text, match.end()) or _is_extra(text, match):
        return None
    amounts = _amounts(match)
    if not amounts:
        return None
    low: float | None = amounts[0]
    high: float | None = amounts[-1]
    if len(amounts) == 1:
        if _is_open(text, match) or _FROM.search(_before(text, match)):
            high = None
        elif _UP_TO.search(_before(text, match)):
            low = None
    for period in _periods(text, match, amounts[-1], code):
        pay = Pay(minimum=low, maximum=high, currency=code, period=period)
        if is_plausible(pay):
            return pay
    return None


def _currency(match: re.Match[str], default: str | None) -> str | None:
    """The currency that is written, a code rather than a sign: "$90,000 CAD" is in Canadian dollars."""
    signs = [match[name] for name in ("c1", "c3", "c2", "c4") if match[name]]
    codes = [code[0].upper() for sign in signs if (code := _ONE_CODE.search(sign))]
    if codes:
        return codes[0]
    if not signs and _INDIAN.search(match.group()):
        return "INR"
    if not signs or (signs[0] == "$" and default is not None):
        return default
    return _SIGNS[signs[0].lower()]


def _amounts(match: re.Match[str]) -> list[float]:
    """The stated amounts above 0, the lower first."""
    first = _amount(match["a"], match["u1"] or match["u2"] or "")
    if match["b"] is None:
        return [first] if first > 0 else []
    second = _amount(match["b"], match["u2"] or match["u1"] or "")
    if 0 < first < 1000 <= second and not match["u1"] and first * 1000 <= second:
        # "90-120,000"
        first *= 1000
    return sorted(amount for amount in (first, second) if amount > 0)


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
    grouped = re.fullmatch(r"\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}", plain)
    if grouped:
        value = float(re.sub(r"[.,]", "", plain))
    elif re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+[.,]\d{1,2}", plain):
        value = float(re.sub(r"[.,]", "", plain[:-3].rstrip(".,")) + "." + re.split(r"[.,]", plain)[-1])
    else:
        value = float(plain.replace(",", ".")) if plain.count(",") + plain.count(".") <= 1 else 0.0
    match unit.strip().lower():
        case "k" | "tsd":
            return value * 1000 if value < 10_000 else value
        case "lakh" | "lakhs" | "lpa" | "l":
            return value * 100_000
        case _:
            return value


def _periods(text: str, match: re.Match[str], amount: float, code: str) -> list[PayPeriod]:
    """What one payment may cover, the likeliest first: by the nearest word after it, then before it, then its size."""
    after, before = text[match.end() : match.end() + _REACH], _before(text, match)
    found = [(hit.start(), period) for period, words in _PERIODS if (hit := words.search(after))]
    if found and (first := min(found))[0] <= _BESIDE and not _DIGIT.search(after, 0, first[0]):
        # "CA$800 a year" is what it says, and no pay by the month because that would be likelier.
        return [first[1]]
    earlier = [(-hit.end(), period) for period, words in _PERIODS for hit in words.finditer(before)]
    periods = [period for _, period in (*sorted(found), *sorted(earlier))]
    if "lpa" in match.group().lower():
        periods.insert(0, PayPeriod.YEAR)
    return [*periods, _usual_period(amount, code)]


def _usual_period(amount: float, code: str) -> PayPeriod:
    """What an amount without a word beside it is paid for, most likely."""
    if amount < _HOURLY_BELOW:
        return PayPeriod.HOUR
    # Many small units make a month's pay in some currencies; in rupees, pay is stated by the year far below that.
    monthly_below = _MONTHLY_BELOW_RUPEES if code == "INR" else _MONTHLY_BELOW * max(1.0, PER_USD[code] / 2.5)
    return PayPeriod.MONTH if amount < monthly_below else PayPeriod.YEAR


def is_plausible(pay: Pay) -> bool:
    """Whether every stated amount can be what somebody earns: 3,000 to 2,000,000 US dollars a year."""
    best = in_usd_per_year(pay)
    stated = [amount for amount in best or () if amount is not None]
    return bool(stated) and all(_LEAST_YEARLY <= amount <= _MOST_YEARLY for amount in stated)


def yearly(pay: Pay) -> Pay:
    """The same pay per year: 2,080 hours, 260 days, 52 weeks or 12 months."""
    factor = _PER_YEAR[pay.period]
    return Pay(
        minimum=None if pay.minimum is None else pay.minimum * factor,
        maximum=None if pay.maximum is None else pay.maximum * factor,
        currency=pay.currency,
        period=PayPeriod.YEAR,
    )


def in_usd_per_year(pay: Pay) -> tuple[float | None, float | None] | None:
    """Lowest and highest pay in US dollars a year; None for a currency without a rate, or no usable amount."""
    rate = PER_USD.get(pay.currency)
    per_year = yearly(pay)
    if rate is None:
        return None
    low, high = (
        None if amount is None or not math.isfinite(amount) or amount <= 0 else amount / rate
        for amount in (per_year.minimum, per_year.maximum)
    )
    return None if low is None and high is None else (low, high)

"""Pay: reading what advertisements state, and bringing it to a year and to US dollars."""

import math
import re
from functools import lru_cache

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
        re.compile(r"\b(?:month|monthly|monat|monatlich|mois|maand|mes)\b|\bp\.?m\.?\b(?!\d)", re.IGNORECASE),
    ),
    (
        PayPeriod.YEAR,
        re.compile(
            r"\b(?:year|yearly|annum|annual|annually|jahr|jährlich|jaar|ano|año|an|yr)\b|\bp\.?a\.?\b|\blpa\b",
            re.IGNORECASE,
        ),
    ),
)
_CURRENCY = r"(?:(?:US|CA|AU|NZ|HK|[CASR])\$|[$€£₹¥]|zł|Rs\.?|\b(?:" + "|".join(PER_USD) + r")\b)"
_NUMBER = r"\d{1,3}(?:[.,' \u00a0\u202f]\d{2,3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?"
_UNIT = r"(?:\s?(?:k|K|tsd|lakhs?|LPA|lpa|L)\b)?"
_RANGE = re.compile(
    rf"(?P<c1>{_CURRENCY})?\s?(?P<a>{_NUMBER})(?P<u1>{_UNIT})\s?(?P<c2>{_CURRENCY})?"
    rf"(?:\s?(?:-|–|—|to|bis|à|a|until)\s?(?P<c3>{_CURRENCY})?\s?(?P<b>{_NUMBER})(?P<u2>{_UNIT})\s?(?P<c4>{_CURRENCY})?)?",
    re.IGNORECASE,
)
_UP_TO = re.compile(r"(?:up to|bis zu|max\.?|maximum|jusqu.à)\s*$", re.IGNORECASE)
_MILLIONS = re.compile(r"\s?(?:m|mn|mio|b|bn|million|billion)\b", re.IGNORECASE)
_LEAST_YEARLY, _MOST_YEARLY = 3_000, 2_000_000
_HOURLY_BELOW, _MONTHLY_BELOW = 400, 15_000


@lru_cache(maxsize=20_000)
def read_pay(text: str, currency: str | None = None) -> Pay | None:
    """The pay that ``text`` states, or None where it states none ("Negotiable", "0").

    Args:
        text: a pay field or a sentence with an amount in it.
        currency: ISO 4217 code to use where the text names none; without it such an amount is no pay.

    A range written the wrong way round is turned. A period that is not written is taken from the size of the amount.
    """
    for match in _RANGE.finditer(text):
        pay = _pay(match, text, currency)
        if pay is not None:
            return pay
    return None


def _pay(match: re.Match[str], text: str, currency: str | None) -> Pay | None:
    sign = next((match[name] for name in ("c1", "c3", "c2", "c4") if match[name]), None)
    code = _code(sign) if sign else currency
    if code is None or _MILLIONS.match(text, match.end()):
        return None
    units = [match["u1"] or match["u2"] or "", match["u2"] or match["u1"] or ""]
    amounts = [_amount(match["a"], units[0])] + ([_amount(match["b"], units[1])] if match["b"] else [])
    if code == "USD" and sign == "$" and currency is not None:
        code = currency
    if (
        len(amounts) == 2
        and 0 < amounts[0] < 1000 <= amounts[1]
        and not match["u1"]
        and amounts[0] * 1000 <= amounts[1]
    ):
        amounts[0] *= 1000
    amounts = sorted(amount for amount in amounts if amount > 0)
    if not amounts:
        return None
    period = _period(text, match, amounts[-1])
    low: float | None = amounts[0]
    high: float | None = amounts[-1]
    if len(amounts) == 1 and text[match.end() : match.end() + 1] == "+":
        high = None
    if len(amounts) == 1 and _UP_TO.search(text[: match.start()]):
        low = None
    pay = Pay(minimum=low, maximum=high, currency=code, period=period)
    return pay if _is_plausible(pay) else None


def _code(sign: str) -> str:
    return _SIGNS.get(sign.lower(), sign.upper())


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


def _period(text: str, match: re.Match[str], amount: float) -> PayPeriod:
    after, before = text[match.end() : match.end() + 40], text[max(0, match.start() - 40) : match.start()]
    found = [(hit.start(), period) for period, words in _PERIODS if (hit := words.search(after))]
    if found:
        return min(found)[1]
    if "lpa" in match.group().lower():
        return PayPeriod.YEAR
    for period, words in _PERIODS:
        if words.search(before):
            return period
    if amount < _HOURLY_BELOW:
        return PayPeriod.HOUR
    return PayPeriod.MONTH if amount < _MONTHLY_BELOW else PayPeriod.YEAR


def _is_plausible(pay: Pay) -> bool:
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

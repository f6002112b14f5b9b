"""Pay: bringing what was read to a year and to US dollars, and telling what nobody is paid. ``pay_text`` reads it."""

import math
from typing import Final

from jobtracker.postings.model import Pay, PayPeriod

# Units of one US dollar, rounded: good for comparing postings, not for accounts. Yearly averages of 2025 as the US
# Internal Revenue Service publishes them where it does, else about what the market paid.
PER_USD: Final = {
    "USD": 1.0, "EUR": 0.886, "GBP": 0.759, "CAD": 1.398, "AUD": 1.552, "INR": 87.16, "CHF": 0.831, "JPY": 149.7,
    "SEK": 9.816, "DKK": 6.613, "NOK": 10.39, "PLN": 3.76, "BRL": 5.59, "MXN": 19.24, "SGD": 1.307, "NZD": 1.719,
    "ZAR": 17.9, "CNY": 7.19, "HKD": 7.797, "CZK": 21.9, "ILS": 3.45, "HUF": 353.0, "RON": 4.47, "BGN": 1.733,
    "ISK": 128.0, "RSD": 103.8, "TRY": 39.5, "UAH": 41.7, "RUB": 83.0, "GEL": 2.74, "KZT": 520.0, "AED": 3.673,
    "SAR": 3.75, "QAR": 3.641, "KWD": 0.307, "BHD": 0.377, "OMR": 0.385, "JOD": 0.709, "EGP": 50.4, "MAD": 9.4,
    "TND": 3.0, "NGN": 1530.0, "KES": 129.2, "GHS": 12.5, "UGX": 3640.0, "TZS": 2560.0, "PKR": 281.0, "BDT": 121.7,
    "LKR": 300.0, "NPR": 139.5, "PHP": 57.4, "MYR": 4.28, "IDR": 16_450.0, "THB": 32.9, "VND": 26_000.0,
    "TWD": 31.2, "KRW": 1422.0, "ARS": 1240.0, "CLP": 951.0, "COP": 4050.0, "PEN": 3.57, "UYU": 41.0, "CRC": 503.0,
    "DOP": 61.5,
}  # fmt: skip
_PER_YEAR: Final = {
    PayPeriod.HOUR: 2080, PayPeriod.DAY: 260, PayPeriod.WEEK: 52, PayPeriod.MONTH: 12, PayPeriod.YEAR: 1,
}  # fmt: skip
_LEAST_YEARLY, _MOST_YEARLY = 3_000, 2_000_000
# Where ordinary wages lie below what the rest of the world calls pay.
_LEAST_WHERE_LOW: Final = 600
_LOW: Final = {
    "INR", "NGN", "KES", "GHS", "UGX", "TZS", "PKR", "BDT", "LKR", "NPR", "EGP", "IDR", "VND", "PHP", "UAH", "TND",
    "MAD", "ARS", "COP", "KZT", "GEL",
}  # fmt: skip


def is_plausible(pay: Pay) -> bool:
    """Whether every stated amount can be what somebody earns: 3,000 (600 where wages are low) to 2,000,000 US dollars
    a year."""
    best = in_usd_per_year(pay)
    stated = [amount for amount in best or () if amount is not None]
    least = _LEAST_WHERE_LOW if pay.currency in _LOW else _LEAST_YEARLY
    return bool(stated) and all(least <= amount <= _MOST_YEARLY for amount in stated)


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
    if rate is None:
        return None
    factor = _PER_YEAR[pay.period]
    low, high = (
        None if amount is None or not math.isfinite(amount) or amount <= 0 else amount * factor / rate
        for amount in (pay.minimum, pay.maximum)
    )
    return None if low is None and high is None else (low, high)

"""Writes pay as advertisements of a country write it."""

from random import Random

from tools.samples.parts import Country

LEVEL_FACTORS = {"intern": 0.45, "junior": 0.76, "mid": 1.0, "senior": 1.28, "lead": 1.55}
_HOURS_A_YEAR = 2080
_PERIODS_A_YEAR = {"year": 1, "month": 12, "hour": _HOURS_A_YEAR, "day": 220, "lakh": 1}


def write_salary(country: Country, scale: str, usual: float, level: str, draw: Random) -> str:
    """The pay of one advertisement: ``usual`` (thousand US dollars a year) carried to the country and the level."""
    yearly = usual * 1000 * country.scales[scale] * LEVEL_FACTORS[level] * draw.uniform(0.92, 1.1)
    low, high = yearly * draw.uniform(0.93, 0.98), yearly * draw.uniform(1.05, 1.16)
    periods = [one for one in country.salary_forms if _usual_period(one, scale)] or list(country.salary_forms)
    period = draw.choice(periods)
    form = draw.choice(country.salary_forms[period])
    return form.format(low=_Amount(_round(low, period)), high=_Amount(_round(high, period)))


def _usual_period(period: str, scale: str) -> bool:
    return period in {"hour", "month"} if scale == "wage" else period != "hour"


def _round(yearly: float, period: str) -> float:
    amount = yearly / _PERIODS_A_YEAR[period]
    step = {"year": 500, "month": 50, "hour": 0.25, "day": 10, "lakh": 50_000}[period]
    return round(amount / step) * step


class _Amount:
    """An amount that formats itself: ``c`` 45,000, ``p`` 45.000, ``s`` 45 000, ``k`` 45, ``i`` 18,00,000, ``l`` 18,
    ``h`` 17.25, ``g`` 17,25."""

    def __init__(self, value: float) -> None:
        self.value = value

    def __format__(self, spec: str) -> str:
        grouped = f"{self.value:,.0f}"
        written = {
            "c": grouped,
            "p": grouped.replace(",", "."),
            "s": grouped.replace(",", " "),
            "k": f"{self.value / 1000:.0f}",
            "l": f"{self.value / 100_000:g}",
            "h": f"{self.value:.2f}",
            "g": f"{self.value:.2f}".replace(".", ","),
            "i": _indian(round(self.value)),
        }
        return written[spec]


def _indian(amount: int) -> str:
    digits = str(amount)
    head, tail = digits[:-3], digits[-3:]
    groups: list[str] = []
    while head:
        groups.insert(0, head[-2:])
        head = head[:-2]
    return ",".join([*groups, tail])

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.postings.model import Pay, PayPeriod
from jobtracker.postings.pay import PER_USD, in_usd_per_year, is_plausible, yearly
from jobtracker.postings.pay_text import read_pay

HOUR, DAY, MONTH, YEAR = PayPeriod.HOUR, PayPeriod.DAY, PayPeriod.MONTH, PayPeriod.YEAR


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "period"),
    [
        ("$120,000 - $150,000", 120_000, 150_000, "USD", YEAR),
        ("$120,000 — $160,000 USD", 120_000, 160_000, "USD", YEAR),
        ("$90k-$120k", 90_000, 120_000, "USD", YEAR),
        ("90-120k USD", 90_000, 120_000, "USD", YEAR),
        ("US$100k - US$130k", 100_000, 130_000, "USD", YEAR),
        ("$65.00/hr", 65, 65, "USD", HOUR),
        ("$25 an hour", 25, 25, "USD", HOUR),
        ("$20.50 - $25.75 / hr", 20.5, 25.75, "USD", HOUR),
        ("between £28,000 and £32,000", 28_000, 32_000, "GBP", YEAR),
        ("£45,000 - £55,000 per annum", 45_000, 55_000, "GBP", YEAR),
        ("£210 per day", 210, 210, "GBP", DAY),
        ("€45.000 - €55.000 brutto pro Jahr", 45_000, 55_000, "EUR", YEAR),
        ("3.500 € monatlich", 3_500, 3_500, "EUR", MONTH),
        ("15,50 € pro Stunde", 15.5, 15.5, "EUR", HOUR),
        ("45 000 € à 55 000 € brut par an", 45_000, 55_000, "EUR", YEAR),
        ("€2.800 - €3.200 bruto per maand", 2_800, 3_200, "EUR", MONTH),
        ("€ 50.000,00", 50_000, 50_000, "EUR", YEAR),
        ("60000EUR", 60_000, 60_000, "EUR", YEAR),
        ("CHF 110'000 - 130'000", 110_000, 130_000, "CHF", YEAR),
        ("₹18,00,000 - ₹24,00,000", 1_800_000, 2_400_000, "INR", YEAR),
        ("12-18 LPA", 1_200_000, 1_800_000, "INR", YEAR),
        ("Rs. 12 lakhs per annum", 1_200_000, 1_200_000, "INR", YEAR),
        ("PLN 18 000 - 24 000 / month", 18_000, 24_000, "PLN", MONTH),
        ("MXN 25,000 al mes", 25_000, 25_000, "MXN", MONTH),
        ("MXN 66,300 mensuales", 66_300, 66_300, "MXN", MONTH),
        ("24.000 € brutos anuales", 24_000, 24_000, "EUR", YEAR),
        ("50-60 K€ brut annuel", 50_000, 60_000, "EUR", YEAR),
        ("MXN 22,000", 22_000, 22_000, "MXN", MONTH),
        ("SEK 42 000", 42_000, 42_000, "SEK", MONTH),
        ("₹4,50,000", 450_000, 450_000, "INR", YEAR),
        ("€3.100", 3_100, 3_100, "EUR", MONTH),
        ("S$6,000 - S$8,000", 6_000, 8_000, "SGD", MONTH),
    ],
)
def test_pay_is_read_as_it_is_written(text: str, low: float, high: float, currency: str, period: PayPeriod) -> None:
    assert read_pay(text) == Pay(minimum=low, maximum=high, currency=currency, period=period)


@pytest.mark.parametrize(
    "text",
    [
        *("Negotiable", "competitive", "0", "$0 - $0", "DOE", "", "$1", "$999,999,999", "2-4 years", "40 hours"),
        *("a $2,000 learning budget", "$5,000 sign-on bonus", "bonus of up to $5,000", "€1,000 training allowance"),
        *("Wellness account of CA$800 a year", "$120 a month", "£90 per year"),
        *("we raised $50M", "$2 million in revenue", "$5B", "careers 45000", "our 25 offices"),
    ],
)
def test_what_is_no_pay_stays_unknown(text: str) -> None:
    assert read_pay(text) is None


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("$90,000 - $110,000 CAD", "CAD"),
        ("CAD $90,000–$110,000", "CAD"),
        ("AU$120,000", "AUD"),
        ("A$110,000 – A$130,000 + super", "AUD"),
        ("$120,000 NZD", "NZD"),
    ],
)
def test_a_written_currency_outweighs_the_dollar_sign(text: str, currency: str) -> None:
    pay = read_pay(text)
    assert pay is not None
    assert pay.currency == currency


def test_the_currency_of_a_country_stands_in_for_a_bare_sign() -> None:
    assert read_pay("90,000", "CAD") == Pay(minimum=90_000, maximum=90_000, currency="CAD", period=YEAR)
    assert read_pay("$90,000", "CAD") == read_pay("90,000 CAD")
    assert read_pay("90,000") is None


def test_a_range_written_the_wrong_way_round_is_turned() -> None:
    assert read_pay("$150,000 - $120,000") == read_pay("$120,000 - $150,000")


def test_an_open_end_stays_open() -> None:
    assert read_pay("$120,000+") == Pay(minimum=120_000, currency="USD", period=YEAR)
    assert read_pay("from £32,000") == Pay(minimum=32_000, currency="GBP", period=YEAR)
    assert read_pay("up to $150,000") == Pay(maximum=150_000, currency="USD", period=YEAR)


def test_what_is_paid_on_top_is_not_the_pay() -> None:
    assert read_pay("£30,000 + £5,000 bonus") == read_pay("£30,000")
    assert read_pay("$120,000 plus bonus") == read_pay("$120,000")


@pytest.mark.parametrize("text", ["$80,000 for a 40-hour week", "Annual salary for a 40 hour week: $80,000"])
def test_hours_worked_are_not_taken_for_what_is_paid_for(text: str) -> None:
    assert read_pay(text) == read_pay("$80,000 a year")


@given(st.text(alphabet=st.sampled_from("$€£₹ 0123456789.,-–kKm'+tobislpaUSDCAhr/\u00a0"), max_size=60) | st.text())
def test_reading_any_text_never_raises_and_orders_the_amounts(text: str) -> None:
    pay = read_pay(text)
    if pay is not None:
        assert is_plausible(pay)
        if pay.minimum is not None and pay.maximum is not None:
            assert pay.minimum <= pay.maximum


@given(
    low=st.integers(20, 400),
    spread=st.integers(0, 100),
    sign=st.sampled_from(["$", "€", "£"]),
    dash=st.sampled_from(["-", " - ", "–", " to "]),
)
def test_thousands_are_read_back_as_written(low: int, spread: int, sign: str, dash: str) -> None:
    high = low + spread
    expected = (low * 1000, high * 1000)
    for text in (f"{sign}{low}k{dash}{sign}{high}k", f"{sign}{low},000{dash}{sign}{high},000"):
        pay = read_pay(text)
        assert pay is not None
        assert (pay.minimum, pay.maximum) == expected


SPACE = "\u202f"


@given(
    low=st.integers(31, 90),
    spread=st.integers(1, 60),
    code=st.sampled_from(["EUR", "USD", "GBP", "CHF"]),
    join=st.sampled_from([" - ", "–", " to ", " bis ", " à "]),
    period=st.sampled_from(["per year", "a year", "/year", "pro Jahr", "par an", "p.a.", "al año", "per jaar"]),
)
def test_an_amount_is_the_same_however_it_is_grouped_and_signed(
    low: int, spread: int, code: str, join: str, period: str
) -> None:
    high = low + spread
    expected = Pay(minimum=low * 1000, maximum=high * 1000, currency=code, period=YEAR)
    for mark in (",", ".", " ", "'", "’", SPACE, "\u00a0"):
        a, b = f"{low}{mark}000", f"{high}{mark}000"
        for text in (f"{a}{join}{b} {code} {period}", f"{code} {a}{join}{code} {b} {period}"):
            assert read_pay(text) == expected, text
    for text in (f"{low}k{join}{high}k {code} {period}", f"{high}k{join}{low}k {code} {period}"):
        assert read_pay(text) == expected, text


@given(
    cents=st.integers(1_500, 9_999),
    period=st.sampled_from(["/hr", " per hour", "/Std.", " pro Stunde", " de l'heure", " por hora", " per uur", "/h"]),
)
def test_cents_are_kept_whichever_mark_stands_before_them(cents: int, period: str) -> None:
    whole, part = divmod(cents, 100)
    for text in (f"{whole}.{part:02} €{period}", f"{whole},{part:02} €{period}", f"€{whole}.{part:02}{period}"):
        assert read_pay(text) == Pay(minimum=cents / 100, maximum=cents / 100, currency="EUR", period=HOUR), text


@pytest.mark.parametrize(
    ("text", "currency", "pay"),
    [
        ("$90,000", "CAD", Pay(minimum=90_000, maximum=90_000, currency="CAD", period=YEAR)),
        ("45 000 kr/mån", "SEK", Pay(minimum=45_000, maximum=45_000, currency="SEK", period=MONTH)),
        ("$90,000 USD", "CAD", Pay(minimum=90_000, maximum=90_000, currency="USD", period=YEAR)),
        ("€50,000", "SEK", Pay(minimum=50_000, maximum=50_000, currency="EUR", period=YEAR)),
        ("$50,000", "EUR", Pay(minimum=50_000, maximum=50_000, currency="USD", period=YEAR)),
        ("our 90,000 customers", "CAD", None),
        ("45 000 kr/mån", None, None),
    ],
)
def test_a_sign_of_several_countries_is_that_of_the_place(text: str, currency: str | None, pay: Pay | None) -> None:
    assert read_pay(text, currency, bare=False) == pay


def test_what_is_earned_at_best_counts_only_where_nothing_surer_is_said() -> None:
    assert read_pay("OTE £60,000, base £40,000") == read_pay("£40,000")
    assert read_pay("£60,000 OTE") == read_pay("£60,000")


amounts = st.none() | st.floats(0.01, 1e9)
pays = st.builds(
    Pay, minimum=amounts, maximum=amounts, currency=st.sampled_from(sorted(PER_USD)), period=st.sampled_from(PayPeriod)
)


@given(pays)
def test_yearly_pay_is_yearly_once_and_keeps_what_is_unknown(pay: Pay) -> None:
    per_year = yearly(pay)
    assert per_year.period is YEAR
    assert yearly(per_year) == per_year
    assert per_year.currency == pay.currency
    assert (per_year.minimum is None, per_year.maximum is None) == (pay.minimum is None, pay.maximum is None)
    if pay.minimum is not None and per_year.minimum is not None:
        assert per_year.minimum >= pay.minimum


def test_a_year_has_2080_hours_260_days_52_weeks_and_12_months() -> None:
    for period, count in ((HOUR, 2080), (DAY, 260), (PayPeriod.WEEK, 52), (MONTH, 12), (YEAR, 1)):
        assert yearly(Pay(minimum=2, maximum=3, currency="EUR", period=period)) == Pay(
            minimum=2 * count, maximum=3 * count, currency="EUR", period=YEAR
        )


@given(pays)
def test_dollars_a_year_follow_the_rate_and_the_order(pay: Pay) -> None:
    converted = in_usd_per_year(pay)
    per_year = yearly(pay)
    if pay.minimum is None and pay.maximum is None:
        assert converted is None
        return
    assert converted is not None
    for amount, dollars in zip((per_year.minimum, per_year.maximum), converted, strict=True):
        assert (amount is None) == (dollars is None)
        if amount is not None and dollars is not None:
            assert math.isclose(dollars * PER_USD[pay.currency], amount)


@pytest.mark.parametrize("currency", ["XXX", "BTC", "", "usd"])
def test_a_currency_without_a_rate_converts_to_nothing(currency: str) -> None:
    assert in_usd_per_year(Pay(minimum=1, maximum=2, currency=currency, period=YEAR)) is None


@pytest.mark.parametrize("amount", [0.0, -5.0, math.inf, math.nan])
def test_amounts_that_nobody_is_paid_convert_to_nothing(amount: float) -> None:
    assert in_usd_per_year(Pay(minimum=amount, maximum=amount, currency="USD", period=YEAR)) is None


def test_a_hostile_line_is_read_in_little_time(quickly: None) -> None:
    assert read_pay("$1 " * 100_000) is None
    assert read_pay("1" * 100_000) is None
    assert read_pay("between 1 " * 20_000) is None
    for piece in ("1,", "1 ", "$1 - ", "1'000", "US$ ", "k ", "up to 1 ", "1 per hour to ", "万", "1.1", "€ "):
        read_pay(piece * 20_000)

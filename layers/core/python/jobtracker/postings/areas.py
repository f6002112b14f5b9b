"""Areas of the world that remote work is open to, by the names that advertisements give them, as countries.

An area's edge is disputed; at the edge a country counts as inside, for a posting hidden from a person is lost to them.
"""

from functools import cache
from typing import Final

_EU: Final = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE"
_EUROPE: Final = f"{_EU} GB CH NO IS LI AD MC SM VA AL BA ME MK RS XK MD UA BY GE AM TR FO GI GG IM JE"
_MIDDLE_EAST: Final = "AE SA QA KW BH OM IL JO LB IQ YE PS TR EG CY"
_AFRICA: Final = (
    "DZ AO BJ BW BF BI CV CM CF TD KM CG CD CI DJ EG GQ ER SZ ET GA GM GH GN GW KE LS LR LY MG MW ML MR MU MA MZ NA NE "
    "NG RW ST SN SC SL SO ZA SS SD TZ TG TN UG ZM ZW"
)
_SOUTH_EAST_ASIA: Final = "BN KH ID LA MY MM PH SG TH TL VN"
_ASIA: Final = (
    f"{_SOUTH_EAST_ASIA} CN HK MO TW JP KR MN IN PK BD LK NP BT MV AF KZ KG TJ TM UZ AE SA QA KW BH OM IL JO LB IQ YE "
    "PS TR AM AZ GE"
)
_OCEANIA: Final = "AU NZ FJ PG SB VU WS TO"
_ASIA_PACIFIC: Final = f"{_SOUTH_EAST_ASIA} CN HK MO TW JP KR MN IN PK BD LK NP BT MV {_OCEANIA}"
_CENTRAL_AMERICA: Final = "BZ CR SV GT HN NI PA"
_CARIBBEAN: Final = "AG BS BB CU DM DO GD HT JM KN LC VC TT PR"
_SOUTH_AMERICA: Final = "AR BO BR CL CO EC GY PY PE SR UY VE"
_LATIN_AMERICA: Final = f"MX {_CENTRAL_AMERICA} {_SOUTH_AMERICA} CU DO PR"
_NORTH_AMERICA: Final = "US CA MX"
_NORDICS: Final = "DK FI IS NO SE FO"
_AREAS: Final = {
    _EU: "eu, e.u., european union, eu countries, eu only, union europeenne, europaische union, eu-27, eu27, ue",
    f"{_EU} NO IS LI": "eea, european economic area, eu/eea, ewr",
    _EUROPE: "europe, europa, european, all europe, pan-europe, eu timezone, l'europe, europe wide, european countries",
    f"{_EUROPE} {_MIDDLE_EAST} {_AFRICA}": "emea, europe middle east and africa",
    "DE AT CH LI": "dach, d-a-ch, dach region, dach-region",
    _NORDICS: "nordics, nordic, nordic countries, scandinavia, nordeuropa",
    "BE NL LU": "benelux",
    "EE LV LT": "baltics, baltic states",
    "GB IE": "uki, uk&i, british isles",
    "ES PT": "iberia",
    "BG HR CZ HU PL RO SK SI EE LV LT AL BA ME MK RS XK MD UA BY":
        "eastern europe, cee, central and eastern europe, central europe",
    "AT BE FR DE LI LU MC NL CH GB IE": "western europe",
    "ES PT IT GR MT CY AD SM": "southern europe",
    _MIDDLE_EAST: "middle east",
    f"{_MIDDLE_EAST} DZ LY MA TN SD": "mena, middle east and north africa",
    "AE SA QA KW BH OM": "gcc, gulf",
    _AFRICA: "africa, sub-saharan africa",
    _ASIA: "asia, asian countries",
    _ASIA_PACIFIC: "apac, asia pacific, asia-pacific, apj, japac, asia pac",
    _SOUTH_EAST_ASIA: "southeast asia, south east asia, sea, asean",
    "AU NZ": "anz",
    _OCEANIA: "oceania",
    _NORTH_AMERICA: "north america, northern america, na, noram, amerique du nord, nordamerika",
    _LATIN_AMERICA: "latam, latin america, latinoamerica, america latina, lateinamerika",
    _SOUTH_AMERICA: "south america, sudamerica, sudamerika",
    _CENTRAL_AMERICA: "central america",
    f"{_NORTH_AMERICA} {_CENTRAL_AMERICA} {_SOUTH_AMERICA} {_CARIBBEAN}": "americas, the americas, amer",
}  # fmt: skip


@cache
def _by_name() -> dict[str, tuple[str, ...]]:
    return {
        name.strip(): tuple(dict.fromkeys(countries.split()))
        for countries, names in _AREAS.items()
        for name in names.split(",")
    }


def countries_of(folded: str) -> tuple[str, ...]:
    """The countries (ISO 3166-1 alpha-2) of an area, by its name in lower case without accents; none for no area."""
    return _by_name().get(folded, ())

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.postings.model import Place
from jobtracker.postings.places import (
    country_of,
    fold,
    is_place,
    named_place,
    read_place,
    read_places,
    read_remote_area,
)


def _read(text: str) -> tuple[str | None, str | None, str | None]:
    place = read_place(text)
    return (place.city, place.region, place.country) if place else (None, None, None)


@pytest.mark.parametrize(
    ("text", "city", "region", "country"),
    [
        ("Berlin, Germany", "Berlin", None, "DE"),
        ("Hybrid - London", "London", None, "GB"),
        ("Austin, TX", "Austin", "Texas", "US"),
        ("Orlando, FL, USA", "Orlando", "Florida", "US"),
        ("New York City, New York, United States", "New York City", "New York", "US"),
        ("NYC", "New York City", "New York", "US"),
        ("Washington, D.C.", "Washington", "District of Columbia", "US"),
        ("Delaware", None, "Delaware", "US"),
        ("Sydney NSW", "Sydney", "New South Wales", "AU"),
        ("München, Deutschland", "Munich", None, "DE"),
        ("Cologne, Germany", "Köln", None, "DE"),
        ("Ciudad de México", "Mexico City", None, "MX"),
        ("Lodz", "Łódź", None, "PL"),
        ("København, Denmark", "Copenhagen", None, "DK"),
        ("Praha, CZ", "Prague", None, "CZ"),
        ("Bogotá, D.C., Capital District, Colombia", "Bogotá", None, "CO"),
        ("Remote (US only)", None, None, "US"),
        ("Remote, Canada", None, None, "CA"),
        ("US-Remote", None, None, "US"),
        ("Mobile, AL", "Mobile", "Alabama", "US"),
        ("Reading, UK", "Reading", None, "GB"),
        ("Newcastle, United Kingdom", "Newcastle upon Tyne", None, "GB"),
        ("Singapore", "Singapore", None, "SG"),
    ],
)
def test_places_are_read_as_advertisements_write_them(
    text: str, city: str | None, region: str | None, country: str
) -> None:
    assert _read(text) == (city, region, country)


@pytest.mark.parametrize(
    ("text", "city", "country"),
    [
        ("Amsterdam, NL", "Amsterdam", "NL"),
        ("St. John's, NL", "St. John's", "CA"),
        ("Wilmington, DE", "Wilmington", "US"),
        ("Bengaluru, IN", "Bengaluru", "IN"),
        ("Indianapolis, IN", "Indianapolis", "US"),
        ("San Francisco, CA", "San Francisco", "US"),
        ("Toronto, CA", "Toronto", "CA"),
        ("Adelaide, SA", "Adelaide", "AU"),
        ("Riyadh, SA", "Riyadh", "SA"),
        ("Seattle, WA", "Seattle", "US"),
        ("Perth, WA", "Perth", "AU"),
        ("Atlanta, Georgia", "Atlanta", "US"),
        ("Tbilisi, Georgia", "Tbilisi", "GE"),
        ("LA", "Los Angeles", "US"),
        ("Vancouver, WA", "Vancouver", "US"),
        ("Vancouver, BC", "Vancouver", "CA"),
        ("London, ON", "London", "CA"),
        ("Paris, TX", "Paris", "US"),
    ],
)
def test_the_city_decides_what_an_ambiguous_code_means(text: str, city: str, country: str) -> None:
    place = read_place(text)
    assert place is not None
    assert (place.city, place.country) == (city, country)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "Remote", "only", "Anywhere in the World", "Remote - EMEA", "Europe", "Multiple locations"),
        *("Home Office", "On-site", "Hybrid - 3 days", "东", "🙂", "nl", "in", ",,;", "Spaceport 9"),
    ],
)
def test_what_names_no_place_is_none(text: str) -> None:
    assert read_place(text) is None


def test_a_city_has_its_coordinates_and_a_country_alone_has_none() -> None:
    berlin, germany = read_place("Berlin"), read_place("Germany")
    assert berlin is not None
    assert germany is not None
    assert berlin.latitude == pytest.approx(52.5, abs=0.2)
    assert berlin.longitude == pytest.approx(13.4, abs=0.2)
    assert (germany.latitude, germany.longitude) == (None, None)


def test_a_place_is_shown_as_it_was_written() -> None:
    place = read_place("- Remote (US only), ")
    assert place is not None
    assert place.text == "Remote (US only)"
    assert [one.text for one in read_places("Vienna (Austria)")] == ["Vienna (Austria)"]
    assert [one.text for one in read_places("Vienna (Austria) | Hybrid - Graz, Austria")] == [
        "Vienna, Austria",
        "Graz, Austria",
    ]


def test_a_country_code_counts_only_in_capitals_and_whole() -> None:
    assert country_of("NL") == "NL"
    assert country_of("nl") is None
    assert country_of("only") is None
    assert country_of("the Netherlands") == "NL"


def test_each_place_of_a_list_is_read_once() -> None:
    places = read_places("San Francisco, CA; New York, NY | Remote (US) / Nowhere at all or San Francisco, California")
    assert [(place.city, place.country) for place in places] == [
        ("San Francisco", "US"),
        ("New York City", "US"),
        (None, "US"),
    ]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Berlin, Hamburg, Munich", [("Berlin", "DE"), ("Hamburg", "DE"), ("Munich", "DE")]),
        ("USA, Canada, Mexico", [(None, "US"), (None, "CA"), (None, "MX")]),
        ("Bern, Switzerland, Oslo, Norway", [("Bern", "CH"), ("Oslo", "NO")]),
        ("Minneapolis/St. Paul, MN", [("Minneapolis", "US"), ("Saint Paul", "US")]),
        ("Hyderabad / Karachi, Pakistan", [("Hyderabad", "PK"), ("Karachi", "PK")]),
        ("Paris / Austin, TX", [("Paris", "FR"), ("Austin", "US")]),
        ("EU, US, Canada", [(None, "US"), (None, "CA")]),
        ("US-TX-Austin", [("Austin", "US")]),
        ("80331 München", [("Munich", "DE")]),
        ("Monterrey, NL", [("Monterrey", "MX")]),
        ("Chennai, TN", [("Chennai", "IN")]),
        ("Hybrid, 2 days in Paris", [("Paris", "FR")]),
        ("東京都", [("Tokyo", "JP")]),
        ("Georgia", []),
        ("Richmond", []),
        ("Richmond, BC", [("Richmond", "CA")]),
        ("Heidelberg", [("Heidelberg", "DE")]),
        ("Remote (CA, NY, WA)", [(None, "US"), (None, "US"), (None, "US")]),
        ("CAN-Ontario-Toronto", [("Toronto", "CA")]),
        ("Peru, Kenya, Ghana, S", [(None, "PE"), (None, "KE"), (None, "GH")]),
        ("Various; TBD; Nationwide", []),
    ],
)
def test_several_places_are_read_apart(text: str, places: list[tuple[str | None, str]]) -> None:
    assert [(place.city, place.country) for place in read_places(text)] == places


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Berlin; Hamburg; Galway", ["Berlin", "Hamburg", "Galway"]),
        ("Galway | Berlin | Hamburg", ["Galway", "Berlin", "Hamburg"]),
        ("Berlin; Galway", ["Berlin", "Galway"]),
        ("London (Hybrid); Remote - Galway; Bath", ["London", "Galway", "Bath"]),
        ("Berlin; Hamburg; L'Ancresse; Little Barrow-on-Sea; Bad Bernau vor der Heide; St. Osyth", None),
        ("Dublin; Cork; Galway; GALWAY; Galway", ["Dublin", "Cork", "Galway"]),
    ],
)
def test_a_name_among_known_places_is_kept_though_nobody_can_tell_where_it_is(
    text: str, places: list[str] | None
) -> None:
    read = read_places(text)
    assert [place.text for place in read] == (places or text.split("; "))
    unknown = [place for place in read if place.country is None]
    assert unknown == [Place(text=place.text) for place in unknown] != []
    first = read_place(text)
    assert first is not None
    assert first.country


@pytest.mark.parametrize(
    "more",
    [
        *(
            "Remote",
            "Hybrid",
            "or",
            "various locations",
            "Various Locations",
            "and 3 more",
            "+ 3 more",
            "3 More",
            "EMEA",
        ),
        *(
            "Hybrid Model",
            "Full Time",
            "Home Office",
            "other cities",
            "Engineering",
            "HQ",
            "TBD",
            "N/A",
            "Flexible",
            "",
        ),
        *("Remote Friendly", "Sales & Marketing", "great pay", "Home Based Option", "Client Site", "Anywhere", "24"),
    ],
)
def test_what_is_no_name_among_known_places_is_no_place(more: str) -> None:
    assert [place.text for place in read_places(f"Berlin; {more}; Hamburg")] == ["Berlin", "Hamburg"]
    assert [place.city for place in read_places(f"Berlin; {more}")] == ["Berlin"]


def test_beside_one_place_only_a_semicolon_tells_a_list() -> None:
    assert [place.text for place in read_places("Berlin / Galway")] == ["Berlin / Galway"]


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("Remote - EMEA", "FR ZA AE", "US IN"),
        ("Remote (EU only)", "FR PL IE", "GB CH US"),
        ("Remote, Europe", "FR GB CH", "US"),
        ("APAC or LATAM", "JP AU BR", "FR US"),
        ("Remote (US only)", "US", "CA"),
        ("EU, US, Canada", "DE US CA", "GB"),
    ],
)
def test_an_area_is_open_to_its_countries(text: str, inside: str, outside: str) -> None:
    area = set(read_remote_area(text))
    assert set(inside.split()) <= area
    assert not set(outside.split()) & area


@pytest.mark.parametrize(
    "said",
    [
        "Home-based|Field-based|In person|Client site|Full-time|not remote|On the road|Travel required|2 locations",
        "To be determined|Work from home|Multi-site|Remote friendly|In the office|Full time, permanent|+2 more|City",
        "3 Standorte|mehrere Standorte|Ort nach Absprache|Außendienst|vor Ort|beim Kunden|im Homeoffice|keine Angabe",
        "plusieurs sites|Sur site|En présentiel|À distance|à domicile|Non précisé|Partout|chez le client",
        "varios lugares|En cualquier lugar|Desde casa|Presencial|A nivel nacional|No especificado|Oficinas del cliente",
        "meerdere locaties|Thuiswerken|Bij de klant|Op afstand|Landelijk|Nader te bepalen|Hoofdkantoor|Vanuit huis",
        "più sedi|Da remoto|In presenza|Presso il cliente|Da definire|Sede legale|Ovunque|Smart working|In trasferta",
        "várias localidades|Em casa|No cliente|Trabalho remoto|A combinar|Qualquer lugar|Não informado|Todo o país",
        "różne lokalizacje|praca zdalna|W biurze|U klienta|W terenie|Do uzgodnienia|Cały kraj|Dowolna lokalizacja|Brak",
    ],
)
def test_what_says_how_or_how_many_is_the_name_of_no_place(said: str) -> None:
    assert [text for text in said.split("|") if named_place(text) is not None] == []


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Galway",
            "Head of Muir",
            "Home Valley",
            "Enfield Wash",
            "La Spezia Nord",
            "Of",
            "Sur",
            "Orte",
            "Media",
            "Au",
        ),
        *(
            "National City",
            "Two Rivers",
            "Burgh by Sands",
            "Terrain Noir",
            "Home Counties",
            "東京区",
            "remote 東京区 home",
        ),
    ],
)
def test_a_name_with_such_a_word_in_it_is_one(text: str) -> None:
    named = named_place(text)
    assert named is not None
    assert named.text == text


@pytest.mark.parametrize("more", ["Außendienst", "Présentiel", "Thuiswerken", "Presencial", "Ovunque", "Everywhere"])
def test_what_says_how_is_no_name_in_a_list_either(more: str) -> None:
    assert [place.text for place in read_places(f"Berlin; {more}; Hamburg")] == ["Berlin", "Hamburg"]


@pytest.mark.parametrize(
    ("text", "country"),
    [("Tutta Italia", "IT"), ("Cała Polska", "PL"), ("Heel Nederland", "NL"), ("Todo o Brasil", "BR")],
)
def test_the_whole_of_a_country_is_that_country(text: str, country: str) -> None:
    assert _read(text) == (None, None, country)


@pytest.mark.parametrize("text", ["Remote", "Worldwide", "Anywhere in the world", "Remote (UTC-3 to UTC+3)", ""])
def test_where_nothing_is_said_no_country_is_named(text: str) -> None:
    assert read_remote_area(text) == ()


def test_a_text_is_a_place_only_where_all_of_it_is() -> None:
    assert is_place("Berlin")
    assert is_place("Austin, TX")
    assert is_place("EMEA")
    assert not is_place("Berlin Payments")
    assert not is_place("Payments")
    assert not is_place("")


@given(
    st.text() | st.lists(st.sampled_from(["Berlin", "WA", "SA", "NL", ",", " ", "(", "-", "Remote", "x"])).map("".join)
)
def test_reading_any_text_never_raises(text: str) -> None:
    place = read_place(text)
    if place is not None:
        assert place.city or place.country
        assert place.country is None or len(place.country) == 2
    listed = read_places(text)
    assert not listed or any(one.country for one in listed)
    assert len(set(read_remote_area(text))) == len(read_remote_area(text))
    is_place(text)


cities = st.sampled_from(
    [
        *("Berlin, Germany", "Austin, Texas, United States", "Perth, Western Australia, Australia", "Graz, Austria"),
        *("Toronto, Ontario, Canada", "São Paulo, Brazil", "Kraków, Poland", "Singapore", "Paris, France"),
    ]
)


@given(st.lists(cities, min_size=1, max_size=4, unique=True), st.sampled_from(["; ", " | ", " / ", " or "]))
def test_what_was_read_is_read_again_from_its_own_names(some: list[str], between: str) -> None:
    first = read_places(between.join(some))
    assert len(first) == len(some)
    again = read_places("; ".join(", ".join(filter(None, (one.city, one.region, one.country))) for one in first))
    named = [[(one.city, one.region, one.country) for one in places] for places in (first, again)]
    assert named[0] == named[1]


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_hostile_text_is_read_in_little_time(quickly: None) -> None:
    for piece in (" ", "\t", "1", ",", "Berlin ", "remote ", "or ", "A-", "TX ", "(", "12 days "):
        read_place(piece * 50_000)
        read_places(piece * 50_000)
        read_remote_area(piece * 50_000)
        is_place(piece * 50_000)

"""One company has one key, however its name is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.postings.companies import clean_company, company_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Northwind Inc.", "northwind"),
        ("NORTHWIND, INC", "northwind"),
        ("The Northwind Company", "northwind"),
        ("Northwind GmbH & Co. KG", "northwind"),
        ("Northwind gGmbH", "northwind"),
        ("Northwind UG (haftungsbeschränkt)", "northwind"),
        ("Northwind S.à r.l.", "northwind"),
        ("Northwind Sp. z o.o.", "northwind"),
        ("Northwind Co., Ltd.", "northwind"),
        ("Northwind Pvt. Ltd.", "northwind"),
        ("Northwind (YC S20)", "northwind"),
        ("Northwind SARL (UK Branch)", "northwind"),
        ("Northwind, Inc. - A97", "northwind"),
        ("northwind.com", "northwind"),
        ("https://www.northwind.io/careers", "northwind"),
        ("Öko-Bäckerei Müller GmbH", "oko backerei muller"),
        ("Crème & Fils SAS", "creme and fils"),
        ("L'Atelier Bleu", "latelier bleu"),
        ("株式会社ノース", "ノース"),
        ("Blue Day Spa", "blue day spa"),
        ("Co", "co"),
        ("7-Twelve", "7 twelve"),
    ],
)
def test_legal_forms_case_accents_and_branches_are_no_part_of_the_key(name: str, key: str) -> None:
    assert company_key(name) == key


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "-",
        "name",
        "Company Name",
        "companyName",
        "CONFIDENTIAL",
        "N/A",
        "n.a.",
        "Unknown",
        "{{company}}",
        "null",
    ],
)
def test_what_names_no_company_is_none(name: str) -> None:
    assert clean_company(name) is None
    assert company_key(name) is None


def test_a_company_is_shown_as_it_writes_itself() -> None:
    assert clean_company("  NorthWind&amp;Sons,\n Inc. (YC W21) ") == "NorthWind&Sons, Inc."
    assert clean_company("<p>Northwind</p>") == "Northwind"


forms = st.sampled_from(["", " Inc.", ", LLC", " GmbH", " S.A.", " Ltd", " B.V.", " AG", " plc", " (YC S21)"])


@given(st.text() | st.builds("{}{}".format, st.text(max_size=20), forms))
def test_any_name_has_a_key_that_is_its_own_key(name: str) -> None:
    key = company_key(name)
    if key is not None:
        assert key == key.strip().lower()
        assert clean_company(name)


@given(st.sampled_from(["Northwind", "Blue Harbour", "Ziegler & Sohn", "Café Olé", "3 Roads"]), forms, st.booleans())
def test_the_legal_form_never_changes_the_key(name: str, form: str, shouted: bool) -> None:
    written = f"{name}{form}"
    assert company_key(written.upper() if shouted else written) == company_key(name)


def test_hostile_names_are_read_in_little_time(quickly: None) -> None:
    for piece in ("(", "<", "Inc ", "a.", ".com", "&", "the ", "' "):
        company_key(piece * 50_000)

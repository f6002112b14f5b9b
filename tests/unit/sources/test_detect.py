"""Which system a company uses: by its name, its address, its pages, and by asking the systems."""

import itertools
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from jobtracker.sources import listing, registry
from jobtracker.sources.addresses import boards_in, domain_of, name_key, registered
from jobtracker.sources.client import PoliteClient
from jobtracker.sources.company import CompanyBoard
from jobtracker.sources.detect import Detection, How, detect, known
from jobtracker.sources.listing import search_companies, systems
from jobtracker.sources.source import Source
from tests.fakes.job_board import Answer, JobBoard
from tests.fakes.polite import polite_client


def _boards(text: str) -> list[tuple[str, str]]:
    return boards_in(text, systems().values())


@pytest.mark.parametrize(
    ("address", "board"),
    [
        ("https://boards.greenhouse.io/acme", "greenhouse:acme"),
        ("https://job-boards.greenhouse.io/acme/jobs/4012345?gh_src=x", "greenhouse:acme"),
        ("boards.greenhouse.io/embed/job_board?for=acme&b=https%3A%2F%2Facme.example", "greenhouse:acme"),
        ("https://boards.greenhouse.io/embed/job_board/js?for=acme", "greenhouse:acme"),
        ("https://boards.greenhouse.io/embed/job_app?token=4012345&for=acme", "greenhouse:acme"),
        ("https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true", "greenhouse:acme"),
        ("https://job-boards.eu.greenhouse.io/acme/jobs/1", "greenhouse-eu:acme"),
        ("https://jobs.lever.co/acme-2/5a1f0c1e-77aa-4c1b/apply", "lever:acme-2"),
        ("https://api.lever.co/v0/postings/acme?mode=json", "lever:acme"),
        ("https://jobs.eu.lever.co/acme", "lever-eu:acme"),
        ("https://jobs.ashbyhq.com/Acme/0d6f6f0e", "ashby:Acme"),
        ("https://jobs.ashbyhq.com/The%20Acme%20Company", "ashby:The+Acme+Company"),
        ("https://api.ashbyhq.com/posting-api/job-board/acme.io", "ashby:acme.io"),
        ("https://apply.workable.com/acme/j/5F0A1B2C3D/", "workable:acme"),
        ("https://acme.workable.com", "workable:acme"),
        ("https://www.workable.com/api/accounts/acme?details=true", "workable:acme"),
        ("https://careers.smartrecruiters.com/AcmeGroup", "smartrecruiters:AcmeGroup"),
        ("https://jobs.smartrecruiters.com/AcmeGroup/744-cooper", "smartrecruiters:AcmeGroup"),
        ("https://jobs.smartrecruiters.com/oneclick-ui/company/AcmeGroup/x", "smartrecruiters:AcmeGroup"),
        ("https://Acme.Recruitee.com/o/cooper", "recruitee:acme"),
        ("acme.recruitee.com", "recruitee:acme"),
        ("https://acme.jobs.personio.de/job/1?language=en", "personio:acme"),
        ("https://acme.jobs.personio.com", "personio-com:acme"),
        ("https://acme.teamtailor.com/jobs/1-cooper", "teamtailor:acme"),
        ("https://acme.na.teamtailor.com/jobs", "teamtailor:acme.na"),
        ("https://acme.wd5.myworkdayjobs.com/en-US/External/job/X/Y_R1", "workday:acme.wd5~External"),
        ("https://acme.wd103.myworkdayjobs.com/Acme_Careers", "workday:acme.wd103~Acme_Careers"),
        ("https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/External/jobs", "workday:acme.wd5~External"),
    ],
)
def test_a_board_s_address_names_system_and_token(address: str, board: str) -> None:
    assert [":".join(found) for found in _boards(address)] == [board]
    (found,) = known(address).found
    assert (found.source_id, found.how) == (board, How.ADDRESS)
    assert registry.source(found.source_id) is not None


@pytest.mark.parametrize(
    "address",
    [
        *(
            "https://www.greenhouse.io/customers",
            "https://boards.greenhouse.io/embed/job_app?token=4",
            "https://lever.co",
        ),
        *("https://apply.workable.com/j/5F0A1B2C3D", "https://www.workable.com/pricing", "https://help.workable.com/x"),
        *("https://www.recruitee.com", "https://support.recruitee.com/en", "https://app.teamtailor.com/companies/x"),
        *(
            "https://assets-aws.teamtailor-cdn.com/a.js",
            "https://assets-aws.teamtailor.com/a.js",
            "https://www.personio.de",
        ),
        *(
            "https://wd5.myworkdayjobs.com",
            "https://acme.wd5.myworkdayjobs.com/",
            "https://www.acme.example/jobs/lever",
        ),
        *("https://acme.wd5.myworkdayjobs.com/en-US", "https://ashbyhq.com/customers", "https://x.example/boards.html"),
    ],
)
def test_an_address_that_is_no_board_s_names_none(address: str) -> None:
    assert _boards(address) == []


def test_boards_are_found_in_the_links_frames_and_scripts_of_a_page_the_one_named_most_often_first() -> None:
    page = """
    <a href="https://jobs.lever.co/other">Partner</a>
    <iframe src="https://boards.greenhouse.io/embed/job_board?x=1&amp;for=acme"></iframe>
    <script>window.board = "https:\\/\\/boards-api.greenhouse.io\\/v1\\/boards\\/acme\\/jobs";</script>
    """
    assert _boards(page) == [("greenhouse", "acme"), ("lever", "other")]


@pytest.mark.parametrize(
    "part",
    [
        *("a", "a-", "a.", "a.jobs.", "a.wd5.", "a.wd5.myworkdayjobs.com/", "jobs.ashbyhq.com/", "jobs.lever.co/."),
        *("boards.greenhouse.io/embed/job_board?&", "assets-", "https://apply.workable.com/", "acme.recruitee.com"),
    ],
)
def test_no_page_takes_long_to_look_through(part: str) -> None:
    domains = " ".join(".".join(system.host.split(".")[-2:]) for system in systems().values())
    text = f"{domains} " + part * (400_000 // len(part))
    began = time.process_time()
    _boards(text)
    # What grows with the square of a page's length would take minutes.
    assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("https://www.acme.example/about?x=1", "acme.example"),
        ("acme.co.uk/careers", "acme.co.uk"),
        ("ACME.DE", "acme.de"),
        ("hr@acme.example", "acme.example"),
        *[(text, None) for text in ("Acme", "Acme Inc.", "", "http://[", "localhost", "127.0.0.1", "a b.com")],
    ],
)
def test_a_domain_is_told_from_a_name(text: str, domain: str | None) -> None:
    assert domain_of(text) == domain


def test_a_careers_site_belongs_to_the_registered_domain() -> None:
    assert registered("careers.acme.co.uk") == "acme.co.uk"
    assert registered("jobs.acme.example") == "acme.example"
    assert registered("co.uk") == "co.uk"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Crème & Söhne GmbH", "cremesohne"),
        ("The New York Times Company", "newyorktimes"),
        ("N26", "n26"),
        ("The Co", "theco"),
    ],
)
def test_names_are_compared_without_case_accents_and_legal_form(name: str, key: str) -> None:
    assert name_key(name) == key


@pytest.mark.parametrize(
    ("text", "first"),
    [
        *[
            (text, "greenhouse:stripe")
            for text in ("Stripe", "stripe, inc.", "stripe.com", "https://www.stripe.com/de/jobs")
        ],
        *[
            (text, "greenhouse:stripe")
            for text in ("Strpe", "stripr", "jobs@stripe.com", "boards.greenhouse.io/stripe")
        ],
        ("doctolib.de", "greenhouse:doctolib"),
        ("Get Your Guide", "greenhouse:getyourguide"),
        ("https://jobs.lever.co/a-firm-nobody-knows", "lever:a-firm-nobody-knows"),
    ],
)
def test_a_company_is_found_by_name_address_and_with_a_slip_of_the_finger(text: str, first: str) -> None:
    assert search_companies(text)[0].source_id == first
    assert known(text).found[0].source_id == first


def test_the_beginning_of_a_name_is_enough_for_a_search_but_not_for_a_decision() -> None:
    assert "greenhouse:cloudflare" in [one.source_id for one in search_companies("cloudf")]
    assert known("cloudf") == Detection(tried=("the directory of companies does not have it",))


def test_a_search_for_nothing_lists_the_directory_by_name() -> None:
    names = [one.name for one in search_companies("", limit=1_000)]
    assert len(names) == len(listing.directory())
    assert names == sorted(names, key=str.casefold)
    assert search_companies("zzzz qqqq") == []
    assert len(search_companies("a", limit=3)) == 3


@pytest.fixture
def client(board: JobBoard) -> Iterator[PoliteClient]:
    made = polite_client(board)
    yield made
    made.close()


@pytest.fixture
def here(board: JobBoard) -> Callable[[str], Source | None]:
    """Each system's boards, answered for by the board on this machine under the system's id."""

    def source(source_id: str) -> Source | None:
        found = registry.source(source_id)
        if not isinstance(found, CompanyBoard):
            return found
        return replace(found, base=f"{board.url}/{found.system.id}")

    return source


Here = Callable[[str], Source | None]


def _asked(board: JobBoard) -> list[str]:
    return [request.path for request in board.requests]


def test_what_needs_no_asking_asks_nobody(board: JobBoard, client: PoliteClient, here: Here) -> None:
    for text in ("Stripe", "https://jobs.lever.co/acme", "gitlab.com", "", "  ", "&&"):
        detect(text, client, board=here)
    assert board.requests == []
    assert client.requests == 0


def test_the_given_page_is_read_then_what_it_links_for_careers(
    board: JobBoard, client: PoliteClient, here: Here
) -> None:
    home = (
        b"""<a href="/products">Products</a><a href="/about/join-us#open">Join us</a><a href="mailto:jobs@x">Jobs</a>"""
    )
    board.answer("/", Answer(home))
    board.answer("/about/join-us", Answer(b'<iframe src="https://jobs.ashbyhq.com/Acme/embed"></iframe>'))
    found = detect(f"{board.url}/", client, board=here)
    assert [(one.source_id, one.how) for one in found.found] == [("ashby:Acme", How.PAGE)]
    assert found.found[0].evidence == f"{board.url}/about/join-us leads to its board on Ashby"
    assert found.tried[-1] == f"{board.url}/ names no board of a system that we know"
    assert _asked(board) == ["/", "/about/join-us"]


def test_a_page_that_is_sent_on_to_a_board_has_found_it(board: JobBoard, client: PoliteClient, here: Here) -> None:
    board.answer("/careers", Answer(b'<meta http-equiv="refresh" content="0; url=https://acme.jobs.personio.de/">'))
    found = detect(f"{board.url}/home", client, board=here)
    assert [one.source_id for one in found.found] == ["personio:acme"]


def test_the_number_of_pages_is_bounded_and_all_that_was_tried_is_told(
    board: JobBoard, client: PoliteClient, here: Here
) -> None:
    links = b"".join(b'<a href="/careers/%d">Careers %d</a>' % (number, number) for number in range(50))
    for path in ("/", *(f"/careers/{number}" for number in range(50))):
        board.answer(path, Answer(links))
    found = detect(board.url, client, board=here)
    assert found.found == ()
    pages = ["", *("/careers/0", "/careers/1", "/careers/2", "/careers", "/jobs", "/karriere")]
    assert _asked(board) == ["/", *pages[1:]]
    assert [told.partition(" ")[0].rstrip(":") for told in found.tried[1:]] == [board.url + path for path in pages]


def test_a_person_who_waits_is_answered_in_time_whatever_the_hosts_do(
    board: JobBoard, client: PoliteClient, here: Here
) -> None:
    board.answer("/", Answer(b"<a href='/careers/1'>Careers</a>"))
    moments = itertools.count(0, 30)
    found = detect(board.url, client, board=here, clock=lambda: float(next(moments)))
    assert found.tried[-1] == "the answers took too long, so no more was tried"
    assert len(found.tried) == len(set(found.tried))
    assert _asked(board) == ["/"]


def test_a_site_that_refuses_is_not_asked_again(board: JobBoard, client: PoliteClient, here: Here) -> None:
    board.answer("/", Answer(status=403))
    found = detect(f"{board.url}/", client, board=here)
    assert found.found == ()
    assert found.tried[-1] == f"{board.url}/: the host refused us (HTTP 403)"
    assert _asked(board) == ["/"]


def test_a_private_address_is_not_asked(client: PoliteClient, here: Here) -> None:
    found = detect("http://10.0.0.1/careers", client, board=here)
    assert found.found == ()
    assert client.requests == 0
    assert found.tried[-1].startswith("http://10.0.0.1/careers: ")


def _lever(text: str) -> Answer:
    job = {"id": "1", "text": "Cooper", "hostedUrl": "https://jobs.lever.co/x/1", "description": text}
    return Answer(json.dumps([job, job | {"id": "2"}]).encode())


def test_a_board_with_the_company_s_name_counts_when_its_postings_speak_of_the_company(
    board: JobBoard, client: PoliteClient, here: Here
) -> None:
    board.answer("/lever/v0/postings/kornhausbaking", _lever("<p>Kornhaus Baking seeks coopers.</p>"))
    found = detect("Kornhaus Baking GmbH", client, board=here)
    assert [(one.source_id, one.company, one.how) for one in found.found] == [
        ("lever:kornhausbaking", "Kornhaus Baking GmbH", How.PROBE)
    ]
    assert found.found[0].evidence.startswith("Lever has a board kornhausbaking, and its postings speak of Kornhaus")
    assert "greenhouse:kornhausbaking: the address is gone (HTTP 404)" in found.tried


def test_another_company_s_board_of_the_same_name_does_not_count(
    board: JobBoard, client: PoliteClient, here: Here
) -> None:
    board.answer("/lever/v0/postings/kornhausbaking", _lever("<p>We sell grain houses.</p>"))
    board.answer("/ashby/posting-api/job-board/kornhaus-baking", Answer(b'{"jobs": []}'))
    found = detect("Kornhaus Baking", client, board=here)
    assert found.found == ()
    assert "Lever has a board kornhausbaking, but its postings do not speak of Kornhaus Baking" in found.tried
    assert "ashby:kornhaus-baking: a board without postings" in found.tried
    assert len(board.requests) <= 16


def test_a_domain_in_the_postings_is_evidence_too(board: JobBoard, client: PoliteClient, here: Here) -> None:
    board.answer("/lever/v0/postings/kornhaus", _lever('<a href="https://www.kornhaus.example/">Who we are</a>'))
    found = detect("kornhaus.example", client, board=here)
    assert [one.source_id for one in found.found] == ["lever:kornhaus"]
    assert found.found[0].evidence.endswith("its postings name kornhaus.example")
    assert any(told.startswith("https://kornhaus.example: ") for told in found.tried)


def test_a_company_of_nearly_the_same_name_comes_last(board: JobBoard, client: PoliteClient, here: Here) -> None:
    board.answer("/lever/v0/postings/stripey", _lever("<p>Stripey paints streets.</p>"))
    found = detect("Stripey", client, board=here)
    assert [one.source_id for one in found.found] == ["lever:stripey", "greenhouse:stripe"]
    assert "nearly the same" in found.found[1].evidence


def test_a_body_that_never_ends_well_is_told_and_not_raised(board: JobBoard, client: PoliteClient, here: Here) -> None:
    board.answer("/", Answer(b"\xff\xfe<a href='http://[bad/careers'>Careers</a><a>Jobs</a>"))
    found = detect(board.url, client, board=here)
    assert found.found == ()

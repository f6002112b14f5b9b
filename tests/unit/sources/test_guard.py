"""Where requests may go: to the open internet, however the way to another place is written."""

import socket
from collections.abc import Callable
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.sources.client import Limits, _led, _Question
from jobtracker.sources.guard import Guard, is_public
from jobtracker.sources.model import Politeness, SourceError, SourceStatus
from tests.fakes.job_board import Answer, JobBoard, job_board
from tests.fakes.polite import polite_client

PRIVATE = "the address leads into a private network"
NO_PAGE = "the address is not that of a web page"

private_v4 = st.one_of(
    *(
        st.ip_addresses(v=4, network=network)
        for network in (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "224.0.0.0/4",
            "240.0.0.0/4",
        )
    )
)
private_v6 = st.one_of(
    *(
        st.ip_addresses(v=6, network=network)
        for network in ("::/96", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", "2001:db8::/32", "64:ff9b:1::/48")
    )
)


def _reason(ask: Callable[[], object]) -> str:
    with pytest.raises(SourceError) as caught:
        ask()
    assert caught.value.status is SourceStatus.FAILING
    return caught.value.reason


def _resolver(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Names have these addresses from now on; gives the list of those that were looked up."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            ip_address(host)
        except ValueError:
            asked.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]
        return real(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "64:ff9b::808:808"])
def test_a_machine_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "fd00:ec2::254", "100.100.100.200", "192.0.0.192", "168.63.129.16"]
)
def test_no_cloud_s_metadata_is_public(address: str) -> None:
    assert not is_public(address)


@given(private_v4)
def test_no_private_address_is_public_nor_any_that_carries_one(address: IPv4Address) -> None:
    number = int(address)
    carrying = [
        IPv6Address((0xFFFF << 32) | number),
        IPv6Address(number),
        IPv6Address((0x2002 << 112) | (number << 80)),
        IPv6Address((0x0064FF9B << 96) | number),
        # Teredo carries it with each bit turned.
        IPv6Address((0x20010000 << 96) | (number ^ 0xFFFF_FFFF)),
    ]
    assert not is_public(str(address))
    assert [str(one) for one in carrying if is_public(str(one))] == []


@given(private_v6)
def test_no_local_ipv6_address_is_public(address: IPv6Address) -> None:
    assert not is_public(str(address))


@given(st.ip_addresses(v=6).filter(lambda address: address not in IPv6Network("2000::/3")))
def test_of_ipv6_only_what_is_given_out_is_public(address: IPv6Address) -> None:
    assert not is_public(str(address)) or address in IPv6Network("64:ff9b::/96")


@given(st.text(max_size=60))
def test_what_is_no_address_is_not_public_and_harms_nothing(text: str) -> None:
    assert is_public(text) in {True, False}


@given(private_v4, st.sampled_from(["http", "https"]), st.data())
def test_a_private_address_is_refused_in_every_way_of_writing_it(
    address: IPv4Address, scheme: str, data: st.DataObject
) -> None:
    number, parts = int(address), address.packed
    host = data.draw(
        st.sampled_from(
            [
                str(address),
                f"{address}.",
                str(number),
                hex(number),
                f"0{number:o}",
                ".".join(f"0{part:o}" for part in parts),
                ".".join(hex(part) for part in parts),
                f"{parts[0]}.{number & 0xFFFFFF}",
                f"{parts[0]}.{parts[1]}.{number & 0xFFFF}",
                f"[::ffff:{address}]",
                f"[64:ff9b::{address}]",
            ]
        )
    )
    assert _reason(lambda: Guard().check(f"{scheme}://{host}/jobs")) == PRIVATE


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", NO_PAGE),
        ("jobs", NO_PAGE),
        ("//jobs.example", NO_PAGE),
        ("http://", NO_PAGE),
        ("http://[::1/x", NO_PAGE),
        ("http://jobs.example:99999/", NO_PAGE),
        ("file:///etc/passwd", NO_PAGE),
        ("gopher://jobs.example/", NO_PAGE),
        ("javascript:alert(1)", NO_PAGE),
        (f"https://{'jobs.' * 60}example/", NO_PAGE),
        ("https://me:secret@jobs.example/", "the address holds a name or a password"),
        ("https://jobs.example@10.0.0.1/", "the address holds a name or a password"),
        ("https://jobs.example:22/", "the address names port 22, which is not the web's"),
        ("http://jobs.example:8080/", "the address names port 8080, which is not the web's"),
        ("http://localhost/", PRIVATE),
        ("http://LOCALHOST./", PRIVATE),
        ("http://printer.localhost/", PRIVATE),
        ("http://[::1]/", PRIVATE),
        ("http://[fe80::1%25eth0]/", PRIVATE),
        ("http://１２７.０.０.１/", PRIVATE),
    ],
)
def test_an_address_that_is_not_to_be_asked_is_refused_as_it_is_written(url: str, reason: str) -> None:
    assert _reason(lambda: Guard().check(url)) == reason


@pytest.mark.parametrize(
    "url",
    [
        "https://jobs.example/board?q=1#top",
        "http://jobs.example:80/",
        "https://jobs.example:443",
        "http://jobs.example:443/",
        "https://bücher.example/stellen",
        "https://xn--bcher-kva.example./stellen",
        "https://93.184.216.34/",
        "https://a1.2b/",
    ],
)
def test_a_web_address_is_not_refused_as_it_is_written(url: str) -> None:
    Guard().check(url)


@given(st.one_of(st.text(max_size=80), st.text(max_size=80).map("http://{}".format)))
def test_whatever_is_typed_is_an_address_or_a_refusal(url: str) -> None:
    with suppress(SourceError):
        Guard().check(url)
        assert url.strip().lower().startswith(("http://", "https://"))


@given(st.one_of(st.text(max_size=60), st.text(max_size=60).map("http://{}".format)))
def test_whatever_is_typed_is_refused_or_not_found_and_nothing_worse(url: str) -> None:
    def nowhere(*_: Any, **__: Any) -> Any:
        raise socket.gaierror

    client = polite_client(limits=Limits(tries=1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket, "getaddrinfo", nowhere)
        assert _reason(lambda: client.get(url))
        assert _reason(lambda: client.get(url, follow=True))
    client.close()


@given(
    st.one_of(st.text(alphabet=st.characters(codec="ascii"), max_size=30), st.from_regex(r"(https?:)?//[!-~]{0,20}"))
)
def test_wherever_a_redirect_leads_it_is_followed_or_refused_and_nothing_worse(location: str) -> None:
    following = httpx.Response(302, headers={b"location": location.encode()})
    with suppress(SourceError):
        _, url = _led(
            _Question("GET", "https://jobs.example/a", follow=True), httpx.URL("https://jobs.example/a"), following
        )
        Guard().check(str(url))
        assert url.scheme == "https"


@pytest.mark.parametrize(
    "addresses", [("127.0.0.1",), ("10.1.2.3",), ("169.254.169.254",), ("93.184.216.34", "10.1.2.3"), ("::1",), ()]
)
def test_a_name_is_refused_when_any_of_its_addresses_is_not_public(
    monkeypatch: pytest.MonkeyPatch, addresses: tuple[str, ...]
) -> None:
    _resolver(monkeypatch, *addresses)
    assert _reason(lambda: Guard().resolve("jobs.example", 443)) == PRIVATE


def test_a_name_leads_to_its_own_addresses_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    _resolver(monkeypatch, "93.184.216.34", "93.184.216.34", "93.184.216.35")
    assert Guard().resolve("jobs.example", 443) == ["93.184.216.34", "93.184.216.35"]


def test_what_is_allowed_is_one_host_with_one_port() -> None:
    guard = Guard(frozenset({"127.0.0.1:8080"}))
    guard.check("http://127.0.0.1:8080/jobs")
    assert guard.resolve("127.0.0.1", 8080) == ["127.0.0.1"]
    assert _reason(lambda: guard.check("http://127.0.0.1/jobs")) == PRIVATE
    assert _reason(lambda: guard.check("http://127.0.0.1:8081/jobs")).startswith("the address names port 8081")
    assert _reason(lambda: guard.resolve("localhost", 8080)).startswith("the address names port 8080")


def test_a_name_that_leads_into_the_private_network_is_never_connected_to(
    board: JobBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    _resolver(monkeypatch, "127.0.0.1")
    client = polite_client()
    assert _reason(lambda: client.get("http://rebound.example/latest/meta-data")).endswith(PRIVATE)
    assert (board.requests, board.robots_requests) == ([], 0)
    client.close()


def test_the_connection_is_made_to_the_address_that_was_looked_at_and_to_no_later_one(
    board: JobBoard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name changes its address after each look, as one does that is out to deceive."""
    answers = iter([["127.0.0.1"], ["203.0.113.7"]])
    looked_up: list[str] = []
    real = socket.getaddrinfo

    def look_up(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        if host != "jobs.example":
            return real(host, port, *args, **kwargs)
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in next(answers)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr("jobtracker.sources.guard.is_public", lambda address: address == "127.0.0.1")
    monkeypatch.setattr("jobtracker.sources.guard._PORTS", {"http": int(board.host.partition(":")[2])})
    client = polite_client()
    asking = client.polite(Politeness(robots=False))
    board.answer("/jobs", Answer(b"[]"))
    url = f"http://jobs.example:{board.host.partition(':')[2]}/jobs"
    assert asking.get(url).body == b"[]"
    assert looked_up == ["jobs.example"]
    assert board.requests[0].headers["host"] == httpx.URL(url).netloc.decode()
    assert _reason(lambda: asking.get(url)) == PRIVATE
    client.close()


def test_a_redirect_into_the_private_network_is_refused_wherever_it_comes_from(board: JobBoard) -> None:
    client = polite_client(board)
    with job_board() as inside:
        secret = inside.answer("/latest/meta-data", Answer(b"secret"))
        for target in (
            secret,
            "http://169.254.169.254/latest/meta-data",
            "http://[::ffff:169.254.169.254]/",
            "http://2130706433/",
        ):
            url = board.answer("/jobs", Answer(status=302, headers={"Location": target}))
            reason = _reason(lambda url=url: client.get(url, follow=True))  # type: ignore[misc]
            assert reason == PRIVATE or reason.startswith("the address names port"), target
        assert (inside.requests, inside.robots_requests) == ([], 0)
    client.close()

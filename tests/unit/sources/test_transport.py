"""Connections over TLS: made to the address that was looked at, held to the name that was asked for."""

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpcore
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from jobtracker.sources import guard, transport
from jobtracker.sources.client import PoliteClient
from jobtracker.sources.model import Politeness, SourceError
from tests.fakes.job_board import Answer, JobBoard, job_board
from tests.fakes.polite import polite_client

HOST = "jobs.example"


def _certificate(folder: Path) -> Path:
    """A certificate for HOST that vouches for itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "host.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def named() -> list[str]:
    """The names that clients asked for in the handshake."""
    return []


@pytest.fixture
def secure(tmp_path: Path, named: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[JobBoard]:
    """A host behind TLS; every name leads to it, and its certificate is trusted."""
    pem = _certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    context.sni_callback = lambda _socket, name, _context: named.append(name)
    real = socket.getaddrinfo

    def look_up(host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        return real("127.0.0.1" if str(host).endswith(".example") else host, port, *args, **kwargs)

    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(guard, "is_public", lambda _: True)
    transport._trusted.cache_clear()
    with job_board(context) as board:
        monkeypatch.setattr(guard, "_PORTS", {"https": int(board.host.partition(":")[2]), "http": 80})
        yield board
    transport._trusted.cache_clear()


@pytest.fixture
def client(secure: JobBoard) -> Iterator[PoliteClient]:
    polite = polite_client()
    yield polite.polite(Politeness(robots=False))
    polite.close()


def _address(board: JobBoard, host: str, path: str) -> str:
    return f"https://{host}:{board.host.partition(':')[2]}{path}"


def test_nothing_is_read_when_the_time_is_up_however_much_lies_ready() -> None:
    deadline = transport.Deadline()
    assert deadline.within(5.0) == 5.0
    deadline.begin(2.0)
    assert deadline.within(None) <= 2.0
    deadline.begin(0.0)
    assert deadline.passed
    with pytest.raises(httpcore.ReadTimeout):
        deadline.within(5.0)


def test_the_handshake_and_the_request_name_the_host_though_the_connection_is_to_an_address(
    secure: JobBoard, client: PoliteClient, named: list[str]
) -> None:
    secure.answer("/jobs", Answer(b"[]"))
    assert client.get(_address(secure, HOST, "/jobs")).body == b"[]"
    assert named == [HOST]
    assert secure.requests[0].headers["host"].startswith(f"{HOST}:")


def test_a_certificate_for_another_name_is_refused(secure: JobBoard, client: PoliteClient) -> None:
    secure.answer("/jobs", Answer(b"[]"))
    with pytest.raises(SourceError, match="cannot be reached"):
        client.get(_address(secure, "other.example", "/jobs"))
    assert secure.requests == []


def test_no_redirect_leads_from_https_to_http(secure: JobBoard, client: PoliteClient) -> None:
    with job_board() as plain:
        target = plain.answer("/jobs", Answer(b"[]"))
        secure.answer("/jobs", Answer(status=302, headers={"Location": target}))
        with pytest.raises(SourceError, match="redirected from https to another scheme"):
            client.get(_address(secure, HOST, "/jobs"), follow=True)
        assert plain.requests == []

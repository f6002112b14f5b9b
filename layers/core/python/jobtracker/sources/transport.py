"""Connections that go only where the guard lets them, and that end when their time is up."""

import time
from collections.abc import Iterable
from functools import cache
from ssl import SSLContext
from threading import local
from typing import Any

import httpcore
import httpx

from jobtracker.sources.guard import Guard


class NoAddressError(httpcore.ConnectError):
    """A name that nobody knows an address of."""


class Deadline(local):
    """When the request under way must have ended, on the monotonic clock; each thread has its own."""

    def __init__(self) -> None:
        self._ends = float("inf")

    def begin(self, seconds: float) -> None:
        """Give the request that follows so long."""
        self._ends = time.monotonic() + seconds

    @property
    def passed(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self._ends

    def within(self, timeout: float | None) -> float:
        """``timeout``, but not past the end. Raises where the time is up, even if a piece lies ready to be read."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if timeout is None else min(timeout, left)


class GuardedTransport(httpx.HTTPTransport):
    """httpx's own transport over connections that the guard has a say in.

    Proxies are not used: they would look hosts up where the guard cannot see it.
    """

    def __init__(self, guard: Guard) -> None:
        # The base class would make a pool of its own; all else that it does needs this one only.
        self.deadline = Deadline()
        self._pool = httpcore.ConnectionPool(
            ssl_context=_trusted(),
            max_connections=10,
            keepalive_expiry=5.0,
            network_backend=_Network(guard, self.deadline),
        )


@cache
def _trusted() -> SSLContext:
    """What certificates are held against; reading the authorities takes a good part of a tenth of a second."""
    return httpx.create_ssl_context()


class _Network(httpcore.NetworkBackend):
    """Connects to the very address that was checked. Name of the host and certificate stay those of the URL."""

    def __init__(self, guard: Guard, deadline: Deadline) -> None:
        self._guard = guard
        self._deadline = deadline
        self._real = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = self._guard.resolve(host, port)
        # A label that is too long is a UnicodeError.
        except (OSError, UnicodeError) as error:
            raise NoAddressError("the host has no address") from error
        failure: Exception = NoAddressError("the host has no address")
        for address in addresses:
            try:
                stream = self._real.connect_tcp(
                    address, port, self._deadline.within(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Timed(stream, self._deadline)
        raise failure


class _Timed(httpcore.NetworkStream):
    """A connection on which nothing waits past the deadline: a host may send a byte now and then for ever."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.within(timeout))
        return _Timed(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

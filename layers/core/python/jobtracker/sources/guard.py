"""Which addresses may be asked: those of the open internet, and no other, whoever typed them and wherever they lead.

``check`` looks at an address as it is written. ``resolve`` looks its host up and is called for each new connection,
which is then made to what it gave: nothing can change between the look and the connection.
"""

import re
import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final, Self
from urllib.parse import SplitResult, urlsplit

from jobtracker.sources.model import SourceError, SourceStatus

_PORTS: Final = {"http": 80, "https": 443}
# Outside of it are the mapped, translated, local and reserved addresses.
_GLOBAL_UNICAST: Final = IPv6Network("2000::/3")
# What a network without IPv4 gives for a host that has nothing else; the last four bytes are the host's IPv4 address.
_NAT64: Final = IPv6Network("64:ff9b::/96")
# Global by their number, yet answered by the cloud's own machines (metadata of Oracle's and Azure's).
_CLOUDS_OWN: Final = (ip_network("192.0.0.0/24"), ip_network("168.63.129.16/32"))
# A last label of digits makes a host an IPv4 address to resolvers: 2130706433, 0x7f.1 and 0177.0.0.1 are all 127.0.0.1.
_NUMERIC: Final = re.compile(r"(?:^|\.)(?:\d+|0x[0-9a-f]*)$", re.IGNORECASE)
_LONGEST_HOST: Final = 253
_ADDRESSES_TRIED: Final = 4


def is_public(address: str) -> bool:
    """Whether a numeric address belongs to one machine of the open internet."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        if ip in _NAT64:
            ip = IPv4Address(int(ip) & 0xFFFF_FFFF)
        # 6to4 and Teredo carry an IPv4 address inside and reach no job board.
        elif ip not in _GLOBAL_UNICAST or ip.sixtofour or ip.teredo:
            return False
    if isinstance(ip, IPv4Address) and any(ip in network for network in _CLOUDS_OWN):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


class Guard:
    """Refuses all but the open internet's web hosts.

    Args:
        allowed: "host:port" of what may be asked all the same: the hosts of tests and of the local mode, and never any
            when deployed.
    """

    def __init__(self, allowed: frozenset[str] = frozenset()) -> None:
        self._allowed = allowed

    @classmethod
    def allowing(cls, hosts: str) -> Self:
        """A guard that lets pass what is listed by commas, as settings list it."""
        return cls(frozenset(filter(None, hosts.split(","))))

    def check(self, url: str) -> None:
        """Look at an address as it is written, without asking anybody.

        Raises:
            SourceError: it is no web address, or one that is not to be asked.
        """
        parts, port = _split(url)
        if parts.scheme not in _PORTS or not parts.hostname or len(parts.hostname) > _LONGEST_HOST:
            raise _refused("the address is not that of a web page")
        if parts.username is not None or parts.password is not None:
            raise _refused("the address holds a name or a password")
        self._check_port(parts.hostname, port if port is not None else _PORTS[parts.scheme])

    def resolve(self, host: str, port: int) -> list[str]:
        """The addresses at which ``host`` may be connected to.

        Raises:
            SourceError: one of them is not public: a host that is both is none that we want.
            OSError: the host has no address.
        """
        if self._check_port(host, port):
            return [host]
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if not addresses or not all(is_public(address) for address in addresses):
            raise _refused("the address leads into a private network")
        return addresses[:_ADDRESSES_TRIED]

    def _check_port(self, host: str, port: int) -> bool:
        """Whether host and port are on the list of the allowed; else they are refused where they cannot be public."""
        host = host.lower().rstrip(".")
        if f"{host}:{port}" in self._allowed:
            return True
        if port not in _PORTS.values():
            raise _refused(f"the address names port {port}, which is not the web's")
        numeric = ":" in host or _NUMERIC.search(host)
        if (numeric and not is_public(host)) or host == "localhost" or host.endswith(".localhost"):
            raise _refused("the address leads into a private network")
        return False


def _split(url: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _refused("the address is not that of a web page") from error
    return parts, port


def _refused(reason: str) -> SourceError:
    return SourceError(SourceStatus.FAILING, reason)

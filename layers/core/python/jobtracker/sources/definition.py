"""What can be told of a definition without asking anybody: whether its host may be asked, and what it lacks."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from jobtracker.sources.custom import CustomApi, CustomBoard, CustomConfig, address_of, host_of
from jobtracker.sources.guard import Guard
from jobtracker.sources.model import SourceError

_ASKED: Final = "sources are asked on the open internet only, at port 443 or 80: give such an address"
_LACKS: Final = "enter the secret that is sent under this name"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one place of a definition, and what to do. It repeats nothing of what was typed but the names
    in ``path``, as a secret may stand in a wrong place."""

    path: tuple[str, ...]
    reason: str


def faults(config: CustomConfig, guard: Guard, given: Collection[str]) -> Iterator[Fault]:
    """Why the source could never be collected as it is defined; ``given`` are the names of its secrets that are set."""
    if isinstance(config, CustomBoard):
        return
    try:
        _check(config.url, guard)
    except SourceError as error:
        yield Fault((config.kind, "url"), f"{error.reason}; {_ASKED}")
    if isinstance(config, CustomApi):
        for field, named in (("secret_headers", config.secret_headers), ("secret_query", config.secret_query)):
            yield from (Fault((config.kind, field, at), _LACKS) for at, name in named.items() if name not in given)


def _check(url: str, guard: Guard) -> None:
    """Look at the host in the form that is asked for: an address with full-width dots is one like any other."""
    parts = address_of(url)
    host, port = host_of(parts), "" if parts.port is None else f":{parts.port}"
    guard.check(f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}")

"""Secrets from Secrets Manager, kept for a few minutes: a rotated secret is picked up without a restart."""

import time
from dataclasses import dataclass
from typing import Final

from jobtracker.aws import clients

KEEP_SECONDS: Final = 300.0


@dataclass(frozen=True, slots=True)
class _Kept:
    value: str
    until: float


_kept: dict[str, _Kept] = {}


def secret(arn: str) -> str:
    """The secret's current value, at most ``KEEP_SECONDS`` old."""
    kept = _kept.get(arn)
    if kept is None or time.monotonic() >= kept.until:
        value = clients.secrets().get_secret_value(SecretId=arn)["SecretString"]
        kept = _kept[arn] = _Kept(value, time.monotonic() + KEEP_SECONDS)
    return kept.value


def forget() -> None:
    """Ask again at the next call (for tests)."""
    _kept.clear()

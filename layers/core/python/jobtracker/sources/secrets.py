"""Secrets of sources: sealed by KMS for one source and one owner, and opened only where the source is collected."""

import hashlib
from collections.abc import Mapping

from jobtracker.aws import clients

_EVERYBODY = "everybody"


def seal(key_arn: str, source_id: str, values: Mapping[str, str], owner_id: str | None = None) -> dict[str, bytes]:
    """The values encrypted, each so that it opens as this secret of this source of this owner only."""
    return {
        name: clients.kms().encrypt(
            KeyId=key_arn, Plaintext=value.encode(), EncryptionContext=_context(source_id, name, owner_id)
        )["CiphertextBlob"]
        for name, value in values.items()
    }


def unseal(key_arn: str, source_id: str, sealed: Mapping[str, bytes], owner_id: str | None = None) -> dict[str, str]:
    """The values of ``seal``. They go into requests and nowhere else."""
    return {
        name: clients.kms()
        .decrypt(KeyId=key_arn, CiphertextBlob=value, EncryptionContext=_context(source_id, name, owner_id))[
            "Plaintext"
        ]
        .decode()
        for name, value in sealed.items()
    }


def mark(sealed: Mapping[str, bytes]) -> str | None:
    """What tells these sealed secrets from others of the source, None where there are none. Secrets that are set once
    more are others, also where their values are the same."""
    if not sealed:
        return None
    return hashlib.sha256(b"".join(sealed[name] for name in sorted(sealed))).hexdigest()[:16]


def _context(source_id: str, name: str, owner_id: str | None) -> dict[str, str]:
    return {"owner": owner_id or _EVERYBODY, "source": source_id, "secret": name}

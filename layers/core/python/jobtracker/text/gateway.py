"""The encoder in the artifacts bucket."""

import tempfile
from pathlib import Path

from jobtracker.artifacts import store
from jobtracker.artifacts.cache import cache
from jobtracker.artifacts.model import Manifest
from jobtracker.text.encoder import Encoder

NAME = "encoder"
FITTED_ON = "fitted_on"

# The encoder loaded last, by bucket.
_loaded: dict[str, tuple[Path, Encoder]] = {}


def current_encoder(bucket: str, directory: Path | None = None, *, every: float | None = None) -> Encoder | None:
    """The current encoder, or None before the first one; ``every`` as in ``artifacts.cache``."""
    cached = cache(bucket, NAME, directory) if every is None else cache(bucket, NAME, directory, every=every)
    if cached is None:
        return None
    loaded = _loaded.get(bucket)
    if loaded is None or loaded[0] != cached.path:
        loaded = (cached.path, Encoder.load(cached.path))
        _loaded[bucket] = loaded
    return loaded[1]


def current_manifest(bucket: str) -> Manifest | None:
    """The current encoder's manifest."""
    return store.current(bucket, NAME)


def fitted_on(manifest: Manifest) -> int:
    """How many postings an encoder was fitted on."""
    return int(manifest.metadata.get(FITTED_ON, "0"))


def publish_encoder(bucket: str, encoder: Encoder, *, postings: int, follows: Manifest | None) -> Manifest:
    """Make ``encoder``, fitted on so many postings, the current one.

    Raises:
        ConflictError: another encoder was published after ``follows``.
    """
    with tempfile.TemporaryDirectory() as directory:
        encoder.save(Path(directory))
        return store.publish(
            bucket,
            NAME,
            Path(directory),
            version=encoder.version,
            metadata={FITTED_ON: str(postings), "dims": str(encoder.dims)},
            follows=follows,
        )

"""Whether a source may be collected: by its own terms, and by what administrators decided."""

from collections.abc import Collection

from jobtracker.sources.model import Listing, SourceKind, SourceSetting, Terms


def why_off(listing: Listing, setting: SourceSetting | None, secret_names: Collection[str]) -> str | None:
    """Why the source is not to be collected, None where it may be.

    Args:
        listing: what the source is.
        setting: what an administrator decided, None where nobody did.
        secret_names: the names of its secrets that are set.
    """
    # The sample source asks nobody: it is collected whenever somebody asks for it.
    on = setting.on if setting is not None else listing.on or listing.kind is SourceKind.SAMPLE
    if not on:
        return "an administrator turned it off" if setting is not None else "nobody has turned it on"
    if listing.terms is Terms.RESTRICTED and not (setting is not None and setting.accepted):
        return "its conditions are not accepted"
    if missing := [name for name in listing.secrets if name not in secret_names]:
        return f"needs a key: {', '.join(missing)}"
    return None

"""Company boards that Greenhouse keeps in Europe: the same API at a host of its own."""

from jobtracker.sources.companies import greenhouse

LISTING = greenhouse.LISTING.model_copy(
    update={
        "id": "greenhouse-eu",
        "name": "Greenhouse (EU)",
        "homepage": "https://job-boards.eu.greenhouse.io/{token}",
        "host": "boards-api.eu.greenhouse.io",
        "addresses": tuple(
            address.replace(r"\.greenhouse\.io", r"\.eu\.greenhouse\.io") for address in greenhouse.LISTING.addresses
        ),
    }
)


def board(token: str, company: str | None) -> greenhouse.Greenhouse:
    """The board that ``token`` names."""
    return greenhouse.Greenhouse(LISTING, token, company)

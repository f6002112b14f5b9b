"""Company boards that Lever keeps in Europe: the same API at a host of its own."""

from jobtracker.sources.companies import lever

LISTING = lever.LISTING.model_copy(
    update={
        "id": "lever-eu",
        "name": "Lever (EU)",
        "homepage": "https://jobs.eu.lever.co/{token}",
        "host": "api.eu.lever.co",
        "addresses": tuple(address.replace(r"\.lever\.co", r"\.eu\.lever\.co") for address in lever.LISTING.addresses),
    }
)


def board(token: str, company: str | None) -> lever.Lever:
    """The board that ``token`` names."""
    return lever.Lever(LISTING, token, company)

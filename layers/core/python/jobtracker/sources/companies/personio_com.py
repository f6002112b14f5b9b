"""Company boards on Personio that are kept at its international address."""

from jobtracker.sources.companies import personio

LISTING = personio.LISTING.model_copy(
    update={
        "id": "personio-com",
        "name": "Personio (international)",
        "homepage": "https://{token}.jobs.personio.com",
        "host": "{token}.jobs.personio.com",
        "addresses": tuple(address.replace(r"\.de", r"\.com") for address in personio.LISTING.addresses),
    }
)


def board(token: str, company: str | None) -> personio.Personio:
    """The board that ``token`` names."""
    return personio.Personio(LISTING, token, company)

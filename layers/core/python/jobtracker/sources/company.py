"""What the boards of companies have in common, whatever the system that they are on."""

from dataclasses import dataclass

from jobtracker.sources.model import CompanyListing, Listing


@dataclass(frozen=True, slots=True)
class CompanyBoard:
    """One company's board.

    Attributes:
        system: the system's listing.
        token: what names the board there.
        company: what the company is called; None where only its token is known.
        base: where it answers, if not at the system's host over https.
    """

    system: CompanyListing
    token: str
    company: str | None = None
    base: str | None = None

    @property
    def listing(self) -> Listing:
        """The board as a source."""
        return self.system.of(self.token, self.company or self.token)

    def named(self, stated: object = None) -> str:
        """Whose a posting is: as we know the company, else as the record states it, else the token."""
        return self.company or (stated if isinstance(stated, str) and stated.strip() else self.token)

    def url(self, path: str) -> str:
        """The address of ``path`` on the system's host, with the token's parts in it.

        Raises:
            ValueError: the token is none of this system's.
        """
        return self.system.address(f"{self.base or 'https://' + self.system.host}{path}", self.token)

"""Where one local cloud lives: its folders and its ports."""

from dataclasses import dataclass
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

HOST = "127.0.0.1"
REGION = "us-east-1"
# Twelve digits make the emulator take the key as the account id, so both are the same everywhere.
ACCOUNT = "000000000000"


class LocalSettings(BaseSettings):
    """What the environment may say: ``JOBTRACKER_FOLDER`` keeps the data somewhere else, and sources may ask the hosts
    of this machine that ``JOBTRACKER_ALLOWED_HOSTS`` names ("127.0.0.1:8080", several by commas)."""

    model_config = SettingsConfigDict(env_prefix="JOBTRACKER_")

    folder: Path | None = None
    allowed_hosts: str = ""


def project_root() -> Path:
    """The checkout this package runs from (it is installed in editable mode)."""
    return Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Options:
    """One local cloud. Two of them need different folders and different ports."""

    root: Path
    folder: Path
    port: int = 4566
    page_port: int = 8700
    # Refuse functions what their roles do not allow, as IAM does.
    enforce_roles: bool = False
    # Hosts of this machine that sources may ask.
    allowed_hosts: str = ""

    @classmethod
    def of(cls, root: Path | None = None, *, port: int = 4566, page_port: int = 8700) -> "Options":
        """The cloud of a checkout, kept in its ``.jobtracker`` folder unless the environment names another."""
        root = root or project_root()
        settings = LocalSettings()
        folder = settings.folder or root / ".jobtracker"
        return cls(root, folder.resolve(), port, page_port, allowed_hosts=settings.allowed_hosts)

    @property
    def endpoint(self) -> str:
        """Where the emulated AWS services answer."""
        return f"http://{HOST}:{self.port}"

    @property
    def page(self) -> str:
        """The page's origin: the website and its ``/api``, as CloudFront would serve them."""
        return f"http://{HOST}:{self.page_port}"

    @property
    def assembly(self) -> Path:
        """The last synthesized cloud assembly."""
        return self.folder / "assembly"

    @property
    def state(self) -> Path:
        """Checkpoints of everything but S3 objects."""
        return self.folder / "state"

    @property
    def objects(self) -> Path:
        """S3 objects as files."""
        return self.folder / "s3"

    @property
    def demo_login(self) -> Path:
        """What the sign-in page offers on this machine only."""
        return self.folder / "local.json"

    @property
    def scratch(self) -> Path:
        """Temporary files of the server and its functions, emptied at every start."""
        return self.folder / "tmp"

    @property
    def log(self) -> Path:
        """The server's own log."""
        return self.folder / "server.log"

    @property
    def server_file(self) -> Path:
        """Process id and ports of the running server."""
        return self.folder / "server.json"

    @property
    def deployment_file(self) -> Path:
        """What is deployed, for the page's server and the command line."""
        return self.folder / "deployment.json"

    @property
    def lock(self) -> Path:
        """Held while somebody starts, deploys or stops."""
        return self.folder / "lock"

    @property
    def website(self) -> Path:
        """The built frontend."""
        return self.root / "frontend" / "dist"

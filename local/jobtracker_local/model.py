"""What the local cloud knows about itself."""

from pydantic import BaseModel, ConfigDict, Field


class Deployment(BaseModel):
    """What is deployed: read by the page's server and by the command line."""

    model_config = ConfigDict(frozen=True)

    api_id: str | None = None
    origin_secret: str | None = Field(default=None, repr=False)
    buckets: list[str] = Field(default_factory=list)
    tables: dict[str, str] = Field(default_factory=dict)
    functions: dict[str, str] = Field(default_factory=dict)
    queues: dict[str, str] = Field(default_factory=dict)
    outputs: dict[str, str] = Field(default_factory=dict)
    changed: list[str] = Field(default_factory=list)


class ServerFile(BaseModel):
    """The running server, as its file names it."""

    model_config = ConfigDict(frozen=True)

    pid: int
    port: int
    page_port: int
    started_at: float


class Restored(BaseModel):
    """What a start found from the time before."""

    model_config = ConfigDict(frozen=True)

    tables: int = 0
    items: int = 0
    queues: int = 0
    messages: int = 0
    age_seconds: float | None = None
    graceful: bool = True

    def line(self) -> str:
        """One sentence for the person."""
        if self.age_seconds is None:
            return "Nothing to restore: this is a new local cloud."
        how = "saved when it was stopped" if self.graceful else "from the last checkpoint, it was not stopped"
        return (
            f"Restored {self.tables} tables with {self.items} items and {self.queues} queues with "
            f"{self.messages} messages ({how}; {_age(self.age_seconds)} old)."
        )


def _age(seconds: float) -> str:
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"


class Status(BaseModel):
    """Whether the local cloud runs, and where."""

    model_config = ConfigDict(frozen=True)

    running: bool
    pid: int | None = None
    page: str | None = None
    endpoint: str | None = None
    saved_at: float | None = None
    busy: bool | None = None
    items: dict[str, int] = Field(default_factory=dict, description="by table; empty while the cloud is down")
    deployment: Deployment | None = None

"""Reads the hand-written parts of the sample advertisements."""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

FOLDER = Path(__file__).parent / "parts"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Company(_Part):
    """A fictional employer. ``offices`` are "City, Country code" or "City, State, Country code"."""

    name: str
    line: str
    local: dict[str, str] = Field(default={}, description="the line in other languages")
    fields: tuple[str, ...]
    offices: tuple[str, ...]


class Role(_Part):
    """A kind of work with all that its advertisements may say; each says a part of it.

    ``pay`` is a usual yearly pay for the level "mid" in the United States, in thousands; ``scale`` names the table
    that carries it to other countries.
    """

    field: str
    titles: dict[str, str] = Field(description="by level; an entry there is a level that is advertised")
    pay: float
    scale: str = "office"
    language: str = "en"
    remote: str = Field(default="some", pattern="^(often|some|never)$")
    intros: tuple[str, ...]
    focus: tuple[str, ...] = Field(min_length=3, description='"title suffix | sentence" or "| sentence"')
    duties: tuple[str, ...] = Field(min_length=8)
    requirements: tuple[str, ...] = Field(min_length=6)
    nice: tuple[str, ...] = ()
    levels: dict[str, str] = Field(default={}, description="a sentence for those of this level")
    contracts: tuple[str, ...] = ("Full-time",)


class Country(_Part):
    """What advertisements of one country look like."""

    name: str
    currency: str
    salary_forms: dict[str, tuple[str, ...]]
    scales: dict[str, float]
    benefits: tuple[str, ...]
    local_benefits: tuple[str, ...] = ()
    language: str = "en"


class Wording(_Part):
    """The words around the parts, in one language."""

    duties: tuple[str, ...]
    requirements: tuple[str, ...]
    nice: tuple[str, ...]
    offer: tuple[str, ...]
    closing: tuple[str, ...]
    years: dict[str, str]


class Parts(_Part):
    """Everything the composer draws from."""

    companies: tuple[Company, ...]
    roles: tuple[Role, ...]
    countries: dict[str, Country]
    wordings: dict[str, Wording]
    perks: dict[str, tuple[str, ...]]


def read_parts(folder: Path = FOLDER) -> Parts:
    """All parts in ``folder``; pydantic refuses a part that lacks something."""
    raw: dict[str, list[object]] = {"companies": [], "roles": []}
    single: dict[str, dict[str, object]] = {"countries": {}, "wordings": {}, "perks": {}}
    for path in sorted(folder.glob("*.toml")):
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        for key, values in raw.items():
            values.extend(content.get(key, []))
        for key, table in single.items():
            table.update(content.get(key, {}))
    return Parts.model_validate({**raw, **single})

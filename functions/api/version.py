"""The version that the API names itself by; a test holds it to pyproject.toml."""

from typing import Final

VERSION: Final = "0.1.0"

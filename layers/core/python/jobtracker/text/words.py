"""Splitting text into words, the same way in training and in use."""

import re

# Letters and digits of any script; "c++", "c#" and "f#" keep their signs, for they are names.
_WORD = re.compile(r"[^\W_]+(?:[+#]+(?![^\W_]))?")


def words(text: str, limit: int | None = None) -> list[str]:
    """The words of ``text`` in lower case; at most the first ``limit``."""
    found = _WORD.findall(text.lower())
    return found if limit is None else found[:limit]

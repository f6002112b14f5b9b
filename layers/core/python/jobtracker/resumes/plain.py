"""The text of a plain text file."""

import codecs

from charset_normalizer import from_bytes

from jobtracker.resumes.files import wrong_type


def plain_text(data: bytes) -> str:
    """The text in whatever encoding it was saved. Raises RefusedError for bytes that are no text in any."""
    return "\n".join(decoded(data).splitlines())


def decoded(data: bytes, declared: str | None = None) -> str:
    """The text of bytes: by their byte order mark, as UTF-8, as ``declared``, or by what fits best.

    Raises RefusedError for bytes that are no text in any encoding.
    """
    for encoding in ("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig", declared):
        try:
            if encoding and codecs.lookup(encoding):
                return data.decode(encoding)
        # Of what Python calls encodings, some are none of text.
        except (UnicodeError, LookupError):
            continue
    best = from_bytes(data).best()
    if best is None:
        raise wrong_type("not a document that can be read")
    return str(best)

"""The text of a plain text file."""

from charset_normalizer import from_bytes

from jobtracker.resumes.errors import RefusedError
from jobtracker.resumes.model import RefusalCode


def plain_text(data: bytes) -> str:
    """The text in whatever encoding it was saved. Raises RefusedError for bytes that are no text in any."""
    try:
        text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(data).best()
        if best is None:
            raise RefusedError(
                RefusalCode.WRONG_TYPE,
                "The file is not a document that can be read. Save it as PDF, DOCX or plain text and upload that.",
            ) from None
        text = str(best)
    return "\n".join(text.splitlines())

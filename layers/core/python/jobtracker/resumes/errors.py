"""What this room refuses."""

from jobtracker.resumes.uploads import RefusalCode


class RefusedError(ValueError):
    """A file that cannot be read as a resume. ``reason`` tells the person what to do."""

    def __init__(self, code: RefusalCode, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class NotReadError(Exception):
    """A resume that is to be used is not the person's, or was not read."""

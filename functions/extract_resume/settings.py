"""The environment of extract_resume."""

from functools import cache

from jobtracker.aws.settings import FunctionSettings
from jobtracker.resumes.uploads import Scanner


class Settings(FunctionSettings):
    """Where resumes lie, the queue that takes their text further, and what reads scans and photos."""

    uploads_bucket: str
    skills_queue_url: str
    # tesseract reads them where it is installed; Textract is paid by the page, so it is chosen.
    scans_by: Scanner = Scanner.TESSERACT


@cache
def settings() -> Settings:
    """The settings, read once per process."""
    return Settings()

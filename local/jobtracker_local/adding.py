"""Adding postings from a page's address, a saved page or a job-alert mail, through the running local cloud."""

from base64 import b64encode
from pathlib import Path

from jobtracker_local.api_client import ApiClient, Json, wait_until
from jobtracker_local.errors import LocalCloudError

_KINDS = {".eml": "mail", ".html": "page", ".htm": "page"}


def add(api: ApiClient, what: str, url: str | None = None) -> list[Json]:
    """The postings that were found; ``url`` is the address of a saved page.

    Raises:
        LocalCloudError: there is none, and why.
    """
    asked = api.post("/imports", _request(what, url))

    def ended() -> Json | None:
        now = api.get(f"/imports/{asked['id']}")
        return None if now["status"] == "pending" else now

    done = wait_until(ended, seconds=120, what="the page to be read")
    if done["status"] == "failed":
        raise LocalCloudError(done["reason"])
    return [api.get(f"/postings/{posting_id}") for posting_id in done["posting_ids"]]


def _request(what: str, url: str | None) -> Json:
    if what.startswith(("https://", "http://")):
        return {"kind": "url", "url": what}
    file = Path(what)
    kind = _KINDS.get(file.suffix.lower())
    if kind is None:
        raise LocalCloudError("Give a page's address (https://…), or a file that ends in .html or .eml.")
    if not file.is_file():
        raise LocalCloudError(f"There is no file {file}.")
    return {"kind": kind, "url": url, "content": b64encode(file.read_bytes()).decode()}

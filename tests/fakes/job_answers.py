"""What the sources answer: our own writing, in the shape of the real thing."""

from pathlib import Path

from jobtracker.sources.client import Response

_FOLDER = Path(__file__).parents[1] / "unit" / "sources" / "fixtures"


def recorded(name: str) -> bytes:
    """The bytes of one answer: remoteok.json, weworkremotely.xml, atom.xml or greenhouse.json."""
    return (_FOLDER / name).read_bytes()


def response(body: bytes) -> Response:
    """An answer with this body and nothing to ask conditionally with."""
    return Response("https://jobs.example", body, None, None)

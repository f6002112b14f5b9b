"""Whether the API answers."""

from fastapi import APIRouter

from functions.api.schemas import Health
from functions.api.version import VERSION

router = APIRouter(tags=["service"])


@router.get("/health")
def get_health() -> Health:
    """That the API answers, and which version it is. Nothing else is asked, so that it says nothing about load."""
    return Health(status="ok", version=VERSION)

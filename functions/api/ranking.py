"""Having a person ranked anew, where what the person has changed."""

from typing import TYPE_CHECKING

from functions.api.settings import Settings
from jobtracker.aws import bus
from jobtracker.messages.model import ProfileChanged
from jobtracker.resumes import store as resumes

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table


def rank_anew(table: "Table", settings: Settings, person_id: str, correlation: str) -> None:
    """Have the person's matches made anew, where there is a profile to rank by."""
    profile = resumes.get_profile(table, person_id)
    if profile is not None:
        event = ProfileChanged(person_id=person_id, profile_version=profile.version, correlation_id=correlation)
        bus.publish(settings.event_bus, event)

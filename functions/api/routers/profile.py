"""The profile that was read from the resume, and what the person wants."""

from fastapi import APIRouter

from functions.api.conflict_schemas import ResumesRequest, SettledRequest
from functions.api.correction_schemas import CorrectionsRequest
from functions.api.dependencies import ApiConfig, CorrelationId, CurrentPerson, PeopleTable
from functions.api.errors import NotFoundError
from functions.api.person_schemas import PreferencesRequest, Profile
from functions.api.settings import Settings
from jobtracker.aws import bus
from jobtracker.messages.model import ProfileChanged
from jobtracker.resumes import store
from jobtracker.resumes.model import StoredProfile

router = APIRouter(prefix="/profile", tags=["profile"])


@router.get("")
def get_profile(person: CurrentPerson, table: PeopleTable) -> Profile:
    """The profile in use."""
    stored = store.get_profile(table, person.id)
    if stored is None:
        raise NotFoundError
    return Profile.of(stored)


@router.put("/resumes")
def update_profile_resumes(
    body: ResumesRequest, person: CurrentPerson, table: PeopleTable, settings: ApiConfig, correlation: CorrelationId
) -> Profile:
    """Make the profile of these resumes, the one that counts most first; the matches are ranked anew."""
    return _changed(store.set_resumes(table, person.id, body.resume_ids), settings, correlation)


@router.put("/preferences")
def update_preferences(
    body: PreferencesRequest, person: CurrentPerson, table: PeopleTable, settings: ApiConfig, correlation: CorrelationId
) -> Profile:
    """Set what the person wants; the matches are ranked anew."""
    return _changed(store.set_preferences(table, person.id, body.preferences()), settings, correlation)


@router.put("/corrections")
def update_corrections(
    body: CorrectionsRequest, person: CurrentPerson, table: PeopleTable, settings: ApiConfig, correlation: CorrelationId
) -> Profile:
    """Say what of the profile was read wrongly, in place of what was said before; the matches are ranked anew."""
    return _changed(store.set_corrections(table, person.id, body.corrections()), settings, correlation)


@router.put("/conflicts/{conflict_id}")
def update_conflict(
    conflict_id: str,
    body: SettledRequest,
    person: CurrentPerson,
    table: PeopleTable,
    settings: ApiConfig,
    correlation: CorrelationId,
) -> Profile:
    """Say that the value in use is right as it is where the resumes disagree, or that it is open again."""
    stored = store.settle_conflict(table, person.id, conflict_id, is_right=body.settled)
    return _changed(stored, settings, correlation)


def _changed(stored: StoredProfile | None, settings: Settings, correlation: str) -> Profile:
    if stored is None:
        raise NotFoundError
    event = ProfileChanged(person_id=stored.person_id, profile_version=stored.version, correlation_id=correlation)
    bus.publish(settings.event_bus, event)
    return Profile.of(stored)

"""What routes ask for, by name."""

from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from functions.api.errors import ForbiddenError, NoTokenError
from functions.api.settings import Settings, SharedSettings
from jobtracker.accounts import gateway, store, tokens
from jobtracker.accounts.model import Account, InvalidTokenError, Role
from jobtracker.aws import clients

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table
else:
    Table = object

_bearer = HTTPBearer(auto_error=False, description="The access token of POST /sessions")


def shared_settings(request: Request) -> SharedSettings:
    """The settings the app was made with."""
    settings: SharedSettings = request.app.state.settings
    return settings


def api_settings(request: Request) -> Settings:
    """The settings the app was made with, where the app is the whole API."""
    settings: Settings = request.app.state.settings
    return settings


SharedConfig = Annotated[SharedSettings, Depends(shared_settings)]
ApiConfig = Annotated[Settings, Depends(api_settings)]


def people_table(settings: SharedConfig) -> Table:
    """The table of what people own."""
    return clients.table(settings.people_table)


def catalog_table(settings: SharedConfig) -> Table:
    """The table of what the world offers."""
    return clients.table(settings.catalog_table)


PeopleTable = Annotated[Table, Depends(people_table)]
CatalogTable = Annotated[Table, Depends(catalog_table)]


def signing_key(settings: SharedConfig) -> str:
    """The key that signs tokens and cursors."""
    return gateway.secret(settings.jwt_secret_arn)


SigningKey = Annotated[str, Depends(signing_key)]


def current_person(
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)], key: SigningKey, table: PeopleTable
) -> Account:
    """The account that the bearer token was issued to. It is read each time: a removed account is out at once."""
    if credentials is None:
        raise NoTokenError
    account = store.get(table, tokens.read(credentials.credentials, key).person_id)
    if account is None:
        raise InvalidTokenError
    return account


CurrentPerson = Annotated[Account, Depends(current_person)]


def administrator(person: CurrentPerson, settings: SharedConfig) -> Account:
    """The person, who must be an administrator; in local mode everybody is one."""
    if person.role is not Role.ADMIN and not settings.local_mode:
        raise ForbiddenError
    return person


Administrator = Annotated[Account, Depends(administrator)]


def correlation_id(request: Request) -> str:
    """The id that ties this request to all that follows from it."""
    value: str = request.state.correlation_id
    return value


CorrelationId = Annotated[str, Depends(correlation_id)]

"""Making an account, signing in, and who is signed in."""

from datetime import UTC, datetime

from fastapi import APIRouter, status

from functions.api.dependencies import CurrentPerson, PeopleTable, SharedConfig, SigningKey
from functions.api.person_schemas import AccountRequest, Person, SessionRequest, Token
from jobtracker.accounts import store, tokens
from jobtracker.accounts.model import Account, Role

router = APIRouter(tags=["accounts"])


def _token(account: Account, key: str) -> Token:
    return Token(
        access_token=tokens.issue(account.id, key, now=datetime.now(UTC)),
        token_type="bearer",  # noqa: S106 - the scheme's name, not a secret
        expires_in=int(tokens.LIFETIME.total_seconds()),
        person=Person.of(account),
    )


@router.post("/accounts", status_code=status.HTTP_201_CREATED)
def create_account(body: AccountRequest, table: PeopleTable, key: SigningKey) -> Token:
    """Make an account and sign in with it."""
    account = store.create(table, email=body.email, password=body.password.get_secret_value(), name=body.name)
    return _token(account, key)


@router.post("/sessions")
def create_session(body: SessionRequest, table: PeopleTable, key: SigningKey) -> Token:
    """Sign in."""
    return _token(store.authenticate(table, body.email, body.password.get_secret_value()), key)


@router.get("/me")
def get_me(person: CurrentPerson, settings: SharedConfig) -> Person:
    """Who is signed in, with the role that counts here: in local mode everybody is an administrator."""
    return Person.of(person.model_copy(update={"role": Role.ADMIN}) if settings.local_mode else person)

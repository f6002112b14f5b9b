"""One table from typed errors to HTTP problems (RFC 9457). The text of an error's message is never looked at."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from functions.api.schemas import FieldError, Problem
from jobtracker.accounts.model import EmailTakenError, InvalidTokenError, WrongCredentialsError
from jobtracker.catalog.model import InvalidCursorError
from jobtracker.resumes.errors import NotReadError

CONTENT_TYPE = "application/problem+json"
TYPE_BASE = "/api/v1/docs#problem-"


class NotFoundError(Exception):
    """There is no such thing, or it is somebody else's: both look the same from outside."""


class ForbiddenError(Exception):
    """The person is known, and may not do this."""


class NoTokenError(Exception):
    """The request carries no bearer token."""


class WrongOriginError(Exception):
    """The request did not come through the front door."""


class UploadTooLargeError(Exception):
    """The announced file is larger than what is accepted."""


class UploadTypeError(Exception):
    """The announced file is of a type that is not read."""


class StillReadingError(Exception):
    """The resume is still being read."""


class ConditionsNotAcceptedError(Exception):
    """A restricted source is to be turned on without a word that its conditions were read."""


class UnknownSecretError(Exception):
    """A secret that the source does not ask for."""


class TooManyError(Exception):
    """The person has as many of these as one person may have."""


class LanguageModelOffError(Exception):
    """The language model is to read for somebody who does not allow it, or where there is none."""


class IndexMissingError(Exception):
    """No catalog index is published yet."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How an error looks from outside: ``slug`` is for programs, ``detail`` tells a person what to do."""

    status: HTTPStatus
    slug: str
    title: str
    detail: str
    headers: Mapping[str, str] | None = None


_CHALLENGE = {"WWW-Authenticate": "Bearer"}

PROBLEMS: Mapping[type[Exception], Answer] = {
    InvalidCursorError: Answer(
        HTTPStatus.BAD_REQUEST,
        "invalid-cursor",
        "Invalid cursor",
        "Use next_cursor of the page before as it is, or start without a cursor.",
    ),
    NoTokenError: Answer(
        HTTPStatus.UNAUTHORIZED,
        "token-missing",
        "Sign-in needed",
        "Send the access token of POST /sessions in the header Authorization: Bearer.",
        _CHALLENGE,
    ),
    InvalidTokenError: Answer(
        HTTPStatus.UNAUTHORIZED,
        "token-invalid",
        "Sign-in needed again",
        "The access token is not valid or has expired. Sign in again.",
        {"WWW-Authenticate": 'Bearer error="invalid_token"'},
    ),
    WrongCredentialsError: Answer(
        HTTPStatus.UNAUTHORIZED,
        "wrong-credentials",
        "Wrong e-mail or password",
        "No account has this e-mail and this password.",
        _CHALLENGE,
    ),
    ForbiddenError: Answer(
        HTTPStatus.FORBIDDEN, "forbidden", "Not allowed", "Your account may not do this. An administrator can."
    ),
    WrongOriginError: Answer(
        HTTPStatus.FORBIDDEN, "wrong-origin", "Not reachable this way", "Use the address of the web page."
    ),
    NotFoundError: Answer(HTTPStatus.NOT_FOUND, "not-found", "Not found", "There is nothing here under this id."),
    EmailTakenError: Answer(
        HTTPStatus.CONFLICT,
        "email-taken",
        "E-mail already in use",
        "An account with this e-mail exists. Sign in, or use another e-mail.",
    ),
    NotReadError: Answer(
        HTTPStatus.CONFLICT,
        "resume-not-read",
        "Resume not read",
        "Only resumes of your own that could be read make a profile. See GET /resumes for which were.",
    ),
    UploadTooLargeError: Answer(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "too-large",
        "File too large",
        "A resume may have 10 MB at most. Save it as a smaller PDF and try again.",
    ),
    UploadTypeError: Answer(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "wrong-type",
        "File type not read",
        "Upload the resume as PDF, DOCX, ODT, RTF, HTML, Markdown or plain text, as JSON Resume, LinkedIn's ZIP, or "
        "a scan or photo as PNG, JPEG, WebP or TIFF.",
    ),
    StillReadingError: Answer(
        HTTPStatus.CONFLICT,
        "not-read",
        "Not read yet",
        "The resume is still being read. Ask again in a moment.",
        {"Retry-After": "2"},
    ),
    ConditionsNotAcceptedError: Answer(
        HTTPStatus.CONFLICT,
        "conditions-not-accepted",
        "Conditions not accepted",
        "This source is restricted. Read its conditions, and send accepted: true if you turn it on all the same.",
    ),
    UnknownSecretError: Answer(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "unknown-secret",
        "Unknown secret",
        "The source asks for other secrets: their names are in its secrets.",
    ),
    TooManyError: Answer(
        HTTPStatus.CONFLICT, "too-many", "Too many", "There is no room for another one. Delete one that is not needed."
    ),
    LanguageModelOffError: Answer(
        HTTPStatus.CONFLICT,
        "language-model-off",
        "Claude may not be asked",
        "Allow it on your profile first. Where there is no switch for it, nobody answers as Claude here.",
    ),
    IndexMissingError: Answer(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "index-missing",
        "Nothing collected yet",
        "The catalog has no index yet. It is there shortly after the first collection.",
        {"Retry-After": "10"},
    ),
}

INVALID = Answer(
    HTTPStatus.UNPROCESSABLE_ENTITY,
    "invalid-request",
    "Invalid request",
    "One or more fields are not valid.",
)
UNEXPECTED = Answer(
    HTTPStatus.INTERNAL_SERVER_ERROR,
    "unexpected",
    "Something went wrong here",
    "This is our fault. Try again later, and name the correlation id when you report it.",
)


def problem(answer: Answer, errors: list[FieldError] | None = None) -> JSONResponse:
    """The response for an answer of the table."""
    body = Problem(
        type=f"{TYPE_BASE}{answer.slug}",
        title=answer.title,
        status=answer.status,
        detail=answer.detail,
        errors=errors,
    )
    headers = None if answer.headers is None else dict(answer.headers)
    content = body.model_dump(mode="json", exclude_none=True)
    return JSONResponse(content, status_code=answer.status, headers=headers, media_type=CONTENT_TYPE)


def answer_of(error: Exception) -> Answer:
    """The answer for an error: its own class's, else that of the nearest class it derives from."""
    return next(PROBLEMS[kind] for kind in type(error).__mro__ if kind in PROBLEMS)


async def _domain(_request: Request, error: Exception) -> JSONResponse:
    return problem(answer_of(error))


async def _invalid(_request: Request, error: Exception) -> JSONResponse:
    """What was sent is not repeated in the answer: it may be a password."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class only
    return problem(INVALID, [_field_error(item) for item in error.errors()])


def _field_error(item: Mapping[str, Any]) -> FieldError:
    code = str(item["type"])
    if code == "json_invalid":
        at = f"at character {item['loc'][-1]}: {item['ctx']['error']}"
        return FieldError(field="body", code=code, message=f"The body is not valid JSON, {at}.")
    # What a rule of ours says, without pydantic's words before it.
    message = str(item["msg"]).removeprefix("Value error, ")
    if code in {"too_short", "too_long"} and isinstance(item["input"], str):
        # A secret is no string to pydantic, which therefore counts "items".
        limit = "at least {min_length}" if code == "too_short" else "at most {max_length}"
        message = f"Should have {limit} characters".format_map(item["ctx"])
    if code == "string_too_short" and item["ctx"]["min_length"] == 1:
        message = "Should not be empty"
    if code == "string_type" and item["input"] is None:
        message = "Should not be empty"
    if code == "string_pattern_mismatch":
        # A pattern means nothing to people.
        message = "Has signs in it that may not be here"
    return FieldError(field=".".join(str(step) for step in item["loc"]), code=code, message=message)


async def _http(_request: Request, error: Exception) -> JSONResponse:
    """What the framework itself refuses: unknown paths, wrong methods."""
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class only
    status = HTTPStatus(error.status_code)
    slug = status.phrase.lower().replace(" ", "-")
    return problem(Answer(status, slug, status.phrase.capitalize(), status.description or status.phrase, error.headers))


def install(app: FastAPI) -> None:
    """Answer every error of ``app`` as a problem. Unexpected ones are answered by the middleware, which logs them."""
    for kind in PROBLEMS:
        app.add_exception_handler(kind, _domain)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)

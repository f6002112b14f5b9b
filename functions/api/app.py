"""Putting the API together."""

from collections.abc import Sequence
from typing import Final

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

from functions.api import errors
from functions.api.middleware import Around
from functions.api.reading_skills import SkillReader
from functions.api.routers import (
    accounts,
    companies,
    docs,
    health,
    imports,
    language_model,
    matches,
    own_postings,
    own_sources,
    postings,
    profile,
    readings,
    resumes,
    sources,
)
from functions.api.schemas import Problem
from functions.api.searching import Searcher
from functions.api.settings import SharedSettings
from functions.api.version import VERSION
from jobtracker.accounts import gateway

PREFIX: Final = "/api/v1"
ROUTERS: Final[tuple[APIRouter, ...]] = (
    accounts.router,
    language_model.router,
    resumes.router,
    profile.router,
    matches.router,
    sources.router,
    companies.router,
    own_sources.router,
    imports.router,
    own_postings.router,
    postings.router,
    readings.router,
    health.router,
    docs.router,
)


def _operation_id(route: APIRoute) -> str:
    """The route function's name, so that generated clients get readable names."""
    return route.name


def bare_app(routers: Sequence[APIRouter]) -> FastAPI:
    """The routes and their error answers, without anything that needs settings."""
    app = FastAPI(
        title="AI Job Tracker",
        version=VERSION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        generate_unique_id_function=_operation_id,
        responses={"default": {"model": Problem, "description": "A problem (RFC 9457)"}},
        redirect_slashes=False,
    )
    errors.install(app)
    for router in routers:
        app.include_router(router, prefix=PREFIX)
    return app


def create_app(
    settings: SharedSettings,
    routers: Sequence[APIRouter] = ROUTERS,
    searcher: Searcher | None = None,
    skill_reader: SkillReader | None = None,
) -> FastAPI:
    """The app that a function serves. ``searcher`` and ``skill_reader`` are for the apps that have their routes."""
    app = bare_app(routers)
    app.state.settings = settings
    app.state.searcher = searcher
    app.state.skill_reader = skill_reader

    def origin_secret() -> str | None:
        return None if settings.origin_secret_arn is None else gateway.secret(settings.origin_secret_arn)

    app.add_middleware(Around, origin_secret=origin_secret)
    return app

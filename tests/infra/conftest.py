"""Synthesizes each kind of deployment once for all tests."""

import pytest

from tests.infra.assembly import Assembly, synthesize


@pytest.fixture(scope="session")
def personal(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """A personal deployment."""
    return synthesize(tmp_path_factory.mktemp("personal"), stage="home")


@pytest.fixture(scope="session")
def production(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """A production deployment."""
    return synthesize(
        tmp_path_factory.mktemp("production"),
        profile="production",
        stage="prod",
        contact="jobs@example.com",
        alarm_email="alarms@example.com",
    )


@pytest.fixture(scope="session")
def local(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """What the local cloud deploys, under the personal deployment's name so that the two can be compared."""
    return synthesize(tmp_path_factory.mktemp("local"), stage="home", local="true")


@pytest.fixture(scope="session")
def scanning(tmp_path_factory: pytest.TempPathFactory) -> Assembly:
    """A personal deployment that has scans and photos of resumes read by Textract."""
    return synthesize(tmp_path_factory.mktemp("scanning"), stage="home", textract="true")


@pytest.fixture(scope="session", params=["personal", "production", "local"])
def assembly(request: pytest.FixtureRequest) -> Assembly:
    """Each of them."""
    found: Assembly = request.getfixturevalue(request.param)
    return found

"""The server's environment is ours, not the shell's."""

from pathlib import Path

import pytest

from jobtracker_local import process
from jobtracker_local.options import Options

OPTIONS = Options(Path("/checkout"), Path("/checkout/.jobtracker"), 4566, 8700)


def test_nothing_of_the_shell_goes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "CATALOG_TABLE",
        "STAGE",
        "AWS_PROFILE",
        "AWS_SESSION_TOKEN",
        "PYTHONPATH",
        "AWS_ENDPOINT_URL",
    ):
        monkeypatch.setenv(name, "from the shell")
    assert "from the shell" not in process.environment(OPTIONS).values()


def test_the_way_to_the_internet_goes_in_but_never_for_our_own_address(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy:3128")
    made = process.environment(OPTIONS)
    assert made["HTTPS_PROXY"] == "http://proxy:3128"
    assert made["NO_PROXY"] == "127.0.0.1,localhost"


def test_nothing_listens_beyond_this_machine() -> None:
    made = process.environment(OPTIONS)
    assert made["BIND_HOST"] == "127.0.0.1"
    assert made["IOT_MTLS_ENABLED"] == made["SFTP_ENABLED"] == "0"


def test_presigned_uploads_point_at_the_pages_own_origin() -> None:
    assert process.environment(OPTIONS)["AWS_ENDPOINT_URL_S3"] == "http://127.0.0.1:8700"

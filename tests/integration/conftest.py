"""Fixtures that run real clouds on this machine: free ports, a folder of their own, gone afterwards."""

import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jobtracker_local import cloud as local_cloud
from jobtracker_local.cloud import Cloud
from jobtracker_local.options import Options, project_root
from tests.integration import small_assembly


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


def _options(folder: Path) -> Options:
    port, page_port = _free_ports()
    return Options(project_root(), folder, port, page_port)


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    """The project's real template, deployed. Each xdist worker has one of its own."""
    options = _options(tmp_path_factory.mktemp("cloud"))
    # The checkout's last assembly is used again when it is still good: making one takes seconds.
    kept = Options.of().assembly
    if kept.exists():
        shutil.copytree(kept, options.assembly)
    try:
        yield local_cloud.up(lambda _: None, options, with_website=False)
    finally:
        local_cloud.down(options)


@pytest.fixture
def options(tmp_path: Path) -> Iterator[Options]:
    """Free ports and an empty folder; whatever was started there is stopped afterwards."""
    made = _options(tmp_path / "cloud")
    yield made
    local_cloud.down(made)


@pytest.fixture
def small(tmp_path: Path) -> Callable[[int], Path]:
    """The small hand-written assembly in a given version."""
    return lambda version: small_assembly.write(tmp_path / f"assembly-{version}", version=version)

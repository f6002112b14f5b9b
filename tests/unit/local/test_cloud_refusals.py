"""What a person reads when their machine cannot run the cloud: one clear line each."""

import json
import os
import shutil
import socket
from collections import namedtuple
from pathlib import Path

import pytest

from jobtracker_local import process, synth
from jobtracker_local.errors import LocalCloudError
from jobtracker_local.options import Options


@pytest.fixture
def options(tmp_path: Path) -> Options:
    (tmp_path / "cloud").mkdir()
    return Options(tmp_path, tmp_path / "cloud", 1, 2)


def test_a_port_in_use_is_named_with_the_option_that_changes_it(options: Options) -> None:
    with socket.socket() as taken, socket.socket() as free:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        free.bind(("127.0.0.1", 0))
        port, other = taken.getsockname()[1], free.getsockname()[1]
        free.close()
        with pytest.raises(LocalCloudError, match=f"Port {port} is used by another program.*--port"):
            process.check_ports(Options(options.root, options.folder, other, port))
        with pytest.raises(LocalCloudError, match=f"Port {port} is used by another program.*--cloud-port"):
            process.check_ports(Options(options.root, options.folder, port, other))


def test_one_port_for_both_is_refused(options: Options) -> None:
    with pytest.raises(LocalCloudError, match="cannot both use port 5"):
        process.check_ports(Options(options.root, options.folder, 5, 5))


def test_a_folder_that_cannot_be_written_is_named(options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    # Tests may run as root, whom a read-only mode does not stop.
    def refuse(self: Path, _: str) -> int:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "write_text", refuse)
    with pytest.raises(LocalCloudError, match="cloud cannot be written: Permission denied"):
        process.check_machine(options)


def test_a_file_in_the_folders_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LocalCloudError, match="cannot be written"):
        process.check_machine(Options(tmp_path, tmp_path / "file" / "cloud", 1, 2))


def test_a_nearly_full_disk_is_refused(options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 0, 400 * 1024**2))
    with pytest.raises(LocalCloudError, match=r"Only 400 MB are free .* 500 MB are needed"):
        process.check_machine(options)


def test_missing_node_is_named_only_when_the_template_must_be_made(
    options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    (options.root / "infra").mkdir()
    (options.root / "infra" / "app.py").write_text("made = 1")
    with pytest.raises(LocalCloudError, match=r"Node\.js is missing"):
        synth.synthesize(options)
    options.assembly.mkdir()
    (options.assembly / "manifest.json").write_text("{}")
    known = {"read": [], "hash": synth.sources_hash(options.root, [])}
    (options.assembly / "sources.json").write_text(json.dumps(known))
    assert not synth.synthesize(options)


def test_a_broken_infra_says_its_last_line_and_where_the_rest_is(options: Options) -> None:
    if shutil.which("node") is None:
        pytest.skip("needs Node")
    (options.root / "infra").mkdir()
    (options.root / "infra" / "__init__.py").write_text("")
    (options.root / "infra" / "app.py").write_text("raise ValueError('the stack is wrong')")
    with pytest.raises(LocalCloudError, match=r"ValueError: the stack is wrong .*synth\.log"):
        synth.synthesize(options)


def test_a_process_id_that_belongs_to_another_program_is_never_stopped(options: Options) -> None:
    options.server_file.write_text(f'{{"pid": {os.getpid()}, "port": 1, "page_port": 2, "started_at": 0}}')
    assert not process.stop(options)
    assert not options.server_file.exists()

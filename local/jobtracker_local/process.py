"""Starting and stopping the server process, and asking it things."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from jobtracker_local.errors import LocalCloudError
from jobtracker_local.model import ServerFile
from jobtracker_local.options import ACCOUNT, HOST, REGION, Options

_LEAST_DISK = 500 * 1024 * 1024
# A function that ends may wake the next one: quiet is what stays so for a moment.
_QUIET_LOOKS, _LOOK_EVERY = 3, 0.3
_LOG_KEPT = 5 * 1024 * 1024
# A machine's way to the internet is no setting of the product: functions need it to reach the job boards.
_NETWORK = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE")


def environment(options: Options) -> dict[str, str]:
    """The server's whole environment, which its functions inherit.

    Nothing of the person's shell goes in, so that a variable the template forgot is missing here as on AWS.
    """
    found = {
        name: os.environ[spelled] for name in _NETWORK for spelled in (name.lower(), name) if os.environ.get(spelled)
    }
    if found:
        found["NO_PROXY"] = f"{HOST},localhost"
    return found | {
        "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(options.scratch),
        "TMPDIR": str(options.scratch),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "AWS_ACCESS_KEY_ID": ACCOUNT,
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        # Presigned uploads then point at the page's own origin, which passes buckets on to the emulator.
        "AWS_ENDPOINT_URL_S3": options.page,
        "GATEWAY_PORT": str(options.port),
        "MINISTACK_HOST": HOST,
        "MINISTACK_REGION": REGION,
        "BIND_HOST": HOST,
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "PERSIST_STATE": "1",
        "STATE_DIR": str(options.state),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(options.objects),
        "LOG_LEVEL": "WARNING",
        "AUTH": "true" if options.enforce_roles else "false",
        # There is no Docker in this: a socket that does not exist keeps the emulator from looking for one.
        "DOCKER_HOST": f"unix://{options.scratch}/no-docker.sock",
    }


def check_machine(options: Options) -> None:
    """Refuse a folder that cannot be written and a disk that is nearly full."""
    try:
        options.folder.mkdir(parents=True, exist_ok=True)
        # It holds people's resumes and the emulated secrets.
        options.folder.chmod(0o700)
        probe = options.folder / ".probe"
        probe.write_text("")
        probe.unlink()
    except OSError as problem:
        raise LocalCloudError(f"{options.folder} cannot be written: {problem.strerror}.") from problem
    free = shutil.disk_usage(options.folder).free
    if free < _LEAST_DISK:
        raise LocalCloudError(f"Only {free // 1024**2} MB are free on the disk of {options.folder}; 500 MB are needed.")


def check_ports(options: Options) -> None:
    """Refuse ports that another program holds."""
    if options.port == options.page_port:
        raise LocalCloudError(f"The page and the cloud cannot both use port {options.port}.")
    for port, option in ((options.port, "--cloud-port"), (options.page_port, "--port")):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError as problem:
                raise LocalCloudError(
                    f"Port {port} is used by another program; stop it or choose another with {option}."
                ) from problem


def ask(options: Options, name: str, *, method: str = "POST", timeout: float = 60) -> dict[str, Any] | None:
    """One control call to the server; None when nothing of ours answers."""
    request = urllib.request.Request(  # noqa: S310 - always our own loopback address
        f"{options.endpoint}/_jobtracker/{name}", method=method, headers={"x-jobtracker": "local"}
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=timeout) as answer:
            parsed: dict[str, Any] = json.load(answer)
            return parsed
    except (urllib.error.URLError, OSError, ValueError):
        return None


def running(options: Options) -> ServerFile | None:
    """The server of this folder, if it runs and answers."""
    try:
        file = ServerFile.model_validate_json(options.server_file.read_text())
    except (OSError, ValueError):
        return None
    known = Options(options.root, options.folder, file.port, file.page_port)
    answer = ask(known, "status", method="GET", timeout=10)
    return file if answer and answer.get("pid") == file.pid else None


def settle(options: Options, *, seconds: float) -> bool:
    """Wait until nothing is on its way to a function any more; False when that takes longer than ``seconds``."""
    ends = time.monotonic() + seconds
    quiet = 0
    while quiet < _QUIET_LOOKS:
        answer = ask(options, "status", method="GET", timeout=10)
        quiet = quiet + 1 if answer and not answer["busy"] else 0
        if time.monotonic() > ends:
            return False
        time.sleep(_LOOK_EVERY)
    return True


def start(options: Options) -> None:
    """Start the server in its own session and wait until it answers."""
    check_ports(options)
    shutil.rmtree(options.scratch, ignore_errors=True)
    for folder in (options.scratch, options.state, options.objects):
        folder.mkdir(parents=True, exist_ok=True)
    if options.log.exists() and options.log.stat().st_size > _LOG_KEPT:
        options.log.replace(options.log.with_suffix(".old.log"))
    with options.log.open("ab") as log:
        arguments = [str(options.root), str(options.folder), str(options.port), str(options.page_port)]
        # Its own session: Ctrl-C in the terminal reaches the command, which stops the server politely.
        process = subprocess.Popen(
            [sys.executable, "-m", "jobtracker_local.server", *arguments],
            cwd=options.root,
            env=environment(options),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise LocalCloudError(f"The local cloud stopped while starting: {_last_line(options.log)}")
        answer = ask(options, "status", method="GET", timeout=2)
        if answer and answer.get("pid") == process.pid and _listens(options.page_port):
            return
        time.sleep(0.05)
    process.kill()
    raise LocalCloudError(f"The local cloud did not answer within a minute; see {options.log}.")


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def _last_line(log: Path) -> str:
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else f"see {log}"


def stop(options: Options, *, patience: float = 30) -> bool:
    """Stop the server politely, so that it saves everything. True when one was running."""
    try:
        file = ServerFile.model_validate_json(options.server_file.read_text())
    except (OSError, ValueError):
        return False
    if not _is_ours(file.pid):
        options.server_file.unlink(missing_ok=True)
        return False
    os.kill(file.pid, signal.SIGTERM)
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if not _is_ours(file.pid):
            options.server_file.unlink(missing_ok=True)
            return True
        time.sleep(0.05)
    os.kill(file.pid, signal.SIGKILL)
    options.server_file.unlink(missing_ok=True)
    return True


def _is_ours(pid: int) -> bool:
    """Whether that process lives and is our server: process ids are used again."""
    # A child that ended stays listed until it is collected.
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    listed = Path(f"/proc/{pid}/cmdline")
    if Path("/proc/self/cmdline").exists():
        # An ended process that nobody collected has an empty command line.
        return listed.exists() and b"jobtracker_local.server" in listed.read_bytes()
    shown = subprocess.run(
        ["ps", "-p", str(pid), "-o", "stat=,command="], capture_output=True, text=True, check=False
    ).stdout
    return "jobtracker_local.server" in shown and not shown.lstrip().startswith("Z")

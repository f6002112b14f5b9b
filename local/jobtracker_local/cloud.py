"""The local cloud's public face: bring it up, ask about it, take it down.

``up`` may be called on a running cloud: it then only deploys what changed.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from jobtracker_local import assembly, deploy, process, synth, website
from jobtracker_local.checkpoint_file import Checkpoint, last
from jobtracker_local.deploy import Progress
from jobtracker_local.errors import LocalCloudError
from jobtracker_local.model import Deployment, Restored, ServerFile, Status
from jobtracker_local.options import Options


@dataclass(frozen=True)
class Cloud:
    """A local cloud that runs, with everything deployed."""

    options: Options
    deployment: Deployment
    restored: Restored
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def page(self) -> str:
        """Where a browser goes; ``/api/v1`` is under it."""
        return self.options.page

    @property
    def endpoint(self) -> str:
        """Where the emulated AWS services answer."""
        return self.options.endpoint

    @property
    def tables(self) -> dict[str, str]:
        """Table names by what they hold: catalog, people, operations."""
        return {
            word: name
            for word in ("catalog", "people", "operations", "audit")
            for logical, name in self.deployment.tables.items()
            if logical.lower().startswith(word)
        }

    @property
    def outputs(self) -> dict[str, str]:
        """The stacks' outputs."""
        return self.deployment.outputs

    def client(self, service: str) -> Any:
        """A boto3 client for this cloud."""
        return deploy.client(self.options, service)

    def checkpoint(self) -> None:
        """Save the state now."""
        process.ask(self.options, "checkpoint")

    def restart_workers(self) -> None:
        """Make the functions read their code anew."""
        process.ask(self.options, "restart-workers")

    def wait(self) -> None:
        """Return when the server ends (it should not, unless somebody stops it)."""
        while process.running(self.options):
            time.sleep(1)


def up(
    progress: Progress,
    options: Options | None = None,
    *,
    template: Path | None = None,
    with_website: bool = True,
) -> Cloud:
    """Start the cloud unless it runs, deploy what changed, and say where everything is.

    ``template`` names an assembly to deploy instead of the project's own.
    """
    options = options or Options.of()
    process.check_machine(options)
    seconds: dict[str, float] = {}
    with _alone(options):
        if with_website:
            with _timed(seconds, "website"):
                website.build(options, progress)
        with _timed(seconds, "synth"):
            if template is None and synth.synthesize(options):
                progress("made the template anew")
        plans = assembly.read(template or options.assembly)
        found = last(options.state)
        server = process.running(options)
        if server and (server.port, server.page_port) != (options.port, options.page_port):
            raise LocalCloudError(
                f"This cloud already runs on port {server.page_port} (cloud: {server.port}); stop it first."
            )
        restored = Restored()
        try:
            if server is None:
                with _timed(seconds, "start"):
                    process.start(options)
                restored = _restored(options, found)
            progress(restored.line() if server is None else "The local cloud already runs.")
            with _timed(seconds, "deploy"):
                deployment = deploy.deploy(options, plans, progress)
                deploy.write(options, deployment)
        except BaseException:
            # Ctrl-C included: half a cloud must not stay behind under nobody's eyes.
            if server is None:
                process.stop(options)
            raise
        if server is not None:
            process.ask(options, "restart-workers")
        if deployment.changed:
            process.ask(options, "checkpoint")
    return Cloud(options, deployment, restored, seconds)


def down(options: Options | None = None) -> bool:
    """Stop the cloud; it saves everything first. True when it was running."""
    options = options or Options.of()
    if not options.folder.exists():
        return False
    with _alone(options):
        return process.stop(options)


def status(options: Options | None = None) -> Status:
    """Whether the cloud runs, and what it last deployed."""
    options = options or Options.of()
    server: ServerFile | None = process.running(options)
    saved = last(options.state)
    try:
        deployment = Deployment.model_validate_json(options.deployment_file.read_text())
    except (OSError, ValueError):
        deployment = None
    known = Options(options.root, options.folder, server.port, server.page_port) if server else options
    answer = process.ask(known, "status", method="GET", timeout=10) if server else None
    return Status(
        running=server is not None,
        busy=answer["busy"] if answer else None,
        items=_items(known, deployment) if server and deployment else {},
        pid=server.pid if server else None,
        page=known.page if server else None,
        endpoint=known.endpoint if server else None,
        saved_at=saved.at if saved else None,
        deployment=deployment,
    )


def _items(options: Options, deployment: Deployment) -> dict[str, int]:
    dynamodb = deploy.client(options, "dynamodb")
    return {
        name: dynamodb.describe_table(TableName=table)["Table"]["ItemCount"]
        for name, table in sorted(deployment.tables.items())
    }


def _restored(options: Options, found: Checkpoint | None) -> Restored:
    if found is None:
        return Restored()
    dynamodb, sqs = deploy.client(options, "dynamodb"), deploy.client(options, "sqs")
    tables = [name for page in dynamodb.get_paginator("list_tables").paginate() for name in page["TableNames"]]
    items = sum(dynamodb.describe_table(TableName=name)["Table"]["ItemCount"] for name in tables)
    queues = [url for page in sqs.get_paginator("list_queues").paginate() for url in page.get("QueueUrls", [])]
    counted = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    messages = 0
    for url in queues:
        attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=counted)["Attributes"]
        messages += sum(int(attributes.get(name, 0)) for name in counted)
    return Restored(
        tables=len(tables),
        items=items,
        queues=len(queues),
        messages=messages,
        age_seconds=max(0.0, time.time() - found.at),
        graceful=found.graceful,
    )


@contextmanager
def _alone(options: Options) -> Iterator[None]:
    try:
        with FileLock(options.lock, timeout=180):
            yield
    except Timeout as late:
        raise LocalCloudError("Another command is starting or stopping this cloud; try again.") from late


@contextmanager
def _timed(seconds: dict[str, float], name: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    seconds[name] = round(time.perf_counter() - started, 3)

"""What the commands share: the terminal, and a signed-in client of the running local cloud."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from jobtracker_local.errors import LocalCloudError

if TYPE_CHECKING:
    from jobtracker_local.api_client import ApiClient

# What sources and people write is shown as it is: "[/new]" and ":house:" too.
out = Console(markup=False, emoji=False)
err = Console(markup=False, emoji=False, stderr=True)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def step(text: str) -> None:
    """Say what is done, where it disturbs no machine that reads the output."""
    err.print(Text.assemble(("• ", "green"), text), soft_wrap=True)


def print_json(value: Any) -> None:
    """Print a value for machines."""
    typer.echo(json.dumps(value, ensure_ascii=False))


def ask_secrets(names: list[str], *, stdin_read: bool = False) -> dict[str, str]:
    """The secrets of these names: typed unseen at a terminal, else a line of the standard input each.

    Args:
        names: what they are called.
        stdin_read: something else was read from the standard input, up to its end.

    Raises:
        LocalCloudError: one of them is empty, or there is nobody to ask.
    """
    if sys.stdin.isatty() or (stdin_read and _has_terminal()):
        return {name: typer.prompt(name, hide_input=True, err=True).strip() for name in names}
    if stdin_read:
        raise LocalCloudError(
            f"It takes {', '.join(names)}: keep the definition in a file, and give these on the standard input."
        )
    values = {name: sys.stdin.readline().strip() for name in names}
    if empty := [name for name, value in values.items() if not value]:
        raise LocalCloudError(f"Give {', '.join(names)} on the standard input, a line each: {empty[0]} is empty.")
    return values


def _has_terminal() -> bool:
    """Whether there is a terminal behind a standard input that is none: what is asked unseen is asked there."""
    try:
        Path("/dev/tty").open("r+b", buffering=0).close()
    except OSError:
        return False
    return True


def session() -> "ApiClient":
    """A client of the running local cloud, signed in as its demo person. Raises LocalCloudError where none runs."""
    from jobtracker_local import cloud, main_job
    from jobtracker_local.api_client import ApiClient

    found = cloud.status()
    if not found.running or found.page is None:
        raise LocalCloudError("The local cloud is not running. Start it: jobtracker up")
    api = ApiClient(found.page)
    api.sign_in(main_job.DEMO_EMAIL, main_job.DEMO_PASSWORD, name="Demo")
    return api

"""What the HTTP API refuses, in one line for whoever typed the command."""

import re
from typing import Any, Final

import httpx

from jobtracker_local.options import Options

# Parameters of a search whose options in the terminal are called otherwise than they are.
_OPTIONS: Final = {"employment_type": "type", "posted_within_days": "days"}
# The part of a definition whose kind says which of several it is; the API names that kind in its path, people do not.
_OF_KINDS: Final = {"config", "paging"}
_SUBJECT: Final = re.compile(r"^(Input|String|List|Dictionary|Tuple|Value)\s+(?=should|must|can)")


def in_words(answer: httpx.Response) -> str:
    """What is wrong: each field that is, else what the problem says as a whole."""
    try:
        problem = answer.json()
    except ValueError:
        problem = None
    if not isinstance(problem, dict):
        return f"The local cloud did not answer as it should: see {Options.of().log}."
    faults = " ".join(map(_fault, problem.get("errors") or ()))
    told = faults or str(problem.get("detail") or problem.get("title"))
    named = answer.headers.get("x-correlation-id")
    if answer.status_code == httpx.codes.INTERNAL_SERVER_ERROR and named:
        return f"{told} It is {named} in {Options.of().log}."
    return told


def _fault(error: dict[str, Any]) -> str:
    """What is wrong with one field: "--skill: no skill is called “x”."."""
    where, *steps = error["field"].split(".")
    code, told = error["code"], error["message"].rstrip(".")
    if code in {"union_tag_invalid", "union_tag_not_found"}:
        steps.append("kind")
    if code == "union_tag_invalid":
        told = f"should be one of {told.partition('expected tags: ')[2]}"
    elif code in {"union_tag_not_found", "missing"}:
        told = "is missing"
    elif code == "extra_forbidden":
        told = "there is no such field"
    told = _SUBJECT.sub("", told)
    return f"{_name(where, steps)}: {told[:1].lower()}{told[1:]}."


def _name(where: str, steps: list[str]) -> str:
    if where == "query" and steps:
        return f"--{_OPTIONS.get(steps[0], steps[0]).replace('_', '-')}"
    kept = [
        step
        for before, step, after in zip(["", *steps], steps, [*steps[1:], ""], strict=False)
        # "config.api.url" is the url of a definition, "config.kind" its kind.
        if not step.isdigit() and step not in {"config", "[key]"} and not (before in _OF_KINDS and after)
    ]
    return ".".join(kept) or (steps[-1] if steps else where)

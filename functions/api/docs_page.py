"""The OpenAPI document as one page of HTML.

It has no script and asks for no file from elsewhere, so it works offline and under any policy.
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final

from functions.api.errors import INVALID, PROBLEMS, UNEXPECTED

_STYLE: Final = """
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0; padding: .5rem .75rem; }
summary { cursor: pointer; overflow-wrap: anywhere; }
code, pre { font: .875em/1.45 ui-monospace, monospace; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); border-radius: .375rem; }
b.method { display: inline-block; min-width: 3.5rem; font-family: ui-monospace, monospace; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); }
.muted { opacity: .75; }
""".strip()

_INTRODUCTION: Final = (
    "<p>For programs: <a href='openapi.json'>openapi.json</a>. Times are ISO 8601 with an offset. "
    "Null means unknown. Every error is a <a href='#problems'>problem</a> (RFC 9457).</p>"
)

STYLE_HASH: Final = f"sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}"

Json = Mapping[str, Any]


def render(document: Json) -> str:
    """The page."""
    info = document["info"]
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(info['title'])} API</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(info['title'])} API <small class='muted'>{escape(info['version'])}</small></h1>",
        _INTRODUCTION,
        *_operations(document),
        "<h2 id='problems'>Problems</h2>",
        *_problems(),
        "<h2 id='types'>Types</h2>",
        *_types(document),
        "</body></html>",
    ]
    return "\n".join(parts)


def _operations(document: Json) -> Iterator[str]:
    tag = None
    found = [
        (operation["tags"][0], path, method, operation)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]
    order = list(dict.fromkeys(item[0] for item in found))
    for name, path, method, operation in sorted(found, key=lambda item: order.index(item[0])):
        if name != tag:
            tag = name
            yield f"<h2>{escape(name.capitalize())}</h2>"
        yield _operation(path, method, operation)


def _operation(path: str, method: str, operation: Json) -> str:
    rows = "".join(_parameter(item) for item in operation.get("parameters", ()))
    table = f"<table><tr><th>Parameter</th><th>Type</th><th>Meaning</th></tr>{rows}</table>" if rows else ""
    body = operation.get("requestBody")
    sent = f"<p>Send {_type(_schema(body))} as JSON.</p>" if body else ""
    token = "" if operation.get("security") else " <span class='muted'>No token needed.</span>"
    answers = "".join(
        f"<p>Answer {escape(status)}: {_type(_schema(answer))}</p>"
        for status, answer in operation["responses"].items()
        if status != "default"
    )
    return (
        f"<details><summary id='{escape(operation['operationId'])}'><b class='method'>{escape(method.upper())}</b> "
        f"<code>{escape(path)}</code></summary><p>{escape(operation.get('description', ''))}{token}</p>"
        f"{table}{sent}{answers}</details>"
    )


def _parameter(item: Json) -> str:
    name = f"<code>{escape(item['name'])}</code>{' (required)' if item.get('required') else ''}"
    meaning = escape(item.get("description") or item["schema"].get("description") or "")
    return f"<tr><td>{name}</td><td>{_type(item['schema'])}</td><td>{meaning}</td></tr>"


def _schema(body: Json) -> Json:
    for content in body.get("content", {}).values():
        found: Json = content["schema"]
        return found
    return {}


def _type(schema: Json) -> str:
    """A type in a few words, linked where it has a name."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rsplit("/", 1)[-1])
        return f"<a href='#type-{name}'>{name}</a>"
    if "anyOf" in schema:
        return " or ".join(_type(choice) for choice in schema["anyOf"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if "enum" in schema:
        return " | ".join(f"<code>{escape(str(value))}</code>" for value in schema["enum"])
    words = [str(schema.get("const", schema.get("type", "anything")))]
    words += [str(schema["format"])] if "format" in schema else []
    return escape(", ".join(words))


def _problems() -> Iterator[str]:
    rows = [
        f"<tr id='problem-{escape(answer.slug)}'><td>{answer.status.value}</td>"
        f"<td><code>{escape(answer.slug)}</code></td>"
        f"<td><strong>{escape(answer.title)}</strong><br>{escape(answer.detail)}</td></tr>"
        for answer in sorted([*PROBLEMS.values(), INVALID, UNEXPECTED], key=lambda answer: answer.status)
    ]
    yield "<table><tr><th>Status</th><th>Problem</th><th>Meaning</th></tr>"
    yield from rows
    yield "</table>"


def _types(document: Json) -> Iterator[str]:
    for name, schema in document["components"]["schemas"].items():
        text = escape(json.dumps(schema, indent=2, ensure_ascii=False))
        yield (
            f"<details><summary id='type-{escape(name)}'><code>{escape(name)}</code> "
            f"<span class='muted'>{escape(schema.get('description', ''))}</span></summary><pre>{text}</pre></details>"
        )

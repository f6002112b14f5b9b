"""Finding a source by what a person calls it."""

from urllib.parse import quote

from jobtracker_local.api_client import ApiClient, Json
from jobtracker_local.errors import LocalCloudError

_OWN = "own:"


def is_own(source_id: str) -> bool:
    """Whether it is the id of a source of one's own."""
    return source_id.startswith(_OWN)


def path_of(source_id: str) -> str:
    """Where the API has a source."""
    return f"/{'own-sources' if is_own(source_id) else 'sources'}/{quote(source_id, safe=':')}"


def sources(api: ApiClient) -> list[Json]:
    """All sources in use, everybody's and then one's own."""
    return [*api.get("/sources")["items"], *own_sources(api)]


def own_sources(api: ApiClient) -> list[Json]:
    """All sources of one's own."""
    items: list[Json] = api.get("/own-sources")["items"]
    return items


def source(api: ApiClient, called: str) -> Json:
    """The source with this id, or with this name in whatever case.

    Raises:
        LocalCloudError: there is none, or several are called so.
    """
    # Ids begin with a letter; "." and "" would lead to something else than a source.
    found = api.find(path_of(called)) if called[:1].isalpha() and "/" not in called else None
    if found is not None:
        # Of everybody's sources the API tells more than the source.
        return found if is_own(called) else dict(found["source"])
    named = [one for one in sources(api) if one["name"].casefold() == called.strip().casefold()]
    if len(named) > 1:
        raise LocalCloudError(f"Several sources are called {called}: {', '.join(one['id'] for one in named)}.")
    if not named:
        raise LocalCloudError(f"No such source: {called}. `jobtracker sources` and `jobtracker companies` list them.")
    return named[0]


def own_source(api: ApiClient, called: str) -> Json:
    """The same of one's own sources. Raises LocalCloudError where it is none of these."""
    found = source(api, called)
    if not is_own(found["id"]):
        raise LocalCloudError(f"{found['name']} is everybody's source: jobtracker turn {found['id']} --off")
    return found

"""The same catalog in SQLite with FTS5, and the same page of a search: records, total and facets."""

import math
import re
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from jobtracker.catalog.columns import best_pay, countries_of, pay_band, seconds
from jobtracker.catalog.facets import AGES, TOP_SKILLS
from jobtracker.catalog.filters import place_of
from jobtracker.catalog.model import PostingSummary, Query, Sort
from jobtracker.catalog.text_index import ANYWHERE, remote_terms
from jobtracker.postings.model import StoredPosting
from jobtracker.skills.taxonomy import taxonomy

COLUMNS = ("work_mode", "seniority", "source", "employment_type", "pay_band")
DAY = 86_400


def database(stored: Iterable[StoredPosting], path: Path) -> sqlite3.Connection:
    """A database of postings, each of which can be found."""
    found = sqlite3.connect(path)
    found.execute("PRAGMA journal_mode = OFF")
    found.execute("PRAGMA synchronous = OFF")
    found.execute("CREATE VIRTUAL TABLE posting USING fts5(title, about, description, content='', tokenize='porter')")
    found.execute(
        "CREATE TABLE record (id INTEGER PRIMARY KEY, posting_id, work_mode, seniority, source, employment_type,"
        " pay_band, pay, posted, expires, summary)"
    )
    for table, column in (
        ("country", "value"),
        ("skill", "value"),
        ("remote", "value"),
        ("spot", "latitude, longitude"),
    ):
        found.execute(f"CREATE TABLE {table} (id INTEGER, {column})")
    for number, one in enumerate(stored, start=1):
        _insert(found, number, one)
    for table in ("country", "skill", "remote"):
        found.execute(f"CREATE INDEX by_{table} ON {table} (value, id)")
        found.execute(f"CREATE INDEX of_{table} ON {table} (id, value)")
    found.execute("CREATE INDEX by_spot ON spot (latitude, longitude, id)")
    for column in ("source", "pay", "posted", "posting_id"):
        found.execute(f"CREATE INDEX by_{column} ON record ({column})")
    found.execute("INSERT INTO posting (posting) VALUES ('optimize')")
    found.commit()
    found.create_function("km", 4, _km, deterministic=True)
    return found


def _insert(into: sqlite3.Connection, number: int, stored: StoredPosting) -> None:
    one = stored.posting
    pay, names = best_pay(one.pay), ", ".join(taxonomy().names(one.skills))
    about = f"{names} {one.company or ''} {' '.join(place.text for place in one.places)} {one.work_mode or ''}"
    into.execute(
        "INSERT INTO posting (rowid, title, about, description) VALUES (?, ?, ?, ?)",
        (number, one.title, about, one.description_text),
    )
    summary = one.model_dump_json(include=set(PostingSummary.model_fields))
    posted, expires = seconds(one.posted_at), seconds(one.expires_at)
    values = (number, one.id, one.work_mode, one.seniority, one.source_id, one.employment_type, pay_band(pay), pay)
    into.execute(f"INSERT INTO record VALUES ({', '.join('?' * 11)})", (*values, posted, expires, summary))
    for table, terms in (("country", countries_of(one)), ("skill", one.skills), ("remote", remote_terms(one))):
        into.executemany(f"INSERT INTO {table} VALUES (?, ?)", [(number, term) for term in terms])
    spots = [(number, place.latitude, place.longitude) for place in one.places if place.latitude is not None]
    into.executemany("INSERT INTO spot VALUES (?, ?, ?)", spots)


def page(database: sqlite3.Connection, query: Query, now: datetime) -> int:
    """Answer a query whole, and return its total."""
    moment = int(now.timestamp())
    conditions, values = _others(query, moment)
    facets = _by_facet(query, moment)
    match = _match(query.text)
    ranked = bool(match) and query.sort is Sort.RELEVANCE
    origin = "posting JOIN record r ON r.id = posting.rowid" if match else "record r"
    database.execute("DROP TABLE IF EXISTS temp.hit")
    database.execute(
        f"CREATE TEMP TABLE hit AS SELECT r.id, {', '.join(f'r.{column}' for column in COLUMNS)}, r.pay, r.posted,"
        f" {'bm25(posting, 4, 2, 1)' if ranked else '0'} AS score FROM {origin}"
        f" WHERE {'posting MATCH ? AND ' if match else ''}{' AND '.join(conditions)}",
        [*([match] if match else []), *values],
    )
    where, held = _where(facets, None)
    (total,) = database.execute(f"SELECT count(*) FROM hit WHERE {where}", held).fetchone()
    order = {Sort.PAY: "pay DESC", Sort.NEWEST: "posted DESC"}.get(query.sort, "score" if ranked else "posted DESC")
    best = f"SELECT id FROM hit WHERE {where} ORDER BY {order} LIMIT {query.limit}"
    for (summary,) in database.execute(f"SELECT summary FROM record WHERE id IN ({best})", held):
        PostingSummary.model_validate_json(summary)
    _count(database, facets, moment)
    return int(total)


def _count(database: sqlite3.Connection, facets: dict[str, tuple[str, list[object]]], moment: int) -> None:
    for column in COLUMNS:
        where, held = _where(facets, column)
        database.execute(f"SELECT {column}, count(*) FROM hit WHERE {where} GROUP BY 1", held).fetchall()
    for table, most in (("country", -1), ("skill", TOP_SKILLS)):
        where, held = _where(facets, table)
        database.execute(
            f"SELECT {table}.value, count(*) FROM hit JOIN {table} USING (id) WHERE {where}"
            f" GROUP BY 1 ORDER BY 2 DESC LIMIT {most}",
            held,
        ).fetchall()
    where, held = _where(facets, "age")
    ages = ", ".join(f"sum(posted >= {moment // DAY * DAY - days * DAY})" for days in AGES)
    database.execute(f"SELECT {ages} FROM hit WHERE {where}", held).fetchall()


def _match(text: str) -> str:
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in re.findall(r'(-?)(?:"([^"]*)"|(\S+))', text):
        (unwanted if minus else wanted).append(f'"{phrase or word}"')
    return " ".join([" AND ".join(wanted), *(f"NOT {term}" for term in unwanted)]) if wanted else ""


def _others(query: Query, moment: int) -> tuple[list[str], list[object]]:
    hour = moment // 3_600 * 3_600
    conditions, values = [f"(r.expires < 0 OR r.expires >= {hour})"], list[object]()
    for skill in query.skills:
        conditions.append("r.id IN (SELECT id FROM skill WHERE value = ?)")
        values.append(skill)
    if query.remote_from is not None:
        conditions.append("r.id IN (SELECT id FROM remote WHERE value IN (?, ?))")
        values += [query.remote_from, ANYWHERE]
    place = place_of(query)
    if place is not None and place.latitude is not None and place.longitude is not None:
        north, east = query.km / 111.0, query.km / (111.0 * math.cos(math.radians(place.latitude)))
        conditions.append(
            "r.id IN (SELECT id FROM spot WHERE latitude BETWEEN ? AND ? AND longitude BETWEEN ? AND ?"
            " AND km(latitude, longitude, ?, ?) <= ?)"
        )
        box = (place.latitude - north, place.latitude + north, place.longitude - east, place.longitude + east)
        values += [*box, place.latitude, place.longitude, query.km]
    return conditions, values


def _by_facet(query: Query, moment: int) -> dict[str, tuple[str, list[object]]]:
    several = {
        "work_mode": query.work_modes,
        "seniority": query.seniorities,
        "source": query.sources,
        "employment_type": query.employment_types,
    }
    found: dict[str, tuple[str, list[object]]] = {
        column: (f"{column} IN ({', '.join('?' * len(values))})", list(values))
        for column, values in several.items()
        if values
    }
    if query.countries:
        marks = ", ".join("?" * len(query.countries))
        found["country"] = (f"hit.id IN (SELECT id FROM country WHERE value IN ({marks}))", list(query.countries))
    if query.min_pay is not None:
        unknown = " OR pay IS NULL" if query.pay_unknown else ""
        found["pay_band"] = (f"(pay >= ?{unknown})", [query.min_pay])
    if query.posted_within_days is not None:
        found["age"] = ("posted >= ?", [moment // DAY * DAY - query.posted_within_days * DAY])
    return found


def _where(facets: dict[str, tuple[str, list[object]]], lifted: str | None) -> tuple[str, list[object]]:
    kept = [condition for facet, condition in facets.items() if facet != lifted]
    return " AND ".join(["1", *(text for text, _ in kept)]), [value for _, values in kept for value in values]


def _km(north: float, east: float, other_north: float, other_east: float) -> float:
    a, b = math.radians(north), math.radians(other_north)
    half = math.sin((a - b) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(east - other_east) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(half))

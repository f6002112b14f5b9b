"""The language model when it fails, and its money when a hundred ask at once.

``python -m benchmarks.llm [--json]``. Real HTTP to a stand-in that speaks the service's wire format, and the tables of
the emulator, in which no transaction conflicts with another; nothing is asked of the internet. Pages are of two kinds:
with data that is read without a language model, and in plain words, which it alone can read. Money is in millionths of
a dollar. Resumes and postings are read over what the rules find, with inventions among what is right, one by one and in
batches.
"""

import argparse
import itertools
import json
import random
import statistics
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from benchmarks import report
from jobtracker.accounts.budget import Caps
from jobtracker.accounts.spending import Spending
from jobtracker.llm import prices
from jobtracker.llm.batches import LONGEST, Batches
from jobtracker.llm.client import MODEL, Claude, text_bytes
from jobtracker.llm.model import Call, LlmBudgetError, LlmError, LlmUnavailableError, Outcome, Usage
from jobtracker.llm.reader import Reader
from jobtracker.llm.store import Answers, Breaker
from jobtracker.postings import careful as careful_postings
from jobtracker.resumes import careful as careful_resumes
from jobtracker.resumes.read import read_profile
from jobtracker.sources.imports import page
from jobtracker.sources.imports.assisted import INSTRUCTIONS, PageReading
from jobtracker.sources.imports.model import How, RefusedError
from tests.fakes.claude import Ended, FakeClaude, Fault, Junk, Reply, Reset, Said, fake_claude
from tests.fakes.tables import emulated_tables

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

NOON: Final = datetime(2026, 3, 6, 12, tzinfo=UTC)
PAGES: Final = 6
CALLS: Final = 100
LARGE: Final = 10**9
OPEN: Final = Caps(LARGE, LARGE, LARGE, LARGE, LARGE, LARGE)
PRICE: Final = prices.of(MODEL)
TIMEOUT_S: Final = 0.5
RIGHT: Final = {"title": "Night Baker", "place": "Ghent"}
GOOD: Final = Said(json.dumps(RIGHT))
# What is not on any page: it must not come out.
INVENTED: Final = "Globex Holding"
FAULTS: Final[dict[str, tuple[Reply, ...]]] = {
    "429_then_good": (Fault(429, "rate_limit_error"), GOOD),
    "429": (Fault(429, "rate_limit_error"),),
    "429_retry_after_an_hour": (Fault(429, "rate_limit_error", retry_after="3600"),),
    "529": (Fault(529, "overloaded_error"),),
    "500": (Fault(500),),
    "slow": (Said(GOOD.text, pause_s=3 * TIMEOUT_S),),
    "reset": (Reset(),),
    "no_message": (Junk(),),
    "malformed": (Said('{"title": ['),),
    "refusal": (Said("", stop_reason="refusal"),),
    "truncated": (Said(GOOD.text, stop_reason="max_tokens"),),
    "invented_title": (Said(json.dumps({"title": "Chief " + INVENTED})),),
    "invented_company": (Said(json.dumps(RIGHT | {"company": INVENTED, "pay": "99 000 €"})),),
}


CAREFUL_FAULTS: Final = {
    name: replies for name, replies in FAULTS.items() if GOOD not in replies and "invented" not in name
}
RESUME_TEXT: Final = """Robin Vale
robin@vale.example

Stations
Night Baker at Crumb & Crust, from March 2021 to 2024, in Bruges, mostly sourdough.

Besides
Lives in Ghent, Belgium. I bake before the town wakes.
Loaf Ledger counts loaves by their weight. On rye, in Grain Letters. Golden Crust of the Guild.
"""
POSTING_TEXT: Final = """You bake 400 loaves a night for the town.
You know sourdough. French is a plus."""
# Each stands in neither text, and is said of each.
RIGHT_IN_RESUME: Final = (
    "Night Baker",
    "Crumb & Crust",
    "Ghent, Belgium",
    "I bake before the town wakes",
    "Loaf Ledger",
    "by their weight",
    "On rye",
    "Golden Crust",
)
INVENTIONS: Final = ("Globex", "99 000", "Harvard", "Docker", "1987")
RESUME: Final = {
    "name": "Robin Globex",
    "place": "Ghent, Belgium",
    "summary_begin": "I bake before",
    "summary_end": "the town wakes",
    "work": [
        {"title": "Night Baker", "company": "Crumb & Crust", "dates": "March 1987 to 2024"},
        {"title": "Chief of 99 000 ovens", "company": "Globex", "dates": "March 2021 to 2024"},
    ],
    "education": [{"institution": "Harvard", "degree": "Baker"}],
    "skills": ["Docker"],
    "projects": [
        {"name": "Loaf Ledger", "dates": "1987", "told_begin": "counts loaves", "told_end": "by their weight"},
        {"name": "Globex Ledger", "told_begin": "counts loaves", "told_end": "by Globex"},
    ],
    "publications": [
        {"name": "On rye", "publisher": "Harvard Letters", "date": "1987"},
        {"name": "On Docker", "publisher": "Grain Letters"},
    ],
    "awards": [
        {"title": "Golden Crust", "awarder": "Globex", "date": "1987"},
        {"title": "99 000 loaves", "awarder": "Guild"},
    ],
}
POSTING: Final = {
    "must_have": ["You know sourdough", "You know Docker"],
    "nice_to_have": ["Harvard is a plus"],
    "benefits": ["99 000 a year"],
    "seniority": ["since 1987"],
    "summary": [
        {"line": "You bake loaves for the town", "quotes": ["You bake 400 loaves a night for the town"]},
        {"line": "You bake for Globex", "quotes": ["You bake 400 loaves a night for the town"]},
    ],
}


@dataclass
class Bench:
    """The service, its tables, and what came of the pages."""

    service: FakeClaude
    operations: "Table"
    people: "Table"
    counts: Counter[str] = field(default_factory=Counter)
    local_ms: list[float] = field(default_factory=list)

    def reader(
        self, person: str, caps: Caps, now: datetime, *, timeout_s: float = 60.0, breaker: str = "bench"
    ) -> Reader:
        """Who reads for a person, at a time."""
        return Reader(
            Claude("sk-test", base_url=self.service.url, timeout_s=timeout_s),
            allowed=True,
            purpose="Reading a page",
            budget=Spending(self.operations, self.people, person, caps),
            answers=Answers(self.operations, person),
            breaker=Breaker(self.operations, breaker),
            now=lambda: now,
        )

    def read(self, reader: Reader, html: str, kind: str) -> None:
        """Read a page and count how it ended."""
        try:
            brought = page.postings_of("https://bakery.example/work", html, NOON, claude=reader)
        except RefusedError as error:
            self.counts[f"{kind}_told_why" if "language model" in str(error) else f"{kind}_silent"] += 1
            return
        except Exception:  # noqa: BLE001 - whatever comes out here is what must not
            self.counts[f"{kind}_crashed"] += 1
            return
        (found,) = brought.found
        self.counts["invented"] += INVENTED in str(found.draft) or "99 000" in str(found.draft)
        self.counts[f"{kind}_{'model' if brought.how is How.LANGUAGE_MODEL else 'local'}"] += 1

    def charged(self) -> int:
        """What the service charged for so far."""
        return sum(PRICE.of(Usage(MODEL, one.input_tokens, one.output_tokens)) for one in self.service.charged)


def plain(number: int) -> str:
    """A page in words alone."""
    words = "You come at three and leave at eleven, and you know sourdough. " * 4
    return f"<html><body><h1>Night Baker</h1><p>Crumb {number} in Ghent bakes for the town. {words}</p></body></html>"


def marked(number: int) -> str:
    """The same with data that needs no language model."""
    data = {"@type": "JobPosting", "title": "Night Baker", "hiringOrganization": {"name": f"Crumb {number}"}}
    text = {"description": "You come at three.", "jobLocation": "Ghent, Belgium"}
    return f'<script type="application/ld+json">{json.dumps(data | text)}</script>' + plain(number)


def faults(bench: Bench) -> dict[str, report.Value]:
    """Every fault, each on some pages of both kinds. The clock goes on, so that the breaker lets them through."""
    moments = (NOON + timedelta(minutes=11 * turn) for turn in itertools.count())
    number = itertools.count()
    for replies in FAULTS.values():
        for _ in range(PAGES):
            bench.service.says(*replies)
            reader = bench.reader("robin", OPEN, next(moments), timeout_s=TIMEOUT_S)
            bench.read(reader, plain(next(number)), "plain")
            started = time.perf_counter()
            bench.read(reader, marked(next(number)), "marked")
            bench.local_ms.append((time.perf_counter() - started) * 1000)
    asked = len(FAULTS) * PAGES
    counts = bench.counts
    return {
        "faults_injected": list(FAULTS),
        "pages_of_each_kind": asked,
        "marked_pages_read_locally_share": counts["marked_local"] / asked,
        "plain_pages_read_by_the_model": counts["plain_model"],
        "plain_pages_refused_with_a_reason": counts["plain_told_why"],
        "answered_or_told_why_share": (counts["marked_local"] + counts["plain_model"] + counts["plain_told_why"])
        / (2 * asked),
        "crashes": counts["plain_crashed"] + counts["marked_crashed"],
        "invented_values_returned": counts["invented"],
        "p50_ms_local_reading": round(statistics.median(bench.local_ms), 1),
    }


def outage(bench: Bench) -> dict[str, report.Value]:
    """A dead service and a minute of pages: how many requests still reach it."""
    bench.service.says(Fault(500))
    before, moment = len(bench.service.asked), NOON + timedelta(days=2)
    for number in range(CALLS):
        reader = bench.reader("kim", OPEN, moment + timedelta(milliseconds=500 * number))
        bench.read(reader, plain(10_000 + number), "outage")
    return {
        "outage_pages": CALLS,
        "outage_requests_sent": len(bench.service.asked) - before,
        "outage_told_why_share": bench.counts["outage_told_why"] / CALLS,
    }


def at_once(bench: Bench, name: str, *, alone: bool, day: int) -> dict[str, report.Value]:
    """A hundred calls at once against a cap that few of them fit under, with faults among the answers."""
    chance, lock = random.Random(day), threading.Lock()
    dear = Said(GOOD.text, input_tokens=3_000, output_tokens=2_000)

    mixed: tuple[Reply, ...] = (dear, dear, dear, Fault(529), Fault(429), Reset(), Said("", stop_reason="refusal"))

    def choose(_: dict[str, Any]) -> Reply:
        with lock:
            return chance.choice(mixed)

    bench.service.chooses = choose
    size = text_bytes(PageReading, INSTRUCTIONS, plain(20_000), "web page")
    cap = 12 * 3 * PRICE.of(prices.most(MODEL, size, 2_000))
    caps = Caps(LARGE, cap if alone else LARGE, LARGE if alone else cap, LARGE, LARGE, LARGE)
    before, moment = bench.charged(), NOON + timedelta(days=day)
    asked = len(bench.service.asked)

    def call(number: int) -> None:
        person = name if alone else f"{name}{number}"
        # A breaker of its own for each, so that nothing but money holds a call back.
        reader = bench.reader(person, caps, moment, breaker=f"{name}{number}")
        bench.read(reader, plain(20_000 + 1_000 * day + number), name)

    started = time.perf_counter()
    with ThreadPoolExecutor(CALLS) as pool:
        list(pool.map(call, range(CALLS)))
    taken = time.perf_counter() - started
    partition, sort = (f"LLM#{name}", f"MONTH#{moment:%Y-%m}") if alone else ("LLM", f"DAY#{moment:%Y-%m-%d}")
    item = bench.operations.get_item(Key={"PK": partition, "SK": sort}, ConsistentRead=True).get("Item", {})
    counted, charged = int(str(item.get("held", 0))), bench.charged() - before
    bench.service.chooses = None
    return {
        f"{name}_calls_at_once": CALLS,
        f"{name}_cap_microdollars": cap,
        f"{name}_charged_microdollars": charged,
        f"{name}_counted_microdollars": counted,
        f"{name}_above_the_cap": max(charged, counted) > cap,
        f"{name}_charged_and_not_counted_microdollars": max(0, charged - counted),
        f"{name}_requests_sent": len(bench.service.asked) - asked,
        f"{name}_read": bench.counts[f"{name}_model"],
        f"{name}_told_why": bench.counts[f"{name}_told_why"],
        f"{name}_crashes": bench.counts[f"{name}_crashed"],
        f"{name}_s": round(taken, 2),
    }


def careful_readings(bench: Bench) -> dict[str, report.Value]:
    """Resumes and postings under every fault, and with inventions among what is right."""
    moments = (NOON + timedelta(days=8, minutes=11 * turn) for turn in itertools.count())
    counts: Counter[str] = Counter()
    turn = itertools.count()
    for replies in (*CAREFUL_FAULTS.values(), (Said(json.dumps(RESUME)),)):
        for number in range(PAGES):
            bench.service.says(*replies)
            text, local = f"{RESUME_TEXT}\nOven {number}, {next(turn)}", read_profile(RESUME_TEXT)
            reader = bench.reader("sam", OPEN, next(moments), timeout_s=TIMEOUT_S)
            try:
                profile = careful_resumes.read(reader, text, local, today=NOON.date())
            except LlmError:
                counts["resumes_local"] += 1
            except Exception:  # noqa: BLE001 - whatever comes out here is what must not
                counts["crashes"] += 1
            else:
                counts["resumes_model"] += 1
                counts["invented"] += sum(one in profile.model_dump_json() for one in INVENTIONS)
                counts["right"] += sum(one in profile.model_dump_json() for one in RIGHT_IN_RESUME)
    for replies in (*CAREFUL_FAULTS.values(), (Said(json.dumps(POSTING)),)):
        for number in range(PAGES):
            bench.service.says(*replies)
            reader = bench.reader("sam", OPEN, next(moments), timeout_s=TIMEOUT_S)
            try:
                reading = careful_postings.read(reader, f"{POSTING_TEXT}\nOven {number}, {next(turn)}")
            except LlmError:
                counts["postings_local"] += 1
            except Exception:  # noqa: BLE001 - as above
                counts["crashes"] += 1
            else:
                counts["postings_model"] += 1
                counts["invented"] += sum(one in reading.model_dump_json() for one in INVENTIONS)
                counts["right"] += len(reading.must_have) + len(reading.summary)
    return {
        "careful_resumes_and_postings": 2 * PAGES * (len(CAREFUL_FAULTS) + 1),
        "careful_rules_reading_stood": counts["resumes_local"] + counts["postings_local"],
        "careful_read": counts["resumes_model"] + counts["postings_model"],
        "careful_crashes": counts["crashes"],
        "careful_inventions_said": 2 * len(INVENTIONS) * PAGES,
        "careful_inventions_returned": counts["invented"],
        "careful_right_values_returned_share": counts["right"] / ((len(RIGHT_IN_RESUME) + 2) * PAGES),
    }


def batches(bench: Bench) -> dict[str, report.Value]:
    """Batches of one person against a cap, with every way in which a request may end."""
    chance, day = random.Random(9), NOON + timedelta(days=40)
    ends: tuple[Reply, ...] = (
        GOOD,
        GOOD,
        Said("no"),
        *(Ended(how) for how in ("errored", "expired", "canceled", "missing")),
    )
    bench.service.chooses = lambda _: chance.choice(ends)
    half = prices.of(MODEL, batched=True)
    size = text_bytes(PageReading, INSTRUCTIONS, plain(30_000), "web page")
    most = half.of(prices.most(MODEL, size, 2_000))
    caps = Caps(LARGE, 8 * most, LARGE, LARGE, LARGE, LARGE)
    purse = Spending(bench.operations, bench.people, "batch", caps)
    claude = Batches(Claude("sk-test", base_url=bench.service.url))
    ended: Counter[str] = Counter()
    before, highest = len(bench.service.charged_at_half), 0
    for _ in range(12):
        kept = {}
        for number in range(5):
            try:
                kept[f"page-{number}"] = purse.reserve(most, day, lasting=LONGEST)
            except LlmBudgetError:
                ended["no_money"] += 1
        if not kept:
            continue
        highest = max(highest, _month(bench, "batch", day)[0])
        documents = dict.fromkeys(kept, plain(30_000))
        sent = claude.send(PageReading, INSTRUCTIONS, documents, title="web page", max_tokens=2_000)
        results = claude.results(sent, PageReading) or {}
        for _twice in range(2):
            for name, reservation in kept.items():
                result = results.get(name, LlmUnavailableError("missing", unanswered=1))
                if result is None:
                    purse.release(reservation)
                    continue
                paid = half.of(result.usage) if result.usage else most
                outcome = result.outcome if isinstance(result, LlmError) else Outcome.ANSWERED
                purse.settle(reservation, Call("bench", outcome, result.usage or Usage(MODEL, 0, 0), paid))
        ended.update(type(results.get(name)).__name__ for name in kept)
    bench.service.chooses = None
    held, used = _month(bench, "batch", day)
    answered = bench.service.charged_at_half[before:]
    charged = sum(half.of(Usage(MODEL, one.input_tokens, one.output_tokens)) for one in answered)
    return {
        "batches_requests_read": ended["Reading"],
        "batches_requests_without_money": ended["no_money"],
        "batches_cap_microdollars": caps.person_month,
        "batches_highest_microdollars": highest,
        "batches_charged_microdollars": charged,
        "batches_counted_microdollars": used,
        "batches_left_aside_microdollars": held - used,
        "batches_above_the_cap": max(highest, held) > caps.person_month,
        "batches_charged_and_not_counted_microdollars": max(0, charged - used),
    }


def _month(bench: Bench, person: str, moment: datetime) -> tuple[int, int]:
    """What a person has put aside or spent in a month, and what of it is spent."""
    key = {"PK": f"LLM#{person}", "SK": f"MONTH#{moment:%Y-%m}"}
    item = bench.operations.get_item(Key=key, ConsistentRead=True).get("Item", {})
    return int(str(item.get("held", 0))), int(str(item.get("used", 0)))


def measure() -> dict[str, report.Value]:
    """All figures."""
    with emulated_tables("operations", "people") as (operations, people), fake_claude() as service:
        bench = Bench(service, operations, people)
        return (
            faults(bench)
            | outage(bench)
            | at_once(bench, "person", alone=True, day=4)
            | at_once(bench, "everybody", alone=False, day=6)
            | careful_readings(bench)
            | batches(bench)
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    report.show("llm", measure(), as_json=parser.parse_args().json)


if __name__ == "__main__":
    main()

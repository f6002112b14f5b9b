"""The bundled sample postings: enough of them, of many kinds, readable by the same path as any feed."""

import gzip
import json
import re
from collections import Counter
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from jobtracker.postings.duplicates import Keys, candidates, judge, traits_of
from jobtracker.postings.fingerprint import fingerprints
from jobtracker.postings.ghost import EvidenceKind, evidence
from jobtracker.postings.model import Posting, StoredPosting
from jobtracker.postings.pay import in_usd_per_year
from jobtracker.sources.boards.sample import LISTING, SOURCE, packed_feed
from jobtracker.sources.normalising import read
from jobtracker.sources.source import Draft, Visit
from tests.fakes.job_answers import FixedAnswers
from tools.samples.compose import FEED, compose, feed_bytes, originals
from tools.samples.parts import Parts, read_parts

NOW = datetime(2026, 3, 6, 12, tzinfo=UTC)
PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def parts() -> Parts:
    return read_parts()


@pytest.fixture(scope="module")
def jobs() -> list[dict[str, Any]]:
    return list(json.loads(gzip.decompress(packed_feed()))["jobs"])


@pytest.fixture(scope="module")
def postings() -> list[Posting]:
    return _read(NOW)


def _read(now: datetime) -> list[Posting]:
    """All that the sample source has, and nothing that it could not read."""
    drafts = list(SOURCE.fetch(Visit(FixedAnswers(), now)).records)  # type: ignore[arg-type]  # nobody is asked
    found = [read(LISTING, draft, now) for draft in drafts if isinstance(draft, Draft)]
    postings = [posting for posting in found if isinstance(posting, Posting)]
    assert len(postings) == len(drafts)
    return postings


def test_the_bundled_feed_is_what_the_parts_compose_to_the_byte(parts: Parts) -> None:
    composed = feed_bytes(compose(parts))
    assert (PROJECT / FEED).read_bytes() == composed, "run python -m tools.samples.compose"
    assert feed_bytes(compose(read_parts())) == composed


def test_there_are_postings_of_many_fields_and_countries(jobs: list[dict[str, Any]], postings: list[Posting]) -> None:
    assert len(postings) == len(jobs) >= 300
    fields = Counter(job["field"] for job in jobs)
    countries = Counter(place.country for posting in postings for place in posting.places[:1])
    assert len(fields) >= 8
    assert len(countries) >= 6
    assert max(fields.values()) <= len(jobs) / 5
    assert max(countries.values()) <= len(jobs) / 5


def test_every_posting_is_marked_as_a_sample_and_credited_as_one(postings: list[Posting]) -> None:
    assert all(posting.sample for posting in postings)
    assert {posting.attribution for posting in postings} == {LISTING.attribution}
    assert all(posting.url.startswith("https://example.com/") for posting in postings)


def test_ids_and_texts_are_each_their_own(postings: list[Posting]) -> None:
    assert len({posting.id for posting in postings}) == len(postings)
    assert len({posting.description_text for posting in postings}) == len(postings)
    assert len({posting.title for posting in postings}) > 0.8 * len(postings)


def test_each_place_is_found_where_the_parts_put_it(jobs: list[dict[str, Any]], postings: list[Posting]) -> None:
    wrong = {
        posting.places[0].text if posting.places else job["location"]
        for job, posting in zip(jobs, postings, strict=True)
        if [place.country for place in posting.places] != [job["country"]]
        or (job["remote_type"] != "remote" and not posting.places[0].city)
    }
    assert not wrong


def test_each_stated_pay_is_read_and_the_others_are_unknown(
    jobs: list[dict[str, Any]], postings: list[Posting]
) -> None:
    for job, posting in zip(jobs, postings, strict=True):
        assert (posting.pay is not None) == (job["salary"] is not None), (job["salary"], posting.pay)
        if posting.pay is not None:
            low, high = in_usd_per_year(posting.pay) or (None, None)
            assert all(3_000 <= amount <= 400_000 for amount in (low, high) if amount is not None), job["salary"]
    share = sum(posting.pay is not None for posting in postings) / len(postings)
    assert 0.4 < share < 0.8


def test_most_kinds_of_level_mode_and_employment_occur(postings: list[Posting]) -> None:
    levels = Counter(posting.seniority for posting in postings)
    modes = Counter(posting.work_mode for posting in postings)
    kinds = {posting.employment_type for posting in postings}
    assert len(levels) >= 6
    assert set(modes) == {"onsite", "hybrid", "remote", None}
    assert min(modes.values()) >= 20
    assert {"full-time", "part-time", "contract", "temporary"} <= kinds


def test_skills_are_found_in_nearly_all(postings: list[Posting]) -> None:
    counts = [len(posting.skills) for posting in postings]
    assert sum(count >= 4 for count in counts) >= 0.95 * len(counts)
    assert max(Counter(skill for posting in postings for skill in posting.skills).values()) < 0.5 * len(counts)


def test_postings_are_written_in_several_languages(jobs: list[dict[str, Any]], postings: list[Posting]) -> None:
    languages = Counter(posting.language for posting in postings)
    assert set(languages) == {"en", "de", "es", "fr"}
    german = [job["country"] for job, posting in zip(jobs, postings, strict=True) if posting.language == "de"]
    assert set(german) <= {"DE", "AT"}


def test_dates_lie_in_the_weeks_before_the_month(postings: list[Posting]) -> None:
    dates = [posting.posted_at for posting in postings if posting.posted_at]
    assert len(dates) == len(postings)
    assert max(dates) <= NOW
    assert len({date.date() for date in dates}) > 20


def test_a_day_s_later_collection_finds_the_same_content(postings: list[Posting]) -> None:
    later = _read(NOW.replace(day=7))
    assert [one.content_hash for one in later] == [one.content_hash for one in postings]


def test_some_openings_are_advertised_twice_and_known_to_be_the_same(
    parts: Parts, jobs: list[dict[str, Any]], postings: list[Posting]
) -> None:
    own = len(originals(parts))
    prints = fingerprints([posting.description_text for posting in postings])
    traits = [
        traits_of(posting, row.tobytes(), len(posting.description_text))
        for posting, row in zip(postings, prints, strict=True)
    ]
    low, high = candidates(Keys.of(traits), np.arange(len(traits)))
    same = [pair for pair in zip(low.tolist(), high.tolist(), strict=True) if judge(*(traits[at] for at in pair)).same]
    # Each copy belongs to one opening, and no two openings are taken for one.
    assert sorted(copy for _, copy in same) == list(range(own, len(postings)))
    assert len({opening for opening, _ in same}) == len(same) >= 10
    assert all(opening < own for opening, _ in same)
    by = Counter(postings[opening].company == postings[copy].company for opening, copy in same)
    assert by[True] >= 4
    assert by[False] >= 4
    assert len({jobs[opening]["country"] for opening, _ in same}) >= 6


def test_few_sample_postings_give_reason_for_doubt_but_for_the_pay_they_leave_out(postings: list[Posting]) -> None:
    kinds = Counter(reason.kind for posting in postings for reason in evidence(StoredPosting.fresh(posting), now=NOW))
    assert set(kinds) == {EvidenceKind.NO_PAY, EvidenceKind.AGE}
    assert 5 <= kinds[EvidenceKind.AGE] <= 0.05 * len(postings)


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return frozenset(tuple(words[at : at + 4]) for at in range(len(words) - 3))


def test_descriptions_differ_in_substance(parts: Parts, postings: list[Posting]) -> None:
    names = [(title, number) for number, role in enumerate(parts.roles) for title in role.titles.values()]
    names.sort(key=lambda name: -len(name[0]))
    described = originals(parts)
    roles = [next(number for title, number in names if str(job["title"]).startswith(title)) for job in described]
    shingles = [_shingles(posting.description_text) for posting in postings[: len(described)]]
    alike: dict[bool, list[float]] = {True: [], False: []}
    for one, other in combinations(range(len(described)), 2):
        shared = len(shingles[one] & shingles[other])
        alike[roles[one] == roles[other]].append(shared / (len(shingles[one]) + len(shingles[other]) - shared))
    # Of different roles nearly nothing is shared but benefits; of one role, duties are drawn from the same dozen.
    assert max(alike[False]) < 0.25
    assert sum(alike[False]) / len(alike[False]) < 0.03
    assert max(alike[True]) < 0.6
    assert sum(alike[True]) / len(alike[True]) < 0.3


def test_no_part_is_left_unwritten(postings: list[Posting]) -> None:
    for posting in postings:
        assert not re.search(r"[{}]|\bNone\b|  |\blorem\b|TODO|\.\.(?!\.)", posting.description_text), posting.title
        assert 120 <= len(posting.description_text.split()) <= 400
        assert posting.company
        assert posting.company in posting.description_text

"""The text side of the index: tantivy's schema, its words, and a posting as its document.

All words of a posting are in one field, so that finding those which have several is one intersection; the fields of
the title and of what stands beside it only add to the score. Every filter is a term or a number of its own.
"""

import os
import zlib
from pathlib import Path
from typing import Final

import tantivy

from jobtracker.catalog.columns import SECONDS_PER_DAY, SECONDS_PER_HOUR, best_pay, countries_of, pay_band, seconds
from jobtracker.postings.model import Posting, StoredPosting, WorkMode
from jobtracker.skills.taxonomy import taxonomy

DIRECTORY: Final = "text"
WORDS: Final = "words"
# All words; and what a word counts for besides when it stands in the title, or among skills, company and places.
ALL: Final = "all"
BONUSES: Final = {"title": 3.0, "about": 1.0}
# What is filtered by, each value as one term.
TERMS: Final = (
    "country",
    "work_mode",
    "seniority",
    "source",
    "employment_type",
    "skill",
    "pay_band",
    "company",
    "remote_from",
    "spot",
)
ANYWHERE: Final = "*"
HEAP_BYTES: Final = 96_000_000
MAX_THREADS: Final = 4
_SPOT_DECIMALS: Final = 3
# The bits of an order key that tell postings of equal value apart, and the largest value that leaves room for them.
_ID_BITS: Final = 30
_LARGEST: Final = (1 << 33) - 1


def schema() -> tantivy.Schema:
    """The fields. ``slot`` is a document's number for good; ``newest`` and ``best_paid`` order as numbers."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(ALL, tokenizer_name=WORDS)
    for field in BONUSES:
        builder.add_text_field(field, tokenizer_name=WORDS, index_option="freq")
    for field in TERMS:
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("slot", indexed=True, fast=True)
    builder.add_integer_field("posted_day", indexed=True, fast=True)
    builder.add_integer_field("first_seen_day", fast=True)
    builder.add_integer_field("expires_hour", indexed=True)
    builder.add_float_field("pay", indexed=True, fast=True)
    builder.add_integer_field("newest", fast=True)
    builder.add_integer_field("best_paid", fast=True)
    return builder.build()


def analyzer() -> tantivy.TextAnalyzer:
    """Words without case, accents and English endings; "c++" and "c#" stay whole."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(r"[\p{L}\p{N}]+[+#]*"))
        .filter(tantivy.Filter.remove_long(60))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


def open_text(directory: Path) -> tantivy.Index:
    """The text index of a catalog directory."""
    index = tantivy.Index.open(str(directory / DIRECTORY))
    index.register_tokenizer(WORDS, analyzer())
    return index


def create_text(directory: Path) -> tantivy.Index:
    """A new, empty text index in a catalog directory."""
    (directory / DIRECTORY).mkdir(parents=True)
    index = tantivy.Index(schema(), path=str(directory / DIRECTORY))
    index.register_tokenizer(WORDS, analyzer())
    return index


def writer(index: tantivy.Index, *, incremental: bool) -> tantivy.IndexWriter:
    """A writer: one thread, hence one new segment, for changes; all processors for a whole catalog."""
    threads = 1 if incremental else min(MAX_THREADS, os.cpu_count() or 1)
    return index.writer(HEAP_BYTES * threads, threads)


def spot(latitude: float, longitude: float) -> str:
    """The term of a place on earth, to a hundred metres."""
    return f"{latitude:.{_SPOT_DECIMALS}f},{longitude:.{_SPOT_DECIMALS}f}"


def order_key(value: int, posting_id: str) -> int:
    """A number that orders by ``value``, and postings of equal value in an order of their own that never changes."""
    return min(max(value, 0), _LARGEST) << _ID_BITS | zlib.crc32(posting_id.encode(errors="replace")) >> 32 - _ID_BITS


def remote_terms(posting: Posting) -> list[str]:
    """From which countries a remote job may be done; ANYWHERE where it names none."""
    if posting.work_mode is not WorkMode.REMOTE:
        return []
    return list(countries_of(posting)) or [ANYWHERE]


def company_terms(posting: Posting) -> list[str]:
    """By what a posting's company is found: its key, and its name in lower case."""
    names = (posting.company_key, posting.company)
    return list(dict.fromkeys(term for name in names if name and (term := company_term(name))))


def company_term(name: str) -> str:
    """A company's name as a term."""
    return " ".join(name.casefold().split())


def document(stored: StoredPosting, slot: int) -> tantivy.Document:
    """The posting as a document."""
    posting = stored.posting
    places = [place.text for place in posting.places]
    places += [place.city for place in posting.places if place.city and place.city not in place.text]
    skills = ", ".join(taxonomy().names(posting.skills))
    about = [text for text in (skills, posting.company, *places, posting.work_mode) if text]
    pay = best_pay(posting.pay)
    posted = seconds(posting.posted_at)
    fields: dict[str, str | int | float | list[str]] = {
        # Texts of one field stand apart: no phrase reaches from one into the next.
        ALL: [posting.title, *about, posting.description_text],
        "title": posting.title,
        "about": about,
        "country": list(countries_of(posting)),
        "source": posting.source_id,
        "skill": list(dict.fromkeys(posting.skills)),
        "pay_band": pay_band(pay),
        "company": company_terms(posting),
        "remote_from": remote_terms(posting),
        "spot": [
            spot(place.latitude, place.longitude)
            for place in posting.places
            if place.latitude is not None and place.longitude is not None
        ],
        "slot": slot,
        "posted_day": posted // SECONDS_PER_DAY if posted >= 0 else -1,
        "first_seen_day": seconds(stored.life.first_seen_at) // SECONDS_PER_DAY,
        "newest": order_key(posted, posting.id),
        "best_paid": order_key(0 if pay is None else 1 + int(pay), posting.id),
    }
    if posting.work_mode is not None:
        fields["work_mode"] = posting.work_mode.value
    if posting.seniority is not None:
        fields["seniority"] = posting.seniority.value
    if posting.employment_type:
        fields["employment_type"] = posting.employment_type
    if pay is not None:
        fields["pay"] = float(pay)
    if posting.expires_at is not None:
        fields["expires_hour"] = seconds(posting.expires_at) // SECONDS_PER_HOUR
    return tantivy.Document(**fields)

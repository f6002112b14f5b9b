"""The text side of the index: tantivy's schema, its words, and a posting as its document."""

import os
from pathlib import Path

import tantivy

from jobtracker.catalog.columns import best_pay, countries_of, seconds
from jobtracker.postings.model import Posting
from jobtracker.skills.taxonomy import taxonomy

DIRECTORY = "text"
WORDS = "words"
# What a hit in each field counts for.
FIELD_BOOSTS = {"title": 4.0, "skills": 2.0, "company": 2.0, "places": 1.5, "description": 1.0}
TEXT_FIELDS = list(FIELD_BOOSTS)
FACETS = ("country", "work_mode", "seniority", "source")
HEAP_BYTES = 64_000_000
MAX_THREADS = 4


def schema() -> tantivy.Schema:
    """The fields. ``slot`` is a document's number for good; its position in the arrays may change."""
    builder = tantivy.SchemaBuilder()
    for field in TEXT_FIELDS:
        builder.add_text_field(field, tokenizer_name=WORDS)
    for field in FACETS:
        builder.add_text_field(field, tokenizer_name="raw", fast=True, index_option="basic")
    builder.add_integer_field("slot", indexed=True, fast=True)
    builder.add_integer_field("posted", fast=True)
    builder.add_float_field("pay", indexed=True, fast=True)
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


def document(posting: Posting, slot: int) -> tantivy.Document:
    """The posting as a document."""
    countries = countries_of(posting)
    places = [place.text for place in posting.places]
    places += [place.city for place in posting.places if place.city and place.city not in place.text]
    fields: dict[str, str | int | float | list[str]] = {
        "title": posting.title,
        "company": posting.company or "",
        "skills": ", ".join(taxonomy().names(posting.skills)),
        "places": "\n".join([*places, posting.work_mode or ""]),
        "description": posting.description_text,
        "source": posting.source_id,
        "country": list(countries),
        "slot": slot,
        "posted": seconds(posting.posted_at),
    }
    if posting.work_mode is not None:
        fields["work_mode"] = posting.work_mode.value
    if posting.seniority is not None:
        fields["seniority"] = posting.seniority.value
    pay = best_pay(posting.pay)
    if pay is not None:
        fields["pay"] = float(pay)
    return tantivy.Document(**fields)

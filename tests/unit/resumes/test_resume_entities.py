"""The language model is asked only where the rules found nothing, and loaded once."""

import pytest

from jobtracker.resumes import entities
from jobtracker.resumes.read import read_profile

LETTER = """\
Dear Ms Okoye, my name is Margaret Thornton and I have worked as a gardener for twenty years.
I live in Bristol with two dogs and would like to work closer to home.
margaret@example.com
Experience
Gardener, Brightwater Parks
2006 - 2026
"""


def test_a_name_and_a_town_in_running_text_are_found() -> None:
    assert entities.name_in(["My name is Margaret Thornton and I have worked as a gardener for twenty years."]) == (
        "Margaret Thornton"
    )
    place = entities.place_in(["Today I live in Bristol with my family.", "Born in Hamburg."])
    assert place is not None
    assert place.city == "Bristol"


def test_the_model_is_loaded_once() -> None:
    entities.name_in(["My name is Margaret Thornton."])
    entities.name_in(["My name is Margaret Thornton."])
    assert entities._model.cache_info().misses == 1


def test_the_rules_are_enough_for_an_ordinary_resume(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise AssertionError("the model was loaded")

    monkeypatch.setattr(entities, "_model", refuse)
    profile = read_profile("Ada Byron\nLondon, UK\nada@example.com\nExperience\nEngineer, Acme Ltd, 2019 - 2021")
    assert profile.name == "Ada Byron"


def test_the_profile_takes_what_the_model_finds() -> None:
    profile = read_profile(LETTER)
    assert profile.place is not None
    assert profile.place.city == "Bristol"
    assert profile.work[0].company == "Brightwater Parks"

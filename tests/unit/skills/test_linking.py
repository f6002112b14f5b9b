"""Phrases are linked to the skills that they name, and to none where nothing is sure enough."""

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtracker.skills import arrays, artifact
from jobtracker.skills.artifact import BrokenArtifactError
from jobtracker.skills.grams import Grams
from jobtracker.skills.linking import Linker, bundled, candidates, link
from jobtracker.skills.phrases import bases, kernel, plain
from jobtracker.skills.taxonomy import taxonomy


def test_the_bundled_table_is_of_the_bundled_taxonomy() -> None:
    made_for = bundled().sources["taxonomy"]

    assert made_for == artifact.bundled().head.version, "the taxonomy has changed. Run: python -m tools.linking"


@pytest.mark.parametrize(
    ("phrase", "skill"),
    [
        ("Kubernetes", "kubernetes"),
        ("k8s", "kubernetes"),
        ("strong experience with PostgreSQL", "postgresql"),
        ("the ability to manage budgets", "budget-management"),
        ("managing budgets", "budget-management"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
    ],
)
def test_a_phrase_that_is_a_name_links_to_the_skill_that_is_called_so(phrase: str, skill: str) -> None:
    (found,) = link([phrase])

    assert found is not None
    assert found.skill == skill
    assert found.confidence > 0.9


@pytest.mark.parametrize(
    ("phrase", "skill"),
    [
        ("managing the budget", "budget-management"),
        ("k8s clusters", "kubernetes"),
        ("administration of relational databases", "database-administration"),
    ],
)
def test_a_phrase_that_is_no_name_links_to_the_skill_that_it_is_like(phrase: str, skill: str) -> None:
    assert skill in [one.skill for one in candidates(phrase)]


@pytest.mark.parametrize("phrase", ["", " - ", "\x00", "qwzx vvkj"])
def test_a_phrase_that_names_no_skill_links_to_none(phrase: str) -> None:
    assert link([phrase]) == [None]


def test_phrases_are_linked_apart_from_one_another() -> None:
    phrases = ["managing the budget", "", "k8s", "looking after patients at home"]

    together, alone = link(phrases), [link([phrase])[0] for phrase in phrases]

    assert [one and one.skill for one in together] == [one and one.skill for one in alone]
    assert [one.confidence for one in together if one] == pytest.approx([one.confidence for one in alone if one])
    assert link([]) == []


def test_candidates_are_ranked_and_none_is_said_twice() -> None:
    found = candidates("SQL databases", 8)

    assert len({one.skill for one in found}) == 8
    assert all(0 < one.confidence < 1 and one.skill in taxonomy().index for one in found)
    likely = [one.confidence for one in found[1:]]
    assert likely == sorted(likely, reverse=True)


@settings(max_examples=30)
@given(st.text())
def test_any_phrase_is_linked_or_not(phrase: str) -> None:
    for one in candidates(phrase, 2):
        assert one.skill in taxonomy().index


@pytest.mark.parametrize(
    ("phrase", "left"),
    [
        ("Strong experience with relational databases", "relational databases"),
        ("knowledge of SQL", "sql"),
        ("excellent communication skills", "communication"),
        ("experience", "experience"),
        ("C++ / C# (advanced)", "c++ c# advanced"),
        ("anesthesia", "anesthesia"),
    ],
)
def test_what_is_said_of_any_skill_is_dropped(phrase: str, left: str) -> None:
    assert kernel(plain(phrase)) == left


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("managing budgets", ["manage budgets", "manag budgets"]),
        ("planning routes", ["planne routes", "plann routes", "plan routes"]),
        ("king crabs", []),
        ("manage budgets", []),
        ("programming", []),
    ],
)
def test_what_is_being_done_is_what_is_done(text: str, spelled: list[str]) -> None:
    assert bases(text) == spelled


def test_names_are_as_alike_as_the_grams_that_they_share() -> None:
    names = [b"budget", b"budgets", b"sql"]
    grams = Grams(np.frombuffer(b" budget budgets sql ", dtype=np.uint8), np.array([6, 7, 3], dtype=np.uint16))

    same, near, other = grams.alike("budget")
    assert len(names) == grams.count
    assert same == pytest.approx(1)
    assert 0.5 < near < 1
    assert other == 0
    assert not grams.alike("").any()
    assert not grams.alike("xyzzy").any()


HELD: dict[str, arrays.Array] = {
    "names": np.arange(6, dtype=np.uint8).reshape(2, 3),
    "fit": np.array([0.5, -1], dtype=np.float32),
}


def test_arrays_are_read_as_they_were_written(tmp_path: Path) -> None:
    file = tmp_path / "held.bin"
    file.write_bytes(arrays.packed(HELD, {"of": "a test"}))

    held = arrays.read(file)

    assert held.sources == {"of": "a test"}
    for name, array in HELD.items():
        assert held[name].dtype == array.dtype
        assert np.array_equal(held[name], array)
    assert arrays.packed(HELD, {"of": "a test"}) == file.read_bytes()
    assert arrays.packed(HELD, {"of": "another"}) != file.read_bytes()


def kept(forms: dict[str, object]) -> bytes:
    """A file that says so of its arrays."""
    return artifact.packed({"arrays": forms} | {name: one.tobytes() for name, one in HELD.items()}, {})


NAMES, FIT = {"kind": "|u1", "shape": [2, 3]}, {"kind": "<f4", "shape": [2]}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (kept({"names": NAMES, "fit": FIT})[:-9] + b"damaged..", "cannot be unpacked"),
        (kept({"names": NAMES, "fit": FIT})[:-20], "cannot be unpacked"),
        (kept({"names": NAMES, "fit": FIT}).replace(b'"format":1', b'"format":2'), "of format 2"),
        (re.sub(rb'"sha256":"[0-9a-f]+"', b'"sha256":"0"', kept({"names": NAMES})), "not what its head"),
        (kept({"names": NAMES | {"shape": [7]}, "fit": FIT}), "not of its shape"),
        (kept({"names": NAMES | {"kind": "|O"}, "fit": FIT}), "forms of held.bin's arrays cannot be read"),
        (kept({"fit": FIT}), "no array names"),
        (kept({"others": NAMES}), "no section others"),
        (artifact.packed({}, {}), "no section arrays"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "held.bin"
    file.write_bytes(content)

    with pytest.raises(BrokenArtifactError, match=said):
        arrays.read(file)["names"]


def test_a_table_of_other_skills_is_refused() -> None:
    held = bundled()
    fewer = arrays.Arrays(held.version, held.sources, {**held.named, "skills": held["skills"][:-1]})

    with pytest.raises(BrokenArtifactError, match="another number of skills"):
        Linker(fewer, taxonomy())

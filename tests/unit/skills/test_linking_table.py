"""The table of links is made so that names of one skill lie together, and holds what it is made of."""

import json

import numpy as np
import pytest

from jobtracker.skills.arrays import Array, Arrays
from jobtracker.skills.grams import Grams
from jobtracker.skills.linking import Fit, bundled
from tools.linking import table
from tools.linking.__main__ import FIT

SKILLS = [["budget", "money"], ["nurse", "care"]]
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "budget", "money", "nurse", "care", "##s", "牛"]
MEANING = {"budget": (1, 0, 5), "money": (1, 0, -5), "nurse": (0, 1, 5), "care": (0, 1, -5)}


def given() -> np.ndarray:
    """Vectors in which the third number says nothing of the skill, and most of the vector."""
    vectors = np.zeros((len(VOCABULARY), 40), dtype=np.float32)
    for piece, numbers in MEANING.items():
        vectors[VOCABULARY.index(piece), :3] = numbers
    return vectors


def test_the_bundled_table_has_what_was_fitted() -> None:
    fitted = json.loads(FIT.read_text(encoding="utf-8"))

    assert list(fitted) == list(Fit.__slots__)
    assert bundled()["fit"] == pytest.approx(list(fitted.values())), "run: python -m tools.linking"


def test_vectors_are_turned_so_that_names_of_one_skill_lie_together() -> None:
    before = given()
    assert before[4] @ before[5] < 0 < before[4] @ before[6]

    made = table.piece_arrays(SKILLS, VOCABULARY, before)
    budget, money, nurse = table.pieces(Arrays("", {}, made)).vectors(["budget", "money", "nurse"])

    assert budget @ money > 0 > budget @ nurse
    assert made["vocabulary"].tobytes().decode().split("\n") == [piece for piece in VOCABULARY if piece != "牛"]


def test_a_skill_lies_between_its_own_name_and_the_others() -> None:
    vectors = np.eye(3, dtype=np.float32)

    two, alone = table.skill_vectors([["a", "b"], ["c"]], vectors)

    assert two == pytest.approx([0.5**0.5, 0.5**0.5, 0])
    assert alone == pytest.approx([0, 0, 1])


def test_names_are_held_as_the_index_of_grams_reads_them() -> None:
    held = table.name_arrays([["budget", "money"], ["soins à domicile"]])

    assert held["owners"].tolist() == [0, 0, 1]
    budget, money, care = Grams(held["names"], held["lengths"]).alike("soins à domicile")
    assert max(budget, money) < 0.2
    assert care == pytest.approx(1)


def test_rows_are_rounded_to_what_gives_them_back() -> None:
    rows = np.array([[0.5, -1, 0.25], [0, 0, 0], [30, 2, -4]], dtype=np.float32)

    small, scales = table.rounded(rows)

    assert small.dtype == np.int8
    assert small * scales[:, None].astype(np.float32) == pytest.approx(rows, abs=0.2)


def test_a_table_is_the_same_but_for_the_last_digit_of_a_vector() -> None:
    some: dict[str, Array] = {"skills": np.array([[1, -5]], dtype=np.int8), "lengths": np.array([3], dtype=np.uint16)}

    def holding(**changed: Array) -> Arrays:
        return Arrays("", {}, {**some, **changed})

    assert table.same(some, holding())
    assert table.same(some, holding(skills=np.array([[2, -6]], dtype=np.int8)))
    assert not table.same(some, holding(skills=np.array([[3, -5]], dtype=np.int8)))
    assert not table.same(some, holding(lengths=np.array([4], dtype=np.uint16)))
    assert not table.same(some, holding(more=np.array([4], dtype=np.uint16)))

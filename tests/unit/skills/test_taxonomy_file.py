"""The taxonomy's file is what the tables and the candidates make, and says so of itself."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.skills import artifact
from jobtracker.skills.artifact import BrokenArtifactError
from jobtracker.skills.taxonomy import taxonomy
from tools.taxonomy import tables
from tools.taxonomy.__main__ import SOURCES, issued, made
from tools.taxonomy.content import sections


def test_the_bundled_file_holds_what_the_tables_and_the_candidates_make() -> None:
    content, bundled = sections(made()[0]), artifact.bundled()

    assert {name: bundled.section(name) for name in content} == content
    assert artifact.packed(content, SOURCES).partition(b"\n")[0] == bundled.head.model_dump_json().encode()


def test_no_id_that_was_given_out_is_gone() -> None:
    known = taxonomy()

    assert set(issued()) == set(known.ids)
    # Our own come first: the tables' order is that of the index.
    own = [row.id for row in tables.own()]
    assert len(own) >= 2574
    assert list(known.ids[: len(own)]) == own


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda head, body: (head, body[:-9] + b"damaged.."), "cannot be unpacked"),
        (lambda head, body: (head | {"format": 2}, body), "of format 2"),
        (lambda head, body: (head | {"sections": [head["sections"][0] | {"sha256": "0"}]}, body), "not what its head"),
        (lambda head, body: (head | {"sections": []}, body), "has no section"),
        (lambda head, body: ({"format": "new"}, body), "the head of taxonomy.bin cannot be read"),
    ],
)
def test_a_file_that_is_not_what_its_head_says_is_refused(tmp_path: Path, damage: object, said: str) -> None:
    assert callable(damage)
    head, _, body = artifact.packed({"skills": {"ids": ["a", "b"]}}, {}).partition(b"\n")
    file = tmp_path / "taxonomy.bin"
    changed, rest = damage(json.loads(head), body)
    file.write_bytes(json.dumps(changed).encode() + b"\n" + rest)

    with pytest.raises(BrokenArtifactError, match=said):
        artifact.read(file).section("skills")


_PLAIN = st.recursive(
    st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


@given(st.dictionaries(st.text(min_size=1), _PLAIN, max_size=4))
def test_any_sections_are_read_as_they_were_packed(
    tmp_path_factory: pytest.TempPathFactory, content: dict[str, object]
) -> None:
    file = tmp_path_factory.mktemp("packed") / "taxonomy.bin"
    file.write_bytes(artifact.packed(content, {"own": "1"}))
    there = artifact.read(file)

    assert {name: there.section(name) for name in content} == content
    assert file.read_bytes() == artifact.packed(content, {"own": "1"})

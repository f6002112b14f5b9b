"""Our own tables of skills are read as their head says, and their ids never go."""

import pytest

from jobtracker.skills.model import SkillKind
from jobtracker.skills.taxonomy import Content, Taxonomy
from tools.taxonomy.candidates import Imported
from tools.taxonomy.content import sections
from tools.taxonomy.merging import skills
from tools.taxonomy.tables import BrokenTableError, read, slug

_TABLE = """
# A comment.
[letters | tool]
Alpha; *Aleph; alphabet > Beta
Beta > Gamma; Delta
=Gamma > Epsilon
~Delta > Epsilon

[others | soft]
Epsilon
Zero
"""


def test_ids_keep_apart_names_that_differ_by_a_symbol() -> None:
    assert len({slug(name) for name in ("C", "C++", "C#", ".NET")}) == 4


def test_a_table_becomes_the_taxonomy_that_it_says() -> None:
    made, _ = skills(read(_TABLE), Imported((), frozenset()))
    known = Taxonomy(Content.model_validate(sections(made)["skills"]))

    assert known.ids == ("alpha", "beta", "gamma", "delta", "epsilon", "zero")
    assert known.implied("alpha") == ("beta", "gamma", "delta", "epsilon")
    assert known.related("alpha") == ("beta", "gamma", "delta")
    assert known.related("epsilon") == ()
    assert [name.text for name in known.spellings["alpha"]] == ["Alpha", "Aleph", "alphabet"]
    assert known.by_other_name == {"aleph": "alpha"}
    assert (known.spellings["gamma"][0].exact, known.spellings["delta"][0].near) == (True, True)
    assert known.by_id["zero"].kind is SkillKind.SOFT
    assert known.by_id["alpha"].aliases == ("Aleph", "alphabet")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("Epsilon", "Epsilon stands twice"),
        ("Zeta > Omega", "zeta implies omega"),
        ("Zeta > Eta\nEta > Zeta", "in a circle"),
        ("Zeta > Zeta", "in a circle"),
    ],
)
def test_a_broken_table_is_refused(more: str, said: str) -> None:
    with pytest.raises(BrokenTableError, match=said):
        read(f"{_TABLE}{more}\n")

"""Skills of other classifications join ours, and only names that mislead nobody are looked for."""

import pytest

from jobtracker.skills.model import SkillKind
from jobtracker.skills.taxonomy import Content, Taxonomy
from tools.taxonomy.candidates import Candidate, Imported, Source
from tools.taxonomy.content import sections
from tools.taxonomy.merging import Merged, skills
from tools.taxonomy.names import abbreviation, as_noun, key, product_names
from tools.taxonomy.tables import read

_OWN = """
[programs | tool]
=Sheetful; *Makrosoft Sheetful
~Go
Amber

[practices | practice]
Budget management
Plumbing
"""
_WORDS = "map maker tree trees types of wood law water go budget management software accounting"
_ORDINARY = frozenset(_WORDS.split())


def _made(*candidates: Candidate) -> dict[str, Merged]:
    return {one.id: one for one in skills(read(_OWN), Imported(candidates, _ORDINARY))[0]}


def _technology(name: str, uses: int = 5) -> Candidate:
    return Candidate(Source.ONET_TECHNOLOGY, name, uses=uses)


@pytest.mark.parametrize(
    ("candidate", "skill"),
    [
        (_technology("Makrosoft Sheetful"), "sheetful"),
        (_technology("Microsoft Sheetful 2019"), "sheetful"),
        (_technology("Sheetful software"), "sheetful"),
        (Candidate(Source.LINGUIST, "Go"), "go"),
        (Candidate(Source.ESCO_KNOWLEDGE, "Go (computer programming)"), "go"),
        (Candidate(Source.ESCO_SKILL, "manage budgets"), "budget-management"),
        (Candidate(Source.ESCO_KNOWLEDGE, "Plumbing"), "plumbing"),
    ],
)
def test_a_skill_of_ours_wins(candidate: Candidate, skill: str) -> None:
    made = _made(candidate)

    assert set(made) == {"sheetful", "go", "amber", "budget-management", "plumbing"}
    assert candidate.name in made[skill].linking or candidate.name.casefold() in made[skill].linking


def test_what_only_looks_alike_is_another_skill() -> None:
    made = _made(_technology("Adobe Plumbing"), Candidate(Source.ESCO_SKILL, "go", ("go along",)))

    # A product is no practice, and a verb no programming language, though it would have its id.
    assert set(made) == {"sheetful", "go", "amber", "budget-management", "plumbing", "adobe-plumbing"}
    assert set(made["go"].linking) == {"Go"}


@pytest.mark.parametrize(
    ("candidate", "looked_for"),
    [
        (_technology("TreeWright"), ["*=TreeWright"]),
        (_technology("Treewright"), []),
        (_technology("Arbora Tree Maker"), ["*=Arbora Tree Maker"]),
        (_technology("Arbora Tree Maker", uses=1), None),
        (_technology("Map Maker"), []),
        (_technology("Accounting software"), []),
        # Where a name of ours stands in it, finding it would hide ours.
        (_technology("Amber Treewright"), []),
        (Candidate(Source.ESCO_KNOWLEDGE, "water law"), ["water law"]),
        (Candidate(Source.ESCO_KNOWLEDGE, "law"), []),
        (Candidate(Source.ESCO_KNOWLEDGE, "types of wood"), []),
        (Candidate(Source.ESCO_KNOWLEDGE, "wood industry"), []),
        (Candidate(Source.ESCO_KNOWLEDGE, "dendrology"), ["dendrology"]),
        (Candidate(Source.ESCO_SKILL, "fell trees"), []),
        (Candidate(Source.ESCO_LANGUAGE, "Quenya"), ["=Quenya"]),
        # The stop table.
        (_technology("LinkedIn"), []),
    ],
)
def test_a_name_is_looked_for_or_links_only(candidate: Candidate, looked_for: list[str] | None) -> None:
    new = [one for one in _made(candidate).values() if one.source != "own"]

    assert [[name.written for name in one.found] for one in new] == ([] if looked_for is None else [looked_for])
    assert all(one.linking for one in new)


def test_a_language_is_one_skill_however_it_is_used() -> None:
    made = _made(
        Candidate(Source.ESCO_LANGUAGE, "Quenya"),
        Candidate(Source.ESCO_LANGUAGE, "understand spoken Quenya", ("comprehend Quenya",)),
    )

    assert made["quenya"].kind is SkillKind.LANGUAGE
    assert set(made["quenya"].linking) == {"Quenya", "understand spoken quenya", "comprehend quenya"}


def test_a_name_of_two_skills_links_to_none_but_the_one_that_is_called_so() -> None:
    made = _made(
        Candidate(Source.ESCO_SKILL, "fell trees", ("cut down trees", "tend to trees")),
        Candidate(Source.ESCO_SKILL, "prune trees", ("cut down trees", "fell trees")),
    )

    assert set(made["fell-trees"].linking) == {"fell trees", "tend to trees"}
    assert set(made["prune-trees"].linking) == {"prune trees"}


def test_technologies_used_for_the_same_are_related_and_ours_keep_their_clusters() -> None:
    made = list(
        _made(
            Candidate(Source.ONET_TECHNOLOGY, "TreeWright", uses=9, related=("WoodSmith", "Sheetful")),
            Candidate(Source.ONET_TECHNOLOGY, "WoodSmith", uses=9, related=("TreeWright",)),
            Candidate(Source.ONET_TECHNOLOGY, "Sheetful", uses=9, related=("TreeWright",)),
        ).values()
    )
    known = Taxonomy(Content.model_validate(sections(made)["skills"]))

    assert known.related("treewright") == ("woodsmith",)
    assert known.related("woodsmith") == ("treewright",)
    assert known.related("sheetful") == ("go", "amber")


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("Microsoft Sheetful", ["Microsoft Sheetful", "Sheetful"]),
        ("Hypertext markup language HTML", ["Hypertext markup language HTML", "Hypertext markup language", "HTML"]),
        ("Vellum 2019", ["Vellum 2019", "Vellum"]),
    ],
)
def test_a_product_goes_by_its_shorter_names(name: str, names: list[str]) -> None:
    assert [one for one in product_names(name) if one != "Hypertext markup"] == names


def test_an_abbreviation_is_told_from_a_word_in_capitals() -> None:
    assert abbreviation("Makro SQL Server Tree Services STS") == ("Makro SQL", "Server Tree Services", "STS", "")
    assert abbreviation("Customer relationship management CRM software") == (
        "",
        "Customer relationship management",
        "CRM",
        "software",
    )
    assert abbreviation("Makro ASP Core MVC") is None


def test_spellings_of_one_name_have_one_key() -> None:
    assert key("Data visualisation") == key("data-visualization")
    assert key("Budgets & strategies") == key("budgets and strategy")
    assert key("Processes") == key("process")
    assert key("Analysis") != key("analysi")
    assert len({key("C"), key("C++"), key("C#")}) == 3


def test_a_phrase_of_doing_has_a_noun() -> None:
    assert (as_noun("manage budgets"), as_noun("perform data analysis")) == ("budget management", "data analysis")
    assert as_noun("fell trees") is None

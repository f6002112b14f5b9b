"""The benchmark's counting of entries by the table that holds no text of the files."""

from benchmarks.resume_fields import KINDS, counts, key, told
from benchmarks.resume_truth import TUNED
from jobtracker.resumes.model import Profile

PROFILE = Profile.model_validate(
    {
        "certificates": [
            {"name": "Beekeeper", "issuer": "Honey School", "date": "2021-05"},
            {"name": "Honey School"},
        ],
        "projects": [{"name": "Hive Map", "end": "2022"}],
    }
)


def test_an_entry_counts_where_all_of_its_fields_are_right() -> None:
    known = {
        "one.pdf": {
            "certificates": frozenset(
                {
                    key("certificates", "BEEKEEPER", "Honey  School", "2021-05"),
                    key("certificates", "Gardener", None, None),
                }
            ),
            "projects": frozenset({key("projects", "Hive Map", "2022", None)}),
        },
        "missing.pdf": {"projects": frozenset({key("projects", "Seed App", None, None)})},
    }
    found = counts(known, {"one.pdf": PROFILE})
    assert [found[f"certificates{of}"] for of in ("", "_of", "_false")] == [1, 2, 1]
    assert [found[f"projects{of}"] for of in ("", "_of", "_false")] == [1, 1, 0]
    assert found["certificates_wrong"] == ["one.pdf: Honey School |  | "]
    assert (found["certificates_reported_of"], found["awards_of"]) == (2, 0)


def test_what_rules_were_written_with_is_not_reported() -> None:
    tuned = f"{min(TUNED)}.pdf"
    found = counts({tuned: {"projects": frozenset({"0" * 12})}}, {tuned: PROFILE})
    assert (found["projects_of"], found["projects_reported_of"]) == (1, 0)


def test_the_table_names_lists_that_are_counted() -> None:
    table = told()
    assert table
    assert all(lists.keys() <= set(KINDS) for lists in table.values())

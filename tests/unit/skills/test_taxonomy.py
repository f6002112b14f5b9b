"""The bundled taxonomy holds together."""

from collections import Counter

from jobtracker.skills.taxonomy import slug, taxonomy


def test_no_spelling_means_two_skills() -> None:
    spellings = Counter(name.text.lower() for names in taxonomy().spellings.values() for name in names)

    assert [text for text, count in spellings.items() if count > 1] == []


def test_relations_are_mutual_and_lead_to_skills() -> None:
    known = taxonomy()

    for skill in known.by_id.values():
        assert skill.id not in skill.related
        assert all(skill.id in known.related(other) for other in skill.related)


def test_the_taxonomy_spans_many_fields() -> None:
    assert len(taxonomy()) >= 600
    for name in ("Python", "Wound care", "Welding", "lesson plans", "Forklift", "IFRS", "HACCP", "GDPR"):
        assert any(name in {n.text for n in names} for names in taxonomy().spellings.values()), name


def test_ids_keep_apart_names_that_differ_by_a_symbol() -> None:
    assert len({slug(name) for name in ("C", "C++", "C#", ".NET")}) == 4

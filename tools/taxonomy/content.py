"""The sections of the taxonomy's file."""

from collections import defaultdict

from jobtracker.skills.model import SkillKind
from jobtracker.skills.taxonomy import KINDS
from tools.taxonomy.merging import Merged

_LETTERS = {kind: letter for letter, kind in KINDS.items()}
# Soft skills and languages are no substitute for one another, so they have no relations.
_APART = {SkillKind.SOFT, SkillKind.LANGUAGE}


def sections(skills: list[Merged]) -> dict[str, object]:
    """What the file holds, as plain values that JSON gives back as they are."""
    place = {one.id: at for at, one in enumerate(skills)}
    clusters: dict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(skills):
        if one.cluster and one.kind not in _APART:
            clusters[one.cluster].append(at)
    links = sorted((name, place[one.id]) for one in skills for name in one.linking)
    return {
        "skills": {
            "ids": [one.id for one in skills],
            "names": [one.name for one in skills],
            "kinds": "".join(_LETTERS[one.kind] for one in skills),
            "spelled": {str(place[one.id]): [name.written for name in one.found] for one in skills if one.found},
            "clusters": [members for members in clusters.values() if len(members) > 1],
            "related": {str(place[one.id]): [place[other] for other in one.related] for one in skills if one.related},
            "parents": {str(place[one.id]): [place[other] for other in one.parents] for one in skills if one.parents},
        },
        "linking": {"names": [name for name, _ in links], "skills": [at for _, at in links]},
    }

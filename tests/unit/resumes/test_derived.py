"""What is told of fields that follow from others."""

import pytest

from jobtracker.resumes.model import Profile, SkillUse, Work
from jobtracker.resumes.provenance.evidence import evidence_of


@pytest.mark.parametrize(
    ("months", "said"),
    [(None, "1 position"), (1, "1 month"), (11, "11 months"), (12, "1 year"), (69, "5.8 years"), (24, "2 years")],
)
def test_how_long_a_skill_was_used_is_told_as_the_profile_tells_it(months: int | None, said: str) -> None:
    use = SkillUse(skill="python", positions=(0,), months=months)
    profile = Profile(work=(Work(company="Kelp"),), skills=("python",), skill_uses=(use,))
    [told] = [one.value for one in evidence_of("Kelp\nPython", profile).fields if one.path == "/skill_uses/0"]
    assert told == (f"Python: {said}" if months is None else f"Python: 1 position, {said}")

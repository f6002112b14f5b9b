"""An employer that is called like a skill gives no skill."""

from datetime import date

from jobtracker.resumes.read import read_profile

RESUME = """Ada Berg
ada@example.com

Experience
Product Designer, Notion
Jan 2020 - Dec 2021
• Designed Notion's table of contents
• Drew the first prototypes at Notion by hand

Software Engineer
Figma
Jan 2018 - Dec 2019
• Wrote the importer in Python

Education
BSc in Design, University of Oslo, 2014 - 2017
"""


def skills_of(text: str) -> set[str]:
    return set(read_profile(text, today=date(2026, 3, 15)).skills)


def test_an_employer_called_like_a_skill_gives_no_skill() -> None:
    profile = read_profile(RESUME, today=date(2026, 3, 15))
    assert [one.company for one in profile.work] == ["Notion", "Figma"]
    assert {"python"} <= set(profile.skills)
    assert {"notion", "figma"}.isdisjoint(profile.skills)
    assert {"notion", "figma"}.isdisjoint(use.skill for use in profile.skill_uses)


def test_what_is_told_of_it_elsewhere_gives_the_skill() -> None:
    assert "figma" in skills_of(RESUME + "\nSkills\nFigma, Sketch\n")
    assert "figma" in skills_of(RESUME.replace("importer in Python", "importer in Python with Figma"))

"""Telling the employers that a resume names from the skills that are called the same ("Notion", "Figma")."""

import re
from collections.abc import Iterable, Sequence

from jobtracker.resumes.entries import is_head
from jobtracker.resumes.lines import is_bullet
from jobtracker.resumes.model import Work
from jobtracker.skills.extraction import extract


def without_employers(heads: Iterable[str], others: Iterable[str], work: Sequence[Work]) -> str:
    """What speaks of the person's skills: the lines without the employers' names where these stand as such.

    Args:
        heads: the lines of the sections of work, in which a name that heads a position is the employer's.
        others: all other lines, in which only "at Notion" and "Notion's" are.
        work: the positions that were read.
    """
    names = {one.company for one in work if one.company}
    # Words with several skills in them are rather a list that was taken for a name.
    called = sorted((name for name in names if len(extract(name)) == 1), key=len, reverse=True)
    if not called:
        return "\n".join([*others, *heads])
    some = "|".join(map(re.escape, called))
    name = re.compile(rf"(?<!\w)(?:{some})(?!\w)")
    said = re.compile(rf"(?<!\w)(?:(?:at|joined|bei|chez) (?:{some})(?!\w)|(?:{some})['’]s\b)")
    bullets = {" ".join(bullet.split()) for one in work for bullet in one.bullets}
    told = [said.sub(" ", line) for line in others]
    for line in heads:
        is_name = not is_bullet(line) and is_head(line) and not any(line.strip() in bullet for bullet in bullets)
        told.append((name if is_name else said).sub(" ", line))
    return "\n".join(told)

"""What of a phrase names the skill: its plain words, without those by which postings and resumes speak of any skill."""

import re

from jobtracker.skills.wordpiece import words

# Signs that tell one skill from another: C, C++ and C#.
_TELLING = {"+", "#"}
_BEFORE = re.compile(
    r"(?:(?:very |highly |fully )?(?:a|an|the|our|your|their|any|all|and|or|of|to|in|with|good|great|strong|excellent|"
    r"outstanding|exceptional|solid|sound|deep|broad|extensive|proven|demonstrated|demonstrable|basic|advanced|working|"
    r"practical|professional|relevant|general|prior|previous|some|hands on|in depth|first|thorough|comprehensive|"
    r"experienced|skilled|proficient|fluent|familiar|knowledgeable|able|ability|capability|capable|experience|expertise|"
    r"expert|knowledge|understanding|proficiency|familiarity|background|competence|competency|command|grasp|mastery|"
    r"exposure|skills?) (?:(?:in|of|with|to|for|on|at|as|using|within) )*)+"
)
_LEAST_OF_A_STEM = 3
_BEHIND = re.compile(r"(?: (?:skills?|experience|expertise|knowledge|etc|abilities|ability))+$")


def plain(text: str) -> str:
    """The words in small letters without accents and signs, save those that tell names apart; "" where none is."""
    found: list[str] = []
    for word in words(text):
        if word in _TELLING and found:
            found[-1] += word
        elif word[0].isalnum():
            found.append(word)
    return " ".join(found)


def kernel(text: str) -> str:
    """A plain phrase without what stands before and behind any skill: "strong experience with SQL" is about SQL."""
    shorter = _BEFORE.sub("", text, count=1) if _BEFORE.match(text) else text
    return _BEHIND.sub("", shorter) or shorter or text


def bases(text: str) -> list[str]:
    """A plain phrase that says what is being done as one that says what is done: "managing budgets", "manage budgets".

    All spellings that English may have; none of a phrase that does not begin so.
    """
    verb, space, what = text.partition(" ")
    stem = verb.removesuffix("ing")
    if stem == verb or len(stem) < _LEAST_OF_A_STEM or not space:
        return []
    spellings = [stem + "e", stem]
    if stem[-1] == stem[-2]:
        spellings.append(stem[:-1])
    return [f"{one} {what}" for one in spellings]

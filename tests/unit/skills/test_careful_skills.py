"""Names beside spans: which names count, what is linked, and what is kept in the text's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtracker.skills import careful
from jobtracker.skills.careful import LEAST_SPAN, MOST_WORDS, read_skills
from jobtracker.skills.linking import Link
from jobtracker.skills.model import FoundBy, FoundKind, SkillSpan


def reads(
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    *spans: tuple[str, float],
    links: dict[str, Link] | None = None,
    kind: FoundKind = FoundKind.KNOWLEDGE,
) -> list[tuple[str, str | None, str]]:
    """What is read of a text of which the model finds these spans, as phrase, skill and how it was found."""
    found = [SkillSpan(at := text.index(words), at + len(words), kind, sure) for words, sure in spans]
    monkeypatch.setattr(careful, "find_spans", lambda _text: found)
    monkeypatch.setattr(careful, "link", lambda phrases: [(links or {}).get(one) for one in phrases])
    return [(one.phrase, one.skill, one.found_by.value) for one in read_skills(text)]


def test_a_span_is_linked_where_that_is_sure_and_else_kept_in_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "You plan shift rosters, ring bells and watch costs; Python helps."
    links = {"plan shift rosters": Link("shift-planning", 0.9), "watch costs": Link("cost-control", 0.2)}
    spans = [("plan shift rosters,", 0.8), ("ring bells", 0.9), ("watch costs", 0.7), ("Python", 0.9)]
    assert reads(monkeypatch, text, *spans, links=links, kind=FoundKind.SKILL) == [
        ("plan shift rosters", "shift-planning", "linked"),
        ("ring bells", None, "phrase"),
        ("watch costs", None, "phrase"),
        ("Python", "python", "named"),
    ]


def test_a_linked_place_is_as_sure_as_its_span_and_its_link_together(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "plan shift rosters"
    reads(monkeypatch, text, (text, 0.8), links={text: Link("shift-planning", 0.9)})
    [one] = read_skills(text)
    assert one.confidence == pytest.approx(0.72)


@pytest.mark.parametrize(
    ("text", "span", "found"),
    [
        ("We use Go\nevery day.", "Go", True),
        ("Courses in Go programming", "Go programming", True),
        # The span speaks of something wider than the name.
        ("You plan the Go live phase", "Go live phase", False),
        ("Go home early.", None, False),
    ],
)
def test_a_name_that_is_a_word_counts_where_a_span_says_no_more_than_it(
    monkeypatch: pytest.MonkeyPatch, text: str, span: str | None, found: bool
) -> None:
    read = reads(monkeypatch, text, *([(span, 0.9)] if span else []))
    assert (("Go", "go", "named") in read) is found


def test_what_somebody_does_makes_no_tool_of_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    read = reads(monkeypatch, "You let it Go.", ("Go", 0.9), kind=FoundKind.SKILL)
    assert "go" not in {skill for _, skill, _ in read}


def test_a_word_in_another_case_than_the_name_links_to_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    links = {"excel": Link("microsoft-excel", 0.94), "polish": Link("polish", 0.94)}
    read = reads(monkeypatch, "You polish and excel daily.", ("polish", 0.9), ("excel", 0.9), links=links)
    assert read == [("polish", None, "phrase"), ("excel", None, "phrase")]


@pytest.mark.parametrize(
    ("text", "spans", "found"),
    [
        ("Excel at what you do.", [], False),
        ("- Excel in everyday use", [("Excel", 0.9)], True),
        ("Excel, Word", [], True),
        ("You work in Excel daily.", [], True),
    ],
)
def test_a_capital_at_the_head_of_a_sentence_names_nothing_by_itself(
    monkeypatch: pytest.MonkeyPatch, text: str, spans: list[tuple[str, float]], found: bool
) -> None:
    assert ("Excel" in {phrase for phrase, _, _ in reads(monkeypatch, text, *spans)}) is found


def test_phrases_are_trimmed_short_and_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "• the bell casting, a lot of words that go on and on for ever, kiln firing, ox, (glaze mixing"
    spans = [
        ("the bell casting,", 0.9),
        ("a lot of words that go on and on for ever", 0.9),
        ("kiln firing", 0.55),
        ("ox", 0.9),
        ("(glaze mixing", 0.9),
    ]
    assert [phrase for phrase, _, _ in reads(monkeypatch, text, *spans)] == ["bell casting", "glaze mixing"]


@pytest.mark.parametrize(
    ("text", "span", "kept"),
    [
        ("Crafts: bell casting", "Crafts", []),
        ("A Bachelor of Science", "Bachelor of Science", []),
        ("Wrote of bell casting\nand more", "bell casting", []),
        ("Wrote of bell casting\n- And more", "bell casting", ["bell casting"]),
        ("Wrote of bell casting and the kiln", "bell casting and the", ["bell casting"]),
    ],
)
def test_labels_degrees_and_what_breaks_off_are_no_phrases(
    monkeypatch: pytest.MonkeyPatch, text: str, span: str, kept: list[str]
) -> None:
    assert [phrase for phrase, _, _ in reads(monkeypatch, text, (span, 0.9))] == kept


def test_of_spans_that_overlap_the_one_that_links_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "firing of kilns by hand"
    read = reads(
        monkeypatch, text, (text, 0.95), ("firing of kilns", 0.7), links={"firing of kilns": Link("kilns", 0.9)}
    )
    assert read == [("firing of kilns", "kilns", "linked")]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30), st.floats(0, 1), st.sampled_from(FoundKind))))
def test_whatever_spans_there_are_places_are_in_order_apart_and_of_their_phrase(
    spans: list[tuple[int, int, float, FoundKind]],
) -> None:
    text = "Go, (Excel) and the bell casting; Python or kiln firing. Excel at what you do (R) • we teach"
    found = [SkillSpan(start, min(len(text), start + size), kind, sure) for start, size, sure, kind in spans]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(careful, "find_spans", lambda _text: found)
        patched.setattr(careful, "link", lambda phrases: [None for _ in phrases])
        read = read_skills(text)
    end = 0
    for one in read:
        assert one.start >= end
        end = one.end
        assert text[one.start : one.end] == one.phrase
        assert (one.skill is None) is (one.found_by is FoundBy.PHRASE)
        assert one.found_by is FoundBy.NAMED or len(one.phrase.split()) <= MOST_WORDS
        assert 0 < one.confidence <= 1


def test_what_a_sentence_begins_with_is_no_tool_and_an_unsure_link_is_none() -> None:
    found = read_skills("You control the plant from its panel.\nReact quickly to alarms and keep the log.")
    assert "react" not in {one.skill for one in found}
    assert all(one.confidence >= LEAST_SPAN for one in found)
    assert read_skills("Able to stand for long periods and lift 50 lbs.") == []

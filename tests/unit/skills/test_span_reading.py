"""The careful tier's spans, as the weights that come with the package find them."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtracker.skills import artifact
from jobtracker.skills.artifact import BrokenArtifactError
from jobtracker.skills.model import FoundKind
from jobtracker.skills.spans.features import named, shape
from jobtracker.skills.spans.network import WINDOW, Network, Sentence, network
from jobtracker.skills.spans.reading import find_spans

ADVERTISEMENT = """Laboratory Manager
Your tasks
• You plan the experiments of a team of six and train new colleagues.
• You write reports for our partners.
What you bring
• A degree in organic chemistry
• Knowledge of gas chromatography and Python
We offer thirty days of leave and a canteen. Our office is in the centre of Graz."""


def read(text: str) -> dict[str, FoundKind]:
    return {text[one.start : one.end]: one.kind for one in find_spans(text)}


def test_what_people_do_and_know_is_found_whether_a_list_has_it_or_not() -> None:
    found = read(ADVERTISEMENT)
    assert found.get("Python") is FoundKind.KNOWLEDGE
    assert any("chromatography" in phrase and kind is FoundKind.KNOWLEDGE for phrase, kind in found.items())
    assert any("write reports" in phrase and kind is FoundKind.SKILL for phrase, kind in found.items())


def test_what_an_employer_offers_and_where_it_is_are_no_skills() -> None:
    found = read(ADVERTISEMENT)
    assert not any(word in phrase for phrase in found for word in ("canteen", "leave", "Graz", "Laboratory Manager"))


def test_a_word_that_misleads_counts_in_its_context() -> None:
    assert "Go" in read("Requirements:\nExperience in programming languages such as Go or Rust.")
    assert "Go" not in read("Go the extra mile with us in a friendly team.")


def test_a_text_of_another_language_is_left_to_the_fast_tier() -> None:
    text = "Wir suchen für unser Team eine Person, die mit Python und SQL arbeitet und die Daten der Kunden kennt."
    assert find_spans(text) == []


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
def test_spans_lie_in_the_text_in_order_and_one_kind_never_overlaps(text: str) -> None:
    found = find_spans(text)
    assert found == sorted(found, key=lambda one: (one.start, one.end))
    assert all(0 <= one.start < one.end <= len(text) and 0 <= one.confidence <= 1 for one in found)
    for kind in FoundKind:
        ends = 0
        for one in (one for one in found if one.kind is kind):
            assert one.start >= ends
            ends = one.end


def test_a_text_of_many_windows_is_read_to_its_end() -> None:
    line = "Experience in Python and SQL is required for this role in our team.\n"
    text = line * 60
    last = len(line) * 59
    assert any(text[one.start : one.end] == "Python" and one.start > last for one in find_spans(text))
    words = line.split()
    sentence = Sentence(words, [shape(word) for word in words], [0] * len(words))
    sizes = network().windows_of([sentence] * 60)
    assert len(sizes) > 2
    assert max(sizes) <= WINDOW


def test_a_sentence_that_fits_no_window_is_read_as_far_as_it_goes() -> None:
    words = ["Python"] * 400
    sentences = [Sentence(words, [3] * 400, [1] * 400), Sentence(["Python"], [3], named("Python", [(0, 6)]))]
    found = network().find(sentences, FoundKind)
    assert all(one.end < WINDOW for one in found["knowledge"] if one.sentence == 0)
    assert {one.sentence for some in found.values() for one in some} <= {0, 1}


def test_damaged_weights_are_refused(tmp_path: Path) -> None:
    whole = (Path(artifact.__file__).parent / "data" / "spans.bin").read_bytes()
    file = tmp_path / "spans.bin"
    file.write_bytes(whole[:-50] + bytes(50))
    with pytest.raises(BrokenArtifactError, match=r"network of spans\.bin"):
        Network(artifact.read(file))

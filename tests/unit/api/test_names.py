"""What the API calls things, without loading what it takes to read them."""

from functions.api import names


def test_sources_are_called_by_their_listings() -> None:
    assert names.source_name("remoteok") == "Remote OK"
    assert names.source_name("greenhouse:stripe") == "Stripe (Greenhouse)"
    assert names.source_name("greenhouse:nobody-listed-it") == "nobody-listed-it (Greenhouse)"


def test_what_a_person_brought_along_is_called_by_how() -> None:
    assert names.source_name("import") == "Imported page"
    assert names.source_name("mail") == "Job alert mail"
    assert names.source_name("own:0123456789ab") == "Own source"


def test_ids_that_are_no_longer_known_are_their_own_names() -> None:
    assert names.skill_name("no-such-skill") == "no-such-skill"
    assert names.source_name("no-such-source") == "no-such-source"

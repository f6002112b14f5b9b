"""Resumes, what was read of them and the profile they make, in a real table."""

import zlib

import pytest

from jobtracker.aws import clients
from jobtracker.postings.model import WorkMode
from jobtracker.resumes import store
from jobtracker.resumes.errors import NotReadError
from jobtracker.resumes.model import Corrections, Preferences, Profile, StoredProfile, Work
from jobtracker.resumes.settled import conflict_id, is_settled
from jobtracker.resumes.uploads import ResumeStatus
from tests.contract.test_resumes import SHARDS, resume


def test_a_later_upload_wins_whatever_the_order_of_reading(people_table: str) -> None:
    table = clients.table(people_table)
    for number in (1, 2):
        store.put_resume(table, resume(number))
    newer = store.put_profile(table, resume(2), Profile(name="Newer"), match_shards=SHARDS)
    assert newer is not None
    assert store.put_profile(table, resume(1), Profile(name="Older"), match_shards=SHARDS) is None
    assert store.get_profile(table, "p1") == newer


def test_preferences_outlive_the_next_resume_and_raise_the_version_once(people_table: str) -> None:
    table = clients.table(people_table)
    wishes = Preferences(work_modes=(WorkMode.REMOTE,))
    assert store.set_preferences(table, "p1", wishes) is None
    store.put_resume(table, resume(1))
    store.put_profile(table, resume(1), Profile(name="A"), match_shards=SHARDS)
    for _ in range(2):
        changed = store.set_preferences(table, "p1", wishes)
        assert changed is not None
        assert changed.version == 2
    store.put_resume(table, resume(2))
    stored = store.put_profile(table, resume(2), Profile(name="B"), match_shards=SHARDS)
    assert stored is not None
    assert (stored.version, stored.preferences, stored.profile.name) == (3, wishes, "B")


def test_corrections_outlive_the_next_resume_and_give_way_when_they_are_taken_back(people_table: str) -> None:
    table = clients.table(people_table)
    assert store.set_corrections(table, "p1", Corrections(name="Ada")) is None
    for number, name in ((1, "A"), (2, "B")):
        store.put_resume(table, resume(number))
        read = Profile(name=name, phone="+4930901820", skills=("python",))
        stored = store.put_profile(table, resume(number), read, match_shards=SHARDS)
        again = store.put_profile(table, resume(number), read, match_shards=SHARDS)
        assert stored is not None
        assert again == stored
        if number == 1:
            corrected = store.set_corrections(table, "p1", Corrections(name="Ada", phone=None, skills=("go",)))
            assert corrected == store.set_corrections(table, "p1", Corrections(name="Ada", phone=None, skills=("go",)))
            assert corrected is not None
            assert corrected.version == 2
    stored = store.get_profile(table, "p1")
    assert stored is not None
    kept = stored.profile
    assert (stored.version, kept.name, kept.phone, kept.skills) == (3, "Ada", None, ("go",))
    assert (stored.as_read.name, stored.as_read.skills) == ("B", ("python",))
    stored = store.set_corrections(table, "p1", Corrections())
    assert stored is not None
    assert stored.profile == Profile(name="B", phone="+4930901820", skills=("python",))


def test_everybody_is_in_one_shard_each_even_after_preferences_change(people_table: str) -> None:
    table = clients.table(people_table)
    people = [f"person-{number}" for number in range(120)]
    for person in people:
        store.put_resume(table, resume(person=person))
        store.put_profile(table, resume(person=person), Profile(name=person), match_shards=SHARDS)
    store.set_preferences(table, "person-7", Preferences(titles=("Cook",)))
    found = {shard: [stored.person_id for stored in store.profiles_of_shard(table, shard)] for shard in range(SHARDS)}
    assert sorted(person for shard in found.values() for person in shard) == sorted(people)
    assert "person-7" in found[zlib.crc32(b"person-7") % SHARDS]


def test_a_resume_that_was_deleted_stays_deleted(people_table: str) -> None:
    table = clients.table(people_table)
    store.update_resume(table, resume())
    assert store.get_resume(table, "p1", "r1") is None
    store.put_resume(table, resume())
    with pytest.raises(table.meta.client.exceptions.ConditionalCheckFailedException):
        store.put_resume(table, resume())
    assert [one.id for one in store.list_resumes(table, "p1")] == ["r1"]


def test_resumes_that_are_used_together_make_one_profile_and_a_newer_one_comes_first(people_table: str) -> None:
    table = clients.table(people_table)
    assert store.set_resumes(table, "p1", ["r1"]) is None
    for number, name in ((1, "A"), (2, "B")):
        store.put_resume(table, resume(number))
        alone = store.put_profile(table, resume(number), Profile(name=name, skills=("python",)), match_shards=SHARDS)
        assert alone is not None
        assert (alone.in_use, alone.conflicts) == ((f"r{number}",), ())
    store.set_corrections(table, "p1", Corrections(label="Data engineer"))
    both = store.set_resumes(table, "p1", ["r1", "r2"])
    assert both is not None
    assert (both.resume_id, both.in_use, both.version) == ("r1", ("r1", "r2"), 4)
    assert (both.profile.name, both.profile.label, both.conflicts[0].others[0].value) == ("A", "Data engineer", "B")
    assert store.set_resumes(table, "p1", ["r1", "r2"]) == both
    read_anew = store.put_profile(table, resume(2), Profile(name="A", skills=("go",)), match_shards=SHARDS)
    assert read_anew is not None
    assert (read_anew.in_use, read_anew.conflicts, read_anew.profile.skills) == (("r1", "r2"), (), ("python", "go"))
    for number in range(3, 8):
        store.put_resume(table, resume(number))
        store.put_profile(table, resume(number), Profile(name=f"N{number}"), match_shards=SHARDS)
    stored = store.get_profile(table, "p1")
    assert stored is not None
    assert (stored.in_use, stored.profile.name) == (("r7", "r6", "r5", "r4", "r3"), "N7")


def test_a_conflict_that_is_right_as_it_is_stays_away_until_a_value_changes(people_table: str) -> None:
    table = clients.table(people_table)

    def read(number: int, end: str, *before: Work) -> Profile:
        return Profile(
            name=f"N{min(number, 2)}", work=(*before, Work(company="Quay", title="Dev", start="2019", end=end))
        )

    def still(stored: StoredProfile | None) -> list[tuple[str, str | None]]:
        assert stored is not None
        return [(one.field, one.part) for one in stored.conflicts if not is_settled(one, stored)]

    for number, end in ((1, "2021"), (2, "2022"), (3, "2023")):
        store.put_resume(table, resume(number))
        store.put_profile(table, resume(number), read(number, end), match_shards=SHARDS)
    both = store.set_resumes(table, "p1", ["r1", "r2"])
    assert still(both) == [("name", None), ("work", "end")]
    assert both is not None
    name, end = (conflict_id(one, both.as_read) for one in both.conflicts)
    assert store.settle_conflict(table, "p1", "another", is_right=True) is None
    assert store.settle_conflict(table, "nobody", end, is_right=True) is None
    stored = store.settle_conflict(table, "p1", end, is_right=True)
    assert still(stored) == [("name", None)]
    assert stored is not None
    assert stored.version == both.version + 1
    assert store.settle_conflict(table, "p1", end, is_right=True) == stored
    # An entry that moves is the same, a value that is new is not, and one that goes again takes it along.
    moved = read(2, "2022", Work(company="Mill", title="Head", start="2024", current=True))
    assert still(store.put_profile(table, resume(2), moved, match_shards=SHARDS)) == [("name", None)]
    assert still(store.set_resumes(table, "p1", ["r1", "r2", "r3"])) == [("name", None), ("work", "end")]
    assert still(store.set_resumes(table, "p1", ["r1", "r2"])) == [("name", None)]
    assert still(store.set_resumes(table, "p1", ["r2", "r1"])) == [("name", None), ("work", "end")]
    store.set_resumes(table, "p1", ["r1", "r2"])
    assert still(store.settle_conflict(table, "p1", name, is_right=True)) == []
    assert still(store.settle_conflict(table, "p1", end, is_right=False)) == [("work", "end")]


def test_of_three_values_that_were_right_two_are_as_well(people_table: str) -> None:
    table = clients.table(people_table)
    for number in (1, 2, 3):
        store.put_resume(table, resume(number))
        store.put_profile(table, resume(number), Profile(name=f"N{number}"), match_shards=SHARDS)
    three = store.set_resumes(table, "p1", ["r1", "r2", "r3"])
    assert three is not None
    store.settle_conflict(table, "p1", conflict_id(three.conflicts[0], three.as_read), is_right=True)
    two = store.set_resumes(table, "p1", ["r1", "r3"])
    assert two is not None
    assert [is_settled(one, two) for one in two.conflicts] == [True]


@pytest.mark.parametrize("wrong", [["r2", "r9"], ["r2", "r3"], ["r2", "s1"]])
def test_a_resume_that_is_unknown_unread_or_anothers_is_not_used(people_table: str, wrong: list[str]) -> None:
    table = clients.table(people_table)
    for number in (1, 2, 3):
        store.put_resume(table, resume(number))
    for number in (1, 2):
        store.put_profile(table, resume(number), Profile(), match_shards=SHARDS)
    others = resume(1, person="p2").model_copy(update={"id": "s1"})
    store.put_resume(table, others)
    store.put_profile(table, others, Profile(name="Eve"), match_shards=SHARDS)
    before = store.get_profile(table, "p1")
    with pytest.raises(NotReadError):
        store.set_resumes(table, "p1", wrong)
    assert store.get_profile(table, "p1") == before


def test_a_message_that_comes_again_does_not_bring_back_a_resume_that_the_person_left(people_table: str) -> None:
    table = clients.table(people_table)
    for number in (1, 2):
        store.put_resume(table, resume(number))
        store.put_profile(table, resume(number), Profile(name=f"N{number}"), match_shards=SHARDS)
    alone = store.set_resumes(table, "p1", ["r1"])
    done = resume(2).model_copy(update={"status": ResumeStatus.READ})
    assert store.put_profile(table, done, Profile(name="N2"), match_shards=SHARDS) is None
    assert store.get_profile(table, "p1") == alone


def test_a_profile_of_before_what_was_read_of_each_resume_was_kept_can_be_used_together(people_table: str) -> None:
    table = clients.table(people_table)
    for number in (1, 2):
        store.put_resume(table, resume(number))
    store.put_profile(table, resume(1), Profile(name="A", phone="+4930901820"), match_shards=SHARDS)
    table.delete_item(Key={"PK": "USER#p1", "SK": "READING#r1"})
    assert store.set_resumes(table, "p1", ["r1"]) is not None
    table.delete_item(Key={"PK": "USER#p1", "SK": "READING#r1"})
    store.put_profile(table, resume(2), Profile(name="B"), match_shards=SHARDS)
    both = store.set_resumes(table, "p1", ["r2", "r1"])
    assert both is not None
    assert (both.profile.name, both.profile.phone) == ("B", "+4930901820")

"""What collections saw, in the bucket: kept between collections and between the parts of one."""

import gzip
import json

from jobtracker.aws import clients
from jobtracker.sources.seen import Sighting, StoredMemory

ONE = Sighting("a" * 32, 1_772_800_000, 1_772_700_000, 1_780_000_000)
TWO = Sighting("b" * 32, 1_772_800_000, 1_772_800_000)


def test_what_was_seen_comes_back_as_it_was(artifacts_bucket: str) -> None:
    memory = StoredMemory(artifacts_bucket, "greenhouse:acme")
    assert memory.load() == {}
    memory.save({"p1": ONE, "p2": TWO})
    assert memory.load() == {"p1": ONE, "p2": TWO}
    memory.save({"p2": TWO})
    assert memory.load() == {"p2": TWO}


def test_sources_and_people_do_not_see_each_other_s(artifacts_bucket: str) -> None:
    ids = [("workday:acme.wd5~External", None), ("own:1", "ann"), ("own:1", "bob"), ("a/../own:1", None)]
    memories = [StoredMemory(artifacts_bucket, source_id, owner_id) for source_id, owner_id in ids]
    for number, memory in enumerate(memories):
        memory.save({str(number): ONE})
    assert [list(memory.load()) for memory in memories] == [["0"], ["1"], ["2"], ["3"]]
    listed = clients.s3().list_objects_v2(Bucket=artifacts_bucket)["Contents"]
    assert all(found["Key"].startswith("collections/") for found in listed)
    assert not [found["Key"] for found in listed if "/../" in found["Key"]]


def test_parts_of_a_collection_add_up_and_are_gone_when_it_ends(artifacts_bucket: str) -> None:
    memory = StoredMemory(artifacts_bucket, "remoteok")
    memory.save_part("run", 0, {"p1": ONE})
    memory.save_part("run", 1, {"p2": TWO})
    assert memory.load_parts("run", 2) == {"p1": ONE, "p2": TWO}
    assert memory.load_parts("run", 1) == {"p1": ONE}
    assert memory.load_parts("run", 3) is None
    assert memory.load() == {}
    memory.forget_parts("run", 2)
    assert clients.s3().list_objects_v2(Bucket=artifacts_bucket)["KeyCount"] == 0


def test_a_hundred_thousand_postings_are_a_few_megabytes(artifacts_bucket: str) -> None:
    memory = StoredMemory(artifacts_bucket, "remoteok")
    memory.save({f"{number * 2654435761 % 2**96:024x}": TWO for number in range(100_000)})
    body = clients.s3().get_object(Bucket=artifacts_bucket, Key="collections/remoteok/seen.json.gz")["Body"].read()
    assert len(body) < 6_000_000
    assert len(json.loads(gzip.decompress(body))) == len(memory.load()) == 100_000

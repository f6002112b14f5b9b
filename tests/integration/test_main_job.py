"""The main job through the deployed template: real HTTP, S3 events, streams and queues."""

import os
import signal
from pathlib import Path

import pytest

from jobtracker_local import cloud as local_cloud
from jobtracker_local import main_job, process
from jobtracker_local.api_client import ApiClient, Json, wait_until
from jobtracker_local.cloud import Cloud
from jobtracker_local.errors import LocalCloudError
from jobtracker_local.options import Options
from tests.unit.resumes.scans import photo, saved, tesseract

__all__ = ["tesseract"]

PASSWORD = "a long enough password"


def _signed_in(cloud: Cloud, email: str) -> ApiClient:
    api = ApiClient(cloud.page)
    api.sign_in(email, PASSWORD, name="Ada")
    return api


@pytest.fixture(scope="session")
def collected(cloud: Cloud) -> Cloud:
    """The cloud with the sample postings collected."""
    [source] = main_job.collect(_signed_in(cloud, "collector@example.com"), [main_job.SAMPLE])
    assert source["status"] == "ok", source
    assert source["postings"] >= 300
    return cloud


def _ended(api: ApiClient, resume_id: str) -> Json | None:
    resume = api.get(f"/resumes/{resume_id}")
    return resume if resume["status"] in {"read", "refused"} else None


def test_a_resume_becomes_a_profile_and_ranked_matches_with_reasons(collected: Cloud) -> None:
    api = _signed_in(collected, "reader@example.com")

    resume = api.upload(main_job.sample_resume(), "application/pdf")
    ended = wait_until(lambda: _ended(api, resume["id"]), seconds=60, what="the resume")

    assert ended["status"] == "read"
    profile = api.get("/profile")["profile"]
    assert profile["name"]
    assert len(profile["skills"]) >= 5
    matches = wait_until(lambda: _ranked(api), seconds=120, what="the matches")
    scores = [item["score"] for item in matches["items"]]
    assert scores == sorted(scores, reverse=True)
    assert matches["summary"]["postings"] >= 300
    for item in matches["items"]:
        assert sum(part["points"] for part in item["parts"]) == pytest.approx(item["score"], abs=0.05)
        assert item["posting"]["sample"] is True
    assert matches["items"][0]["matched_skills"]


@pytest.mark.usefixtures("tesseract")
def test_a_photo_becomes_a_profile_and_says_how_sure_that_is(cloud: Cloud, tmp_path: Path) -> None:
    api = _signed_in(cloud, "photo@example.com")
    file = tmp_path / "photo.jpg"
    file.write_bytes(saved(photo(), "JPEG"))

    resume = api.upload(file, "image/jpeg")
    ended = wait_until(lambda: _ended(api, resume["id"]), seconds=120, what="the photo")

    assert ended["status"] == "read", ended
    assert ended["scan"]["by"] == "tesseract"
    assert ended["scan"]["confidence"] > 0.7
    assert api.get("/profile")["profile"]["email"] == "amara@example.com"


def _ranked(api: ApiClient) -> Json | None:
    found = api.get("/matches", limit=20)
    if found["summary"] is None or found["stale"] or not found["items"]:
        return None
    return found if any(part["name"] == "text" and part["known"] for part in found["items"][0]["parts"]) else None


def test_a_file_that_is_no_resume_is_refused_with_its_reason(collected: Cloud, tmp_path: Path) -> None:
    api = _signed_in(collected, "refused@example.com")
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnot really")

    resume = api.upload(broken, "application/pdf")
    ended = wait_until(lambda: _ended(api, resume["id"]), seconds=60, what="the refusal")

    assert ended["status"] == "refused"
    assert ended["refusal"]["code"] == "corrupt"
    assert ended["refusal"]["reason"]


def test_collecting_again_writes_nothing_twice(collected: Cloud) -> None:
    api = _signed_in(collected, "again@example.com")
    before = api.get("/postings", limit=1)["total"]

    [source] = main_job.collect(api, [main_job.SAMPLE])

    assert source["status"] == "ok"
    assert api.get("/postings", limit=1)["total"] == before


def test_a_search_filters_counts_and_pages(collected: Cloud) -> None:
    api = _signed_in(collected, "searcher@example.com")

    everything = wait_until(lambda: _found(api), seconds=60, what="the index")
    first = api.get("/postings", limit=5)
    second = api.get("/postings", limit=5, cursor=first["next_cursor"])
    country, count = next(iter(everything["facets"]["country"].items()))

    assert not {item["id"] for item in first["items"]} & {item["id"] for item in second["items"]}
    assert api.get("/postings", country=country)["total"] == count
    with pytest.raises(LocalCloudError, match="next_cursor of the page before"):
        api.get("/postings", cursor="nonsense")


def _found(api: ApiClient) -> Json | None:
    found = api.get("/postings")
    return found if found["total"] >= 300 else None


def test_a_job_that_is_advertised_twice_is_found_once_and_tells_where_else_it_stands(collected: Cloud) -> None:
    api = _signed_in(collected, "twice@example.com")
    wait_until(lambda: _found(api), seconds=60, what="the index")

    agency = "Lantern & Quay Recruitment"
    [opening] = api.get("/postings", q="Data Engineer", company="Quaystone Consulting", limit=50)["items"]
    shown = api.get(f"/postings/{opening['id']}")

    assert api.get("/postings", company=agency)["total"] == 0
    assert [one["company"] for one in shown["appearances"]] == ["Quaystone Consulting", agency]
    assert shown["appearances"][1]["reasons"]
    assert not shown["appearances"][0]["reasons"]


def test_nothing_acknowledged_before_the_checkpoint_is_lost_when_every_process_is_killed(options: Options) -> None:
    cloud = local_cloud.up(lambda _: None, options, with_website=False)
    api = _signed_in(cloud, "survivor@example.com")
    main_job.collect(api, [main_job.SAMPLE])
    resume = api.upload(main_job.sample_resume(), "application/pdf")
    wait_until(lambda: _ended(api, resume["id"]), seconds=60, what="the resume")
    profile = api.get("/profile")
    cloud.checkpoint()

    server = process.running(options)
    assert server
    os.killpg(os.getpgid(server.pid), signal.SIGKILL)
    again = local_cloud.up(lambda _: None, options, with_website=False)

    assert again.restored.items > 300
    api = _signed_in(again, "survivor@example.com")
    assert api.get("/profile") == profile
    assert wait_until(lambda: _ranked(api), seconds=120, what="the matches")["summary"]["postings"] >= 300

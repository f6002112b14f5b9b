"""``jobtracker match`` without any cloud: the newest snapshot of this machine, or a collection of its own."""

import json
import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jobtracker.sources.listing import listings
from jobtracker_local import cli, collecting, offline
from jobtracker_local.collecting import collect_here
from jobtracker_local.errors import LocalCloudError
from jobtracker_local.main_job import sample_resume
from jobtracker_local.options import ACCOUNT, Options
from tests.unit.resumes import formats
from tools.samples.compose import originals
from tools.samples.parts import read_parts


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Options:
    """A data folder of the test's own, on a machine whose network reaches nothing."""

    def unreachable(*_: object, **__: object) -> None:
        raise OSError("no network")

    monkeypatch.setenv("JOBTRACKER_FOLDER", str(tmp_path))
    monkeypatch.setattr(socket, "getaddrinfo", unreachable)
    few = {source_id: listings()[source_id] for source_id in ("remoteok", "weworkremotely")}
    monkeypatch.setattr(collecting, "listings", lambda: few)
    return Options.of()


def test_the_snapshot_of_the_local_cloud_is_ranked_and_every_reason_is_there(here: Options) -> None:
    postings = list(collect_here(lambda _: None))
    offline.publish(here.objects / ACCOUNT / "artifacts", postings)

    answer = CliRunner().invoke(cli.app, ["match", str(sample_resume()), "--json", "--limit", "3"])

    found = json.loads(answer.stdout)
    assert answer.exit_code == 0
    # What is advertised twice is ranked once.
    assert found["postings"] == len(originals(read_parts())) < len(postings)
    best = found["items"][0]
    assert sum(part["points"] for part in best["parts"]) == pytest.approx(best["score"], abs=0.05)
    assert best["matched_skills"]
    assert best["posting"]["url"].startswith("https://")
    shown = CliRunner().invoke(cli.app, ["match", str(sample_resume()), "--limit", "3"])
    assert shown.exit_code == 0
    assert f"\n      {best['posting']['url']}\n" in shown.output
    assert not (here.folder / "snapshot").exists()


def test_without_any_snapshot_it_collects_first_and_keeps_what_it_found(here: Options) -> None:
    said: list[str] = []

    first = offline.match(sample_resume(), 5, said.append)
    again = offline.match(sample_resume(), 5, said.append)

    assert any("sample postings" in line for line in said)
    assert sum("No snapshot yet" in line for line in said) == 1
    assert [one.posting.id for one in first.items] == [one.posting.id for one in again.items]


@pytest.mark.parametrize("kind", ["odt", "rtf", "html", "md", "json", "linkedin"])
def test_a_resume_of_any_format_is_ranked_whatever_its_name(here: Options, tmp_path: Path, kind: str) -> None:
    offline.publish(here.objects / ACCOUNT / "artifacts", list(collect_here(lambda _: None)))
    file = tmp_path / "resume.bin"
    file.write_bytes(formats.ALL[kind]())
    answer = CliRunner().invoke(cli.app, ["match", str(file), "--json", "--limit", "1"])
    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["items"][0]["matched_skills"]


@pytest.mark.parametrize(
    ("content", "reason"), [(b"", "empty"), (b"%PDF-1.7 no", "damaged"), (b"\x89PNG\r\n ", "picture")]
)
def test_a_file_that_is_no_resume_is_one_line_that_says_why(
    here: Options, tmp_path: Path, content: bytes, reason: str
) -> None:
    file = tmp_path / "resume.pdf"
    file.write_bytes(content)
    with pytest.raises(LocalCloudError, match=reason):
        offline.match(file, 5, lambda _: None)


def test_a_file_that_is_not_there_is_one_line_that_says_why(here: Options, tmp_path: Path) -> None:
    with pytest.raises(LocalCloudError, match=r"nothing\.pdf: No such file"):
        offline.match(tmp_path / "nothing.pdf", 5, lambda _: None)

"""The bundled sample resume is what its words draw."""

from importlib import resources
from pathlib import Path

from tools.samples import resume


def test_the_bundled_file_is_the_one_that_is_drawn(tmp_path: Path) -> None:
    resume.write(tmp_path / "resume.pdf")
    bundled = resources.files("jobtracker.resumes").joinpath("data", "sample_resume.pdf").read_bytes()
    assert (tmp_path / "resume.pdf").read_bytes() == bundled

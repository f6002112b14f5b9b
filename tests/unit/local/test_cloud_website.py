"""Building the page only when something it is made of changed."""

import os
from pathlib import Path

import pytest

from jobtracker_local import website
from jobtracker_local.errors import LocalCloudError
from jobtracker_local.options import Options

_NPM = """#!/bin/sh
echo "$1" >> ../calls
case "$1" in
  ci|install) mkdir -p node_modules ;;
  run)
    grep -q broken src/main.ts && echo "error TS1: broken" && exit 1
    mkdir -p dist; echo page > dist/index.html ;;
esac
"""


@pytest.fixture
def options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Options:
    (tmp_path / "bin").mkdir()
    npm = tmp_path / "bin" / "npm"
    npm.write_text(_NPM)
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    (tmp_path / "frontend" / "src").mkdir(parents=True)
    (tmp_path / "frontend" / "package.json").write_text("{}")
    (tmp_path / "frontend" / "package-lock.json").write_text("{}")
    (tmp_path / "frontend" / "src" / "main.ts").write_text("1")
    (tmp_path / ".jobtracker").mkdir()
    return Options.of(tmp_path)


def _calls(options: Options) -> list[str]:
    return (options.root / "calls").read_text().split()


def _build(options: Options) -> bool:
    return website.build(options, lambda _: None)


def test_a_fresh_checkout_installs_and_builds_and_an_unchanged_one_does_nothing(options: Options) -> None:
    assert _build(options)
    assert not _build(options)
    assert _calls(options) == ["ci", "run"]


def test_a_changed_source_builds_and_a_changed_lock_installs_too(options: Options) -> None:
    _build(options)
    (options.root / "frontend" / "src" / "main.ts").write_text("2")
    assert _build(options)
    (options.root / "frontend" / "package-lock.json").write_text('{"a": 1}')
    assert _build(options)
    assert _calls(options) == ["ci", "run", "run", "ci", "run"]


def test_a_failed_build_says_the_compilers_first_error_and_is_tried_again(options: Options) -> None:
    source = options.root / "frontend" / "src" / "main.ts"
    source.write_text("broken")
    with pytest.raises(LocalCloudError, match=r"npm run build failed: error TS1: broken .*website\.log"):
        _build(options)
    source.write_text("good")
    assert _build(options)


def test_without_npm_the_last_page_is_kept_and_a_missing_one_is_said(
    options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(LocalCloudError, match="npm is missing"):
        _build(options)
    options.website.mkdir()
    (options.website / "index.html").write_text("old")
    assert not _build(options)


def test_a_checkout_without_a_frontend_needs_no_npm(tmp_path: Path) -> None:
    assert not _build(Options.of(tmp_path))

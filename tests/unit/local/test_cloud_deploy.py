"""Reading assemblies, and knowing what has to be deployed anew."""

import json
import shutil
from pathlib import Path

import pytest

from jobtracker_local import assembly, deploy, synth
from jobtracker_local.errors import LocalCloudError
from jobtracker_local.model import Restored
from jobtracker_local.options import Options


def _assembly(folder: Path) -> Path:
    stacks: dict[str, list[str]] = {"Api": ["Data", "Api.assets"], "Data": []}
    artifacts = {
        name: {
            "type": "aws:cloudformation:stack",
            "properties": {"templateFile": f"{name}.json", "stackName": f"jobtracker-{name.lower()}"},
            "dependencies": dependencies,
        }
        for name, dependencies in stacks.items()
    }
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps({"version": "1", "artifacts": artifacts}))
    for name in stacks:
        (folder / f"{name}.json").write_text('{"Resources": {}}')
    (folder / "code").mkdir()
    (folder / "code" / "handler.py").write_text("1")
    destination = {"bucketName": "assets-${AWS::AccountId}-${AWS::Region}", "objectKey": "code.zip"}
    files = {"x": {"source": {"path": "code", "packaging": "zip"}, "destinations": {"a": destination}}}
    (folder / "Api.assets.json").write_text(json.dumps({"files": files}))
    return folder


def test_stacks_come_after_those_they_need(tmp_path: Path) -> None:
    plans = assembly.read(_assembly(tmp_path / "a"))
    assert [plan.name for plan in plans] == ["jobtracker-data", "jobtracker-api"]
    assert plans[1].assets[0].bucket == "assets-000000000000-us-east-1"


def test_an_unreadable_assembly_is_a_clear_line(tmp_path: Path) -> None:
    with pytest.raises(LocalCloudError, match="cannot be read"):
        assembly.read(tmp_path)


def test_the_same_files_are_the_same_bytes_and_caches_do_not_count(tmp_path: Path) -> None:
    asset = assembly.read(_assembly(tmp_path / "a"))[1].assets[0]
    first = deploy.content(asset)
    (asset.path / "__pycache__").mkdir()
    (asset.path / "__pycache__" / "handler.pyc").write_text("x")
    (asset.path / "handler.py").touch()
    assert deploy.content(asset) == first
    (asset.path / "handler.py").write_text("2")
    assert deploy.content(asset) != first


def test_a_stack_is_deployed_anew_when_its_template_assets_or_addresses_change(tmp_path: Path) -> None:
    plan = assembly.read(_assembly(tmp_path / "a"))[0]
    here, there = Options.of(tmp_path), Options.of(tmp_path, page_port=9000)
    known = deploy.fingerprint(plan, {"code.zip": b"1"}, here)
    assert deploy.fingerprint(plan, {"code.zip": b"1"}, here) == known
    assert deploy.fingerprint(plan, {"code.zip": b"2"}, here) != known
    assert deploy.fingerprint(plan, {"code.zip": b"1"}, there) != known


def test_the_projects_own_code_runs_from_the_checkout_and_is_never_uploaded(tmp_path: Path) -> None:
    asset = assembly.read(_assembly(tmp_path / "a"))[1].assets[0]
    (asset.path / "functions" / "api").mkdir(parents=True)
    handler = asset.path / "functions" / "api" / "handler.py"
    handler.write_text("1")
    first = deploy.content(asset)
    handler.write_text("2")
    assert deploy.content(asset) == first
    assert b"handler" not in first


def _checkout(root: Path) -> Options:
    (root / "infra").mkdir()
    (root / "infra" / "__init__.py").write_text("")
    (root / "infra" / "app.py").write_text(
        "import os, pathlib\n"
        "import functions.api.settings\n"
        "out = pathlib.Path(os.environ['CDK_OUTDIR'])\n"
        "out.mkdir()\n"
        "(out / 'manifest.json').write_text(os.environ['CDK_CONTEXT_JSON'])\n"
    )
    (root / "functions" / "api").mkdir(parents=True)
    for name in ("functions/__init__.py", "functions/api/__init__.py", "functions/api/settings.py"):
        (root / name).write_text("")
    (root / "functions" / "api" / "handler.py").write_text("")
    (root / ".jobtracker").mkdir()
    (root / "cdk.json").write_text('{"context": {"stage": "dev"}}')
    return Options.of(root)


@pytest.mark.skipif(shutil.which("node") is None, reason="synthesizing asks for Node")
def test_the_template_is_made_anew_only_when_what_its_making_read_has_changed(tmp_path: Path) -> None:
    options = _checkout(tmp_path)
    assert synth.synthesize(options)
    assert json.loads((options.assembly / "manifest.json").read_text()) == {"stage": "dev", "local": "true"}
    (tmp_path / "functions" / "api" / "handler.py").write_text("changed = 1")
    assert not synth.synthesize(options)
    (tmp_path / "functions" / "api" / "settings.py").write_text("changed = 1")
    assert synth.synthesize(options)
    assert not synth.synthesize(options)
    (tmp_path / "functions" / "search").mkdir()
    (tmp_path / "functions" / "search" / "handler.py").write_text("")
    assert synth.synthesize(options)
    (tmp_path / "uv.lock").write_text("2")
    assert synth.synthesize(options)


def test_what_was_restored_is_one_sentence() -> None:
    assert Restored().line() == "Nothing to restore: this is a new local cloud."
    kept = Restored(tables=3, items=1200, queues=5, messages=2, age_seconds=7200, graceful=False)
    assert kept.line() == (
        "Restored 3 tables with 1200 items and 5 queues with 2 messages "
        "(from the last checkpoint, it was not stopped; 2 h old)."
    )

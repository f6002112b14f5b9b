"""The local cloud itself, on a small template of its own."""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from jobtracker_local import checkpoint_file, process
from jobtracker_local import cloud as local_cloud
from jobtracker_local.cloud import Cloud
from jobtracker_local.errors import LocalCloudError
from jobtracker_local.options import Options
from tests.integration import small_assembly

Small = Callable[[int], Path]


def _quiet(_: str) -> None:
    pass


def _up(options: Options, template: Path) -> Cloud:
    return local_cloud.up(_quiet, options, template=template, with_website=False)


def _eventually(check: Callable[[], Any], seconds: float = 15) -> Any:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = check()
        if found:
            return found
        time.sleep(0.05)
    pytest.fail("it did not happen in time")


def _put(cloud: Cloud, key: str) -> None:
    item = {"PK": {"S": key}, "SK": {"S": "NOTE"}}
    cloud.client("dynamodb").put_item(TableName=cloud.tables["catalog"], Item=item)


def _has(cloud: Cloud, key: str) -> bool:
    wanted = {"PK": {"S": key}, "SK": {"S": "NOTE"}}
    return "Item" in cloud.client("dynamodb").get_item(TableName=cloud.tables["catalog"], Key=wanted)


def _kill(options: Options) -> None:
    server = process.running(options)
    assert server
    os.kill(server.pid, signal.SIGKILL)
    os.waitpid(server.pid, 0)


def test_the_page_the_api_and_uploads_answer_at_one_origin(options: Options, small: Small) -> None:
    cloud = _up(options, small(1))
    with httpx.Client(base_url=cloud.page, trust_env=False) as browser:
        answer = browser.get("/api/v1/some%20thing?q=a%26b", headers={"x-origin-secret": "forged"})
        assert answer.json()["path"] == "/api/v1/some thing"
        assert answer.json()["query"] == "q=a%26b"
        assert answer.json()["secret"] == cloud.deployment.origin_secret != "forged"

        upload = browser.get("/api/v1/upload").json()
        assert upload["url"].startswith(cloud.page)
        sent = browser.post(upload["url"], data=upload["fields"], files={"file": b"a resume"})
        assert sent.status_code == 204
        too_long = browser.post(upload["url"], data=upload["fields"], files={"file": b"x" * 101})
        assert too_long.status_code == 400
    bucket = cloud.deployment.buckets[0]
    assert cloud.client("s3").get_object(Bucket=bucket, Key="uploads/a.txt")["Body"].read() == b"a resume"


def test_functions_see_their_templates_variables_and_nothing_of_the_shell(
    options: Options, small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CATALOG_TABLE", "from-the-shell")
    monkeypatch.setenv("AWS_PROFILE", "private")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    cloud = _up(options, small(1))
    seen = httpx.get(f"{cloud.page}/api/v1/environment", trust_env=False).json()
    assert seen["STAGE"] == "local"
    assert seen["NOTES_TABLE"] == cloud.tables["catalog"]
    assert not {"CATALOG_TABLE", "AWS_PROFILE", "PYTHONPATH", "USER", "SHELL", "VIRTUAL_ENV"} & set(seen)
    allowed = set(process.environment(options)) | {"STAGE", "NOTES_TABLE", "BUCKET", "ORIGIN_SECRET_ARN"}
    extra = {name for name in set(seen) - allowed if not name.lstrip("_").startswith(("AWS_", "LAMBDA_"))}
    assert extra <= {"_MINISTACK_INVOKE_DEPTH", "_X_AMZN_TRACE_ID", "LC_CTYPE"}


def test_a_queued_message_reaches_its_function(options: Options, small: Small) -> None:
    cloud = _up(options, small(1))
    cloud.client("sqs").send_message(QueueUrl=cloud.deployment.queues["Queue"], MessageBody="hello")
    _eventually(lambda: _has(cloud, "QUEUED#hello"))


def test_what_was_written_survives_kill_9(options: Options, small: Small) -> None:
    template = small(1)
    cloud = _up(options, template)
    bucket = cloud.deployment.buckets[0]
    _put(cloud, "KEPT#1")
    cloud.client("sqs").send_message(QueueUrl=cloud.outputs["IdleUrl"], MessageBody="waiting")
    cloud.client("s3").put_object(Bucket=bucket, Key="kept.txt", Body=b"kept")
    written = time.time()
    _eventually(lambda: (last := checkpoint_file.last(options.state)) and last.at > written)
    _kill(options)

    said: list[str] = []
    again = local_cloud.up(said.append, options, template=template, with_website=False)

    assert _has(again, "KEPT#1")
    assert again.client("s3").get_object(Bucket=bucket, Key="kept.txt")["Body"].read() == b"kept"
    message = again.client("sqs").receive_message(QueueUrl=again.outputs["IdleUrl"])["Messages"][0]
    assert message["Body"] == "waiting"
    assert (again.restored.tables, again.restored.items, again.restored.messages) == (1, 1, 1)
    assert not again.restored.graceful
    assert "it was not stopped" in said[0]
    assert again.deployment.changed == []
    assert httpx.get(f"{again.page}/api/v1/version", trust_env=False).json() == {"version": 1}


def test_a_polite_stop_loses_nothing_and_a_changed_template_updates_in_place(options: Options, small: Small) -> None:
    cloud = _up(options, small(1))
    _put(cloud, "KEPT#2")
    assert local_cloud.status(options).running
    assert local_cloud.down(options)
    assert not local_cloud.status(options).running
    assert not local_cloud.down(options)

    again = _up(options, small(2))
    assert again.restored.graceful
    assert again.restored.items == 1
    assert again.deployment.changed == ["small"]
    assert _has(again, "KEPT#2")
    assert httpx.get(f"{again.page}/api/v1/version", trust_env=False).json() == {"version": 2}


def test_up_on_a_running_cloud_deploys_only_what_changed(options: Options, small: Small) -> None:
    first = _up(options, small(1))
    server = process.running(options)
    assert first.deployment.changed == ["small"]
    assert _up(options, small(1)).deployment.changed == []
    assert _up(options, small(2)).deployment.changed == ["small"]
    assert process.running(options) == server
    assert httpx.get(f"{first.page}/api/v1/version", trust_env=False).json() == {"version": 2}


def test_a_template_the_emulator_refuses_is_one_clear_line(options: Options, tmp_path: Path) -> None:
    odd = {"Odd": {"Type": "AWS::ResourceGroups::Group", "Properties": {"Name": "odd"}}}
    template = small_assembly.write(tmp_path / "odd", extra=odd)
    with pytest.raises(LocalCloudError) as refused:
        _up(options, template)
    assert "AWS::ResourceGroups::Group" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not local_cloud.status(options).running


def test_with_roles_enforced_a_function_may_only_do_what_its_role_allows(options: Options, tmp_path: Path) -> None:
    strict = replace(options, enforce_roles=True)
    refused = _up(strict, small_assembly.write(tmp_path / "bare"))
    assert _upload(refused) == 403
    granted = _up(strict, small_assembly.write(tmp_path / "granted", actions=["s3:PutObject"]))
    assert _upload(granted) == 204


def _upload(cloud: Cloud) -> int:
    with httpx.Client(trust_env=False) as browser:
        form = browser.get(f"{cloud.page}/api/v1/upload").json()
        return browser.post(form["url"], data=form["fields"], files={"file": b"a resume"}).status_code


def test_the_projects_own_template_deploys_and_its_api_answers_at_the_page_only(cloud: Cloud) -> None:
    assert set(cloud.tables) >= {"catalog", "people", "operations"}
    health = httpx.get(f"{cloud.page}/api/v1/health", trust_env=False, timeout=30)
    assert (health.status_code, health.json()["status"]) == (200, "ok")
    around = f"{cloud.endpoint}/_aws/execute-api/{cloud.deployment.api_id}/$default/api/v1/sources"
    assert httpx.get(around, trust_env=False, timeout=30).status_code == 403

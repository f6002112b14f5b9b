"""The main job with every function's role enforced: what a role lacks is refused here as it would be on AWS."""

import json
import shutil
from dataclasses import replace
from typing import Any

import httpx

from jobtracker_local import cloud as local_cloud
from jobtracker_local import main_job
from jobtracker_local.api_client import ApiClient, Json, wait_until
from jobtracker_local.cloud import Cloud
from jobtracker_local.options import Options

_BOUND = {f"kms:EncryptionContext:{name}": "false" for name in ("owner", "source", "secret")}


def _up(options: Options) -> Cloud:
    strict = replace(options, enforce_roles=True)
    kept = Options.of().assembly
    if kept.exists():
        shutil.copytree(kept, strict.assembly)
    running = local_cloud.up(lambda _: None, strict, with_website=False)
    _write_policies_for_the_emulator(running)
    return running


def _write_policies_for_the_emulator(running: Cloud) -> None:
    """The emulator's ``Ref`` of a secret is its name where AWS gives the ARN, and policies must name the ARN. Nor does
    it tell policies the encryption context that a call names, so a condition that there is one would always fail."""
    arns = {item["Name"]: item["ARN"] for item in running.client("secretsmanager").list_secrets()["SecretList"]}
    iam = running.client("iam")
    for role in (role for page in iam.get_paginator("list_roles").paginate() for role in page["Roles"]):
        name = {"RoleName": role["RoleName"]}
        for policy in iam.list_role_policies(**name)["PolicyNames"]:
            document = json.dumps(iam.get_role_policy(**name, PolicyName=policy)["PolicyDocument"])
            for secret, arn in arns.items():
                document = document.replace(f'"{secret}"', f'"{arn}"')
            document = document.replace(f', "Condition": {{"Null": {json.dumps(_BOUND)}}}', "")
            iam.put_role_policy(**name, PolicyName=policy, PolicyDocument=document)


def _invoke(running: Cloud, function: str, event: dict[str, Any]) -> dict[str, Any]:
    answer = running.client("lambda").invoke(
        FunctionName=running.deployment.functions[function], Payload=json.dumps(event).encode()
    )
    found: dict[str, Any] = json.load(answer["Payload"])
    assert "FunctionError" not in answer, found
    return found


def _denied(running: Cloud) -> list[str]:
    """What the functions' logs say was refused to them."""
    logs = running.client("logs")
    groups = [
        group["logGroupName"]
        for page in logs.get_paginator("describe_log_groups").paginate()
        for group in page["logGroups"]
    ]
    return [
        event["message"]
        for group in groups
        for event in logs.filter_log_events(logGroupName=group)["events"]
        if "AccessDenied" in event["message"] or "not authorized" in event["message"]
    ]


def test_every_function_does_its_work_with_the_rights_of_its_role(options: Options) -> None:
    running = _up(options)
    done = main_job.do(running.page, running.options, lambda _: None)
    assert done.resume_read
    assert done.postings >= 300
    assert len(done.matches) == main_job.TOP
    api = ApiClient(running.page)
    api.sign_in(main_job.DEMO_EMAIL, main_job.DEMO_PASSWORD, name="Demo")
    assert api.get("/postings", q="engineer")["total"] > 0
    assert api.get(f"/postings/{done.matches[0]['posting']['id']}")["title"]
    assert api.get(f"/postings/{done.matches[0]['posting']['id']}/skills")["items"]
    _show_the_resume(api)
    # What was collected a moment ago is not due again.
    assert _invoke(running, "schedule_collections", {}) == {"sources": 0}
    _collect_with_a_key(api)
    _collect_an_own_source(api)
    assert _denied(running) == []


def _show_the_resume(api: ApiClient) -> None:
    """The api reads and lists what was read of resumes, and its rights are those of a page's address."""
    [resume] = api.get("/resumes")["items"]
    document = api.get(f"/resumes/{resume['id']}/document")
    assert {"/name", "/work/0/title"} <= {field["path"] for field in document["fields"]}
    [page] = document["pages"]
    picture = httpx.get(page["image"])
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/webp")


def _collect_with_a_key(api: ApiClient) -> None:
    """The api seals secrets, collect_source opens them; neither may do the other's part."""
    listed = api.put("/sources/adzuna/secrets", {"values": {"app_id": "me", "app_key": "hush"}})
    assert set(listed["secrets_set"]) == {"app_id", "app_key"}
    api.put("/sources/adzuna/setting", {"on": True, "accepted": False})
    [adzuna] = main_job.collect(api, ["adzuna"])
    # It was opened and asked; where there is a network, the host refused this key.
    assert adzuna["status"] in {"failing", "blocked"}
    assert "key" not in adzuna["reason"]


def _collect_an_own_source(api: ApiClient) -> None:
    config = {"kind": "feed", "url": "https://feeds.invalid/jobs.rss"}
    own = api.post("/own-sources", {"name": "Mine", "config": config, "secrets": {"token": "hush"}})
    api.post(f"/own-sources/{own['id']}/collections", {})
    ended = wait_until(lambda: _ended(api, own["id"]), seconds=60, what="the own source")
    assert ended["status"] == "failing"
    api.delete(f"/own-sources/{own['id']}")


def _ended(api: ApiClient, source_id: str) -> Json | None:
    found = api.get(f"/own-sources/{source_id}")
    return found if found["last_run_at"] else None

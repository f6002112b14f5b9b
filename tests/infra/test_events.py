"""The rules' patterns against the very events that the product publishes."""

import json
from typing import Any

import pytest
from ministack.services import eventbridge

from jobtracker.messages.model import (
    EVENT_SOURCE,
    CatalogIndexed,
    Event,
    MatchesFound,
    ModelPublished,
    PostingsCollected,
    ProfileChanged,
)
from tests.infra.assembly import Assembly

_INDEXED: dict[str, Any] = {"index_version": "a", "postings": 3}


def _matching(assembly: Assembly, event: Event) -> set[str]:
    """The rules that an event would set off."""
    entry = {"Source": EVENT_SOURCE, "DetailType": event.type, "Detail": event.model_dump_json()}
    return {
        name.split("/")[1].rstrip("0123456789ABCDEF")
        for name, rule in assembly.of("AWS::Events::Rule").items()
        if "EventBusName" in rule and eventbridge._matches_pattern(json.dumps(rule["EventPattern"]), entry)
    }


@pytest.mark.parametrize(
    ("event", "rules"),
    [
        (ProfileChanged(person_id="p", profile_version=1), {"ProfileChanged"}),
        (CatalogIndexed(encoder_version=None, **_INDEXED), {"CatalogIndexed"}),
        (CatalogIndexed(encoder_version="e1", **_INDEXED), {"CatalogIndexed"}),
        (ModelPublished(artifact="encoder", artifact_version="e1"), {"EncoderPublished"}),
        (ModelPublished(artifact="salary", artifact_version="s1"), set()),
        (MatchesFound(person_id="p", index_version="a", profile_version=1, matches=2), set()),
        (PostingsCollected(source_id="s", collection_id="c", state="ok", seen=1, written=1), set()),
    ],
    ids=lambda value: value.type if hasattr(value, "type") else "",
)
def test_events_wake_exactly_who_waits_for_them(local: Assembly, event: Event, rules: set[str]) -> None:
    assert _matching(local, event) == rules


def test_a_changed_profile_reaches_the_match_queue_as_the_bare_message(local: Assembly) -> None:
    [rule] = [rule for name, rule in local.of("AWS::Events::Rule").items() if "/ProfileChanged" in name]
    [target] = rule["Targets"]
    assert target["InputPath"] == "$.detail"


def test_only_uploads_of_the_uploads_bucket_reach_the_resume_queue(local: Assembly) -> None:
    [rule] = [rule for name, rule in local.of("AWS::Events::Rule").items() if "/ResumeUploaded" in name]
    assert "EventBusName" not in rule
    assert rule["EventPattern"]["detail"]["object"] == {"key": [{"prefix": "uploads/"}]}
    [name] = rule["EventPattern"]["detail"]["bucket"]["name"]
    assert "Uploads" in str(name)


@pytest.mark.parametrize(
    ("stack", "status", "told"),
    [
        ("ours", "CREATE_COMPLETE", True),
        ("ours", "UPDATE_COMPLETE", True),
        ("ours", "UPDATE_ROLLBACK_COMPLETE", True),
        ("ours", "UPDATE_IN_PROGRESS", False),
        ("other", "UPDATE_COMPLETE", False),
    ],
)
def test_the_end_of_a_deployment_wakes_the_indexer(local: Assembly, stack: str, status: str, told: bool) -> None:
    [rule] = [rule for name, rule in local.of("AWS::Events::Rule").items() if "/Deployed" in name]
    assert "EventBusName" not in rule
    pattern = json.dumps(rule["EventPattern"]).replace('{"Ref": "AWS::StackId"}', '"ours"')
    detail = {"stack-id": stack, "status-details": {"status": status, "status-reason": ""}, "client-request-token": ""}
    entry = {
        "Source": "aws.cloudformation",
        "DetailType": "CloudFormation Stack Status Change",
        "Detail": json.dumps(detail),
    }
    assert eventbridge._matches_pattern(pattern, entry) is told
    [target] = rule["Targets"]
    assert "IndexCatalog" in str(target["Arn"])

"""The templates as wholes: valid, alike in local mode and on AWS, and closed to the outside."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from infra.config import Config
from infra.manifest import AssetsMissingError, Manifest
from tests.infra.assembly import Assembly, Json, write_stub_layers

# W3005: CDK writes dependencies out that an attribute already implies.
_LINT = [str(Path(sys.executable).with_name("cfn-lint")), "--ignore-checks", "W3005", "--"]


def test_cfn_lint_finds_nothing(assembly: Assembly) -> None:
    done = subprocess.run([*_LINT, *map(str, assembly.files)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


# What may differ in local mode, by resource type; everything else has to be the same.
_MAY_DIFFER = {
    "AWS::Lambda::Function": {"Code", "Layers", "Environment"},
    # Gathering changes for a minute is for the bill, not for a person who waits.
    "AWS::Lambda::EventSourceMapping": {"MaximumBatchingWindowInSeconds"},
    # Nor is waiting for the rest of a collection before the models are fitted.
    "AWS::SQS::Queue": {"DelaySeconds"},
    # The tag that pins the API's id, so that its address stays the same.
    "AWS::ApiGatewayV2::Api": {"Tags"},
}
_DIFFERENT_VARIABLES = {"LOCAL_MODE", "POWERTOOLS_TRACE_DISABLED", "SAMPLE_SOURCE", "MATCH_SHARDS"}
# Layers, because functions run in the checkout's environment; the policies refuse plain http, which is all there is.
_ONLY_DEPLOYED = {"AWS::Lambda::LayerVersion", "AWS::S3::BucketPolicy"}


def _comparable(assembly: Assembly) -> dict[str, Json]:
    return {name: found for name, found in assembly.resources.items() if not name.startswith("web/")}


def test_local_mode_differs_from_the_deployed_template_only_where_this_list_says(
    local: Assembly, personal: Assembly
) -> None:
    here, there = _comparable(local), _comparable(personal)
    assert set(here) - set(there) == set()
    missing = {there[name]["Type"] for name in set(there) - set(here)}
    # A queue's policy is left out where all it did was to refuse plain http.
    assert missing <= _ONLY_DEPLOYED | {"AWS::SQS::QueuePolicy"}
    for name, resource in here.items():
        kind = resource["Type"]
        # What is kept when a stack goes, and in which order things are made; Metadata is CDK's own.
        for attribute in (resource.keys() | there[name].keys()) - {"Properties", "Metadata", "DependsOn"}:
            assert resource.get(attribute) == there[name].get(attribute), (name, attribute)
        ours, theirs = resource.get("Properties", {}), there[name].get("Properties", {})
        if kind == "AWS::SQS::QueuePolicy":
            allowed = [s for s in theirs["PolicyDocument"]["Statement"] if s["Effect"] == "Allow"]
            assert ours["PolicyDocument"]["Statement"] == allowed
            continue
        different = {key for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)}
        assert different <= _MAY_DIFFER.get(kind, set()), (name, different)
        if kind == "AWS::Lambda::Function":
            one, other = ours["Environment"]["Variables"], theirs["Environment"]["Variables"]
            assert {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)} <= _DIFFERENT_VARIABLES


def test_no_deployed_function_may_ask_for_anything_but_the_open_internet(
    personal: Assembly, production: Assembly
) -> None:
    allowed = [
        found["Environment"]["Variables"]["ALLOWED_HOSTS"]
        for deployed in (personal, production)
        for found in deployed.functions().values()
        if "ALLOWED_HOSTS" in found["Environment"]["Variables"]
    ]
    assert len(allowed) >= 2
    assert set(allowed) == {""}
    for profile in ("personal", "production"):
        with pytest.raises(ValidationError, match="local mode"):
            Config.of({"profile": profile, "contact": "a@example.com", "allowed_hosts": "127.0.0.1:8080"})
    assert Config.of({"local": "true", "allowed_hosts": "127.0.0.1:8080"}).allowed_hosts == "127.0.0.1:8080"


def test_the_deployed_template_refuses_plain_http_on_every_bucket_and_queue(personal: Assembly) -> None:
    def refused(kind: str, key: str) -> set[str]:
        return {
            reference["Ref"]
            for policy in personal.of(kind).values()
            for statement in policy["PolicyDocument"]["Statement"]
            if statement["Effect"] == "Deny"
            for reference in (policy[key] if isinstance(policy[key], list) else [policy[key]])
        }

    assert refused("AWS::S3::BucketPolicy", "Bucket") == {n.split("/")[1] for n in personal.of("AWS::S3::Bucket")}
    assert refused("AWS::SQS::QueuePolicy", "Queues") == {n.split("/")[1] for n in personal.of("AWS::SQS::Queue")}


def test_everything_that_holds_peoples_data_is_encrypted_and_private(assembly: Assembly) -> None:
    for table in assembly.of("AWS::DynamoDB::Table").values():
        assert table["SSESpecification"]["SSEEnabled"] is True
        assert "KMSMasterKeyId" in table["SSESpecification"]
        assert table["BillingMode"] == "PAY_PER_REQUEST"
    for bucket in assembly.of("AWS::S3::Bucket").values():
        assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
        assert bucket["BucketEncryption"]
    for queue in assembly.of("AWS::SQS::Queue").values():
        assert queue["SqsManagedSseEnabled"] is True


def test_production_protects_its_data_and_keeps_it_when_the_stack_goes(production: Assembly) -> None:
    for name, table in production.of("AWS::DynamoDB::Table").items():
        lasting = "/Operations" not in name
        assert table["DeletionProtectionEnabled"] is lasting
        assert table["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is lasting
        assert production.resources[name]["DeletionPolicy"] == ("Retain" if lasting else "Delete")
    for name in production.of("AWS::S3::Bucket"):
        assert production.resources[name]["DeletionPolicy"] == ("Delete" if name.startswith("web/") else "Retain")


def test_people_and_their_due_sources_are_found_by_indexes_of_keys_alone(assembly: Assembly) -> None:
    [people] = [table for name, table in assembly.of("AWS::DynamoDB::Table").items() if "/People" in name]
    indexes = {index["IndexName"]: index for index in people["GlobalSecondaryIndexes"]}
    keys = {name: [key["AttributeName"] for key in index["KeySchema"]] for name, index in indexes.items()}
    assert keys == {"matching": ["match_shard", "PK"], "collecting": ["collect_shard", "due_at"]}
    assert all(index["Projection"] == {"ProjectionType": "KEYS_ONLY"} for index in indexes.values())


def test_the_api_is_throttled_and_logs_no_person(assembly: Assembly) -> None:
    [stage] = assembly.of("AWS::ApiGatewayV2::Stage").values()
    assert stage["DefaultRouteSettings"]["ThrottlingRateLimit"] > 0
    logged = json.loads(stage["AccessLogSettings"]["Format"])
    assert not [value for value in logged.values() if "identity" in value or "authorizer" in value]
    routes = {route["RouteKey"] for route in assembly.of("AWS::ApiGatewayV2::Route").values()}
    assert routes == {"ANY /api/v1/{proxy+}", "GET /api/v1/postings", "GET /api/v1/postings/{posting_id}"} | {
        "GET /api/v1/postings/{posting_id}/skills"
    }


def test_cloudfront_adds_the_secret_that_the_api_asks_for_without_writing_it_down(personal: Assembly) -> None:
    [distribution] = personal.of("AWS::CloudFront::Distribution").values()
    configuration = distribution["DistributionConfig"]
    [behaviour] = configuration["CacheBehaviors"]
    assert behaviour["PathPattern"] == "/api/*"
    [header] = [header for origin in configuration["Origins"] for header in origin.get("OriginCustomHeaders", [])]
    assert header["HeaderName"] == "x-origin-secret"
    assert "{{resolve:secretsmanager:" in json.dumps(header["HeaderValue"])
    assert "WebACLId" not in configuration


def test_every_function_behind_the_api_asks_for_the_secret_that_cloudfront_adds(assembly: Assembly) -> None:
    """Without the variable the functions would answer anybody: the setting is optional for their own tests."""
    called = str([permission["FunctionName"] for permission in _called_by(assembly, "apigateway.amazonaws.com")])
    behind = {
        properties["Handler"].split(".")[1]: properties["Environment"]["Variables"]
        for name, properties in assembly.of("AWS::Lambda::Function").items()
        if name.split("/")[1] in called
    }
    assert set(behind) == {"api", "search", "name_skills"}
    for variables in behind.values():
        assert "OriginSecret" in str(variables["ORIGIN_SECRET_ARN"])


def test_functions_have_no_address_of_their_own(assembly: Assembly) -> None:
    assert assembly.of("AWS::Lambda::Url") == {}
    principals = {permission["Principal"] for permission in assembly.of("AWS::Lambda::Permission").values()}
    assert principals == {"apigateway.amazonaws.com", "events.amazonaws.com"}


def _called_by(assembly: Assembly, service: str) -> list[Json]:
    return [found for found in assembly.of("AWS::Lambda::Permission").values() if found["Principal"] == service]


def test_the_site_is_read_by_cloudfront_alone(personal: Assembly) -> None:
    [name] = [name for name in personal.of("AWS::S3::Bucket") if name.startswith("web/")]
    [policy] = [
        found for found in personal.of("AWS::S3::BucketPolicy").values() if found["Bucket"]["Ref"] == name.split("/")[1]
    ]
    [allowed] = [s for s in policy["PolicyDocument"]["Statement"] if s["Effect"] == "Allow"]
    assert allowed["Principal"] == {"Service": "cloudfront.amazonaws.com"}
    assert allowed["Action"] == "s3:GetObject"
    assert "AWS:SourceArn" in allowed["Condition"]["StringEquals"]


def test_production_has_a_firewall_in_front_of_the_page(production: Assembly) -> None:
    [distribution] = production.of("AWS::CloudFront::Distribution").values()
    assert "WebACLId" in distribution["DistributionConfig"]
    [acl] = production.of("AWS::WAFv2::WebACL").values()
    # A page that a person brings along is larger than the managed rules let pass.
    counted = [
        (override["Name"], override["ActionToUse"])
        for rule in acl["Rules"]
        for override in rule["Statement"].get("ManagedRuleGroupStatement", {}).get("RuleActionOverrides", [])
    ]
    assert counted == [("SizeRestrictions_BODY", {"Count": {}})]
    assert acl["Scope"] == "CLOUDFRONT"
    assert set(production.templates) == {"stateful", "service", "web", "edge"}
    in_edge = {found["Type"] for name, found in production.resources.items() if name.startswith("edge/")}
    assert in_edge == {"AWS::WAFv2::WebACL"}
    manifest = json.loads((production.folder / "manifest.json").read_text())
    assert manifest["artifacts"]["jobtracker-prod-edge"]["environment"].endswith("/us-east-1")


def test_the_outputs_name_what_a_person_looks_for(local: Assembly) -> None:
    named = {name for template in local.templates.values() for name in template["Outputs"]}
    assert named >= {
        "ApiId",
        "ApiUrl",
        "CatalogTableName",
        "PeopleTableName",
        "OperationsTableName",
        "UploadsBucketName",
        "ArtifactsBucketName",
        "CollectQueueUrl",
        "MatchQueueUrl",
        "JwtSecretArn",
        "OriginSecretArn",
    }


@pytest.mark.parametrize(
    ("context", "word"),
    [
        ({"stage": "Dev!"}, "stage"),
        ({"profile": "production"}, "contact"),
        ({"profile": "production", "contact": "a@example.com", "region": "eu-west-1"}, "edge stack"),
        ({"match_shards": "0"}, "match_shards"),
    ],
)
def test_a_deployment_that_makes_no_sense_is_refused_with_its_reason(context: dict[str, str], word: str) -> None:
    with pytest.raises(ValidationError, match=word):
        Config.of(context)


def test_layers_of_another_lock_file_are_not_deployed(tmp_path: Path) -> None:
    with pytest.raises(AssetsMissingError, match=r"python -m infra\.assets"):
        Manifest.read(tmp_path)
    write_stub_layers(tmp_path)
    stale = Manifest.read(tmp_path).model_copy(update={"made_from": "another"})
    stale.write(tmp_path)
    with pytest.raises(AssetsMissingError, match="another lock file"):
        Manifest.read(tmp_path)

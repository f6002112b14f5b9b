"""Bringing the built page to its deployment."""

import json
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from infra.config import Config
from infra.website import WebsiteError, files, publish

REGION = "us-east-1"


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    for name in ("index.html", "theme.js", "favicon.svg", "assets/index-abc.js", "assets/index-abc.css"):
        (folder / name).write_text(name)
    return folder


@pytest.fixture
def deployed(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A web stack's outputs; the value is the distribution's id."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
        monkeypatch.setenv(name, "testing")
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL"):
        monkeypatch.delenv(name, raising=False)
    with mock_aws():
        monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
        origin = {
            "Id": "site",
            "DomainName": "site.s3.amazonaws.com",
            "S3OriginConfig": {"OriginAccessIdentity": ""},
        }
        behaviour = {
            "TargetOriginId": "site",
            "ViewerProtocolPolicy": "redirect-to-https",
            "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}},
            "MinTTL": 0,
        }
        made = boto3.client("cloudfront", region_name=REGION).create_distribution(
            DistributionConfig={
                "CallerReference": "1",
                "Comment": "",
                "Enabled": True,
                "Origins": {"Quantity": 1, "Items": [origin]},
                "DefaultCacheBehavior": behaviour,
            }
        )["Distribution"]["Id"]
        template = {
            "Resources": {"Site": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "the-site"}}},
            "Outputs": {
                "SiteBucketName": {"Value": {"Ref": "Site"}},
                "SiteUrl": {"Value": "https://abc.cloudfront.net"},
                "DistributionId": {"Value": made},
            },
        }
        boto3.client("cloudformation", region_name=REGION).create_stack(
            StackName="jobtracker-home-web", TemplateBody=json.dumps(template)
        )
        yield made


def test_the_page_arrives_whole_and_old_documents_are_forgotten(deployed: str, dist: Path) -> None:
    s3 = boto3.client("s3", region_name=REGION)
    s3.put_object(Bucket="the-site", Key="assets/index-old.js", Body=b"of those who have the page open")
    assert publish(Config(stage="home"), dist) == "https://abc.cloudfront.net"
    keys = {item["Key"] for item in s3.list_objects_v2(Bucket="the-site")["Contents"]}
    assert keys == {
        "index.html",
        "theme.js",
        "favicon.svg",
        "assets/index-abc.js",
        "assets/index-abc.css",
        "assets/index-old.js",
    }
    page = s3.get_object(Bucket="the-site", Key="index.html")
    assert (page["ContentType"], page["CacheControl"]) == ("text/html; charset=utf-8", "no-cache")
    script = s3.get_object(Bucket="the-site", Key="assets/index-abc.js")
    assert script["ContentType"].endswith("javascript; charset=utf-8")
    assert "immutable" in script["CacheControl"]
    assert s3.get_object(Bucket="the-site", Key="theme.js")["CacheControl"] == "no-cache"
    invalidations = boto3.client("cloudfront", region_name=REGION).list_invalidations(DistributionId=deployed)
    assert invalidations["InvalidationList"]["Quantity"] == 1


def test_a_document_arrives_after_the_files_that_it_names(dist: Path) -> None:
    order = [file.relative_to(dist).as_posix() for file in files(dist)]
    assert order == ["assets/index-abc.css", "assets/index-abc.js", "favicon.svg", "theme.js", "index.html"]


def test_a_page_that_is_not_built_and_a_stage_that_is_not_deployed_are_said_in_one_line(
    deployed: str, dist: Path, tmp_path: Path
) -> None:
    with pytest.raises(WebsiteError, match="holds no built page"):
        publish(Config(stage="home"), tmp_path / "nothing")
    with pytest.raises(WebsiteError, match="jobtracker-other-web cannot be read"):
        publish(Config(stage="other"), dist)

"""The page's security headers: one definition, and a policy under which the page works."""

from pathlib import Path
from typing import Any

import pytest

from infra import headers
from infra.config import Config
from jobtracker.aws import clients
from jobtracker_local.options import Options
from jobtracker_local.page import page_headers
from tests.infra.assembly import Assembly, Json, synthesize

_NAMES = {"Ref": "the-bucket", "Fn::ImportValue": "the-bucket"}


def _text(value: Any) -> str:
    """A value of the template as CloudFormation would fill it in."""
    if isinstance(value, str):
        return value
    [(function, given)] = value.items()
    if function == "Fn::Join":
        return str(given[0]).join(_text(part) for part in given[1])
    return "amazonaws.com" if given == "AWS::URLSuffix" else _NAMES[function]


def _deployed(assembly: Assembly) -> dict[str, str]:
    """The headers that CloudFront's policy adds, as a browser would see them."""
    [policy] = assembly.of("AWS::CloudFront::ResponseHeadersPolicy").values()
    found = policy["ResponseHeadersPolicyConfig"]
    security: Json = dict(found["SecurityHeadersConfig"])
    hsts = security.pop("StrictTransportSecurity")
    read = {
        "content-security-policy": _text(security.pop("ContentSecurityPolicy")["ContentSecurityPolicy"]),
        "x-frame-options": security.pop("FrameOptions")["FrameOption"],
        "referrer-policy": security.pop("ReferrerPolicy")["ReferrerPolicy"],
        "strict-transport-security": f"max-age={hsts['AccessControlMaxAgeSec']}"
        + ("; includeSubDomains" if hsts["IncludeSubdomains"] else ""),
    }
    security.pop("ContentTypeOptions")
    assert security == {}
    others = {item["Header"]: item["Value"] for item in found["CustomHeadersConfig"]["Items"]}
    return read | {"x-content-type-options": "nosniff"} | others


def _directives(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (directive.split() for directive in policy.split(";"))}


@pytest.fixture(scope="module", params=["us-east-1", "eu-central-1"])
def region(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture(scope="module")
def deployed(region: str, personal: Assembly, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    if region == Config().region:
        return _deployed(personal)
    return _deployed(synthesize(tmp_path_factory.mktemp(region), stage="home", region=region))


def test_cloudfront_and_the_local_page_answer_with_the_same_headers(deployed: dict[str, str], tmp_path: Path) -> None:
    here = {name.decode(): value.decode() for name, value in page_headers(Options.of(tmp_path))}
    assert here.keys() == deployed.keys()
    one, other = (_directives(found.pop(headers.CONTENT_SECURITY_POLICY)) for found in (here, dict(deployed)))
    assert one.pop("connect-src")[0] == other.pop("connect-src")[0] == "'self'"
    # Both have the pictures of pages from where resumes are posted to.
    assert [found.pop("img-src")[:2] for found in (one, other)] == [["'self'", "data:"]] * 2
    assert one == other
    assert here == {name: value for name, value in deployed.items() if name != headers.CONTENT_SECURITY_POLICY}


def test_scripts_are_files_of_the_page_and_nothing_else(deployed: dict[str, str]) -> None:
    found = _directives(deployed["content-security-policy"])
    assert found["script-src"] == found["default-src"] == found["base-uri"] == ["'self'"]
    assert found["object-src"] == found["frame-ancestors"] == ["'none'"]


def test_the_page_may_post_to_the_address_of_the_upload_form_and_show_pictures_from_there(
    deployed: dict[str, str], region: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", region)
    for name in ("AWS_REGION", "AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"):
        monkeypatch.delenv(name, raising=False)
    clients.forget()
    form = clients.s3().generate_presigned_post("the-bucket", "uploads/a")
    image = clients.s3().generate_presigned_url("get_object", Params={"Bucket": "the-bucket", "Key": "extracted/a/b/1"})
    clients.forget()
    policy = _directives(deployed["content-security-policy"])
    assert form["url"] in policy["connect-src"]
    assert any(image.startswith(source) for source in policy["img-src"] if source.endswith("/the-bucket/"))


def test_headers_that_the_api_sets_more_strictly_are_left_to_it(personal: Assembly) -> None:
    [policy] = personal.of("AWS::CloudFront::ResponseHeadersPolicy").values()
    security = policy["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    assert security["ContentSecurityPolicy"]["Override"] is False
    assert security["ReferrerPolicy"]["Override"] is False
    [distribution] = personal.of("AWS::CloudFront::Distribution").values()
    configuration = distribution["DistributionConfig"]
    behaviours = [configuration["DefaultCacheBehavior"], *configuration["CacheBehaviors"]]
    assert len({str(behaviour["ResponseHeadersPolicyId"]) for behaviour in behaviours}) == 1

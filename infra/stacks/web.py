"""The website: a private bucket behind CloudFront, which also hands ``/api`` on to the HTTP API."""

from aws_cdk import CfnOutput, Duration, RemovalPolicy, Stack
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra import headers
from infra.config import Config
from infra.parts.acknowledge import acknowledge
from infra.stacks.service import ServiceStack
from infra.stacks.stateful import StatefulStack

ORIGIN_HEADER = "x-origin-secret"

# The page's own routes have no extension; every one of them is served by the same document. This is a function and
# not an error page, because an error page would also stand in for the API's own 404.
_ROUTES = """function handler(event) {
  var request = event.request;
  if (request.uri.lastIndexOf('.') <= request.uri.lastIndexOf('/')) {
    request.uri = '/index.html';
  }
  return request;
}
"""


class WebStack(Stack):
    """Bucket, distribution and security headers."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        config: Config,
        stateful: StatefulStack,
        service: ServiceStack,
        web_acl_arn: str | None,
        **arguments: object,
    ) -> None:
        super().__init__(scope, construct_id, **arguments)  # type: ignore[arg-type]
        self._config = config
        self.site = self._site()
        policy = self._headers(stateful)
        api = origins.HttpOrigin(
            f"{service.api.api.api_id}.execute-api.{self.region}.{self.url_suffix}",
            protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
            origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
            # Resolved by CloudFormation at deployment; the secret itself is in no template.
            custom_headers={
                ORIGIN_HEADER: f"{{{{resolve:secretsmanager:{stateful.origin_secret.secret_arn}:SecretString}}}}"
            },
        )
        routes = cloudfront.Function(
            self,
            "Routes",
            code=cloudfront.FunctionCode.from_inline(_ROUTES),
            runtime=cloudfront.FunctionRuntime.JS_2_0,
        )
        self.distribution = cloudfront.Distribution(
            self,
            "Distribution",
            comment=config.prefix,
            default_root_object="index.html",
            price_class=cloudfront.PriceClass.PRICE_CLASS_100,
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
            web_acl_id=web_acl_arn,
            default_behavior=cloudfront.BehaviorOptions(
                origin=origins.S3BucketOrigin.with_origin_access_control(self.site),
                viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
                cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
                response_headers_policy=policy,
                compress=True,
                function_associations=[
                    cloudfront.FunctionAssociation(
                        function=routes, event_type=cloudfront.FunctionEventType.VIEWER_REQUEST
                    )
                ],
            ),
            additional_behaviors={
                "/api/*": cloudfront.BehaviorOptions(
                    origin=api,
                    viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
                    allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
                    cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
                    origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
                    response_headers_policy=policy,
                )
            },
        )
        self._acknowledge()
        CfnOutput(self, "SiteUrl", value=f"https://{self.distribution.distribution_domain_name}")
        CfnOutput(self, "SiteBucketName", value=self.site.bucket_name)
        CfnOutput(self, "DistributionId", value=self.distribution.distribution_id)

    def _site(self) -> s3.Bucket:
        site = s3.Bucket(
            self,
            "Site",
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            enforce_ssl=True,
            # What is in it can be built from the checkout at any time.
            removal_policy=RemovalPolicy.DESTROY,
        )
        acknowledge(site, "AwsSolutions-S1", "It holds the public page, and CloudFront alone reads it.")
        return site

    def _headers(self, stateful: StatefulStack) -> cloudfront.ResponseHeadersPolicy:
        # The page posts a resume straight to the uploads bucket, under the path form of its address: without a slash
        # a policy means that address alone, with one everything under it.
        bucket = f"https://s3.{self.region}.{self.url_suffix}/{stateful.uploads.bucket_name}"
        return cloudfront.ResponseHeadersPolicy(
            self,
            "Headers",
            security_headers_behavior=cloudfront.ResponseSecurityHeadersBehavior(
                # The API brings stricter policies of its own, which stay.
                content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
                    content_security_policy=headers.content_security_policy([bucket, f"{bucket}/"]), override=False
                ),
                referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
                    referrer_policy=cloudfront.HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override=False
                ),
                content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
                frame_options=cloudfront.ResponseHeadersFrameOptions(
                    frame_option=cloudfront.HeadersFrameOption.DENY, override=True
                ),
                strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
                    access_control_max_age=Duration.seconds(headers.HSTS_SECONDS),
                    include_subdomains=True,
                    override=True,
                ),
            ),
            custom_headers_behavior=cloudfront.ResponseCustomHeadersBehavior(
                custom_headers=[
                    cloudfront.ResponseCustomHeader(header=name, value=value, override=False)
                    for name, value in headers.OTHERS.items()
                ]
            ),
        )

    def _acknowledge(self) -> None:
        reasons = {
            "CFR1": "Jobs are looked for from everywhere.",
            "CFR3": "The API has an access log of its own; who fetched the public page's files is nobody's business.",
            "CFR4": "Without a domain of one's own CloudFront's certificate sets the protocol; browsers take TLS 1.3.",
        }
        if self._config.profile == "personal":
            reasons["CFR2"] = (
                "A firewall costs more than everything else of a personal deployment; the API is throttled."
            )
        for rule, reason in reasons.items():
            acknowledge(self.distribution, f"AwsSolutions-{rule}", reason)

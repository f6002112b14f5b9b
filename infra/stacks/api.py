"""The HTTP API: three functions behind one address, throttled and logged."""

import json

from aws_cdk import Tags
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct

from infra.config import Config
from infra.parts.acknowledge import acknowledge
from infra.parts.function import PythonFunction, log_group

# The local cloud gives an API the id that this tag asks for, so its address stays the same.
_LOCAL_ID_TAG = "ms-custom-id"

# No address and no user agent: who called is known by the token alone, and that stays out of the logs.
_LOGGED = {
    "request_id": "$context.requestId",
    "time": "$context.requestTimeEpoch",
    "method": "$context.httpMethod",
    "route": "$context.routeKey",
    "status": "$context.status",
    "latency_ms": "$context.responseLatency",
    "integration_ms": "$context.integrationLatency",
    "integration_error": "$context.integrationErrorMessage",
    "length": "$context.responseLength",
}


class HttpApi(Construct):
    """``/api/v1``: postings are searched where the index is in memory, and their skills read where the model is.

    Everything else is the api function's.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        config: Config,
        api: PythonFunction,
        search: PythonFunction,
        skills: PythonFunction,
    ) -> None:
        super().__init__(scope, construct_id)
        self.api = apigateway.HttpApi(self, "Api", api_name=config.prefix, create_default_stage=False)
        if config.local:
            Tags.of(self.api).add(_LOCAL_ID_TAG, "jobtracker")
        found = HttpLambdaIntegration("SearchIntegration", search.function)
        routes = [
            *self.api.add_routes(
                path="/api/v1/{proxy+}",
                methods=[apigateway.HttpMethod.ANY],
                integration=HttpLambdaIntegration("ApiIntegration", api.function),
            ),
        ]
        read = HttpLambdaIntegration("SkillsIntegration", skills.function)
        for path, integration in (
            ("/api/v1/postings", found),
            ("/api/v1/postings/{posting_id}", found),
            ("/api/v1/postings/{posting_id}/skills", read),
        ):
            routes += self.api.add_routes(path=path, methods=[apigateway.HttpMethod.GET], integration=integration)
        for route in routes:
            acknowledge(
                route,
                "AwsSolutions-APIG4",
                "The functions check the product's own access tokens, and that the call came through CloudFront.",
            )
        group = log_group(self, "AccessLogs", config)
        self.stage = apigateway.HttpStage(
            self,
            "Stage",
            http_api=self.api,
            stage_name="$default",
            auto_deploy=True,
            throttle=apigateway.ThrottleSettings(
                rate_limit=500 if config.profile == "production" else 50,
                burst_limit=1000 if config.profile == "production" else 100,
            ),
        )
        stage = self.stage.node.default_child
        if isinstance(stage, apigateway.CfnStage):
            stage.access_log_settings = apigateway.CfnStage.AccessLogSettingsProperty(
                destination_arn=group.log_group_arn, format=json.dumps(_LOGGED)
            )

    @property
    def url(self) -> str:
        """The address of the API itself; people go through CloudFront."""
        return self.api.api_endpoint

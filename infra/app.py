"""The CDK application: ``python -m infra.app`` synthesizes every stack of one deployment.

Nothing here asks a network, an account or Docker: what comes out depends on the files of the checkout, on the
layers built by ``python -m infra.assets`` and on the context (see ``infra.config``).
"""

from pathlib import Path
from typing import Any

from aws_cdk import App, Environment, Tags, Validations
from cdk_nag import AwsSolutionsChecks

from infra.config import EDGE_REGION, Config
from infra.stacks.edge import EdgeStack
from infra.stacks.service import ServiceStack
from infra.stacks.stateful import StatefulStack
from infra.stacks.web import WebStack

# How constructs behave is part of the template, so it is said here and not left to a default of the command line.
_FLAGS = {
    "@aws-cdk/aws-iam:minimizePolicies": True,
    "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy": True,
    "@aws-cdk/aws-lambda:recognizeLayerVersion": True,
    "@aws-cdk/core:stackRelativeExports": True,
    "@aws-cdk/core:checkSecretUsage": True,
    "@aws-cdk/core:target-partitions": ["aws"],
    "aws:cdk:disable-stack-trace": True,
    "aws:cdk:enable-asset-metadata": False,
}


def build(config: Config | None = None, *, out: Path | None = None) -> App:
    """The application for a configuration; without one, for what the CDK context says."""
    app = App(context=dict(_FLAGS), outdir=str(out) if out else None, analytics_reporting=False)
    config = config or Config.of(_context(app))
    home = Environment(region=config.region, account=config.account)
    stateful = StatefulStack(app, f"{config.prefix}-stateful", config=config, env=home)
    service = ServiceStack(app, f"{config.prefix}-service", config=config, stateful=stateful, env=home)
    if not config.local:
        _add_web(app, config, stateful, service)
    Tags.of(app).add("project", "ai-job-tracker")
    Tags.of(app).add("stage", config.stage)
    Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    return app


def _add_web(app: App, config: Config, stateful: StatefulStack, service: ServiceStack) -> None:
    """The page's stacks; in local mode the local cloud itself serves the page."""
    web_acl_arn = config.web_acl_arn
    if config.profile == "production":
        edge = EdgeStack(
            app, f"{config.prefix}-edge", config=config, env=Environment(region=EDGE_REGION, account=config.account)
        )
        web_acl_arn = web_acl_arn or edge.web_acl.attr_arn
    WebStack(
        app,
        f"{config.prefix}-web",
        config=config,
        stateful=stateful,
        service=service,
        web_acl_arn=web_acl_arn,
        env=Environment(region=config.region, account=config.account),
    )


def _context(app: App) -> dict[str, Any]:
    return {name: app.node.try_get_context(name) for name in Config.model_fields}


if __name__ == "__main__":
    build().synth()

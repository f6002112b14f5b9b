"""One function: runtime, log group, own role, tracing and environment, the same for all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aws_cdk import Duration, RemovalPolicy, Size
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_destinations as destinations
from aws_cdk import aws_logs as logs
from constructs import Construct

from infra import environment
from infra.code import Bundles
from infra.config import Config
from infra.parts.acknowledge import acknowledge
from infra.parts.queue import DeadLetters

_RETENTION = {
    7: logs.RetentionDays.ONE_WEEK,
    14: logs.RetentionDays.TWO_WEEKS,
    30: logs.RetentionDays.ONE_MONTH,
    90: logs.RetentionDays.THREE_MONTHS,
    400: logs.RetentionDays.THIRTEEN_MONTHS,
}


def log_group(scope: Construct, construct_id: str, config: Config) -> logs.LogGroup:
    """A log group that forgets in time."""
    return logs.LogGroup(
        scope,
        construct_id,
        retention=_RETENTION[config.log_retention_days],
        removal_policy=RemovalPolicy.RETAIN if config.lasting else RemovalPolicy.DESTROY,
    )


@dataclass(frozen=True)
class SharedArn:
    """The ARN of a resource of another stack, with the name under which that stack exports it."""

    value: str
    export: str


@dataclass(frozen=True)
class Limits:
    """What a function may use."""

    memory_mb: int
    timeout_seconds: int
    storage_mb: int = 512


class PythonFunction(Construct):
    """The function in ``functions/<name>``. It may do nothing until ``allow`` says so."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        name: str,
        config: Config,
        bundles: Bundles,
        limits: Limits,
        known: Mapping[str, str],
    ) -> None:
        super().__init__(scope, construct_id)
        self.name = name
        self.limits = limits
        self._config = config
        group = log_group(self, "Logs", config)
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        self.function = lambda_.Function(
            self,
            "Function",
            function_name=f"{config.prefix}-{name.replace('_', '-')}",
            runtime=lambda_.Runtime.PYTHON_3_13,
            architecture=lambda_.Architecture.ARM_64,
            handler=f"functions.{name}.handler.lambda_handler",
            code=bundles.code(name),
            layers=list(bundles.layers(name)),
            memory_size=limits.memory_mb,
            timeout=Duration.seconds(limits.timeout_seconds),
            ephemeral_storage_size=Size.mebibytes(limits.storage_mb),
            role=self.role,
            log_group=group,
            tracing=lambda_.Tracing.ACTIVE,
            environment=environment.variables(name, known)
            | {"POWERTOOLS_SERVICE_NAME": name, "POWERTOOLS_LOG_LEVEL": "INFO"}
            | ({"POWERTOOLS_TRACE_DISABLED": "true"} if config.local else {}),
        )
        self.allow(["logs:CreateLogStream", "logs:PutLogEvents"], [group.log_group_arn])
        acknowledge(
            self.role,
            "AwsSolutions-IAM5[Resource::*]",
            "X-Ray's PutTraceSegments and PutTelemetryRecords and Textract's DetectDocumentText know no resources; "
            "no other statement names '*'.",
        )
        acknowledge(
            self.function,
            "AwsSolutions-L1",
            "Python 3.13 is what the locked dependencies are built for; a new runtime comes with a rebuilt lock.",
        )

    def allow(
        self, actions: Sequence[str], resources: Sequence[str], conditions: Mapping[str, object] | None = None
    ) -> None:
        """Let the function do exactly these actions on exactly these resources, under these conditions."""
        self.role.add_to_policy(
            iam.PolicyStatement(actions=list(actions), resources=list(resources), conditions=conditions)
        )

    def allow_prefix(self, actions: Sequence[str], arn: SharedArn, prefix: str, reason: str) -> None:
        """Let the function do these actions on everything under one prefix, and say why a prefix is needed."""
        self.allow(actions, [f"{arn.value}/{prefix}"])
        acknowledge(self.role, f"AwsSolutions-IAM5[Resource::{arn.export}/{prefix}]", reason)

    def keep_failures(self) -> DeadLetters:
        """Give the function, invoked asynchronously, a place where events go that it could not process."""
        letters = DeadLetters(self, "Failures", config=self._config)
        self.function.configure_async_invoke(
            on_failure=destinations.SqsDestination(letters.queue),
            retry_attempts=2,
            max_event_age=Duration.hours(6),
        )
        return letters

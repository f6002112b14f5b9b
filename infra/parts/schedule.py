"""One schedule of EventBridge Scheduler with its own role and its dead letters."""

from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from infra.config import Config
from infra.parts.function import PythonFunction
from infra.parts.queue import DeadLetters


class FunctionSchedule(Construct):
    """Invokes a function, again and again."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        config: Config,
        target: PythonFunction,
        expression: str,
        letters: DeadLetters,
        payload: str = "{}",
    ) -> None:
        super().__init__(scope, construct_id)
        role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("scheduler.amazonaws.com"))
        role.add_to_policy(
            iam.PolicyStatement(actions=["lambda:InvokeFunction"], resources=[target.function.function_arn])
        )
        role.add_to_policy(iam.PolicyStatement(actions=["sqs:SendMessage"], resources=[letters.queue.queue_arn]))
        schedule = scheduler.CfnSchedule(
            self,
            "Schedule",
            schedule_expression=expression,
            # A window spreads deployments over time, which sources are grateful for.
            flexible_time_window=scheduler.CfnSchedule.FlexibleTimeWindowProperty(
                mode="FLEXIBLE", maximum_window_in_minutes=15
            ),
            target=scheduler.CfnSchedule.TargetProperty(
                arn=target.function.function_arn,
                role_arn=role.role_arn,
                input=payload,
                dead_letter_config=scheduler.CfnSchedule.DeadLetterConfigProperty(arn=letters.queue.queue_arn),
                retry_policy=scheduler.CfnSchedule.RetryPolicyProperty(
                    maximum_retry_attempts=5, maximum_event_age_in_seconds=3600
                ),
            ),
            state="ENABLED",
        )
        schedule.node.add_dependency(role)

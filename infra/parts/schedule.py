"""Schedules of EventBridge Scheduler with their roles and their dead letters."""

from aws_cdk import Stack, Token
from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from constructs import Construct

from infra.config import Config
from infra.parts.function import PythonFunction, SharedArn
from infra.parts.queue import DeadLetters, WorkQueue


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


class Continuations(Construct):
    """Lets a function schedule messages to its own queue, each for one moment; they are gone once sent."""

    def __init__(self, scope: Construct, construct_id: str, *, config: Config, target: WorkQueue) -> None:
        super().__init__(scope, construct_id)
        self._target = target
        self._group = scheduler.CfnScheduleGroup(self, "Group", name=f"{config.prefix}-continuations")
        self._role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("scheduler.amazonaws.com"))
        # A schedule cannot leave what it could not send in a FIFO queue.
        self.letters = DeadLetters(self, "Failures", config=config)
        for queue in (target.queue, self.letters.queue):
            self._role.add_to_policy(iam.PolicyStatement(actions=["sqs:SendMessage"], resources=[queue.queue_arn]))

    @property
    def known(self) -> dict[str, str]:
        """What the function's settings have to know."""
        return {
            "continuation_group": f"{self._group.name}",
            "continuation_role_arn": self._role.role_arn,
            "continuation_letters_arn": self.letters.queue.queue_arn,
        }

    def allow(self, function: PythonFunction) -> None:
        """Let ``function`` make schedules in the group, and hand them the role that sends their messages."""
        stack = Stack.of(self)
        arn = f"arn:aws:scheduler:{stack.region}:{stack.account}:schedule"
        shown = f"arn:aws:scheduler:{_shown(stack.region, 'Region')}:{_shown(stack.account, 'AccountId')}:schedule"
        function.allow_prefix(
            ["scheduler:CreateSchedule"],
            SharedArn(value=arn, export=shown),
            f"{self._group.name}/*",
            "Each schedule has a name of its own, made at run time; the group is this function's.",
        )
        handed = {"StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}}
        function.allow(["iam:PassRole"], [self._role.role_arn], handed)


def _shown(value: str, name: str) -> str:
    """A value as findings show it: those that only the deployment knows by their names."""
    return f"<AWS::{name}>" if Token.is_unresolved(value) else value

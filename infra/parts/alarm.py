"""Alarms that wake a person: something ended where only a person can help."""

from collections.abc import Mapping

from aws_cdk import Duration, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.config import Config
from infra.parts.queue import DeadLetters


def watch(scope: Construct, config: Config, letters: Mapping[str, DeadLetters]) -> sns.Topic:
    """One alarm for each dead-letter queue, told to a topic and from there to the configured address."""
    topic = sns.Topic(scope, "Alarms", enforce_ssl=True)
    # A topic with a policy of its own has no default policy any more, which is what lets alarms publish.
    topic.add_to_resource_policy(
        iam.PolicyStatement(
            sid="AllowAlarms",
            actions=["sns:Publish"],
            principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
            resources=[topic.topic_arn],
            conditions={"StringEquals": {"aws:SourceAccount": Stack.of(scope).account}},
        )
    )
    if config.alarm_email:
        topic.add_subscription(subscriptions.EmailSubscription(config.alarm_email))
    for name, found in sorted(letters.items()):
        alarm = cloudwatch.Alarm(
            scope,
            "".join(word.capitalize() for word in name.split("_")) + "DeadLettersAlarm",
            metric=found.queue.metric_approximate_number_of_messages_visible(
                period=Duration.minutes(5), statistic=cloudwatch.Stats.MAXIMUM
            ),
            threshold=1,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            alarm_description=f"{config.prefix}: {name} left messages that could not be processed",
        )
        alarm.add_alarm_action(actions.SnsAction(topic))
    return topic

"""What wakes which function: the catalog's stream, rules of the buses, schedules. Each keeps what it cannot deliver."""

from collections.abc import Mapping

from aws_cdk import Duration, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from constructs import Construct

from infra.config import Config
from infra.parts import rule
from infra.parts.function import PythonFunction
from infra.parts.queue import DeadLetters, WorkQueue
from infra.parts.schedule import FunctionSchedule
from infra.stacks.stateful import StatefulStack
from jobtracker.messages.model import EVENT_SOURCE


def connect(
    scope: Construct,
    config: Config,
    functions: Mapping[str, PythonFunction],
    queues: Mapping[str, WorkQueue],
    stateful: StatefulStack,
) -> dict[str, DeadLetters]:
    """Connect every function to what wakes it. Returns the places for events that functions could not process."""
    letters = {
        name: functions[name].keep_failures() for name in ("schedule_collections", "index_catalog", "train_models")
    }
    _stream(scope, config, functions["index_catalog"], letters["index_catalog"], stateful)
    rule.to_function(
        scope,
        "EncoderPublished",
        bus=stateful.bus,
        pattern=_ours("ModelPublished", {"artifact": ["encoder"]}),
        target=functions["index_catalog"],
        letters=letters["index_catalog"],
    )
    # What a deployment publishes may be unreadable to the next one, or to the one that is rolled back to. The schedule
    # sees to an index that was lost, and to a machine's own cloud, which does not tell of deployments.
    rule.to_function(
        scope,
        "Deployed",
        pattern=events.EventPattern(
            source=["aws.cloudformation"],
            detail_type=["CloudFormation Stack Status Change"],
            detail={
                "stack-id": [Stack.of(scope).stack_id],
                "status-details": {"status": ["CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"]},
            },
        ),
        target=functions["index_catalog"],
        letters=letters["index_catalog"],
    )
    FunctionSchedule(
        scope,
        "IndexSchedule",
        config=config,
        target=functions["index_catalog"],
        expression="rate(1 hour)",
        letters=letters["index_catalog"],
    )
    # Every index, not only the first one, which has no encoder: the function sees when the catalog outgrew its model.
    # One group: fitting takes minutes, and the news that gathered meanwhile are answered by one more fit at most.
    rule.to_queue(
        scope,
        "CatalogIndexed",
        bus=stateful.bus,
        pattern=_ours("CatalogIndexed"),
        target=queues["train"],
        detail_only=True,
        group="encoder",
    )
    rule.to_queue(
        scope,
        "ProfileChanged",
        bus=stateful.bus,
        pattern=_ours("ProfileChanged"),
        target=queues["match"],
        detail_only=True,
    )
    rule.to_queue(
        scope,
        "ResumeUploaded",
        pattern=events.EventPattern(
            source=["aws.s3"],
            detail_type=["Object Created"],
            detail={
                "bucket": {"name": [stateful.uploads.bucket_name]},
                "object": {"key": [{"prefix": "uploads/"}]},
            },
        ),
        target=queues["resume"],
    )
    FunctionSchedule(
        scope,
        "CollectSchedule",
        config=config,
        target=functions["schedule_collections"],
        expression="rate(1 hour)",
        letters=letters["schedule_collections"],
    )
    FunctionSchedule(
        scope,
        "TrainSchedule",
        config=config,
        target=functions["train_models"],
        expression="cron(0 3 ? * SUN *)",
        letters=letters["train_models"],
    )
    return letters


def _ours(detail_type: str, detail: dict[str, object] | None = None) -> events.EventPattern:
    return events.EventPattern(source=[EVENT_SOURCE], detail_type=[detail_type], detail=detail)


def _stream(
    scope: Construct, config: Config, target: PythonFunction, letters: DeadLetters, stateful: StatefulStack
) -> None:
    """Changed postings make the index stale; what the sources' own items say does not."""
    arn = stateful.catalog.table_stream_arn
    assert arn is not None  # noqa: S101 - the table is made with a stream
    target.allow(["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"], [arn])
    target.allow_prefix(
        ["dynamodb:ListStreams"],
        stateful.arn(stateful.catalog),
        "stream/*",
        "Lambda looks for the stream by its table; a stream's name is the time of its making.",
    )
    target.function.add_event_source_mapping(
        "CatalogStream",
        event_source_arn=arn,
        starting_position=lambda_.StartingPosition.TRIM_HORIZON,
        batch_size=5000,
        max_batching_window=Duration.seconds(config.index_window_seconds),
        bisect_batch_on_error=True,
        retry_attempts=5,
        max_record_age=Duration.hours(12),
        on_failure=sources.SqsDlq(letters.queue),
        filters=[
            lambda_.FilterCriteria.filter({"dynamodb": {"Keys": {"SK": {"S": lambda_.FilterRule.is_equal("POSTING")}}}})
        ],
    )

"""How a collection goes on later: by a message, sent at once or by a schedule that fires one time."""

import hashlib
from datetime import UTC, datetime, timedelta

from functions.collect_source.settings import Settings
from jobtracker.aws import bus, clients
from jobtracker.messages.model import CollectSource
from jobtracker.sources.model import Run

# Schedules have whole seconds and must lie ahead.
_AHEAD = timedelta(seconds=2)


def go_on(message: CollectSource, run: Run, group: str, settings: Settings) -> None:
    """Have the collection go on in its message group when its time has come. Asked twice for the same, it goes on
    once."""
    name = _name(message, run)
    again = CollectSource(
        id=name,
        correlation_id=message.correlation_id,
        source_id=message.source_id,
        owner_id=message.owner_id,
        run_id=run.id,
        occurred_at=run.resume_at,
    )
    if run.resume_at <= datetime.now(UTC):
        bus.send(settings.collect_queue_url, again, group=group, deduplication=name)
    else:
        _schedule(name, again, run.resume_at, group, settings)


def _schedule(name: str, message: CollectSource, at: datetime, group: str, settings: Settings) -> None:
    at = max(at, datetime.now(UTC) + _AHEAD) + timedelta(seconds=1)
    scheduler = clients.scheduler()
    try:
        scheduler.create_schedule(
            Name=name,
            GroupName=settings.continuation_group,
            ScheduleExpression=f"at({at.astimezone(UTC):%Y-%m-%dT%H:%M:%S})",
            FlexibleTimeWindow={"Mode": "OFF"},
            ActionAfterCompletion="DELETE",
            Target={
                "Arn": settings.collect_queue_arn,
                "RoleArn": settings.continuation_role_arn,
                "Input": message.model_dump_json(),
                "SqsParameters": {"MessageGroupId": group},
                "DeadLetterConfig": {"Arn": settings.continuation_letters_arn},
                "RetryPolicy": {"MaximumRetryAttempts": 5, "MaximumEventAgeInSeconds": 3600},
            },
        )
    except scheduler.exceptions.ConflictException:
        return


def _name(message: CollectSource, run: Run) -> str:
    """The same for the same point of the same collection."""
    point = f"{message.owner_id}\n{message.source_id}\n{run.id}\n{run.resume_at.isoformat()}"
    return hashlib.sha256(point.encode()).hexdigest()[:40]

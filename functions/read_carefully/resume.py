"""The resume in use, read by the language model over what the rules read of it."""

from datetime import UTC, datetime
from typing import Final

from functions.read_carefully.settings import Settings
from jobtracker.accounts import language_model
from jobtracker.aws import bus, clients
from jobtracker.aws.observability import logger, metrics
from jobtracker.llm.model import LlmError, LlmPausedError, LlmUnavailableError
from jobtracker.messages.model import ProfileChanged, ReadResume, ResumeExtracted
from jobtracker.resumes import careful, gateway, store
from jobtracker.resumes.uploads import ReadBy

_PURPOSE: Final = "Reading your resume"


def read_resume(message: ReadResume, settings: Settings, *, last: bool) -> None:
    """Read the resume that ``message`` names, where it is still the one in use and only the rules read it.

    A message that comes twice changes the profile once, but tells of it again: the first time it may have stopped
    short of that. Whatever fails, the rules' reading stands.

    Args:
        message: whose resume, and which.
        settings: the environment.
        last: the message does not come again.

    Raises:
        LlmUnavailableError, LlmPausedError: there is no answer now, and the message comes again.
    """
    table, operations = clients.table(settings.people_table), clients.table(settings.operations_table)
    person_id, resume_id = message.person_id, message.resume_id
    stored = store.get_profile(table, person_id)
    reading = None if stored is None else store.reading_of(table, stored, resume_id)
    if stored is None or reading is None or resume_id not in stored.in_use:
        logger().info("another resume is in use")
        return
    if reading.read_by is ReadBy.RULES:
        reader = language_model.reader(settings, operations, table, person_id, _PURPOSE)
        extracted = gateway.get_extracted(settings.uploads_bucket, gateway.extracted_key(person_id, resume_id))
        if reader is None or extracted is None or not extracted.text:
            return
        rules = reading.profile
        try:
            profile = careful.read(reader, extracted.text, rules, today=datetime.now(UTC).date())
        except LlmError as error:
            if isinstance(error, (LlmUnavailableError, LlmPausedError)) and not last:
                raise
            # Its text is one of ours, and says nothing of the resume.
            logger().info("the rules' reading stands", reason=str(error))
            return
        stored = store.put_careful(table, person_id, resume_id, rules, profile)
        if stored is None:
            logger().info("another reading is in use by now")
            return
        metrics().add_metric("ResumesReadCarefully", unit="Count", value=1)
    _tell(message, settings, stored.version)


def _tell(message: ReadResume, settings: Settings, version: int) -> None:
    """Say who read the resume, have the person ranked anew, and have it noted where each field stands."""
    table = clients.table(settings.people_table)
    resume = store.get_resume(table, message.person_id, message.resume_id)
    if resume is not None:
        store.update_resume(table, resume.model_copy(update={"read_by": ReadBy.RULES_AND_CLAUDE}))
    event = ProfileChanged(correlation_id=message.correlation_id, person_id=message.person_id, profile_version=version)
    bus.publish(settings.event_bus, event)
    again = ResumeExtracted(
        correlation_id=message.correlation_id,
        person_id=message.person_id,
        resume_id=message.resume_id,
        key=gateway.extracted_key(message.person_id, message.resume_id),
    )
    bus.send(settings.profile_queue_url, again)

"""From a resume's text to the person's profile."""

from datetime import UTC, datetime

from functions.read_profile.settings import Settings
from jobtracker.accounts import consent
from jobtracker.aws import bus, clients
from jobtracker.aws.observability import logger, metrics
from jobtracker.messages.model import ProfileChanged, ReadResume, ResumeExtracted
from jobtracker.resumes import gateway, store
from jobtracker.resumes.genuine import refusal_of
from jobtracker.resumes.model import Reading
from jobtracker.resumes.provenance.evidence import evidence_of
from jobtracker.resumes.read import read_profile
from jobtracker.resumes.uploads import ReadBy, ResumeStatus


def read_resume(message: ResumeExtracted, settings: Settings) -> None:
    """Read the text that ``message`` names into the profile, and keep what speaks for each of its fields.

    A message that comes twice changes the profile once, but tells of it again: the first time it may have
    stopped short of that. Where a language model has read the resume since, which tells of it itself, what speaks for
    its reading is kept.
    """
    table = clients.table(settings.people_table)
    resume = store.get_resume(table, message.person_id, message.resume_id)
    extracted = gateway.get_extracted(settings.uploads_bucket, message.key)
    if resume is None or extracted is None:
        logger().warning("the resume is gone", resume_id=message.resume_id)
        return
    if extracted.refusal is None and resume.status is ResumeStatus.WAITING:
        store.update_resume(table, resume.model_copy(update={"status": ResumeStatus.EXTRACTED}))
    kept_skills = gateway.get_skills(settings.uploads_bucket, message.person_id, message.resume_id)
    named = [] if kept_skills is None else kept_skills.of_text(extracted.text)
    read = read_profile(extracted.text, named=named)
    refusal = extracted.refusal or refusal_of(extracted, read)
    if refusal is not None:
        refused = {"status": ResumeStatus.REFUSED, "refusal": refusal}
        store.update_resume(table, resume.model_copy(update=refused))
        return
    profile = store.put_profile(table, resume, read, match_shards=settings.match_shards)
    kept = store.get_reading(table, message.person_id, message.resume_id) or Reading(resume.id, read)
    carefully = kept.read_by is not ReadBy.RULES
    evidence = evidence_of(extracted.text, kept.profile, extracted.lines, extracted.scan, named)
    gateway.put_evidence(settings.uploads_bucket, message.person_id, message.resume_id, evidence)
    if profile is not None and not carefully:
        event = ProfileChanged(
            correlation_id=message.correlation_id, person_id=profile.person_id, profile_version=profile.version
        )
        bus.publish(settings.event_bus, event)
    done = {"status": ResumeStatus.READ, "refusal": None, "scan": extracted.scan}
    read_at = resume.read_at or datetime.now(UTC)
    store.update_resume(table, resume.model_copy(update=done | {"read_at": read_at}))
    allowed = settings.llm_person_month_microdollars > 0 and consent.get(table, message.person_id).given
    if allowed and profile is not None and not carefully:
        again = ReadResume(
            correlation_id=message.correlation_id, person_id=message.person_id, resume_id=message.resume_id
        )
        bus.send(settings.careful_queue_url, again)
    metrics().add_metric("ResumesRead", unit="Count", value=1)
    logger().info("read", resume_id=resume.id, used=profile is not None)

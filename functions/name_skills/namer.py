"""From a resume's text to the skills that it speaks of."""

from functions.name_skills.settings import Settings
from jobtracker.aws import bus
from jobtracker.aws.observability import logger, metrics
from jobtracker.messages.model import ResumeExtracted
from jobtracker.resumes import gateway
from jobtracker.resumes.document import LONGEST_TEXT
from jobtracker.resumes.phrases import NamedSkills, ReadSkill
from jobtracker.skills import careful


def name_skills(message: ResumeExtracted, settings: Settings, *, last: bool) -> None:
    """Keep what the text that ``message`` names says of skills, and send the message on.

    A message that comes twice keeps the same again. What was refused has no text, and is sent on as it came. So is a
    message that does not come again: what stopped all attempts before, a worker that died of it among them, must not
    keep the resume from being read.

    Args:
        message: which resume's text there is.
        settings: the environment.
        last: the message does not come again.
    """
    if last:
        logger().warning("the resume is read without its skills", resume_id=message.resume_id)
        metrics().add_metric("ResumesWithoutSkills", unit="Count", value=1)
    else:
        _keep(message, settings)
    bus.send(settings.profile_queue_url, message)


def _keep(message: ResumeExtracted, settings: Settings) -> None:
    extracted = gateway.get_extracted(settings.uploads_bucket, message.key)
    if extracted is None or extracted.refusal is not None:
        return
    found = careful.read_skills(extracted.text[:LONGEST_TEXT])
    named = NamedSkills(version=careful.version(), skills=tuple(map(ReadSkill.of, found)))
    gateway.put_skills(settings.uploads_bucket, message.person_id, message.resume_id, named)
    metrics().add_metric("ResumesNamed", unit="Count", value=1)
    logger().info("named", resume_id=message.resume_id, skills=len(found))

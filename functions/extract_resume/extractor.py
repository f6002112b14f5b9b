"""From an uploaded file to its text, or the reason why there is none."""

from uuid import uuid4

from aws_lambda_powertools.utilities.parser.models import S3EventNotificationEventBridgeModel

from functions.extract_resume.settings import Settings
from jobtracker.aws import bus
from jobtracker.aws.observability import logger, metrics
from jobtracker.messages.model import ResumeExtracted
from jobtracker.resumes import gateway
from jobtracker.resumes.extract import extract
from jobtracker.resumes.page_images import page_images


def extract_upload(event: S3EventNotificationEventBridgeModel, settings: Settings) -> None:
    """Extract the file that arrived. An event that comes twice writes the same text and pictures to the same places."""
    upload = gateway.uploaded(settings.uploads_bucket, event.detail.object.key)
    if upload is None:
        logger().warning("no resume lies there any more")
        return
    correlation_id = upload.correlation_id or uuid4().hex
    logger().set_correlation_id(correlation_id)
    extracted = extract(upload.data, settings.scans_by)
    key = gateway.put_extracted(settings.uploads_bucket, upload.person_id, upload.resume_id, extracted)
    outcome = extracted.refusal.code.value if extracted.refusal else "extracted"
    metrics().add_metric("ResumesRefused" if extracted.refusal else "ResumesExtracted", unit="Count", value=1)
    scan = extracted.scan.model_dump(mode="json") if extracted.scan else None
    logger().info("resume", resume_id=upload.resume_id, outcome=outcome, bytes=len(upload.data), scan=scan)
    bus.send(
        settings.skills_queue_url,
        ResumeExtracted(correlation_id=correlation_id, person_id=upload.person_id, resume_id=upload.resume_id, key=key),
    )
    # Nobody waits for the pictures: the text is on its way.
    if extracted.pages:
        for number, image in page_images(upload.data):
            gateway.put_page_image(settings.uploads_bucket, upload.person_id, upload.resume_id, number, image)

"""What people bring in, in the uploads bucket: ``imports/<person>/<import>``."""

from jobtracker.aws import clients
from jobtracker.sources.imports.model import LARGEST_CONTENT, Import


def content_key(person_id: str, import_id: str) -> str:
    """Under which key the page's text or the mail of an import lies."""
    return f"imports/{person_id}/{import_id}"


def put_content(bucket: str, of: Import, content: bytes) -> None:
    """Store what was brought in."""
    clients.s3().put_object(Bucket=bucket, Key=content_key(of.person_id, of.id), Body=content)


def delete_content(bucket: str, of: Import) -> None:
    """Remove what was brought in."""
    clients.s3().delete_object(Bucket=bucket, Key=content_key(of.person_id, of.id))


def get_content(bucket: str, of: Import) -> bytes | None:
    """What was brought in; None when it is gone. No more than one byte beyond ``LARGEST_CONTENT`` is fetched."""
    try:
        answer = clients.s3().get_object(Bucket=bucket, Key=content_key(of.person_id, of.id))
    except clients.s3().exceptions.NoSuchKey:
        return None
    with answer["Body"] as body:
        return body.read(LARGEST_CONTENT + 1)

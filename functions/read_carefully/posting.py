"""A posting that somebody looks at, read by the language model."""

from typing import Final

from functions.read_carefully.settings import Settings
from jobtracker.accounts import language_model
from jobtracker.aws import clients
from jobtracker.aws.observability import logger, metrics
from jobtracker.llm.model import LlmError, LlmPausedError, LlmUnavailableError
from jobtracker.messages.model import ReadPosting
from jobtracker.postings import careful, private, readings, store
from jobtracker.postings.readings import ReadingStatus

PURPOSE: Final = "Reading a posting"


def read_posting(message: ReadPosting, settings: Settings, *, last: bool) -> None:
    """Read the posting that ``message`` names, and write what became of the person's wish.

    A message that comes twice finds that it is done. What everybody may see is not read again where somebody had it
    read.

    Args:
        message: whose wish, and for which posting.
        settings: the environment.
        last: the message does not come again.

    Raises:
        LlmUnavailableError, LlmPausedError: there is no answer now, and the message comes again.
    """
    people, catalog = clients.table(settings.people_table), clients.table(settings.catalog_table)
    person_id, posting_id = message.person_id, message.posting_id
    wished = readings.wish(people, person_id, posting_id)
    if wished is None or wished.status is not ReadingStatus.WAITING:
        return
    everybodys = store.get(catalog, posting_id)
    stored = everybodys or private.get(people, person_id, posting_id)
    if stored is None:
        readings.keep(people, person_id, wished.model_copy(update=_failed("The posting is gone.")))
        return
    name = readings.name_of(stored)
    done: dict[str, object] = {"name": name, "status": ReadingStatus.READ, "reason": None}
    if everybodys is None or readings.shared(catalog, name) is None:
        operations = clients.table(settings.operations_table)
        reader = language_model.reader(settings, operations, people, person_id, PURPOSE)
        if reader is None:
            readings.keep(people, person_id, wished.model_copy(update=_failed("There is no language model.")))
            return
        try:
            reading = careful.read(reader, stored.posting.description_text)
        except LlmError as error:
            if isinstance(error, (LlmUnavailableError, LlmPausedError)) and not last:
                raise
            reason = f"This posting was not read, because {error}."
            readings.keep(people, person_id, wished.model_copy(update=_failed(reason)))
            return
        if everybodys is None:
            done["reading"] = reading
        else:
            readings.share(catalog, name, reading)
        metrics().add_metric("PostingsReadCarefully", unit="Count", value=1)
    readings.keep(people, person_id, wished.model_copy(update=done))
    logger().info("read a posting", own=everybodys is None)


def _failed(reason: str) -> dict[str, object]:
    return {"status": ReadingStatus.FAILED, "reason": reason}

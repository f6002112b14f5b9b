"""Many requests at once that nobody waits for, at half the price: Anthropic's Message Batches.

https://platform.claude.com/docs/en/build-with-claude/batch-processing. A batch ends within a day. Requests that ended
in an error, expired or were canceled are not charged. Bedrock has nothing like it behind the same interface.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final

from jobtracker.llm.client import Answer, Claude, Tries, reading_of, unavailable
from jobtracker.llm.model import LlmError, Provider, Reading

# A day, and time for the results to be fetched.
LONGEST: Final = timedelta(hours=26)


class Batches:
    """Sends requests, and fetches what became of them.

    Args:
        claude: who answers; ``available`` tells whether it does so for batches.
    """

    def __init__(self, claude: Claude) -> None:
        self._claude = claude

    @property
    def available(self) -> bool:
        """Whether this provider has batches."""
        return self._claude.provider is Provider.ANTHROPIC

    def send(
        self, form: type[Answer], instructions: str, documents: Mapping[str, str], *, title: str, max_tokens: int
    ) -> str:
        """Have each of the documents, which have names, read as ``Claude.read`` would; gives the batch's id.

        It is tried once: what may have been taken must not be sent again.

        Raises:
            LlmUnavailableError: it was not taken, or, with ``unanswered``, may have been.
        """
        import anthropic

        tries = Tries()
        requests = [
            {
                "custom_id": name,
                "params": self._claude.parameters(form, instructions, document, title=title, max_tokens=max_tokens),
            }
            for name, document in documents.items()
        ]
        try:
            with self._claude.client(tries, 0) as client:
                batch = client.messages.batches.create(requests=requests)  # type: ignore[arg-type]
        except (anthropic.AnthropicError, ValueError) as error:
            raise unavailable(error, tries) from error
        if not isinstance(batch, anthropic.types.messages.MessageBatch) or not isinstance(batch.id, str):
            raise unavailable(ValueError(), tries)
        return batch.id

    def results(self, batch_id: str, form: type[Answer]) -> dict[str, Reading[Answer] | LlmError | None] | None:
        """What became of each request, by its name: a reading, why there is none, or None where nothing is charged.

        None while the batch has not ended.

        Raises:
            LlmUnavailableError: the service does not tell now.
        """
        import anthropic

        tries = Tries()
        try:
            with self._claude.client(tries, self._claude.retries) as client:
                batch = client.messages.batches.retrieve(batch_id)
                if getattr(batch, "processing_status", None) != "ended":
                    return None
                return dict(self._read(client.messages.batches.results(batch_id), form))
        except (anthropic.AnthropicError, ValueError) as error:
            raise unavailable(error, tries) from error

    def _read(
        self, lines: Iterator[object], form: type[Answer]
    ) -> Iterator[tuple[str, Reading[Answer] | LlmError | None]]:
        for line in lines:
            name, result = getattr(line, "custom_id", None), getattr(line, "result", None)
            kind = getattr(result, "type", None)
            if not isinstance(name, str):
                continue
            if kind in ("errored", "canceled", "expired"):
                yield name, None
                continue
            try:
                yield name, reading_of(form, getattr(result, "message", None), self._claude.model)
            except LlmError as error:
                yield name, error

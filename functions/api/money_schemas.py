"""The types of the HTTP API about the language model and its costs. Money is in millionths of a US dollar."""

from datetime import datetime

from pydantic import Field

from functions.api.schemas import RequestBody, View
from jobtracker.llm.model import Outcome


class LanguageModelRequest(RequestBody):
    """Whether texts that the person brings in may be sent to the language model."""

    allowed: bool


class LanguageModel(View):
    """What the person decided, and what was spent in this month (UTC) of what may be spent in it."""

    available: bool = Field(description="whether this deployment has one")
    allowed: bool
    decided_at: datetime | None
    spent_microdollars: int
    month_cap_microdollars: int


class Receipt(View):
    """One call. ``input_tokens`` are all that went in. Nothing of what was read is kept in it."""

    id: str
    at: datetime
    purpose: str
    model: str
    input_tokens: int
    output_tokens: int
    microdollars: int
    outcome: Outcome


class ReceiptList(View):
    """A page of receipts, the newest first."""

    items: list[Receipt]
    next_cursor: str | None

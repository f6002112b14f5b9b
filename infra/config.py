"""What one deployment is: read from the CDK context, checked before anything is synthesized."""

from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

ROOT = Path(__file__).resolve().parent.parent
# CloudFront accepts a web ACL of this region only.
EDGE_REGION = "us-east-1"


class Config(BaseModel):
    """One deployment. Every field may be given as ``-c name=value``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    stage: str = Field(default="dev", pattern=r"^[a-z][a-z0-9]{1,11}$")
    local: bool = False
    profile: Literal["personal", "production"] = "personal"
    region: str = Field(default=EDGE_REGION, pattern=r"^[a-z]{2}(-[a-z]+)+-\d$")
    account: str | None = Field(default=None, pattern=r"^\d{12}$")
    # The people who want matching are spread over this many partitions; changing it later needs a re-match.
    match_shards: int = Field(default=4, ge=1, le=512)
    log_retention_days: Literal[7, 14, 30, 90, 400] = 30
    # Sources see this in the User-Agent, so that they can reach whoever runs this deployment.
    contact: str = "ai-job-tracker, a personal deployment"
    sample_source: bool = False
    # Addresses of this machine ("host:port", by commas) that sources may be asked at. In local mode only.
    allowed_hosts: str = Field(default="", pattern=r"^([a-z0-9.-]+:\d+(,[a-z0-9.-]+:\d+)*)?$")
    # How long the catalog's stream gathers changes before the index is made anew.
    index_window_seconds: int = Field(default=60, ge=0, le=300)
    # How long the models wait for the rest of a collection before they are fitted on what an index holds.
    train_delay_seconds: int = Field(default=300, ge=0, le=900)
    alarm_email: str | None = None
    # Who answers as the language model: Anthropic, with a key, or Amazon Bedrock, with the functions' role.
    llm_provider: Literal["anthropic", "bedrock"] = "anthropic"
    # The provider's name of the model. Anthropic has a default; Bedrock's is the id of an inference profile.
    llm_model: str | None = Field(default=None, pattern=r"^[a-z0-9.:-]+$")
    # What it may cost: a person, and everybody together, in a day and in a month. Nothing lets nobody ask it.
    llm_person_day_usd: Decimal = Field(default=Decimal("0.25"), ge=0, le=1000, decimal_places=6)
    llm_person_month_usd: Decimal = Field(default=Decimal(1), ge=0, le=1000, decimal_places=6)
    llm_everybody_day_usd: Decimal = Field(default=Decimal(5), ge=0, le=100_000, decimal_places=6)
    llm_everybody_month_usd: Decimal = Field(default=Decimal(50), ge=0, le=1_000_000, decimal_places=6)
    # How often it may be asked in an hour.
    llm_person_hour_calls: int = Field(default=60, ge=0)
    llm_everybody_hour_calls: int = Field(default=2_000, ge=0)
    # The secret with the key of the language model, made by hand; without it Anthropic is not asked.
    anthropic_secret_arn: str | None = Field(
        default=None, pattern=r"^arn:aws[a-z-]*:secretsmanager:[^:]+:\d{12}:secret:\S+$"
    )
    # Another address than Anthropic's own: a gateway, or a model of one's own that speaks the same.
    anthropic_base_url: str | None = Field(default=None, pattern=r"^https?://\S+$")
    # Amazon Textract reads scans and photos of resumes, for money by the page; without it they are refused.
    textract: bool = False
    web_acl_arn: str | None = None
    asset_dir: Path = ROOT / "build"

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.allowed_hosts and not self.local:
            raise ValueError("allowed_hosts is for local mode: a deployment asks nothing but the open internet")
        if self.llm_provider == "bedrock" and "anthropic." not in (self.llm_model or ""):
            raise ValueError("Bedrock needs -c llm_model=<an inference profile, such as global.anthropic.…>")
        if self.textract and self.local:
            raise ValueError("textract is a service of AWS: in local mode an installed tesseract reads scans")
        if self.profile == "production" and "contact" not in self.model_fields_set:
            raise ValueError("the production profile needs -c contact=<an address or a page>: sources must reach you")
        if self.profile == "production" and self.region != EDGE_REGION and self.web_acl_arn is None:
            raise ValueError(f"outside {EDGE_REGION}, deploy the edge stack first and pass -c web_acl_arn=<its output>")
        return self

    @classmethod
    def of(cls, context: dict[str, Any]) -> "Config":
        """The deployment that a CDK context describes; ``local=true`` brings its own defaults."""
        given = {name: context[name] for name in cls.model_fields if context.get(name) is not None}
        if str(given.get("local", "")).lower() == "true":
            defaults = {"stage": "local", "sample_source": True, "index_window_seconds": 1, "match_shards": 2}
            defaults |= {"train_delay_seconds": 0}
            given = defaults | given
        return cls.model_validate(given)

    @property
    def prefix(self) -> str:
        """What names of this deployment begin with."""
        return f"jobtracker-{self.stage}"

    @property
    def has_language_model(self) -> bool:
        """Whether anybody answers as the language model."""
        return self.llm_provider == "bedrock" or self.anthropic_secret_arn is not None

    @property
    def lasting(self) -> bool:
        """Whether the data outlives the stack: protected from deletion and restorable to any second."""
        return not self.local and (self.profile == "production" or self.stage in {"prod", "production"})

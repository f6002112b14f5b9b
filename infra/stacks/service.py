"""What runs: functions, their queues, the rules and schedules that wake them, and the HTTP API."""

from collections.abc import Mapping

from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_lambda_event_sources as sources
from constructs import Construct

from infra.code import Bundles
from infra.config import Config
from infra.parts.alarm import watch
from infra.parts.function import Limits, PythonFunction
from infra.parts.queue import ATTEMPTS, DeadLetters, WorkQueue
from infra.parts.schedule import Continuations
from infra.stacks import language_model, permissions, wiring
from infra.stacks.api import HttpApi
from infra.stacks.stateful import StatefulStack

LIMITS = {
    # bcrypt takes a whole core for a quarter of a second, and Lambda gives cores by memory.
    "api": Limits(memory_mb=1024, timeout_seconds=20),
    "search": Limits(memory_mb=2048, timeout_seconds=25, storage_mb=4096),
    "schedule_collections": Limits(memory_mb=256, timeout_seconds=60),
    "collect_source": Limits(memory_mb=1024, timeout_seconds=300),
    # A company is looked for on many addresses, one a second.
    "import_posting": Limits(memory_mb=1024, timeout_seconds=180),
    # As long as Lambda allows: a catalog that no index can be read of is built anew in one go.
    "index_catalog": Limits(memory_mb=3008, timeout_seconds=900, storage_mb=4096),
    # Reading ten pages off pictures takes a minute and a half at most.
    "extract_resume": Limits(memory_mb=1024, timeout_seconds=150),
    "read_profile": Limits(memory_mb=1536, timeout_seconds=60),
    # Lambda gives cores by memory, and the network takes one whole while somebody waits for a posting's skills.
    "name_skills": Limits(memory_mb=2048, timeout_seconds=25),
    # The language model writes out a long resume in half a minute, and is tried three times.
    "read_carefully": Limits(memory_mb=1024, timeout_seconds=180),
    "match_profiles": Limits(memory_mb=3008, timeout_seconds=300, storage_mb=4096),
    "train_models": Limits(memory_mb=3008, timeout_seconds=900, storage_mb=4096),
}


class ServiceStack(Stack):
    """Everything without memory of its own."""

    def __init__(
        self, scope: Construct, construct_id: str, *, config: Config, stateful: StatefulStack, **arguments: object
    ) -> None:
        super().__init__(scope, construct_id, **arguments)  # type: ignore[arg-type]
        self._config = config
        self.queues = {
            "collect": self._queue("CollectQueue", "collect_source", fifo=True),
            "import": self._queue("ImportQueue", "import_posting"),
            "resume": self._queue("ResumeQueue", "extract_resume"),
            "skills": self._queue("SkillsQueue", "name_skills"),
            "profile": self._queue("ProfileQueue", "read_profile"),
            "careful": self._queue("CarefulQueue", "read_carefully"),
            "match": self._queue("MatchQueue", "match_profiles"),
            "train": self._queue("TrainQueue", "train_models", fifo=True, delay_seconds=config.train_delay_seconds),
        }
        bundles = Bundles(self, "Layers", config=config)
        continuations = Continuations(self, "Continuations", config=config, target=self.queues["collect"])
        known = self._known(stateful) | language_model.known(config) | self._scans() | continuations.known
        self.functions = {
            name: PythonFunction(
                self,
                "".join(word.capitalize() for word in name.split("_")),
                name=name,
                config=config,
                bundles=bundles,
                limits=limits,
                known=known,
            )
            for name, limits in LIMITS.items()
        }
        permissions.grant(self.functions, stateful, self.queues)
        continuations.allow(self.functions["collect_source"])
        for name in ("import_posting", "read_carefully"):
            language_model.allow(self.functions[name], config)
        if config.textract:
            # The action knows no resources: what it reads comes with the call.
            self.functions["extract_resume"].allow(["textract:DetectDocumentText"], ["*"])
        self._consume("collect", "collect_source", batch=1, at_once=5)
        self._consume("import", "import_posting", batch=1, at_once=5)
        self._consume("resume", "extract_resume", batch=1, at_once=5)
        self._consume("skills", "name_skills", batch=1, at_once=5)
        self._consume("profile", "read_profile", batch=5, at_once=5)
        self._consume("careful", "read_carefully", batch=1, at_once=5)
        self._consume("match", "match_profiles", batch=10, at_once=10)
        self._consume("train", "train_models", batch=1, at_once=2)
        letters = wiring.connect(self, config, self.functions, self.queues, stateful)
        letters["continuations"] = continuations.letters
        self.api = HttpApi(
            self,
            "HttpApi",
            config=config,
            api=self.functions["api"],
            search=self.functions["search"],
            skills=self.functions["name_skills"],
        )
        if config.profile == "production":
            watch(self, config, self._dead_letters(letters))
        self._outputs()

    def _dead_letters(self, letters: Mapping[str, DeadLetters]) -> dict[str, DeadLetters]:
        return {name: work.dead_letters for name, work in self.queues.items()} | dict(letters)

    def _queue(self, construct_id: str, consumer: str, *, fifo: bool = False, delay_seconds: int = 0) -> WorkQueue:
        return WorkQueue(
            self,
            construct_id,
            config=self._config,
            timeout_seconds=LIMITS[consumer].timeout_seconds,
            fifo=fifo,
            delay_seconds=delay_seconds,
        )

    def _known(self, stateful: StatefulStack) -> dict[str, str]:
        """Everything a settings class may ask for, by field name."""
        config = self._config
        return {
            "stage": config.stage,
            "local_mode": str(config.local).lower(),
            "contact": config.contact,
            "sample_source": str(config.sample_source).lower(),
            "allowed_hosts": config.allowed_hosts,
            "key_arn": stateful.key.key_arn,
            "collect_queue_arn": self.queues["collect"].queue.queue_arn,
            "queue_attempts": str(ATTEMPTS),
            "match_shards": str(config.match_shards),
            "catalog_table": stateful.catalog.table_name,
            "people_table": stateful.people.table_name,
            "operations_table": stateful.operations.table_name,
            "uploads_bucket": stateful.uploads.bucket_name,
            "artifacts_bucket": stateful.artifacts.bucket_name,
            "event_bus": stateful.bus.event_bus_name,
            "jwt_secret_arn": stateful.jwt_secret.secret_arn,
            "origin_secret_arn": stateful.origin_secret.secret_arn,
        } | {f"{name}_queue_url": work.queue.queue_url for name, work in self.queues.items()}

    def _scans(self) -> dict[str, str]:
        """What reads scans and photos, in a deployment that pays for it."""
        return {"scans_by": "textract"} if self._config.textract else {}

    def _consume(self, queue: str, function: str, *, batch: int, at_once: int) -> None:
        self.functions[function].function.add_event_source(
            sources.SqsEventSource(
                self.queues[queue].queue,
                batch_size=batch,
                report_batch_item_failures=True,
                # Not reserved concurrency: a new account has ten for everything together.
                max_concurrency=at_once,
            )
        )

    def _outputs(self) -> None:
        CfnOutput(self, "ApiId", value=self.api.api.api_id)
        CfnOutput(self, "ApiUrl", value=self.api.url)
        for name, work in self.queues.items():
            CfnOutput(self, f"{name.capitalize()}QueueUrl", value=work.queue.queue_url)
            CfnOutput(self, f"{name.capitalize()}DeadLettersUrl", value=work.dead_letters.queue.queue_url)
        for name, function in self.functions.items():
            word = "".join(part.capitalize() for part in name.split("_"))
            CfnOutput(self, f"{word}FunctionName", value=function.function.function_name)

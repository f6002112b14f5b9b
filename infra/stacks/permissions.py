"""What each function may do: written out, action by action, because CDK's grants say more than is needed."""

from collections.abc import Mapping

from infra.parts.function import PythonFunction
from infra.parts.queue import WorkQueue
from infra.stacks.stateful import StatefulStack

# Large files go up in parts, and what was begun is taken back when it fails. Old versions are removed by who publishes
# new ones.
_PUBLISH = ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:DeleteObject"]
# These two only read what is encrypted.
_READERS = {"search", "schedule_collections"}


class _Granter:
    """Grants on the stateful resources, for one function."""

    def __init__(self, function: PythonFunction, stateful: StatefulStack) -> None:
        self._function = function
        self._stateful = stateful

    def table(self, name: str, actions: list[str], *, index: str | None = None) -> None:
        """Actions on a table, and reading one index of it."""
        tables = {
            "catalog": self._stateful.catalog,
            "people": self._stateful.people,
            "operations": self._stateful.operations,
        }
        table = tables[name]
        self._function.allow([f"dynamodb:{action}" for action in actions], [table.table_arn])
        if index:
            self._function.allow(["dynamodb:Query"], [f"{table.table_arn}/index/{index}"])

    def objects(self, name: str, prefix: str, actions: list[str], *, ending: str = "") -> None:
        """Actions on the objects of a bucket under a prefix, or on those of them with an ending."""
        bucket = self._stateful.uploads if name == "uploads" else self._stateful.artifacts
        self._function.allow_prefix(
            actions,
            self._stateful.arn(bucket),
            f"{prefix}/*{ending}",
            "Object keys are made at run time; the prefix is as narrow as it gets.",
        )

    def find_objects(self, name: str, prefix: str | None = None) -> None:
        """Listing a bucket, or what lies in it under a prefix.

        Without it S3 answers 403 instead of 404 for an object that is not there.
        """
        bucket = self._stateful.uploads if name == "uploads" else self._stateful.artifacts
        within = {"StringLike": {"s3:prefix": f"{prefix}/*"}} if prefix else None
        self._function.allow(["s3:ListBucket"], [bucket.bucket_arn], within)

    def key(self, *, writes: bool) -> None:
        """The key that tables and buckets are encrypted with; who writes needs new data keys of it too."""
        actions = ["kms:Decrypt", "kms:GenerateDataKey"] if writes else ["kms:Decrypt"]
        # Through the two stores alone: what is sealed with the key itself does not open by this right.
        through = [f"{service}.{self._stateful.region}.amazonaws.com" for service in ("dynamodb", "s3")]
        self._function.allow(actions, [self._stateful.key.key_arn], {"StringEquals": {"kms:ViaService": through}})

    def sealing(self, action: str) -> None:
        """Sealing the secrets of sources, or opening them: never without saying whose secret of which source it is."""
        bound = {f"kms:EncryptionContext:{name}": "false" for name in ("owner", "source", "secret")}
        self._function.allow([f"kms:{action}"], [self._stateful.key.key_arn], {"Null": bound})

    def publish(self) -> None:
        """Putting events on the bus."""
        self._function.allow(["events:PutEvents"], [self._stateful.bus.event_bus_arn])

    def secrets(self) -> None:
        """Reading the two secrets of the API."""
        self._function.allow(
            ["secretsmanager:GetSecretValue"],
            [self._stateful.jwt_secret.secret_arn, self._stateful.origin_secret.secret_arn],
        )

    def send(self, work: WorkQueue) -> None:
        """Sending to a queue."""
        self._function.allow(["sqs:SendMessage"], [work.queue.queue_arn])


def grant(functions: Mapping[str, PythonFunction], stateful: StatefulStack, queues: Mapping[str, WorkQueue]) -> None:
    """Give every function its rights."""
    to = {name: _Granter(function, stateful) for name, function in functions.items()}
    for name, granter in to.items():
        granter.key(writes=name not in _READERS)
    _grant_api(to, queues)
    _grant_catalog(to, queues)
    _grant_people(to, queues)


def _grant_api(to: Mapping[str, _Granter], queues: Mapping[str, WorkQueue]) -> None:
    to["api"].secrets()
    to["api"].table("catalog", ["GetItem", "BatchGetItem", "Query", "PutItem", "DeleteItem"])
    # Of an own source nothing is written once its definition is gone.
    own = ["ConditionCheckItem", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"]
    to["api"].table("people", ["GetItem", "Query", *own])
    # What a person has spent on the language model.
    to["api"].table("operations", ["GetItem"])
    # A presigned form carries the rights of whoever signed it.
    to["api"].objects("uploads", "uploads", ["s3:PutObject"])
    to["api"].objects("uploads", "imports", ["s3:PutObject"])
    # What was read of a person's own resumes. The address of a page's picture carries these rights, too.
    to["api"].objects("uploads", "extracted", ["s3:GetObject"])
    to["api"].find_objects("uploads", "extracted")
    to["api"].publish()
    to["api"].send(queues["collect"])
    to["api"].sealing("Encrypt")
    to["api"].send(queues["import"])
    to["api"].send(queues["careful"])
    # Whose token it is is looked up at every request, and a posting is shown as it is now; the rest is in the index.
    to["search"].secrets()
    to["search"].table("people", ["GetItem"])
    to["search"].table("catalog", ["GetItem", "BatchGetItem"])
    to["search"].find_objects("artifacts")
    to["search"].objects("artifacts", "catalog", ["s3:GetObject"])


def _grant_catalog(to: Mapping[str, _Granter], queues: Mapping[str, WorkQueue]) -> None:
    to["schedule_collections"].table("catalog", ["BatchGetItem", "GetItem", "Query"])
    to["schedule_collections"].table("people", ["BatchGetItem"], index="collecting")
    to["schedule_collections"].send(queues["collect"])
    # A posting and the version before it are one transaction.
    to["collect_source"].table("catalog", ["GetItem", "PutItem"])
    to["collect_source"].table("people", ["GetItem", "PutItem", "UpdateItem", "ConditionCheckItem"])
    to["collect_source"].table("operations", ["GetItem", "PutItem", "UpdateItem", "DeleteItem"])
    to["collect_source"].find_objects("artifacts")
    to["collect_source"].objects("artifacts", "collections", ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"])
    to["collect_source"].sealing("Decrypt")
    to["collect_source"].send(queues["collect"])
    to["collect_source"].publish()
    # The whole table is read when the published index is of a shape that is read no more.
    to["index_catalog"].table("catalog", ["Query", "Scan", "BatchWriteItem"])
    to["index_catalog"].find_objects("artifacts")
    to["index_catalog"].objects("artifacts", "catalog", _PUBLISH)
    to["index_catalog"].objects("artifacts", "encoder", ["s3:GetObject"])
    to["index_catalog"].publish()
    to["index_catalog"].send(queues["match"])
    to["train_models"].find_objects("artifacts")
    to["train_models"].objects("artifacts", "catalog", ["s3:GetObject"])
    to["train_models"].objects("artifacts", "encoder", _PUBLISH)
    to["train_models"].publish()


def _grant_people(to: Mapping[str, _Granter], queues: Mapping[str, WorkQueue]) -> None:
    # The function that opens files from strangers reaches nothing but their folder and the next queue.
    to["extract_resume"].objects("uploads", "uploads", ["s3:GetObject"])
    to["extract_resume"].objects("uploads", "extracted", ["s3:PutObject"])
    to["extract_resume"].send(queues["skills"])
    to["name_skills"].objects("uploads", "extracted", ["s3:GetObject"])
    to["name_skills"].objects("uploads", "extracted", ["s3:PutObject"], ending=".skills.json")
    to["name_skills"].find_objects("uploads", "extracted")
    to["name_skills"].send(queues["profile"])
    # For who looks at a posting: whose token it is, the posting, and what the profile has of its skills.
    to["name_skills"].secrets()
    to["name_skills"].table("people", ["GetItem"])
    to["name_skills"].table("catalog", ["GetItem"])
    to["import_posting"].find_objects("uploads")
    to["import_posting"].objects("uploads", "imports", ["s3:GetObject", "s3:DeleteObject"])
    to["import_posting"].table("people", ["GetItem", "Query", "PutItem"])
    to["import_posting"].table("catalog", ["GetItem"])
    to["import_posting"].table("operations", ["GetItem", "UpdateItem"])
    to["import_posting"].publish()
    # A host that may not be asked now is asked by the same message later.
    to["import_posting"].send(queues["import"])
    to["read_profile"].objects("uploads", "extracted", ["s3:GetObject", "s3:PutObject"])
    # What was read of skills may not be there.
    to["read_profile"].find_objects("uploads", "extracted")
    to["read_profile"].table("people", ["GetItem", "PutItem", "UpdateItem"])
    to["read_profile"].publish()
    to["read_profile"].send(queues["careful"])
    to["read_carefully"].objects("uploads", "extracted", ["s3:GetObject"])
    to["read_carefully"].table("people", ["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"])
    to["read_carefully"].table("catalog", ["GetItem", "PutItem"])
    to["read_carefully"].table("operations", ["GetItem", "PutItem", "UpdateItem", "DeleteItem"])
    to["read_carefully"].publish()
    to["read_carefully"].send(queues["profile"])
    # A batch is looked for by a message that comes later.
    to["read_carefully"].send(queues["careful"])
    to["match_profiles"].send(queues["careful"])
    to["match_profiles"].table("people", ["GetItem", "Query", "PutItem", "BatchWriteItem"], index="matching")
    to["match_profiles"].find_objects("artifacts")
    to["match_profiles"].objects("artifacts", "catalog", ["s3:GetObject"])
    to["match_profiles"].objects("artifacts", "encoder", ["s3:GetObject"])
    to["match_profiles"].publish()

"""What must not be lost: tables, buckets, the key, the secrets, and the bus that all stacks share."""

from aws_cdk import CfnOutput, Duration, RemovalPolicy, Stack
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.config import Config
from infra.parts.acknowledge import LOCAL_WITHOUT_TLS, acknowledge
from infra.parts.function import SharedArn

# Said one by one, because a policy of this project never says '*': what the account's administrators may do.
_KEY_ADMINISTRATION = [
    "kms:CancelKeyDeletion",
    "kms:CreateAlias",
    "kms:CreateGrant",
    "kms:Decrypt",
    "kms:DeleteAlias",
    "kms:DescribeKey",
    "kms:DisableKey",
    "kms:DisableKeyRotation",
    "kms:EnableKey",
    "kms:EnableKeyRotation",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListGrants",
    "kms:ListKeyPolicies",
    "kms:ListResourceTags",
    "kms:ListRetirableGrants",
    "kms:PutKeyPolicy",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
    "kms:RevokeGrant",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateAlias",
    "kms:UpdateKeyDescription",
]


class StatefulStack(Stack):
    """Tables, buckets, key, secrets and bus."""

    def __init__(self, scope: Construct, construct_id: str, *, config: Config, **arguments: object) -> None:
        super().__init__(scope, construct_id, **arguments)  # type: ignore[arg-type]
        self._config = config
        self._exported: dict[str, SharedArn] = {}
        self._removal = RemovalPolicy.RETAIN if config.lasting else RemovalPolicy.DESTROY
        self.key = self._key()
        self.catalog = self._table("CatalogTable", stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES)
        self.people = self._table("PeopleTable")
        self.people.add_global_secondary_index(
            index_name="matching",
            partition_key=dynamodb.Attribute(name="match_shard", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="PK", type=dynamodb.AttributeType.STRING),
            projection_type=dynamodb.ProjectionType.KEYS_ONLY,
        )
        self.people.add_global_secondary_index(
            index_name="collecting",
            partition_key=dynamodb.Attribute(name="collect_shard", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="due_at", type=dynamodb.AttributeType.STRING),
            projection_type=dynamodb.ProjectionType.KEYS_ONLY,
        )
        # Counters, keys of finished work and locks: all of it expires, none of it is worth a backup.
        self.operations = self._table("OperationsTable", expires=True)
        self.uploads = self._bucket("Uploads")
        self.artifacts = self._bucket("Artifacts")
        self._shape_buckets()
        self.bus = events.EventBus(self, "Bus", event_bus_name=config.prefix)
        self.jwt_secret = self._secret(
            "JwtSecret",
            "Signs the people's access tokens",
            "Turning it over signs everybody out at once, so a person decides when.",
        )
        self.origin_secret = self._secret(
            "OriginSecret",
            "The header by which the API knows CloudFront",
            "CloudFront sends the last deployment's value: a rotation without one would shut the API to everybody.",
        )
        self._outputs()

    def arn(self, resource: s3.Bucket | dynamodb.Table) -> SharedArn:
        """A resource's ARN for other stacks, exported under a name that stays readable in findings."""
        export = f"{self._config.prefix}-{resource.node.id.lower()}-arn"
        if export not in self._exported:
            value = resource.bucket_arn if isinstance(resource, s3.Bucket) else resource.table_arn
            self._exported[export] = SharedArn(value=self.export_value(value, name=export), export=export)
        return self._exported[export]

    def _key(self) -> kms.Key:
        administrators = iam.PolicyStatement(
            actions=_KEY_ADMINISTRATION, principals=[iam.AccountRootPrincipal()], resources=["*"]
        )
        return kms.Key(
            self,
            "Key",
            description=f"{self._config.prefix}: people's data",
            enable_key_rotation=True,
            policy=iam.PolicyDocument(statements=[administrators]),
            removal_policy=self._removal,
        )

    def _table(
        self, name: str, *, stream: dynamodb.StreamViewType | None = None, expires: bool = False
    ) -> dynamodb.Table:
        lasting = self._config.lasting and not expires
        table = dynamodb.Table(
            self,
            name,
            partition_key=dynamodb.Attribute(name="PK", type=dynamodb.AttributeType.STRING),
            sort_key=dynamodb.Attribute(name="SK", type=dynamodb.AttributeType.STRING),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.CUSTOMER_MANAGED,
            encryption_key=self.key,
            stream=stream,
            time_to_live_attribute="expires_at" if expires else None,
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=lasting
            ),
            deletion_protection=lasting,
            removal_policy=self._removal if not expires else RemovalPolicy.DESTROY,
        )
        if not lasting:
            reason = (
                "Everything in it expires by itself; a restored counter or lock would be wrong."
                if expires
                else "A stage for trying out: its data goes with its stack, by choice; production keeps its own."
            )
            acknowledge(table, "AwsSolutions-DDB3", reason)
        return table

    def _bucket(self, name: str) -> s3.Bucket:
        bucket = s3.Bucket(
            self,
            name,
            encryption=s3.BucketEncryption.KMS,
            encryption_key=self.key,
            bucket_key_enabled=True,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            enforce_ssl=not self._config.local,
            versioned=self._config.lasting and name == "Artifacts",
            removal_policy=self._removal,
        )
        acknowledge(
            bucket,
            "AwsSolutions-S1",
            "People reach it through signed forms only and functions under their own prefixes; no log would say more.",
        )
        if self._config.local:
            acknowledge(bucket, "AwsSolutions-S10", LOCAL_WITHOUT_TLS)
        return bucket

    def _shape_buckets(self) -> None:
        # A browser posts a resume straight to the bucket. What lets it in is the signed form, not its origin.
        self.uploads.add_cors_rule(
            allowed_methods=[s3.HttpMethods.POST], allowed_origins=["*"], allowed_headers=["*"], max_age=3600
        )
        self.uploads.add_lifecycle_rule(id="unfinished", abort_incomplete_multipart_upload_after=Duration.days(1))
        # Removed when the import is finished; this is for what never is.
        self.uploads.add_lifecycle_rule(id="imports", prefix="imports/", expiration=Duration.days(7))
        self.artifacts.add_lifecycle_rule(
            id="unfinished",
            abort_incomplete_multipart_upload_after=Duration.days(1),
            noncurrent_version_expiration=Duration.days(14),
            expired_object_delete_marker=True,
        )
        # Set on the resource itself: the construct's own property would bring a function of its own along.
        bucket = self.uploads.node.default_child
        if isinstance(bucket, s3.CfnBucket):
            bucket.add_property_override(
                "NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled", value=True
            )

    def _secret(self, name: str, description: str, by_hand: str) -> secretsmanager.Secret:
        secret = secretsmanager.Secret(
            self,
            name,
            description=description,
            generate_secret_string=secretsmanager.SecretStringGenerator(
                password_length=64, exclude_punctuation=True, include_space=False
            ),
            removal_policy=self._removal,
        )
        acknowledge(secret, "AwsSolutions-SMG4", by_hand)
        return secret

    def _outputs(self) -> None:
        for name, value in {
            "CatalogTableName": self.catalog.table_name,
            "PeopleTableName": self.people.table_name,
            "OperationsTableName": self.operations.table_name,
            "UploadsBucketName": self.uploads.bucket_name,
            "ArtifactsBucketName": self.artifacts.bucket_name,
            "EventBusName": self.bus.event_bus_name,
            "JwtSecretArn": self.jwt_secret.secret_arn,
            "OriginSecretArn": self.origin_secret.secret_arn,
            "Lasting": "yes" if self._config.lasting else "no",
        }.items():
            CfnOutput(self, name, value=value)

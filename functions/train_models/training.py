"""Fitting the encoder on the postings of the current catalog index."""

from functions.train_models.settings import Settings
from jobtracker.artifacts.model import ConflictError, Manifest
from jobtracker.aws import bus
from jobtracker.aws.observability import logger, metrics
from jobtracker.catalog import gateway
from jobtracker.catalog.build import read_sample
from jobtracker.catalog.gateway import Use
from jobtracker.catalog.rows import posting_text
from jobtracker.messages.model import CatalogIndexed, ModelPublished
from jobtracker.text.gateway import NAME, current_manifest, fitted_on, publish_encoder
from jobtracker.text.training import MAX_TEXTS, CannotFitError, fit_encoder

# With fewer postings the vectors would say no more than shared words do.
LEAST_POSTINGS = 50
# An encoder of a young catalog knows few words: it is fitted anew each time the catalog has grown by a quarter, which
# happens the more seldom the larger it is.
GROWTH = 1.25


def train(indexed: CatalogIndexed | None, settings: Settings) -> None:
    """Fit and publish the encoder when a new index makes one due; without news, in any case.

    An encoder fitted on the same postings has the same version, so that an event that comes twice does no harm.
    """
    if indexed is not None:
        logger().set_correlation_id(indexed.correlation_id)
    manifest = current_manifest(settings.artifacts_bucket)
    if indexed is not None and not _due(indexed.postings, manifest):
        _remind(indexed, manifest, settings)
        return
    published = gateway.open_latest(settings.artifacts_bucket, Use.FIT)
    postings = 0 if published is None else published.index.n
    if published is None or postings < LEAST_POSTINGS:
        logger().info(
            "The catalog is too small to fit an encoder on", extra={"postings": postings, "least": LEAST_POSTINGS}
        )
        return
    _fit(published, manifest, indexed, settings)


def _fit(
    published: gateway.Published, manifest: Manifest | None, indexed: CatalogIndexed | None, settings: Settings
) -> None:
    texts = [posting_text(posting) for posting in read_sample(published.index, MAX_TEXTS)]
    try:
        encoder = fit_encoder(texts)
    except CannotFitError as error:
        logger().info("The catalog's texts are too poor to fit an encoder on", extra={"reason": str(error)})
        return
    if manifest is None or not manifest.ours or manifest.version != encoder.version:
        try:
            publish_encoder(settings.artifacts_bucket, encoder, postings=published.index.n, follows=manifest)
        except ConflictError:
            logger().info("Another encoder was published in between; this one is left out")
            return
    metrics().add_metric(name="EncodersFitted", unit="Count", value=1)
    logger().info("The encoder is fitted", extra={"version": encoder.version, "postings": published.index.n})
    _announce(encoder.version, indexed, settings)


def _due(postings: int, manifest: Manifest | None) -> bool:
    """Whether there is no encoder that can be read, or one fitted on a catalog much smaller than the present one."""
    if manifest is None or not manifest.ours:
        return True
    known = fitted_on(manifest)
    return known < MAX_TEXTS and postings >= GROWTH * known


def _remind(indexed: CatalogIndexed, manifest: Manifest | None, settings: Settings) -> None:
    """Announce the encoder again to an index that was built without it: its first news may have been lost."""
    if manifest is not None and indexed.encoder_version is None:
        _announce(manifest.version, indexed, settings)
        return
    logger().info("The encoder is still good for this catalog", extra={"postings": indexed.postings})


def _announce(version: str, indexed: CatalogIndexed | None, settings: Settings) -> None:
    news = ModelPublished(artifact=NAME, artifact_version=version)
    if indexed is not None:
        news = news.model_copy(update={"correlation_id": indexed.correlation_id})
    bus.publish(settings.event_bus, news)

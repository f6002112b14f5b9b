"""From the index to a fitted encoder, and from the encoder to vectors."""

import pytest

from functions.index_catalog.indexing import index
from functions.index_catalog.settings import Settings as IndexSettings
from functions.train_models import handler as train_handler
from functions.train_models import training
from functions.train_models.settings import Settings as TrainSettings
from functions.train_models.training import train
from jobtracker.catalog import gateway
from jobtracker.messages.model import CatalogIndexed, Event, ModelPublished
from jobtracker.text.encoder import Encoder
from jobtracker.text.gateway import current_encoder, current_manifest, fitted_on
from jobtracker.text.training import fit_encoder
from tests.contract.index_catalog.conftest import as_indexed, news, posting, stream
from tests.fakes.lambda_calls import batch, context


def test_a_catalog_that_is_too_small_gets_no_encoder(
    indexer: IndexSettings, trainer: TrainSettings, events: list[Event]
) -> None:
    train(None, trainer)
    index(stream(posting(0)), indexer)
    train(as_indexed(events[-1]), trainer)
    assert current_manifest(trainer.artifacts_bucket) is None
    assert [event.type for event in events] == ["CatalogIndexed"]


def test_the_first_index_leads_to_an_encoder_and_the_encoder_to_vectors(
    indexer: IndexSettings, trainer: TrainSettings, events: list[Event]
) -> None:
    index(stream(*(posting(number) for number in range(60))), indexer)
    indexed = events[-1]
    train(as_indexed(indexed), trainer)
    published = events[-1]
    assert isinstance(published, ModelPublished)
    assert published.correlation_id == indexed.correlation_id
    index(news(published), indexer)
    last = events[-1]
    assert isinstance(last, CatalogIndexed)
    assert last.encoder_version == published.artifact_version
    assert last.correlation_id == indexed.correlation_id
    opened = gateway.open_latest(indexer.artifacts_bucket)
    encoder = current_encoder(indexer.artifacts_bucket)
    assert opened is not None
    assert encoder is not None
    assert opened.index.vectors is not None
    assert opened.index.vectors.shape == (60, encoder.dims)
    count = len(events)
    train(as_indexed(last), trainer)
    assert len(events) == count


def test_an_index_without_vectors_is_told_of_the_encoder_that_is_there(
    indexer: IndexSettings, trainer: TrainSettings, events: list[Event]
) -> None:
    index(stream(*(posting(number) for number in range(60))), indexer)
    indexed = events[-1]
    train(as_indexed(indexed), trainer)
    train(as_indexed(indexed), trainer)
    assert [event.type for event in events] == ["CatalogIndexed", "ModelPublished", "ModelPublished"]
    assert events[-1].model_dump(include={"artifact_version"}) == events[-2].model_dump(include={"artifact_version"})


def test_the_encoder_is_fitted_anew_when_the_catalog_outgrew_it(
    indexer: IndexSettings, trainer: TrainSettings, events: list[Event]
) -> None:
    index(stream(*(posting(number) for number in range(60))), indexer)
    train(as_indexed(events[-1]), trainer)
    first = current_manifest(trainer.artifacts_bucket)
    index(stream(*(posting(number) for number in range(60, round(60 * training.GROWTH)))), indexer)
    train(as_indexed(events[-1]), trainer)
    second = current_manifest(trainer.artifacts_bucket)
    assert first is not None
    assert second is not None
    assert (fitted_on(first), fitted_on(second)) == (60, round(60 * training.GROWTH))
    assert first.version != second.version


def test_the_schedule_fits_always_and_the_same_catalog_gives_the_same_encoder(
    indexer: IndexSettings, trainer: TrainSettings, events: list[Event]
) -> None:
    index(stream(*(posting(number) for number in range(60))), indexer)
    train(None, trainer)
    first = current_manifest(trainer.artifacts_bucket)
    train(None, trainer)
    assert current_manifest(trainer.artifacts_bucket) == first
    assert [event.type for event in events] == ["CatalogIndexed", "ModelPublished", "ModelPublished"]


def test_a_batch_of_news_leads_to_one_fit_and_the_schedule_to_one_in_any_case(
    indexer: IndexSettings, trainer: TrainSettings, events: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    fits: list[int] = []
    monkeypatch.setattr(train_handler, "settings", lambda: trainer)

    def counted(texts: list[str]) -> Encoder:
        fits.append(len(texts))
        return fit_encoder(texts)

    monkeypatch.setattr("functions.train_models.training.fit_encoder", counted)
    for upper in (60, 80, 120):
        index(stream(*(posting(number) for number in range(upper - 20, upper))), indexer)
    index(stream(*(posting(number) for number in range(40))), indexer)
    news = [event.model_dump_json() for event in events if isinstance(event, CatalogIndexed)]

    assert train_handler.lambda_handler(batch(*news), context()) == {"batchItemFailures": []}
    assert fits == [100]
    assert train_handler.lambda_handler({}, context()) == {"batchItemFailures": []}
    assert fits == [100, 100]

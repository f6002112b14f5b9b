"""What moves between the bucket and a worker, and what is read of it."""

from pathlib import Path

import numpy as np
import pytest

from functions.index_catalog.indexing import index
from functions.index_catalog.settings import Settings as IndexSettings
from functions.train_models.settings import Settings as TrainSettings
from functions.train_models.training import train
from jobtracker.artifacts import cache as caching
from jobtracker.aws import clients
from jobtracker.catalog import gateway
from jobtracker.messages.model import Event
from jobtracker.text.gateway import current_encoder, current_manifest
from tests.contract.index_catalog.conftest import as_indexed, news, posting, stream


def test_a_batch_uploads_its_own_files_and_a_reader_downloads_no_others(
    indexer: IndexSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(stream(*(posting(number) for number in range(40))), indexer)
    first = gateway.open_latest(indexer.artifacts_bucket)
    assert first is not None
    uploads, downloads = _transfers(monkeypatch)
    index(stream(posting(99)), indexer)
    second = gateway.open_latest(indexer.artifacts_bucket)
    assert second is not None
    segment = first.manifest.files.keys() & second.manifest.files.keys()
    assert any(path.endswith("postings-0000.bin") for path in segment)
    old = {first.manifest.object_key(path) for path in first.manifest.files}
    assert uploads
    assert not old & set(uploads)
    assert not old & set(downloads)
    assert second.index.n == 41


def test_a_cold_indexer_downloads_no_vectors_and_no_texts_to_add_a_batch(
    indexer: IndexSettings, trainer: TrainSettings, events: list[Event], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(stream(*(posting(number) for number in range(60))), indexer)
    train(as_indexed(events[-1]), trainer)
    index(news(events[-1]), indexer)
    before = gateway.open_latest(indexer.artifacts_bucket)
    assert before is not None
    monkeypatch.setattr(caching, "default_directory", lambda: tmp_path / "cold")
    caching.forget()
    gateway.forget()
    _, downloads = _transfers(monkeypatch)
    index(stream(posting(99)), indexer)
    heavy = {
        before.manifest.object_key(path)
        for path in before.manifest.files
        if path.rpartition("/")[2].startswith(("vectors-", "titles-", "postings-"))
    }
    assert len(heavy) == 3
    assert not heavy & set(downloads)
    caching.forget()
    gateway.forget()
    whole = gateway.open_latest(indexer.artifacts_bucket)
    assert whole is not None
    assert whole.index.vectors is not None
    assert whole.index.vectors[np.arange(61)].any(axis=1).all()


def _transfers(monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], list[str]]:
    """The keys that are uploaded and downloaded from now on."""
    uploads: list[str] = []
    downloads: list[str] = []
    s3 = clients.s3()
    up, down = s3.upload_file, s3.download_file

    def upload(file: str, bucket: str, key: str) -> None:
        uploads.append(key)
        up(file, bucket, key)

    def download(bucket: str, key: str, to: str) -> None:
        downloads.append(key)
        down(bucket, key, to)

    monkeypatch.setattr(s3, "upload_file", upload)
    monkeypatch.setattr(s3, "download_file", download)
    return uploads, downloads


def test_an_encoder_of_another_layout_is_fitted_anew(
    indexer: IndexSettings, trainer: TrainSettings, events: list[Event]
) -> None:
    index(stream(*(posting(number) for number in range(60))), indexer)
    train(as_indexed(events[-1]), trainer)
    manifest = current_manifest(trainer.artifacts_bucket)
    assert manifest is not None
    other = manifest.model_copy(update={"layout": 1}).model_dump_json().encode()
    clients.s3().put_object(Bucket=trainer.artifacts_bucket, Key=manifest.key, Body=other)
    caching.forget()
    assert current_encoder(trainer.artifacts_bucket) is None
    train(as_indexed(events[-2]), trainer)
    again = current_manifest(trainer.artifacts_bucket)
    assert again is not None
    assert again.ours
    caching.forget()
    assert current_encoder(trainer.artifacts_bucket) is not None

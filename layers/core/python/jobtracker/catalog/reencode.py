"""The vectors of a segment made anew by another encoder, from its whole postings."""

from pathlib import Path

import numpy as np

from jobtracker.catalog.rows import encoded
from jobtracker.catalog.segment import FOLDER, Segment, vector_files
from jobtracker.postings.model import StoredPosting
from jobtracker.text.encoder import Encoder

BATCH = 512


def reencoded(segment: Segment, encoder: Encoder | None, to: Path) -> Segment:
    """The same segment below ``to`` with the vectors of ``encoder``; all other files are what they were."""
    if encoder is None:
        return segment
    folder = to / FOLDER / segment.info.name
    folder.mkdir(parents=True)
    shape = (segment.n, encoder.dims)
    arrays = [
        np.lib.format.open_memmap(folder / name, mode="w+", dtype=np.float16, shape=shape)
        for name in vector_files(encoder.version)
    ]
    at, batch = 0, []
    for line in segment.whole_lines():
        batch.append(StoredPosting.model_validate_json(line).posting)
        if len(batch) == BATCH or at + len(batch) == segment.n:
            for array, vectors in zip(arrays, encoded(batch, encoder) or (), strict=True):
                array[at : at + len(batch)] = vectors
            at, batch = at + len(batch), []
    for array in arrays:
        array.flush()

    def file(path: str) -> Path:
        here = to / path
        return here if here.exists() else segment.file(path)

    return Segment(segment.info, file)

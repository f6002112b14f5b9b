"""all-MiniLM-L6-v2's own vectors of pieces: those that its first layer reads, before any piece knows its neighbours."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_TENSOR = "embeddings.word_embeddings.weight"


def read(folder: Path) -> tuple[list[str], NDArray[np.float32]]:
    """The vocabulary and the vector of each piece, of a folder with ``model.safetensors`` and ``vocab.txt``.

    A file of safetensors is the length of its head in eight bytes, a head of JSON that says where each tensor lies, and
    the tensors.
    """
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n")
    with (folder / "model.safetensors").open("rb") as stream:
        size = int.from_bytes(stream.read(8), "little")
        tensor = json.loads(stream.read(size))[_TENSOR]
        start, end = tensor["data_offsets"]
        stream.seek(8 + size + start)
        values = np.frombuffer(stream.read(end - start), dtype="<f4")
    return vocabulary, values.reshape(tensor["shape"])

"""The arrays by which phrases are linked to skills: names, what each is of, and vectors of pieces and skills."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from jobtracker.skills.arrays import Array, Arrays
from jobtracker.skills.phrases import plain
from jobtracker.skills.taxonomy import Taxonomy
from jobtracker.skills.vectors import Pieces, summed, unit
from jobtracker.skills.wordpiece import FIRST, LAST, PADDING, UNKNOWN, WordPiece

Floats = NDArray[np.float32]
SIZE = 128
FREQUENT = 14_000
MARKS = (UNKNOWN, FIRST, LAST, PADDING)
AT_ONCE = 10_000
OF_PIECES = ("vocabulary", "pieces", "scales")
# A piece of which this is the share in all names' pieces weighs half of what one weighs that hardly any has.
HALF = 1e-3
# A skill's own name says what it is; its other names have as much of a say together.
OWN = 1.0


def names(known: Taxonomy) -> list[list[str]]:
    """The plain names of each skill, its own first, the others each of one skill only.

    Where two skills have a name, it is the one's that is called so, or else the one's that a text is searched for by.
    """
    own = [plain(name) for name in known.names(known.ids)]
    owners = {name: place for place, name in reversed(list(enumerate(own)))}
    for skill, spelled in known.spellings.items():
        for one in spelled:
            owners.setdefault(plain(one.text), known.index[skill])
    for text, skill in known.linkable.names.items():
        owners.setdefault(plain(text), known.index[skill])
    found = [[name] for name in own]
    for name, place in owners.items():
        if name and name != own[place]:
            found[place].append(name)
    return found


def name_arrays(skills: Sequence[Sequence[str]]) -> dict[str, Array]:
    """The names as the index of grams reads them."""
    spelled = [name.encode() for one in skills for name in one]
    owners = [place for place, one in enumerate(skills) for _ in one]
    text = b" " + b"".join(name + b" " for name in spelled)
    return {
        "names": np.frombuffer(text, dtype=np.uint8),
        "lengths": np.array([len(name) for name in spelled], dtype=np.uint16),
        "owners": np.array(owners, dtype=np.uint16),
    }


def skill_array(skills: Sequence[Sequence[str]], pieces: Pieces) -> dict[str, Array]:
    """The vectors of the skills: of their own names, and of the mean of their other names."""
    spelled = [name for one in skills for name in one]
    vectors = [pieces.vectors(spelled[at : at + AT_ONCE]) for at in range(0, len(spelled), AT_ONCE)]
    return {"skills": rounded(skill_vectors(skills, np.concatenate(vectors)))[0]}


def skill_vectors(skills: Sequence[Sequence[str]], vectors: Floats) -> Floats:
    """The vectors of the skills, given those of their names."""
    counts = np.array([len(one) for one in skills])
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    own = vectors[starts]
    others = np.add.reduceat(vectors, starts) - own
    return unit(OWN * own + others / np.maximum(1, counts - 1)[:, None])


def piece_arrays(skills: Sequence[Sequence[str]], vocabulary: Sequence[str], vectors: Floats) -> dict[str, Array]:
    """The pieces' vectors, weighed by how seldom names have them and turned so that names of one skill lie together.

    The turn is linear discriminant analysis (Fisher 1936): directions in which names of one skill differ from one
    another are shortened, and those kept in which skills differ most. Pieces that no name has are kept where they are
    frequent in English, as the vocabulary's order has it, or single letters.
    """
    cut = cache(WordPiece(vocabulary).ids)
    pieces = [[piece for word in name.split() for piece in cut(word)] for one in skills for name in one]
    often = Counter(piece for one in pieces for piece in one)
    share = np.array([often[place] for place in range(len(vocabulary))], dtype=np.float32) / often.total()
    weighed: Floats = ((vectors - share @ vectors) * (HALF / (HALF + share))[:, None]).astype(np.float32)
    flat = np.fromiter((piece for one in pieces for piece in one), dtype=np.int64)
    rows = unit(summed(weighed[flat], [len(one) for one in pieces]))
    places = [place for place, piece in enumerate(vocabulary) if often[place] or _is_kept(place, piece)]
    weighed[[place for place in places if vocabulary[place] in MARKS]] = 0
    small, scales = rounded(weighed[places] @ turn(rows, [len(one) for one in skills]))
    kept = "\n".join(vocabulary[place] for place in places)
    return {"vocabulary": np.frombuffer(kept.encode(), dtype=np.uint8), "pieces": small, "scales": scales}


def _is_kept(place: int, piece: str) -> bool:
    if piece.startswith("["):
        return piece in MARKS or len(piece) == 1
    return piece.isascii() and (place < FREQUENT or len(piece.removeprefix("##")) == 1)


def turn(rows: Floats, counts: Sequence[int], keep: int = SIZE) -> Floats:
    """The matrix that brings rows of one group together and groups apart. Groups follow one another."""
    sizes = np.array(counts)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    means = np.add.reduceat(rows, starts) / sizes[:, None]
    apart = rows - np.repeat(means, sizes, axis=0)
    within = (apart.T @ apart).astype(np.float64) / len(rows)
    centred = means - means.mean(axis=0)
    between = (centred.T @ centred).astype(np.float64) / len(means)
    within += np.eye(len(within)) * np.trace(within) / len(within) * 0.5
    values, axes = np.linalg.eigh(within)
    shorten = axes / np.sqrt(values)
    strengths, kept = np.linalg.eigh(shorten.T @ between @ shorten)
    best = np.argsort(-strengths)[:keep]
    matrix: Floats = (shorten @ kept[:, best]).astype(np.float32)
    return matrix


def rounded(rows: Floats) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Rows as small whole numbers, and what each is to be multiplied with."""
    most = np.abs(rows).max(axis=1, keepdims=True)
    scales = np.where(most > 0, most / 127, 1).astype(np.float16)
    whole = np.where(most > 0, most / 127, 1)
    return np.rint(rows / whole).astype(np.int8), scales[:, 0]


def pieces(held: Arrays) -> Pieces:
    """The vectors of pieces that arrays hold."""
    return Pieces(held["vocabulary"].tobytes().decode().split("\n"), held["pieces"], held["scales"])


def same(some: Mapping[str, Array], others: Arrays) -> bool:
    """Whether these are the arrays that a file holds. Another machine may round a vector's number the other way."""
    if set(some) != set(others.named):
        return False
    vectors, held = some["skills"].astype(np.int16), others["skills"]
    alike = vectors.shape == held.shape and int(np.abs(vectors - held).max()) <= 1
    return alike and all(np.array_equal(array, others[name]) for name, array in some.items() if name != "skills")

"""The network: an encoder of the BERT family with features of words, and a conditional random field for each kind."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from sets import KINDS, Labelled
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from jobtracker.skills.spans.features import NAMES, SHAPES

WINDOW = 256
LONGEST_WORD = 12
DROPPED, NAMELESS = 0.2, 0.2


@dataclass(slots=True)
class Window:
    """Sentences that are read together, in pieces; ``rows`` has each with its words' places among the window's."""

    pieces: list[int]
    shapes: list[int]
    names: list[int]
    first: list[int]
    last: list[int]
    rows: list[tuple[Labelled, int, int]]


class Cutter:
    """Words in pieces, and sentences in windows."""

    def __init__(self, base: str) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(base)
        self._known: dict[str, list[int]] = {}

    def pieces(self, word: str) -> list[int]:
        if word not in self._known:
            some = self.tokenizer(word, add_special_tokens=False)["input_ids"][:LONGEST_WORD]
            self._known[word] = some or [self.tokenizer.unk_token_id]
        return self._known[word]

    def windows(self, documents: Sequence[Sequence[Labelled]], rnd: random.Random | None = None) -> Iterator[Window]:
        """Each document's windows; with ``rnd`` its first is of a random length, so that no two rounds are alike."""
        for document in documents:
            window, limit = self._begun(), rnd.randint(WINDOW // 4, WINDOW) if rnd else WINDOW
            for sentence in document:
                pieces = [self.pieces(word) for word in sentence.words]
                if window.rows and len(window.pieces) + sum(map(len, pieces)) + 1 > limit:
                    yield window
                    window, limit = self._begun(), WINDOW
                self._add(window, sentence, pieces)
            if window.rows:
                yield window

    def _begun(self) -> Window:
        return Window([self.tokenizer.cls_token_id], [0], [0], [], [], [])

    def _add(self, window: Window, sentence: Labelled, pieces: list[list[int]]) -> None:
        begin = len(window.first)
        for some, shape, name in zip(pieces, sentence.shapes, sentence.names, strict=True):
            if len(window.pieces) + len(some) >= WINDOW:
                break
            window.first.append(len(window.pieces))
            window.pieces += some
            window.shapes += [shape] * len(some)
            window.names += [name] * len(some)
            window.last.append(len(window.pieces) - 1)
        window.pieces.append(self.tokenizer.sep_token_id)
        window.shapes.append(0)
        window.names.append(0)
        if len(window.first) > begin:
            window.rows.append((sentence, begin, len(window.first)))

    def batch(self, windows: Sequence[Window]) -> dict[str, Tensor]:
        """The network's inputs, filled up to the longest."""

        def filled(rows: list[list[int]], value: int = 0) -> Tensor:
            longest = max(map(len, rows))
            return torch.tensor([[*row, *[value] * (longest - len(row))] for row in rows])

        return {
            "pieces": filled([one.pieces for one in windows], self.tokenizer.pad_token_id),
            "shapes": filled([one.shapes for one in windows]),
            "names": filled([one.names for one in windows]),
            "mask": filled([[1] * len(one.pieces) for one in windows]),
            "first": filled([one.first for one in windows]),
            "last": filled([one.last for one in windows]),
        }


class Network(nn.Module):
    """Scores of O, B and I for each word and kind, in the order of ``KINDS``; ``field`` says how they go together."""

    def __init__(self, base: str) -> None:
        super().__init__()
        # Dropping parts of the attention takes longer on a processor than all else of reading.
        self.encoder = AutoModel.from_pretrained(base, add_pooling_layer=False, attention_probs_dropout_prob=0.0)
        wide = self.encoder.config.hidden_size
        self.shapes, self.names = nn.Embedding(SHAPES, wide), nn.Embedding(NAMES, wide)
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.names.weight)
        self.drop = nn.Dropout(DROPPED)
        self.scores = nn.Linear(2 * wide, 3 * len(KINDS))
        self.field = Field()

    def forward(
        self, pieces: Tensor, shapes: Tensor, names: Tensor, mask: Tensor, first: Tensor, last: Tensor
    ) -> Tensor:
        """Of shape (windows, words, 3 a kind)."""
        if self.training:
            # Some windows are read without the taxonomy, so that what it does not know is learned too.
            names = names * (torch.rand(names.shape[0], 1) > NAMELESS)
        given = self.encoder.embeddings.word_embeddings(pieces) + self.shapes(shapes) + self.names(names)
        read = self.encoder(inputs_embeds=given, attention_mask=mask).last_hidden_state
        wide = (-1, -1, read.shape[2])
        ends = [read.gather(1, place.unsqueeze(2).expand(wide)) for place in (first, last)]
        return self.scores(self.drop(torch.cat(ends, 2)))


class Field(nn.Module):
    """The scores of one tag after another, and of a sentence's first, for each kind."""

    def __init__(self) -> None:
        super().__init__()
        self.moves = nn.Parameter(torch.zeros(len(KINDS), 3, 3))
        self.first = nn.Parameter(torch.zeros(len(KINDS), 3))

    def surprise(self, scores: Tensor, tags: Tensor, mask: Tensor, kinds: Tensor) -> Tensor:
        """What tags cost, a word: the negative logarithm of their likelihood.

        ``scores`` are of shape (sentences, words, 3), ``tags`` and ``mask`` of (sentences, words), ``kinds`` a number
        for each sentence.
        """
        moves, first = self.moves[kinds], self.first[kinds]
        gold = scores.gather(2, tags.unsqueeze(2)).squeeze(2)
        rows = torch.arange(len(kinds)).unsqueeze(1)
        gold[:, 1:] = gold[:, 1:] + moves[rows, tags[:, :-1], tags[:, 1:]]
        gold[:, 0] = gold[:, 0] + first.gather(1, tags[:, :1]).squeeze(1)
        sums = first + scores[:, 0]
        for at in range(1, scores.shape[1]):
            after = torch.logsumexp(sums.unsqueeze(2) + moves, 1) + scores[:, at]
            sums = torch.where(mask[:, at].unsqueeze(1), after, sums)
        return (torch.logsumexp(sums, 1) - (gold * mask).sum(1)).sum() / mask.sum()


def by_sentence(scores: Tensor, windows: Sequence[Window]) -> tuple[Tensor, Tensor, list[Labelled]]:
    """The scores of windows' words as those of their sentences, their mask, and the sentences."""
    rows = [(window, sentence, begin, end) for window, one in enumerate(windows) for sentence, begin, end in one.rows]
    longest = max(end - begin for _, _, begin, end in rows)
    places = torch.zeros(len(rows), longest, dtype=torch.long)
    mask = torch.zeros(len(rows), longest, dtype=torch.bool)
    for row, (window, _, begin, end) in enumerate(rows):
        places[row, : end - begin] = torch.arange(begin, end) + window * scores.shape[1]
        mask[row, : end - begin] = True
    flat = scores.reshape(-1, scores.shape[2])
    return flat[places], mask, [sentence for _, sentence, _, _ in rows]

# /// script
# requires-python = ">=3.11"
# dependencies = ["torch>=2.8", "transformers>=4.57", "numpy>=2.2", "pydantic>=2.11", "safetensors>=0.6"]
# ///
"""Teach a network to find spans: ``train.py --base FOLDER --out FILE.safetensors [--soft FILE]``.

``--base`` is a folder of a BERT in Hugging Face's form. With ``--soft``, written by ``soften.py`` from a network that
was taught before, it learns that one's scores too, also where the sets have no label (Hinton, Vinyals and Dean 2015:
distillation). After each round exact span F1 on the development parts is printed; the best round's weights are kept.
"""

import argparse
import json
import math
import random
import time
from collections.abc import Iterator
from pathlib import Path

import torch
from network import Cutter, Network, Window, by_sentence
from safetensors.torch import load_file, save_file
from sets import KINDS, LEAST, Labelled, documents, spans_of
from torch import nn

from jobtracker.skills.spans.chains import Chain, spans


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--soft", type=Path)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--green", type=float, default=0.5, help="the share of Green's sentences that a round reads")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--still", type=int, default=-1, help="leave pieces' vectors and this many layers as they are")
    options = parser.parse_args()
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    cutter, network = Cutter(options.base), Network(options.base)
    if options.still >= 0:
        for part in (network.encoder.embeddings, *network.encoder.encoder.layer[: options.still]):
            part.requires_grad_(False)
    skillspan, green = documents("skillspan", "train"), documents("green", "train")
    if options.soft:
        soften(network, [*skillspan, *green], options.soft)
    checks = {name: documents(name, "dev") for name in ("skillspan", "green")}
    optimizer = torch.optim.AdamW(groups(network, options.rate), weight_decay=0.01)
    best, step, begun = 0.0, 0, time.monotonic()
    for number in range(options.rounds):
        some = random.sample(green, int(len(green) * options.green))
        windows = [*cutter.windows(skillspan, random), *cutter.windows([[one for lone in some for one in lone]])]
        random.shuffle(windows)
        batches = [windows[at : at + 8] for at in range(0, len(windows), 8)]
        network.train()
        lost = 0.0
        for one in batches:
            at = step / (options.rounds * len(batches))
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * min(1.0, at / 0.08) * max(0.02, 1 - at)
            loss = loss_of(network, cutter, one)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step, lost = step + 1, lost + loss.item()
        figures = {name: f1 for part in checks.values() for name, f1 in measured(network, cutter, part).items()}
        print(number, round(lost / len(batches), 4), figures, f"{time.monotonic() - begun:.0f} s", flush=True)
        if figures["skill"] + figures["knowledge"] > best:
            best = figures["skill"] + figures["knowledge"]
            save_file(
                network.state_dict(), options.out, {"base": Path(options.base).name, "figures": json.dumps(figures)}
            )


def groups(network: Network, rate: float) -> list[dict]:
    """The encoder learns slowly, what stands on it ten times as fast."""
    encoder = [one for one in network.encoder.parameters() if one.requires_grad]
    rest = [one for name, one in network.named_parameters() if not name.startswith("encoder.") and one.requires_grad]
    return [{"params": encoder, "rate": rate}, {"params": rest, "rate": 10 * rate}]


def soften(network: Network, whole: list[list[Labelled]], file: Path) -> None:
    """Give each sentence its teacher's scores, and the network the teacher's fields, for which they are meant."""
    scores = load_file(file)
    sentences = [one for document in whole for one in document]
    lengths = [len(one.words) for one in sentences]
    for one, some in zip(sentences, scores["scores"].float().split(lengths), strict=True):
        one.soft = some
    network.field.moves.data, network.field.first.data = scores["moves"], scores["first"]
    network.field.requires_grad_(False)


def loss_of(network: Network, cutter: Cutter, windows: list[Window]) -> torch.Tensor:
    """What the labels cost, and how far the scores are from the teacher's where there is one."""
    with torch.autocast("cpu", torch.bfloat16):
        read = network(**cutter.batch(windows))
    scores, mask, sentences = by_sentence(read.float(), windows)
    rows, kinds, tags = [], [], torch.zeros(0, mask.shape[1], dtype=torch.long)
    labels = []
    for row, sentence in enumerate(sentences):
        for kind, name in enumerate(KINDS):
            if name in sentence.tags:
                rows.append(row)
                kinds.append(kind)
                some = sentence.tags[name][: mask.shape[1]]
                labels.append([*some, *[0] * (mask.shape[1] - len(some))])
    tags, rows_, kinds_ = torch.tensor(labels), torch.tensor(rows), torch.tensor(kinds)
    of_kind = scores.unflatten(2, (len(KINDS), 3))
    loss = 2 * network.field.surprise(of_kind[rows_, :, kinds_], tags, mask[rows_], kinds_)
    if len(sentences[0].soft):
        soft = torch.zeros_like(scores)
        for row, sentence in enumerate(sentences):
            some = sentence.soft[: int(mask[row].sum())]
            soft[row, : len(some)] = some
        wanted = soft.unflatten(2, (len(KINDS), 3)).log_softmax(-1)
        apart = nn.functional.kl_div(of_kind.log_softmax(-1), wanted, reduction="none", log_target=True).sum(-1)
        loss = loss + 2 * apart[mask].sum(-1).mean()
    return loss


def measured(network: Network, cutter: Cutter, part: list[list[Labelled]]) -> dict[str, float]:
    """Exact span F1 by kind, pooled over all sentences."""
    network.eval()
    counts: dict[str, list[int]] = {}
    for windows, scores, mask, sentences in scored(network, cutter, part):
        del windows
        lengths = mask.sum(1).numpy()
        for kind, name in enumerate(KINDS):
            if name not in sentences[0].tags:
                continue
            chain = Chain.of(network.field.moves[kind].tolist(), network.field.first[kind].tolist())
            found = spans(scores[:, :, 3 * kind : 3 * kind + 3].double().numpy(), lengths, chain, LEAST[name])
            read = {(one.sentence, one.start, one.end) for one in found}
            gold = {(row, *span) for row, sentence in enumerate(sentences) for span in spans_of(sentence.tags[name])}
            count = counts.setdefault(name, [0, 0])
            count[0] += len(read & gold)
            count[1] += len(read) + len(gold)
    return {name: round(2 * right / both, 4) if both else math.nan for name, (right, both) in counts.items()}


@torch.no_grad()
def scored(
    network: Network, cutter: Cutter, part: list[list[Labelled]]
) -> Iterator[tuple[list[Window], torch.Tensor, torch.Tensor, list[Labelled]]]:
    """Windows of like length together, with their scores by sentence."""
    windows = sorted(cutter.windows(part), key=lambda one: len(one.pieces))
    for at in range(0, len(windows), 16):
        some = windows[at : at + 16]
        with torch.autocast("cpu", torch.bfloat16):
            read = network(**cutter.batch(some))
        scores, mask, sentences = by_sentence(read.float(), some)
        yield some, scores, mask, sentences


if __name__ == "__main__":
    main()

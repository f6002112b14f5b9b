# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "torch>=2.8", "transformers>=4.57", "numpy>=2.2", "pydantic>=2.11", "safetensors>=0.6", "onnx>=1.19",
#   "onnxruntime>=1.23",
# ]
# ///
"""Write the product's file: ``export.py --base FOLDER --weights FILE.safetensors [--pieces FILE]``.

The network becomes an ONNX model with weights of eight bits, and keeps only those pieces of words that English job
advertisements, resumes and the taxonomy use, for two fifths of the weights are the pieces' vectors. The file is
``layers/core/python/jobtracker/skills/data/spans.bin``; the same weights give the same file.
"""

import argparse
import gzip
import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import onnx
import torch
from network import Cutter, Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.optimizer import optimize_model
from safetensors import safe_open
from safetensors.torch import load_file
from sets import KINDS, LEAST, documents, spans_of
from torch import nn

from jobtracker.skills import artifact
from jobtracker.skills.spans.network import Network as Running
from jobtracker.skills.spans.network import Sentence
from jobtracker.skills.taxonomy import taxonomy

TARGET = Path(__file__).parents[2] / "layers/core/python/jobtracker/skills/data/spans.bin"
INPUTS = ("pieces", "shapes", "names", "mask", "first", "last")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=TARGET)
    options = parser.parse_args()
    cutter, network = Cutter(options.base), Network(options.base)
    network.load_state_dict(load_file(options.weights))
    network.encoder.set_attn_implementation("eager")
    words = kept(cutter)
    shrink(network, cutter, words)
    moves, first = rounded(network.field.moves.tolist()), rounded(network.field.first.tolist())
    fields = {
        kind: {"moves": moves[at], "first": first[at], "least": LEAST[kind], "sure": (0.0, 1.0)}
        for at, kind in enumerate(KINDS)
    }
    with safe_open(options.weights, "pt") as file:
        sources = {"base": file.metadata()["base"], "development": file.metadata()["figures"]}
    sections = {"words": words, "chains": {"fields": fields}, "network": quantized(network.eval())}
    sources |= {"taxonomy": artifact.bundled().head.version}
    options.out.write_bytes(artifact.packed(sections, sources))
    for kind, curve in curves(options.out).items():
        fields[kind]["sure"] = curve
    options.out.write_bytes(artifact.packed(sections, sources))
    print(f"{len(words)} pieces of words, {options.out.stat().st_size:,} bytes")


def curves(file: Path) -> dict[str, tuple[float, float]]:
    """What likelihoods are worth by kind: bias and slope of a logistic curve over their logits (Platt 1999).

    Every second document of the development parts is read by the network as the product runs it.
    """
    network = Running(artifact.read(file))
    told: dict[str, list[tuple[float, bool]]] = {kind: [] for kind in KINDS}
    for name in ("skillspan", "green"):
        for document in documents(name, "dev")[::2]:
            kinds = list(document[0].tags)
            found = network.find([Sentence(one.words, one.shapes, one.names) for one in document], kinds)
            for kind in kinds:
                gold = [spans_of(one.tags[kind]) for one in document]
                told[kind] += [(one.likelihood, (one.start, one.end) in gold[one.sentence]) for one in found[kind]]
    return {kind: curve_of(some) for kind, some in told.items()}


def curve_of(told: list[tuple[float, bool]]) -> tuple[float, float]:
    """The curve under which these answers are the likeliest."""
    likely = torch.tensor([sure for sure, _ in told], dtype=torch.float64)
    logits = torch.log(likely / (1 - likely).clamp(min=1e-6))
    right = torch.tensor([answer for _, answer in told], dtype=torch.float64)
    curve = torch.tensor([0.0, 1.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([curve], max_iter=100)

    def lost() -> torch.Tensor:
        optimizer.zero_grad()
        loss = nn.functional.binary_cross_entropy_with_logits(curve[0] + curve[1] * logits, right)
        loss.backward()
        return loss

    optimizer.step(lost)
    bias, slope = curve.tolist()
    return round(bias, 3), round(slope, 3)


def rounded(numbers: list | float) -> list | float:
    """Nested lists of numbers with four places, which is more than a score needs."""
    return [rounded(one) for one in numbers] if isinstance(numbers, list) else round(numbers, 4)


def kept(cutter: Cutter) -> list[str]:
    """The pieces that some text uses, single letters and signs, and what BERT needs, in the order of the base."""
    used: Counter[int] = Counter()
    for word, count in words_of_texts().items():
        for piece in cutter.pieces(word):
            used[piece] += count
    vocabulary = cutter.tokenizer.get_vocab()
    special = set(cutter.tokenizer.all_special_tokens)
    wanted = {
        word
        for word, place in vocabulary.items()
        if used[place] or word in special or (len(word.removeprefix("##")) == 1 and word.removeprefix("##").isascii())
    }
    return sorted(wanted, key=vocabulary.__getitem__)


def words_of_texts() -> Counter[str]:
    """The words of the training parts, the taxonomy's names and the sample postings."""
    words: Counter[str] = Counter()
    for name in ("skillspan", "green"):
        words.update(word for one in documents(name, "train") for sentence in one for word in sentence.words)
    words.update(word for name in names() for word in name.split())
    return words


def names() -> Iterator[str]:
    for skill in taxonomy().by_id.values():
        yield from (skill.name, *skill.aliases)
    packed = resources.files("jobtracker.sources").joinpath("data", "sample_feed.json.gz").read_bytes()
    for job in json.loads(gzip.decompress(packed))["jobs"]:
        yield job["description_html"]


def shrink(network: Network, cutter: Cutter, words: list[str]) -> None:
    """Leave the network the vectors of these pieces alone."""
    vocabulary = cutter.tokenizer.get_vocab()
    table = network.encoder.embeddings.word_embeddings
    rows = table.weight.data[[vocabulary[word] for word in words]]
    network.encoder.embeddings.word_embeddings = nn.Embedding.from_pretrained(rows)


def quantized(network: Network) -> bytes:
    """The network as an ONNX model with weights of eight bits, one scale for each column."""
    example = {name: torch.ones(2, 24, dtype=torch.long) for name in INPUTS[:4]}
    example |= {name: torch.ones(2, 11, dtype=torch.long) for name in INPUTS[4:]}
    axes = {name: {0: "windows", 1: "pieces"} for name in INPUTS[:4]}
    axes |= {name: {0: "windows", 1: "words"} for name in (*INPUTS[4:], "scores")}
    with tempfile.TemporaryDirectory() as folder:
        plain, ready, small = (str(Path(folder) / name) for name in ("plain.onnx", "ready.onnx", "small.onnx"))
        torch.onnx.export(
            network,
            tuple(example.values()),
            plain,
            input_names=list(INPUTS),
            output_names=["scores"],
            dynamic_axes=axes,
            opset_version=17,
            dynamo=False,
        )
        # Attention, GELU and norms become one step each, which ONNX Runtime has at hand.
        heads, wide = network.encoder.config.num_attention_heads, network.encoder.config.hidden_size
        fused = optimize_model(plain, "bert", num_heads=heads, hidden_size=wide, opt_level=0)
        print(fused.get_fused_operator_statistics())
        fused.save_model_to_file(ready)
        kind = {"DefaultTensorType": onnx.TensorProto.FLOAT}
        quantize_dynamic(ready, small, per_channel=True, weight_type=QuantType.QInt8, extra_options=kind)
        model = onnx.load(small)
        model.doc_string = model.producer_name = ""
        return model.SerializeToString(deterministic=True)


if __name__ == "__main__":
    main()

# /// script
# requires-python = ">=3.11"
# dependencies = ["torch>=2.8", "transformers>=4.57", "numpy>=2.2", "pydantic>=2.11", "safetensors>=0.6"]
# ///
"""Write down a teacher's scores: ``soften.py --base FOLDER --weights FILE.safetensors --out FILE``.

The scores are of every word of the training parts, in their order, with the teacher's fields.
"""

import argparse
from pathlib import Path

import torch
from network import Cutter, Network
from safetensors.torch import load_file, save_file
from sets import KINDS, documents
from train import scored


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    cutter, network = Cutter(options.base), Network(options.base)
    network.load_state_dict(load_file(options.weights))
    network.eval()
    whole = [*documents("skillspan", "train"), *documents("green", "train")]
    sentences = [one for document in whole for one in document]
    # A word that did not fit into its window has no opinion.
    found = {id(one): torch.zeros(len(one.words), 3 * len(KINDS)) for one in sentences}
    for _, scores, mask, read in scored(network, cutter, whole):
        for row, sentence in enumerate(read):
            length = int(mask[row].sum())
            found[id(sentence)][:length] = scores[row, :length]
    rows = torch.cat([found[id(one)] for one in sentences]).to(torch.float16)
    fields = {"moves": network.field.moves.data, "first": network.field.first.data}
    save_file({"scores": rows} | fields, options.out)
    print(f"{len(rows)} words of {len(sentences)} sentences")


if __name__ == "__main__":
    main()

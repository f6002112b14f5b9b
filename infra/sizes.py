"""What each function weighs, unzipped and with its layers: Lambda allows 250 MB of that."""

from infra.catalogue import FUNCTIONS
from infra.code import function_files, package_files
from infra.manifest import Manifest


def function_megabytes(manifest: Manifest, name: str) -> float:
    """The size of one function for the deployed architecture, in MB of 2^20 bytes, as Lambda counts them."""
    files = function_files(name) | package_files(FUNCTIONS[name].layers)
    own = sum(file.stat().st_size for file in files.values())
    layers = sum(manifest.layers[layer].unzipped_bytes for layer in FUNCTIONS[name].layers)
    return (own + layers) / 2**20

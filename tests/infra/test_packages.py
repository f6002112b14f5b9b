"""What is uploaded: complete, small enough, the same bytes every time, and free of what must not meet."""

import os
import shutil
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from infra import archive, assets
from infra.catalogue import AWS_SERVICES, FUNCTIONS, LAYERS, MODELS
from infra.code import PACKAGE, function_files, package_files
from infra.config import ROOT, Config
from infra.imports import packed, reach
from infra.manifest import Manifest
from infra.sizes import function_megabytes

_LARGEST_MB = 240
_HANDLERS = [name for name in FUNCTIONS if (ROOT / "functions" / name / "handler.py").exists()]


@pytest.fixture(scope="module")
def built() -> Manifest:
    """The real layers: built now, from uv's cache if it holds the wheels."""
    try:
        return assets.build(Config().asset_dir)
    except assets.BuildError as problem:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"the package index does not answer: {problem}")


@pytest.mark.parametrize("function", _HANDLERS)
def test_every_package_that_a_function_can_import_is_in_its_layers(function: str) -> None:
    found = reach(function)
    lacking = {name: sorted(users) for name, users in found.distributions.items() if name not in packed(function)}
    assert lacking == {}


@pytest.mark.parametrize("function", _HANDLERS)
def test_a_function_has_no_layer_that_it_imports_nothing_from(function: str) -> None:
    imported = reach(function).distributions.keys()
    for layer in FUNCTIONS[function].layers:
        own = set(assets.locked(LAYERS[layer].groups))
        for other in set(FUNCTIONS[function].layers) - {layer}:
            own -= set(assets.locked(LAYERS[other].groups))
        assert own & imported, layer


@pytest.mark.parametrize("function", _HANDLERS)
def test_every_module_of_ours_that_a_function_can_import_is_in_its_archive(function: str) -> None:
    inside = {name.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for name in function_files(function)}
    needed = {module for module in reach(function).modules if module.partition(".")[0] == "functions"}
    assert needed - inside == set()


def test_language_model_and_learning_libraries_are_never_in_one_function() -> None:
    assert not [name for name, needs in FUNCTIONS.items() if {"nlp", "ml"} <= set(needs.layers)]


def test_a_function_has_at_most_five_layers_with_the_products_own() -> None:
    assert all(len(needs.layers) + 1 <= 5 for needs in FUNCTIONS.values())


def test_layers_that_are_stacked_hold_nothing_twice() -> None:
    for needs in FUNCTIONS.values():
        names = [name for layer in needs.layers for name in assets.requirements(LAYERS[layer])]
        assert [name for name in names if names.count(name) > 1] == []


def test_every_function_is_small_enough_for_lambda(built: Manifest) -> None:
    sizes = {name: function_megabytes(built, name) for name in FUNCTIONS}
    assert max(sizes.values()) < _LARGEST_MB, sizes


def test_models_are_in_the_functions_that_run_them_alone() -> None:
    for layer, models in MODELS.items():
        assert all((PACKAGE / model).exists() for model in models)
        having = {
            name
            for name, needs in FUNCTIONS.items()
            if {f"python/jobtracker/{model}" for model in models} & package_files(needs.layers).keys()
        }
        assert having == {name for name, needs in FUNCTIONS.items() if layer in needs.layers} != set()
    # Whoever imports what opens the file has it.
    runs = {name for name in _HANDLERS if "jobtracker.skills.spans.network" in reach(name).modules}
    assert runs == {name for name, needs in FUNCTIONS.items() if "spans" in needs.layers}


def test_the_layers_hold_libraries_for_lambdas_machine_only(built: Manifest) -> None:
    for layer in built.layers:
        with zipfile.ZipFile(built.file(layer)) as content:
            names = content.namelist()
            libraries = [name for name in names if name.endswith(".so")]
            assert all(name.startswith("python/") for name in names)
            for name in libraries:
                # The machine is at byte 18 of an ELF header: 183 is AArch64.
                assert int.from_bytes(content.open(name).read(20)[18:20], "little") == 183, name


def test_the_layers_hold_exactly_what_the_lock_file_names(built: Manifest) -> None:
    there = {"sys_platform": "linux", "platform_python_implementation": "CPython", "implementation_name": "cpython"}
    there |= {"python_version": "3.13", "python_full_version": "3.13.0"}
    for name, layer in LAYERS.items():
        lines = [line.splitlines()[0].rstrip("\\ ") for lines in assets.requirements(layer).values() for line in lines]
        wanted = [line for line in map(Requirement, lines) if line.marker is None or line.marker.evaluate(there)]
        assert built.layers[name].packages == {line.name: str(line.specifier).removeprefix("==") for line in wanted}


def test_the_services_that_the_clients_call_are_described_in_the_base_layer(built: Manifest) -> None:
    with zipfile.ZipFile(built.file("base")) as content:
        described = {Path(name).parts[3] for name in content.namelist() if name.startswith("python/botocore/data/")}
    assert set(AWS_SERVICES) <= described
    used = {
        word
        for word in ("dynamodb", "events", "kms", "s3", "secretsmanager", "sqs", "scheduler", "ses", "ssm", "textract")
        if f'"{word}"' in (ROOT / "layers/core/python/jobtracker/aws/clients.py").read_text()
    }
    assert used <= set(AWS_SERVICES)


def test_an_archive_is_the_same_bytes_whenever_it_is_written(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        (folder / "pkg").mkdir(parents=True)
        (folder / "pkg" / "a.py").write_text("a = 1\n")
        (folder / "pkg" / "b.so").write_bytes(b"\x7fELF")
    os.utime(other / "pkg" / "a.py", (1, 1))
    written = [
        archive.write(tmp_path / f"{folder.name}.zip", archive.python_files(folder / "pkg", "pkg")).read_bytes()
        for folder in (one, other)
    ]
    assert written[0] == written[1]


def test_an_archive_leaves_caches_out(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_bytes(b"")
    (tmp_path / "a.py").write_text("")
    assert list(archive.python_files(tmp_path, "pkg")) == ["pkg/a.py"]


def test_a_layer_built_from_the_same_lines_is_not_built_again(built: Manifest) -> None:
    before = {layer: built.file(layer).stat().st_mtime_ns for layer in built.layers}
    again = assets.build(Config().asset_dir)
    assert {layer: again.file(layer).stat().st_mtime_ns for layer in again.layers} == before


def test_a_layer_is_the_same_bytes_when_it_is_built_anew(built: Manifest, tmp_path: Path) -> None:
    anew = assets.build(tmp_path, ("web",))
    assert anew.file("web").read_bytes() == built.file("web").read_bytes()
    shutil.rmtree(tmp_path)

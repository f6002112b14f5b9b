"""The emulator's private functions we lean on, and the rhythm of saving."""

import inspect
import json
from importlib.metadata import version
from pathlib import Path

import pytest
from ministack import app as emulator
from ministack.core import lambda_runtime, persistence
from ministack.services import cloudwatch_logs

from jobtracker_local import checkpoint, checkpoint_file


def test_the_emulators_version_is_the_one_these_tests_were_written_for() -> None:
    assert version("ministack") == "1.5.33"


def test_the_private_functions_are_there_and_take_what_we_give_them() -> None:
    assert not inspect.signature(emulator._build_persistence_save_dict).parameters
    assert list(inspect.signature(persistence.save_state).parameters) == ["service", "data"]
    assert not inspect.signature(lambda_runtime.reset).parameters
    assert isinstance(persistence.STATE_DIR, str)
    assert hasattr(cloudwatch_logs._log_groups, "all_items")


def test_saving_writes_where_the_module_variable_points(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(persistence, "PERSIST_STATE", True)
    monkeypatch.setattr(persistence, "STATE_DIR", "unused")
    monkeypatch.setattr(emulator, "_build_persistence_save_dict", lambda: {"sqs": lambda: {"queues": {"a": 1}}})

    done = checkpoint.save(tmp_path)

    assert done.complete
    assert json.loads((tmp_path / "sqs.json").read_text())["payload"] == {"queues": {"a": 1}}
    assert str(tmp_path) == persistence.STATE_DIR
    assert persistence.load_state("sqs") == {"queues": {"a": 1}}
    assert checkpoint_file.last(tmp_path) == done


def test_a_service_that_cannot_be_saved_keeps_its_last_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(persistence, "PERSIST_STATE", True)
    monkeypatch.setattr(persistence, "STATE_DIR", "unused")
    monkeypatch.setattr(emulator, "_build_persistence_save_dict", lambda: {"sqs": lambda: {"good": True}})
    checkpoint.save(tmp_path)
    monkeypatch.setattr(emulator, "_build_persistence_save_dict", lambda: {"sqs": lambda: {"bad": object()}})

    done = checkpoint.save(tmp_path)

    assert not done.complete
    assert persistence.load_state("sqs") == {"good": True}


def test_a_state_that_changes_while_it_is_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []

    def changing() -> dict[str, int]:
        calls.append(1)
        if len(calls) < 3:
            raise RuntimeError("dictionary changed size during iteration")
        return {"calls": len(calls)}

    monkeypatch.setattr(persistence, "PERSIST_STATE", True)
    monkeypatch.setattr(persistence, "STATE_DIR", "unused")
    monkeypatch.setattr(emulator, "_build_persistence_save_dict", lambda: {"sqs": changing})
    assert checkpoint.save(tmp_path).complete
    assert persistence.load_state("sqs") == {"calls": 3}


@pytest.mark.parametrize(("cost", "seconds"), [(0.0, 1.0), (0.007, 1.0), (0.2, 4.0), (0.8, 10.0), (5.0, 20.0)])
def test_saving_takes_at_most_a_small_part_of_the_time(cost: float, seconds: float) -> None:
    assert checkpoint.interval(cost) == pytest.approx(seconds)


def test_old_log_lines_are_dropped_so_that_checkpoints_stay_small() -> None:
    events = [{"timestamp": number, "message": "x"} for number in range(5000)]
    group = {"streams": {f"stream-{number}": {"events": list(events)} for number in range(30)}}
    cloudwatch_logs._log_groups["/aws/lambda/noisy"] = group
    try:
        checkpoint.trim_logs()
        streams = group["streams"]
        assert list(streams) == [f"stream-{number}" for number in range(10, 30)]
        assert streams["stream-29"]["events"] == events[-1000:]
    finally:
        del cloudwatch_logs._log_groups["/aws/lambda/noisy"]


def test_a_damaged_note_counts_as_none(tmp_path: Path) -> None:
    assert checkpoint_file.last(tmp_path) is None
    (tmp_path / "checkpoint.json").write_text("{")
    assert checkpoint_file.last(tmp_path) is None

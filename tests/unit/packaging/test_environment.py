"""When an environment is taken as it is, and when it is made again."""

import json
import sys
import venv
from pathlib import Path
from typing import Any

import pytest

from steps import environment
from steps.environment import Environment


@pytest.fixture
def made(tmp_path: Path) -> Environment:
    """A real environment without pip, stamped as holding what the program needs."""
    made = Environment(tmp_path / ".venv", sys.executable)
    venv.create(made.folder, with_pip=False, symlinks=True)
    environment._write_stamp(made, environment._wanted(for_tests=False))
    return made


def restamp(made: Environment, **other: Any) -> None:
    """Change some of what the stamp says."""
    stamp = json.loads(made.stamp.read_text("utf-8"))
    made.stamp.write_text(json.dumps({**stamp, **other}), "utf-8")


def test_a_stamped_environment_is_taken_as_it_is(made: Environment) -> None:
    before = sorted(made.folder.rglob("*"))
    environment.ensure(made, for_tests=False)
    assert sorted(made.folder.rglob("*")) == before


def test_one_for_the_program_does_not_serve_the_tests(made: Environment) -> None:
    assert environment._held(made) == environment._wanted(for_tests=False)
    assert environment._held(made) != environment._wanted(for_tests=True)


def test_an_interrupted_one_is_made_from_nothing(made: Environment) -> None:
    made.stamp.unlink()
    assert environment._held(made) is None


def test_a_half_written_stamp_is_no_stamp(made: Environment) -> None:
    made.stamp.write_text('{"root": "', "utf-8")
    assert environment._held(made) is None


def test_a_moved_one_is_made_from_nothing(made: Environment) -> None:
    restamp(made, root="elsewhere")
    assert environment._held(made) is None


def test_one_whose_python_became_another_is_made_from_nothing(made: Environment) -> None:
    restamp(made, python="3.10")
    assert environment._held(made) is None


def test_one_whose_python_went_away_is_made_from_nothing(made: Environment) -> None:
    Path(made.python).unlink()
    assert environment._held(made) is None


def test_a_changed_lock_is_noticed(made: Environment) -> None:
    restamp(made, locks={environment.PROGRAM_LOCK: "0" * 64})
    held = environment._held(made)
    assert held is not None
    assert held != environment._wanted(for_tests=False)

"""Which Python `tasks.py` chooses, and what an older one is told."""

import ast
import sys
from pathlib import Path

import pytest

from steps import pythons

PACKAGING = Path(__file__).resolve().parents[3] / "packaging"
READ_BY_OLDER_PYTHONS = ["tasks.py", "steps/__init__.py", "steps/pythons.py"]


@pytest.fixture
def bare_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH of one empty folder, and no pyenv."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("PYENV_ROOT", raising=False)
    return folder


def make_python(at: Path, words: str) -> None:
    """Make a program that behaves as `words`, a line of shell, says."""
    at.parent.mkdir(parents=True, exist_ok=True)
    at.write_text(f"#!/bin/sh\n{words}\n")
    at.chmod(0o755)


@pytest.mark.parametrize("name", READ_BY_OLDER_PYTHONS)
def test_what_is_read_before_the_version_is_known_is_plain_enough(name: str) -> None:
    text = (PACKAGING / name).read_text("utf-8")
    assert ast.parse(text, feature_version=(3, 7)).body


def test_without_a_later_python_one_sentence_says_so(
    bare_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pythons.hand_over("tasks.py", []) == 1
    said = capsys.readouterr().err
    assert said.startswith("Channel Plot needs Python 3.11 or later: this is Python ")
    assert said.count("\n") == 1


def test_a_later_python_on_the_path_is_handed_the_same_words(
    bare_path: Path, tmp_path: Path
) -> None:
    (bare_path / "python3.12").symlink_to(sys.executable)
    script = tmp_path / "script.py"
    script.write_text("import sys; sys.exit(7 if sys.argv[1:] == ['test', 'a b'] else 8)")
    assert pythons.hand_over(str(script), ["test", "a b"]) == 7


def test_a_stand_in_that_fails_is_passed_over(bare_path: Path) -> None:
    make_python(bare_path / "python3.13", "echo not chosen >&2; exit 127")
    assert pythons.find("3.13") is None


def test_pyenv_is_asked_first_and_its_latest_patch_is_taken(
    bare_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_python(bare_path / "python3.13", "exit 0")
    for version in ("3.13.2", "3.13.11", "3.12.30"):
        make_python(tmp_path / "pyenv/versions" / version / "bin/python", "exit 0")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    assert pythons.find("3.13") == str(tmp_path / "pyenv/versions/3.13.11/bin/python")

"""What holds for the project as a whole: its locks, its layout, its version and its Qt binding."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from channelplot.version import __version__
from steps import checks

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted((ROOT / "packaging").glob("*.lock"))
PINNED = re.compile(r"^([a-z0-9._-]+)==([^ ]+)(?: ; ([^\\]+))? \\$")
HASHED = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
TOP_LEVEL = {"pyproject.toml", "README.md", "LICENSE", "app", "resources", "tests", "packaging"}


def pins(lock: Path) -> set[tuple[str, str, str]]:
    """Name, version and marker of each requirement in a lock."""
    matches = (PINNED.match(line) for line in lock.read_text("utf-8").splitlines())
    return {(m[1], m[2], (m[3] or "").strip()) for m in matches if m is not None}


def test_there_are_locks_for_the_program_its_tests_its_data_and_the_validator() -> None:
    assert [path.name for path in LOCKS] == [
        "requirements-basemap.lock",
        "requirements-dev.lock",
        "requirements-validator.lock",
        "requirements.lock",
    ]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_holds_exact_versions_and_hashes_and_no_address_or_option(lock: Path) -> None:
    text = lock.read_text("utf-8")
    other = [
        line
        for line in text.splitlines()
        if not (PINNED.match(line) or HASHED.match(line) or line.startswith("#"))
    ]
    assert other == []
    assert "://" not in text
    assert pins(lock)


def test_the_tests_run_with_the_versions_that_the_program_is_given() -> None:
    missing = pins(ROOT / "packaging/requirements.lock") - pins(
        ROOT / "packaging/requirements-dev.lock"
    )
    assert missing == set()


def test_the_locks_hold_everything_that_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[^A-Za-z0-9._-]", one, maxsplit=1)[0].lower() for one in asked}
    locked = {name for name, _, _ in pins(ROOT / "packaging/requirements-dev.lock")}
    assert names - locked == set()


def test_the_top_level_holds_only_what_belongs_there() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: there is no list of what belongs to the project")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    top = {name.split("/")[0] for name in listed}
    assert {name for name in top if not name.startswith(".")} - TOP_LEVEL == set()


def test_packages_hold_a_docstring_and_nothing_else_in_their_init() -> None:
    found = sorted((ROOT / "app").glob("**/__init__.py"))
    assert found
    with_more = []
    for path in found:
        tree = ast.parse(path.read_text("utf-8"))
        if len(tree.body) != 1 or ast.get_docstring(tree) is None:
            with_more.append(path.relative_to(ROOT).as_posix())
    assert with_more == []


def test_no_file_in_app_is_longer_than_the_limit() -> None:
    assert checks.too_long(ROOT) == []


def test_the_packaging_folder_does_not_hide_the_library_of_that_name() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_the_version_has_one_source_and_the_program_says_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "version" not in project["project"]
    assert project["tool"]["hatch"]["version"]["path"] == "app/channelplot/version.py"
    said = subprocess.run(
        [sys.executable, "-m", "channelplot", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert __version__ in said.stdout.split()


def test_the_qt_binding_is_of_the_releases_that_were_found_sound() -> None:
    major, minor, patch = map(int, metadata.version("PySide6-Essentials").split(".")[:3])
    assert (6, 11, 2) <= (major, minor, patch) < (6, 12, 0)


@pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="None is immortal since Python 3.12: it has no count"
)
def test_void_qt_methods_lose_no_reference_to_none() -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < 100

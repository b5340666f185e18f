"""The test runs: what each command collects, and the second Python."""

import os
import subprocess
import sys
from tempfile import TemporaryDirectory
from typing import Final

from steps import environment, pythons, system_libraries
from steps.environment import Environment
from steps.say import ROOT, say

SECOND_PYTHON: Final = "3.13"
LONG_CASES: Final = "100000"
LONG_ACTS: Final = "10000"
LONG_TESTS: Final = (
    "tests/unit/reading/test_properties.py",
    "tests/unit/document/test_random_acts.py",
    "tests/unit/analysis/test_whose_waters.py",
    "tests/unit/commands/test_every_command.py",
)
SHARED: Final = ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"]
"""Three processes for two cores, since some wait; the tests of a file stay together. In their own
order the long files come first, and none of them is left for one process at the end."""
ON_SECOND: Final = (
    "tests/unit/exchange",
    "tests/unit/geodesy",
    "tests/unit/snapshot",
    "tests/unit/store/test_connection.py",
    "--ignore=tests/unit/exchange/test_reference_layers.py",
    "--ignore=tests/unit/exchange/outgoing",
    "--ignore-glob=tests/unit/exchange/incoming/test_[!gjktx]*.py",
)
"""Where the libraries of another Python may differ: GDAL, numpy, PROJ, Qt, SQLite. All else runs
on the first Python alone, or there would be no time for it; so does what starts a child for each of
its files (limits are read in such children on both)."""


def test(words: list[str]) -> int:
    """Run all tests, or those that `words` select; returns pytest's exit code.

    Without words they share three processes, and some run on the second Python before
    them, where one is installed.
    """
    venv = _ready()
    if words:
        return _pytest(venv, selection(words))
    second_code = 0 if _minor() == SECOND_PYTHON else _unit_tests_on_second_python()
    first_code = _pytest(venv, SHARED)
    return first_code or second_code


def accept(words: list[str]) -> int:
    """Run the operator scenarios; returns pytest's exit code."""
    return _pytest(_ready(), ["tests/acceptance", *selection(words)])


def golden(words: list[str]) -> int:
    """Run the image tests, `--update` rewriting the images; returns pytest's exit code."""
    update = "--update" in words
    rest = [word for word in words if word != "--update"]
    extra = {"CHANNELPLOT_GOLDEN_UPDATE": "1"} if update else {}
    return _pytest(_ready(), ["tests/golden", *selection(rest)], extra)


def faults(words: list[str]) -> int:
    """Run the thirty tests of what a plot survives, a line each; returns pytest's exit code.

    `--full`: a thousand kills instead of twenty, and so on; it takes hours.
    """
    rest = [word for word in words if word != "--full"]
    extra = {"CHANNELPLOT_FAULTS_FULL": "1"} if "--full" in words else {}
    return _pytest(_ready(), ["tests/faults", *selection(rest)], extra)


def long(words: list[str]) -> int:
    """Run the tests that draw their cases with many more of them; returns the exit code.

    100,000 lines instead of 600, as many places, and 10,000 acts in a row instead of 1,500.
    """
    extra = {"CHANNELPLOT_CASES": LONG_CASES, "CHANNELPLOT_ACTS": LONG_ACTS}
    return _pytest(_ready(), [*LONG_TESTS, *selection(words)], extra)


def coverage(_words: list[str]) -> int:
    """Run the tests of `store` and `document`; 0 if they reach every line and branch of both."""
    venv = _ready()
    rc = f"--rcfile={ROOT / 'packaging' / 'coverage.rc'}"
    with TemporaryDirectory() as folder:
        env = {**_test_environment_variables(), "COVERAGE_FILE": f"{folder}/.coverage"}

        def run(*words: str) -> int:
            command = [venv.python, "-m", "coverage", *words]
            return subprocess.call(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL)

        tests = run(
            "run", rc, "-m", "pytest", "-q", *SHARED, "tests/unit/store", "tests/unit/document"
        )
        return tests or run("combine", "-q", rc) or run("report", rc)


def bench(words: list[str]) -> int:
    """Run every `tests/bench/bench_*.py`, or those named; returns 1 if one of them failed.

    `--qgis` is the comparison with QGIS, which takes minutes and is run only when it is named.
    """
    venv = _ready()
    environment.compile_the_program(venv)
    names = [word.removeprefix("--") for word in words]
    scripts = sorted((ROOT / "tests" / "bench").glob("bench_*.py"))
    usual = [path for path in scripts if path.stem != "bench_qgis"]
    chosen = [path for path in scripts if any(name in path.stem for name in names)]
    chosen = chosen if names else usual
    if not chosen:
        say(f"No measurement has that name; there are: {', '.join(p.stem for p in scripts)}.")
        return 1
    env = {**_test_environment_variables(), "PYTHONPATH": str(ROOT / "tests")}
    codes = [
        subprocess.call([venv.python, str(path)], cwd=ROOT, env=env, stdin=subprocess.DEVNULL)
        for path in chosen
    ]
    return 1 if any(codes) else 0


def selection(words: list[str]) -> list[str]:
    """What to say to pytest: options as they are, paths as paths, other words as `-k`."""
    if any(word.startswith("-") for word in words):
        return words
    paths = [word for word in words if word.startswith("tests") and _exists(word)]
    names = [word for word in words if word not in paths]
    between = " " if {"and", "or", "not"} & set(names) else " and "
    return [*paths, *(["-k", between.join(names)] if names else [])]


def _exists(path: str) -> bool:
    return (ROOT / path.split("::")[0]).exists()


def _ready() -> Environment:
    system_libraries.ensure(for_tests=True)
    venv = environment.main_environment()
    environment.ensure(venv, for_tests=True)
    return venv


def _minor() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def prepare(_words: list[str]) -> int:
    """Make the environment of the second Python, where one is installed; returns 0.

    It can be made while something else runs: `test` finds it made.
    """
    venv = None if _minor() == SECOND_PYTHON else _second_environment()
    if venv is not None:
        environment.ensure(venv, for_tests=True)
    return 0


def _second_environment() -> Environment | None:
    base = pythons.find(SECOND_PYTHON)
    return None if base is None else Environment(ROOT / f".venv-{SECOND_PYTHON}", base)


def _unit_tests_on_second_python() -> int:
    venv = _second_environment()
    if venv is None:
        say(f"Python {SECOND_PYTHON} is not installed: its unit tests were left out.")
        return 0
    environment.ensure(venv, for_tests=True)
    say(f"Unit tests on Python {SECOND_PYTHON}:")
    return _pytest(venv, [*SHARED, *ON_SECOND])


def _pytest(venv: Environment, words: list[str], extra: dict[str, str] | None = None) -> int:
    """Exit code of a pytest run."""
    colour = "yes" if sys.stdout.isatty() else "no"
    sys.stdout.flush()
    return subprocess.call(
        [venv.python, "-m", "pytest", f"--color={colour}", *words],
        cwd=ROOT,
        env={**_test_environment_variables(), **(extra or {})},
        stdin=subprocess.DEVNULL,
    )


def _test_environment_variables() -> dict[str, str]:
    """This process's variables, without what would let the person's screen into the tests.

    Nor what forbids bytecode: each process that a test starts would compile the whole program.
    """
    left_out = {"DISPLAY", "WAYLAND_DISPLAY", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("QT_") and name not in left_out
    }
    return {**kept, "QT_QPA_PLATFORM": "offscreen"}

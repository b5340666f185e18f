"""The words that `tasks.py` knows, and what each one does."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from steps import checks, environment, locks, system_libraries, testing, translations
from steps.say import Stopped, say

WRONG_USE: Final = 2
INTERRUPTED: Final = 130


@dataclass(frozen=True)
class Command:
    """One word: what it takes, what it does in a line, and the function that does it."""

    takes: str
    does: str
    run: Callable[[list[str]], int]


def main(words: list[str]) -> int:
    """Run the command that `words` name; returns its exit code."""
    if not words or words[0] in {"-h", "--help", "help"}:
        print(usage())
        return 0 if words else WRONG_USE
    command = COMMANDS.get(words[0])
    if command is None:
        say(f"There is no task called {words[0]!r}.\n\n{usage()}")
        return WRONG_USE
    if words[1:] and not command.takes:
        say(f"tasks.py {words[0]} takes no further words.")
        return WRONG_USE
    try:
        return command.run(words[1:])
    except Stopped as stopped:
        say(str(stopped))
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return INTERRUPTED


def usage() -> str:
    """The help text: a line for each command."""
    lines = ["python3 packaging/tasks.py TASK, where TASK is one of:", ""]
    for name, command in COMMANDS.items():
        lines.append(f"  {f'{name} {command.takes}':<20} {command.does}")
    return "\n".join(lines)


def _run(words: list[str]) -> int:
    system_libraries.ensure(for_tests=False)
    venv = environment.main_environment()
    environment.ensure(venv, for_tests=False)
    # Without its bytecode the program starts late, and a shell that forbids writing it may be old.
    variables = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    sys.stdout.flush()
    return environment.replace_this_process([venv.python, "-m", "channelplot", *words], variables)


def _check(_words: list[str]) -> int:
    return checks.run()


def _all(_words: list[str]) -> int:
    """Every part is run, whatever became of the one before."""
    return max([checks.run(), testing.test([]), testing.bench([])])


def _translations(_words: list[str]) -> int:
    return translations.run()


COMMANDS: Final = {
    "run": Command("[words]", "set up and start Channel Plot; the words go to it", _run),
    "check": Command("", "linters, types, import contracts, file sizes", _check),
    "test": Command("[words]", "all tests, or those with these words or paths", testing.test),
    "accept": Command("[words]", "the operator scenarios", testing.accept),
    "golden": Command(
        "[--update]", "the image tests; --update rewrites the images", testing.golden
    ),
    "bench": Command("[--qgis]", "timings, as medians with spread; or beside QGIS", testing.bench),
    "faults": Command(
        "[--full]", "what a plot survives, a line each; --full takes hours", testing.faults
    ),
    "coverage": Command("", "whether tests reach all of store and document", testing.coverage),
    "long": Command("[words]", "100,000 drawn lines for each property", testing.long),
    "all": Command("", "check, test and bench: what a release needs", _all),
    "prepare": Command("", "make what the second Python's tests run in", testing.prepare),
    "translations": Command("", "gather the texts of sheets, make their French", _translations),
    "lock": Command("[--upgrade]", "write the lists of wheels again", locks.remake),
}

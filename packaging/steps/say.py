"""One-line progress for the person at the terminal, and the one way to stop."""

import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
TAIL_LINES: Final = 15


class Stopped(Exception):
    """Something outside this program is in the way; the text says what, in a sentence or two."""


def say(text: str) -> None:
    """Write one line to stderr: stdout belongs to the program that is run."""
    print(text, file=sys.stderr, flush=True)


def quietly(command: list[str], *, attempts: int = 1) -> subprocess.CompletedProcess[str]:
    """Run `command` with its output kept back; returns the last attempt, failed or not."""
    done = _once(command)
    for _ in range(attempts - 1):
        if done.returncode == 0:
            break
        done = _once(command)
    return done


def tail(done: subprocess.CompletedProcess[str]) -> str:
    """The last lines that a failed command wrote."""
    return "\n".join(done.stdout.strip().splitlines()[-TAIL_LINES:])


def _once(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )

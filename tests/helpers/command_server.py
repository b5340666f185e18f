"""Runs ``channelplot`` commands in processes of their own that have the program imported already.

Run as a program it waits for orders, a line of JSON each, and forks for each; ``run`` is for tests.
To start Python and import the program anew takes half a second, and tests run hundreds of commands.
"""

import atexit
import functools
import importlib
import json
import os
import subprocess
import sys
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

_TAKES_EFFECT_AT_START: Final = ("PYTHON", "LC_", "LANG", "LD_", "MALLOC")
"""Variables that only a Python that starts anew looks at, by their beginnings."""
_IMPORTED: Final = (
    "answers", "backups", "check", "log", "main", "new", "plot", "plot_desk", "snapshot",
)  # fmt: skip
_PATIENCE_S: Final = 120.0


def can_run(env: Mapping[str, str]) -> bool:
    """Whether a command with these variables does the same as in a Python that starts anew."""
    return all(
        os.environ.get(name) == value
        for name, value in env.items()
        if name.startswith(_TAKES_EFFECT_AT_START)
    )


def run(
    words: tuple[str, ...], env: Mapping[str, str], cwd: Path | None
) -> "subprocess.CompletedProcess[str]":
    """Run a command; its exit code and what it said."""
    with TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        order = {
            "words": words, "env": dict(env), "cwd": str(cwd or Path.cwd()),
            "out": str(out), "err": str(err),
        }  # fmt: skip
        server = _server()
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps(order) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        return subprocess.CompletedProcess(
            ["channelplot", *words], code, out.read_text("utf-8"), err.read_text("utf-8")
        )


@functools.cache
def _server() -> "subprocess.Popen[str]":
    server = subprocess.Popen(
        [sys.executable, "-m", "helpers.command_server"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    atexit.register(_end, server)
    return server


def _end(server: "subprocess.Popen[str]") -> None:
    server.kill()
    server.communicate()


def _serve() -> None:
    for name in _IMPORTED:
        importlib.import_module(f"channelplot.cli.{name}")
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _follow(json.loads(line))
        _, status = os.waitpid(pid, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _follow(order: dict[str, object]) -> None:
    """Do what an order says and end the process with the command's exit code."""
    os.environ.clear()
    os.environ.update(order["env"])  # type: ignore[call-overload]
    time.tzset()
    os.chdir(str(order["cwd"]))
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    for name, number in (("out", 1), ("err", 2)):
        with Path(str(order[name])).open("wb") as file:
            os.dup2(file.fileno(), number)
    words = [str(word) for word in order["words"]]  # type: ignore[attr-defined]
    sys.argv = ["channelplot", *words]
    from channelplot.cli.main import main

    code: int | None = None
    try:
        code = main(words)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    finally:
        if code is None:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(1 if code is None else code)


if __name__ == "__main__":
    _serve()

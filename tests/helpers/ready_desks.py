"""Desks in processes of their own that have the program imported already: forked from one that has.

``READY`` is for ``helpers.forked.workers``; ``run`` has such a worker do what a process started
anew would do, to its end.
"""

import importlib
import json
import os
import sys
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from helpers.forked import Workers

READY: Final = """
import helpers.locales, helpers.operator, helpers.touches
from helpers.ready_desks import follow as work
"""
"""With no application of Qt's yet: each worker makes its own, on the platform that it is told."""


@dataclass(frozen=True)
class Done:
    """What became of a process."""

    returncode: int
    stdout: str
    stderr: str


def run(ready: Workers, folder: Path, code: str, *arguments: str, env: Mapping[str, str]) -> Done:
    """Have a worker run some code, with these arguments and variables; folder: for what it says.

    code: the name of a module that has a ``main``, or the code itself.
    """
    out, err, order = (folder / f"desk.{name}" for name in ("out", "err", "order"))
    order.write_text(
        json.dumps(
            {
                "code": code,
                "argv": ["desk", *arguments],
                "env": dict(env),
                "out": str(out),
                "err": str(err),
            }
        ),
        "utf-8",
    )
    returncode = ready.code_of(str(order))
    done = Done(returncode, out.read_text("utf-8"), err.read_text("utf-8"))
    for each in (out, err, order):
        each.unlink()
    return done


def follow(order: str) -> None:
    """Do what an order says, in the worker; ends the process with 1 where that fails."""
    told = json.loads(Path(order).read_text("utf-8"))
    os.environ.clear()
    os.environ.update(told["env"])
    sys.argv = told["argv"]
    for name, number in (("out", 1), ("err", 2)):
        with Path(told[name]).open("wb") as file:
            os.dup2(file.fileno(), number)
    code = 1
    try:
        _run(told["code"])
        code = 0
    finally:
        if code:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _run(code: str) -> None:
    if "\n" in code:
        exec(compile(code, "<desk>", "exec"), {"__name__": "__main__"})
    else:
        importlib.import_module(code).main()

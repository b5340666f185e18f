"""The hash-locked lists, made again from what `pyproject.toml` asks for.

uv writes them: one list serves every system and Python, and holds no address. Nothing is said here
about where wheels come from: that is the machine's own setting.
"""

import shutil
from typing import Final

from steps import pythons
from steps.say import ROOT, Stopped, quietly, say, tail

UV_VERSION: Final = "0.13.9"
# Lock, and what it is made from. The tests' list takes the program's versions as given.
LOCKS: Final = {
    "requirements.lock": ["pyproject.toml"],
    "requirements-dev.lock": [
        "pyproject.toml", "--group", "dev", "--constraints", "packaging/requirements.lock",
    ],
    "requirements-basemap.lock": [
        "--group", "basemap", "--constraints", "packaging/requirements-dev.lock",
    ],
    "requirements-validator.lock": ["--group", "validator", "--no-deps"],
}  # fmt: skip


def remake(words: list[str]) -> int:
    """Write every lock again, keeping versions that still serve; `--upgrade` takes the latest."""
    uv = _uv()
    for name, source in LOCKS.items():
        say(f"Writing packaging/{name} ...")
        command = [uv, "pip", "compile", *source, "--universal", "--generate-hashes"]
        command += ["--python-version", ".".join(str(part) for part in pythons.MINIMUM)]
        command += ["--no-header", "--no-annotate", "--quiet", *words]
        done = quietly([*command, "--output-file", f"packaging/{name}"])
        if done.returncode != 0:
            raise Stopped(f"uv could not write packaging/{name}:\n{tail(done)}")
    return 0


def _uv() -> str:
    """Path of uv: the one on PATH, else one put into an environment of its own."""
    found = shutil.which("uv")
    if found is not None:
        return found
    folder = ROOT / ".venv-lock"
    uv = folder / "bin" / "uv"
    if not uv.exists():
        say("Making .venv-lock (once) ...")
        for command in (
            [pythons.base_python(), "-m", "venv", "--clear", str(folder)],
            [str(folder / "bin" / "python"), "-m", "pip", "install", "-q", f"uv=={UV_VERSION}"],
        ):
            done = quietly(command)
            if done.returncode != 0:
                raise Stopped(f"uv could not be installed:\n{tail(done)}")
    return str(uv)

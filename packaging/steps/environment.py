"""The virtual environments: made from the hash-locked lists, remade when these change.

A stamp file, written last and removed first, says what an environment holds. An environment without
its stamp was interrupted and is made again from nothing.
"""

import hashlib
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from steps import pythons, system_libraries
from steps.say import ROOT, Stopped, quietly, say, tail

APP: Final = ROOT / "app"
# What each use installs, in this order. The tests' list holds the program's list as well.
PROGRAM_LOCK: Final = "requirements.lock"
TESTS_LOCK: Final = "requirements-dev.lock"
VALIDATOR_LOCK: Final = "requirements-validator.lock"
STAMP_NAME: Final = "channelplot-stamp.json"
CONSOLE_SCRIPT: Final = """\
#!{python}
import sys

from channelplot.cli.main import main

sys.exit(main())
"""


@dataclass(frozen=True)
class Environment:
    """A virtual environment in `folder`, to be made with the Python at `base`."""

    folder: Path
    base: str

    @property
    def python(self) -> str:
        """Path of the environment's own Python."""
        return str(self.program("python"))

    def program(self, name: str) -> Path:
        """Path of a program that a wheel installed."""
        if os.name == "nt":
            return self.folder / "Scripts" / f"{name}.exe"
        return self.folder / "bin" / name

    @property
    def stamp(self) -> Path:
        """Path of the stamp file."""
        return self.folder / STAMP_NAME


def main_environment() -> Environment:
    """The environment that everything but the second Python's tests runs in."""
    return Environment(ROOT / ".venv", pythons.base_python())


def ensure(environment: Environment, *, for_tests: bool) -> None:
    """Have `environment` hold what the locks say; instant when it does already.

    An environment that once held what the tests need keeps it. Raises Stopped when the wheels
    cannot be had.
    """
    held = _held(environment)
    for_tests = for_tests or (held is not None and TESTS_LOCK in held)
    wanted = _wanted(for_tests=for_tests)
    if held == wanted:
        return
    name = environment.folder.name
    if held is None:
        say(f"Making {name} (once, about a minute) ...")
        _create(environment)
    else:
        say(f"Bringing {name} up to date ...")
        environment.stamp.unlink()
    _install(environment, TESTS_LOCK if for_tests else PROGRAM_LOCK)
    if for_tests:
        _install_validator(environment)
    _link_the_program(environment)
    _compile(environment)
    _write_stamp(environment, wanted)


def _wanted(*, for_tests: bool) -> dict[str, str]:
    """Lock file name to the hash of its text."""
    names = [PROGRAM_LOCK, TESTS_LOCK, VALIDATOR_LOCK] if for_tests else [PROGRAM_LOCK]
    return {
        name: hashlib.sha256((ROOT / "packaging" / name).read_bytes()).hexdigest() for name in names
    }


def _held(environment: Environment) -> dict[str, str] | None:
    """What the stamp says is installed; None where the environment has to be made from nothing.

    That is so without a stamp, in a folder that was moved (paths are written into it), and when the
    Python under it went away or became another one.
    """
    try:
        stamp = json.loads(environment.stamp.read_text("utf-8"))
        locks = dict(stamp["locks"])
        as_made = (stamp["root"], stamp["python"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return locks if as_made == (str(ROOT), _minor_version(environment)) else None


def _write_stamp(environment: Environment, locks: dict[str, str]) -> None:
    stamp = {"root": str(ROOT), "python": _minor_version(environment), "locks": locks}
    half_written = environment.stamp.with_suffix(".new")
    half_written.write_text(json.dumps(stamp, indent=2), "utf-8")
    half_written.replace(environment.stamp)


def _minor_version(environment: Environment) -> str | None:
    """The environment's Python version ("3.11") as it answers itself; None if it does not run."""
    program = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        done = quietly([environment.python, "-I", "-S", "-c", program])
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def _create(environment: Environment) -> None:
    if not pythons.can_import(environment.base, "ensurepip"):
        if not environment.base.startswith("/usr/bin/"):
            raise Stopped(f"{environment.base} has no ensurepip and cannot make environments.")
        major_minor = quietly(
            [environment.base, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
        ).stdout.strip()
        system_libraries.ensure_package(
            "Python's venv",
            f"python{major_minor}-venv",
            lambda: pythons.can_import(environment.base, "ensurepip"),
        )
    if environment.folder.is_symlink() or environment.folder.is_file():
        environment.folder.unlink()
    done = quietly([environment.base, "-m", "venv", "--clear", str(environment.folder)])
    if done.returncode != 0:
        raise Stopped(f"Could not make {environment.folder.name}:\n{tail(done)}")


def _install(environment: Environment, lock: str) -> None:
    _pip(environment, lock, "--no-compile")


def _install_validator(environment: Environment) -> None:
    """Put GDAL's GeoPackage validator into `validator/`, without what it depends on.

    Apart, so that nothing can import it by accident: it says it needs GDAL, and does not.
    """
    target = environment.folder / "validator"
    _pip(environment, VALIDATOR_LOCK, "--no-deps", "--upgrade", "--target", str(target))


def _pip(environment: Environment, lock: str, *options: str) -> None:
    command = [environment.python, "-m", "pip", "install", "-q", "--no-input"]
    command += ["--disable-pip-version-check", "--progress-bar", "off"]
    # Nothing may be built here: building would fetch what no hash vouches for.
    command += ["--only-binary", ":all:", "--require-hashes", *options]
    command += ["-r", str(ROOT / "packaging" / lock)]
    done = quietly(command, attempts=2)
    if done.returncode != 0:
        raise Stopped(f"The wheels of packaging/{lock} could not be installed:\n{tail(done)}")


def _link_the_program(environment: Environment) -> None:
    """Let the environment find `app/`, where an edit is in force at once, and name the command."""
    done = quietly(
        [environment.python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    )
    Path(done.stdout.strip(), "channelplot.pth").write_text(f"{APP}\n", "utf-8")
    if os.name != "nt":
        script = environment.program("channelplot")
        script.write_text(CONSOLE_SCRIPT.format(python=environment.python), "utf-8")
        script.chmod(0o755)


def _compile(environment: Environment) -> None:
    """Compile wheels and program: uncompiled, the first start takes seconds longer.

    Some wheels carry examples for other Pythons that do not compile; that is no failure.
    """
    quietly(
        [environment.python, "-m", "compileall", "-q", "-j", "0", str(environment.folder / "lib")]
    )
    compile_the_program(environment)


def compile_the_program(environment: Environment) -> None:
    """Bring the program's own bytecode up to date; a fault in a file shows when it is run."""
    quietly([environment.python, "-m", "compileall", "-q", str(APP)])


def replace_this_process(command: list[str], env: dict[str, str]) -> int:
    """Go on as `command`; returns its exit code only where a process cannot become another."""
    if os.name != "nt":
        os.execve(command[0], command, env)
    return subprocess.call(command, env=env)

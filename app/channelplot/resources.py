"""The one way to find a file that ships with the program.

In a checkout the files stand in ``resources/`` beside ``app/``; in an installed program
in ``channelplot/resources``.
"""

from pathlib import Path, PurePosixPath

from channelplot.errors import BasemapError

_PACKAGE = Path(__file__).resolve().parent


def resource_path(relative: str) -> Path:
    """Return the path of a shipped file or folder, named from resources/ with ``/`` between.

    Raises ValueError for an absolute name or one with ``..``, ``BasemapError`` when there
    is no such file.
    """
    name = PurePosixPath(relative)
    if name.is_absolute() or ".." in name.parts or "\\" in relative or ":" in relative:
        msg = f"not a name below resources/: {relative!r}"
        raise ValueError(msg)
    path = _root() / name
    if not path.exists():
        raise BasemapError(relative, "not found")
    return path


def read_bytes(relative: str) -> bytes:
    """Return the content of a shipped file. Raises as ``resource_path`` does."""
    path = resource_path(relative)
    try:
        return path.read_bytes()
    except OSError as error:
        raise BasemapError(relative, str(error)) from error


def read_text(relative: str) -> str:
    """Return the text of a shipped UTF-8 file. Raises as ``resource_path`` does."""
    try:
        return read_bytes(relative).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BasemapError(relative, str(error)) from error


def _root() -> Path:
    """Return the folder the shipped files are in."""
    installed = _PACKAGE / "resources"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "resources"

"""A home folder of one's own, so that nothing of whoever runs the tests is read or written."""

from pathlib import Path
from typing import Final

import pytest

from channelplot.store import folders

_LOCAL: Final = "1 1 0:1 / / rw - ext4 source rw\n"
"""The table of what is mounted where all is on one disk of this machine."""


def move_into(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let settings, plots and logs go to an empty folder until the patches are undone.

    Beside it lies the table of mounts that all such folders share.
    """
    documents = folder / "Documents"
    documents.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(documents))
    # Wherever the tests run, their folders are on a disk of this machine.
    table = folder.parent / "mountinfo"
    if not table.exists():
        table.write_text(_LOCAL, "utf-8")
    monkeypatch.setattr(folders, "MOUNT_TABLE", table)

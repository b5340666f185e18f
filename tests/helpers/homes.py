"""A home folder of one's own, so that nothing of whoever runs the tests is read or written."""

from pathlib import Path

import pytest

from channelplot.store import folders
from helpers.mounts import mounted


def move_into(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let settings, plots and logs go to an empty folder until the patches are undone."""
    documents = folder / "Documents"
    documents.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(documents))
    # Wherever the tests run, their folders are on a disk of this machine.
    monkeypatch.setattr(folders, "MOUNT_TABLE", mounted(folder / "mountinfo", {"/": "ext4"}))

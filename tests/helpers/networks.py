"""A folder that the program takes for a network's, and desks that work in it."""

import json
from pathlib import Path

import pytest

from channelplot.store import folders
from channelplot.store.lock import lock_path
from helpers.mounts import mounted


def a_network(folder: Path, monkeypatch: pytest.MonkeyPatch, kind: str = "cifs") -> Path:
    """Make a folder that is mounted from a network, and return it."""
    network = folder / "network"
    network.mkdir()
    table = mounted(folder / "mounts", {"/": "ext4", str(network): kind})
    monkeypatch.setattr(folders, "MOUNT_TABLE", table)
    return network


def locked_elsewhere(plot: Path, host: str = "dover-2") -> Path:
    """Let another host have a plot, and return its lock file."""
    path = lock_path(plot)
    path.write_text(json.dumps({"pid": 4711, "host": host, "user": "Ann"}))
    return path

"""Places where a plot file may lie."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from unit.store.files import NOBODY, let_everybody_in


@pytest.fixture
def open_folder(tmp_path: Path) -> Path:
    """A folder that every account may enter."""
    let_everybody_in(tmp_path)
    inner = tmp_path / "desk"
    inner.mkdir()
    if os.geteuid() == 0:
        os.chown(inner, NOBODY, -1)
    inner.chmod(0o777)
    return inner


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with 760 kB; only root can have one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=760k", "none", str(disk)]
    if subprocess.run(command, check=False, capture_output=True).returncode != 0:
        pytest.skip("no disk may be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)

"""What kind of folder a file is in: of this machine, on a network, or kept in step by a service.

SQLite needs locks and an order of writing that network file systems promise and do not keep,
and a service that copies a folder elsewhere copies a plot in the middle of an act. Such a
plot is worked on in a local copy: see ``working_copy``.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

MOUNT_TABLE = Path("/proc/self/mountinfo")
"""Where Linux tells what is mounted; other systems have no such file."""

_NETWORK_TYPES: Final = frozenset(
    (
        *("9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "fuse", "glusterfs", "gpfs"),
        *("lustre", "ncpfs", "ocfs2", "orangefs", "prl_fs", "vboxsf", "virtiofs"),
    )
)
_NETWORK_PREFIXES: Final = ("nfs", "smb", "fuse.")
_LOCAL_FUSE: Final = frozenset(
    f"fuse.{name}"
    for name in (
        *("bindfs", "cryfs", "dislocker", "encfs", "exfat", "ext4", "fuse-overlayfs", "fuse2fs"),
        *("gocryptfs", "lxcfs", "mergerfs", "ntfs", "ntfs-3g", "overlay", "portal", "securefs"),
        *("snapfuse", "squashfuse", "unionfs", "unionfs-fuse", "veracrypt"),
    )
)
"""File systems that run as programs and keep what they hold on this machine's own disks."""

_NAMES: Final = (
    ("OneDrive", re.compile(r"onedrive( ?- ?.+)?")),
    ("Dropbox", re.compile(r"dropbox( \(.+\)|-.+)?")),
    ("Google Drive", re.compile(r"google ?drive( \(.+\)|-.+)?|\.shortcut-targets-by-id")),
    ("Nextcloud", re.compile(r"nextcloud\d*")),
    ("ownCloud", re.compile(r"owncloud\d*")),
    ("iCloud Drive", re.compile(r"icloud ?drive( \(.+\)|-.+)?|com~apple~clouddocs")),
    ("Box", re.compile(r"box sync|box-box")),
    ("Seafile", re.compile(r"seafile")),
)
"""What the services call the folders they keep in step, in small letters."""
_MARKERS: Final = (
    ("OneDrive", ".849C9593-D756-4E56-8D6E-42412F2A707B"),
    ("Dropbox", ".dropbox.cache"),
    ("Google Drive", ".tmp.drivedownload"),
    ("Google Drive", ".tmp.driveupload"),
    ("Nextcloud", ".nextcloudsync.log"),
    ("ownCloud", ".owncloudsync.log"),
    ("Syncthing", ".stfolder"),
)
"""What they leave in the uppermost of these folders, however it is called."""
_DATABASE: Final = re.compile(r"\._?sync_.*\.db")
"""Nextcloud's likewise, with a part of its own in the name."""
_HOME_NAMES: Final = {"box": "Box"}
"""Names that mean a service only for a folder that lies directly in somebody's home."""
_HOMES: Final = frozenset({"home", "Users"})
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")


class FolderKind(StrEnum):
    """Where what is in a folder is kept."""

    LOCAL = "local"
    NETWORK = "network"
    SYNCED = "synced"


@dataclass(frozen=True, slots=True)
class Folder:
    """The kind of a folder, and what its file system or service is called; "" for a local one."""

    kind: FolderKind
    called: str = ""


def folder_kind(path: Path) -> FolderKind:
    """Return what kind of folder a file is in; the file need not be there."""
    return folder_of(path).kind


def folder_of(path: Path) -> Folder:
    """Return the kind of folder a file is in, links followed, and what it is called.

    A folder that is both is a network's. What can't be found out is taken for local.
    """
    if str(path).startswith("\\\\"):
        return Folder(FolderKind.NETWORK, "UNC")
    real = Path(os.path.realpath(path))
    file_system = _file_system(real)
    if _is_network(file_system):
        return Folder(FolderKind.NETWORK, file_system)
    service = _service(real)
    return Folder(FolderKind.SYNCED, service) if service else Folder(FolderKind.LOCAL)


def _is_network(file_system: str) -> bool:
    if file_system in _LOCAL_FUSE:
        return False
    return file_system in _NETWORK_TYPES or file_system.startswith(_NETWORK_PREFIXES)


def _file_system(path: Path) -> str:
    """Return the type of the file system that a path is in, "" where the system does not say."""
    found, depth = "", -1
    for mount_point, file_system in _mounts():
        # Of several mounted in one place the last is the one to be seen.
        if path.is_relative_to(mount_point) and len(mount_point.parts) >= depth:
            found, depth = file_system, len(mount_point.parts)
    return found


def _mounts() -> Iterator[tuple[Path, str]]:
    try:
        lines = os.fsdecode(MOUNT_TABLE.read_bytes()).split("\n")
    except OSError:
        return
    for line in lines:
        # 36 35 98:0 /root /mount/point options optional... - type source options
        before, separator, after = line.partition(" - ")
        fields = before.split(" ")
        if separator and len(fields) > 4:
            yield Path(_ESCAPED.sub(_unescaped, fields[4])), after.split(" ")[0]


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 8))


def _service(path: Path) -> str:
    """Return the service that keeps one of the folders above a file in step, "" for none."""
    for folder in path.parents:
        name = folder.name.casefold()
        for service, pattern in _NAMES:
            if pattern.fullmatch(name):
                return service
        if name in _HOME_NAMES and folder.parent.parent.name in _HOMES:
            return _HOME_NAMES[name]
        for service, marker in _MARKERS:
            if os.path.lexists(folder / marker):
                return service
        if any(map(_DATABASE.fullmatch, _names_in(folder))):
            return "Nextcloud"
    return ""


def _names_in(folder: Path) -> list[str]:
    """Return what is in a folder; nothing of one that may not be looked into."""
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries]
    except OSError:
        return []

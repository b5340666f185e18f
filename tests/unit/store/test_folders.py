"""Which folders are this machine's own, a network's, or kept in step by a service."""

from contextlib import ExitStack
from pathlib import Path

import pytest

from channelplot.errors import PlotFileError, PlotFileFault
from channelplot.store import folders
from channelplot.store.folders import Folder, FolderKind, folder_kind, folder_of
from channelplot.store.published import stamp_of, standing
from helpers.mounts import mounted
from helpers.real_network import served_folder

NETWORK_TYPES = (
    *("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "fuse"),
    *("fuse.sshfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.vmhgfs-fuse", "vboxsf"),
)
LOCAL_TYPES = (
    *("ext4", "xfs", "btrfs", "tmpfs", "overlay", "fuseblk", "fuse.fuse-overlayfs", "exfat"),
    *("fuse.gocryptfs", "vfat", "zfs", ""),
)


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """A folder with a space in its name, which is mounted as a test says."""
    folder = tmp_path / "watch room\\1"
    folder.mkdir()
    return folder


def mount(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, types: dict[Path, str]) -> None:
    points = {"/": "ext4"} | {str(path): kind for path, kind in types.items()}
    monkeypatch.setattr(folders, "MOUNT_TABLE", mounted(tmp_path / "table", points))


@pytest.mark.parametrize("kind", NETWORK_TYPES)
def test_a_folder_below_a_mount_of_a_network_is_a_networks(
    share: Path, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mount(monkeypatch, tmp_path, {share: kind})
    assert folder_of(share / "2026" / "night.gpkg") == Folder(FolderKind.NETWORK, kind)
    assert folder_kind(tmp_path / "night.gpkg") is FolderKind.LOCAL


@pytest.mark.parametrize("kind", LOCAL_TYPES)
def test_a_folder_on_a_disk_of_this_machine_is_local(
    share: Path, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mount(monkeypatch, tmp_path, {share: kind})
    assert folder_of(share / "night.gpkg") == Folder(FolderKind.LOCAL)


def test_the_innermost_mount_counts_and_of_two_in_one_place_the_later(
    share: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mount(monkeypatch, tmp_path, {share / "disk": "ext4", share: "autofs"})
    table = tmp_path / "table"
    table.write_text(
        table.read_text() + table.read_text().splitlines()[-1].replace("autofs", "nfs")
    )
    assert folder_kind(share / "night.gpkg") is FolderKind.NETWORK
    assert folder_kind(share / "disk" / "night.gpkg") is FolderKind.LOCAL


def test_a_link_to_a_network_is_followed(
    share: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mount(monkeypatch, tmp_path, {share: "cifs"})
    (tmp_path / "plots").symlink_to(share)
    assert folder_kind(tmp_path / "plots" / "night.gpkg") is FolderKind.NETWORK


def test_a_name_of_a_server_is_a_networks() -> None:
    path = Path("\\\\server\\plots\\night.gpkg")
    assert folder_of(path) == Folder(FolderKind.NETWORK, "UNC")


def test_a_system_without_such_a_table_has_local_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "MOUNT_TABLE", tmp_path / "none")
    assert folder_kind(tmp_path / "night.gpkg") is FolderKind.LOCAL


def test_lines_that_are_no_mounts_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "table"
    table.write_text("\nshort - nfs\n36 35 98:0 / / rw no separator\n")
    monkeypatch.setattr(folders, "MOUNT_TABLE", table)
    assert folder_kind(tmp_path / "night.gpkg") is FolderKind.LOCAL


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Préfecture", "OneDrive"),
        ("Library/CloudStorage/OneDrive-Personal", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Dropbox (Coastguard)", "Dropbox"),
        ("Google Drive", "Google Drive"),
        ("CloudStorage/GoogleDrive-desk@example.org", "Google Drive"),
        ("Nextcloud", "Nextcloud"),
        ("ownCloud", "ownCloud"),
        ("Mobile Documents/com~apple~CloudDocs", "iCloud Drive"),
        ("iCloudDrive", "iCloud Drive"),
        ("Box Sync", "Box"),
        ("home/watch/Box", "Box"),
        ("Seafile", "Seafile"),
    ],
)
def test_a_folder_of_a_service_is_known_by_its_name(
    folder: str, service: str, tmp_path: Path
) -> None:
    path = tmp_path / folder / "plots" / "night.gpkg"
    assert folder_of(path) == Folder(FolderKind.SYNCED, service)


@pytest.mark.parametrize(
    "folder", ["Box", "boxes", "dropboxes", "one drive", "home/watch/plots/Box"]
)
def test_a_name_that_only_looks_like_one_is_none(folder: str, tmp_path: Path) -> None:
    assert folder_kind(tmp_path / folder / "night.gpkg") is FolderKind.LOCAL


@pytest.mark.parametrize(
    ("marker", "service"),
    [
        (".dropbox.cache", "Dropbox"),
        (".sync_0a1b2c3d4e5f.db", "Nextcloud"),
        ("._sync_0a1b2c3d4e5f.db", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".tmp.drivedownload", "Google Drive"),
        (".stfolder", "Syncthing"),
    ],
)
def test_a_folder_of_a_service_is_known_by_what_it_leaves_there(
    marker: str, service: str, tmp_path: Path
) -> None:
    (tmp_path / "desk" / "2026").mkdir(parents=True)
    (tmp_path / "desk" / marker).touch()
    path = tmp_path / "desk" / "2026" / "night.gpkg"
    assert folder_of(path) == Folder(FolderKind.SYNCED, service)
    assert folder_kind(tmp_path / "night.gpkg") is FolderKind.LOCAL


def test_a_synced_folder_on_a_network_is_a_networks(
    share: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mount(monkeypatch, tmp_path, {share: "nfs4"})
    assert folder_of(share / "Dropbox" / "night.gpkg") == Folder(FolderKind.NETWORK, "nfs4")


def test_a_folder_that_is_really_served_by_another_is_a_networks_and_may_break(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "MOUNT_TABLE", Path("/proc/self/mountinfo"))
    path = tmp_path / "plots" / "night.gpkg"
    with ExitStack() as stack:
        try:
            server = stack.enter_context(served_folder(path.parent, "fuse.sshfs"))
        except OSError as error:
            pytest.skip(f"nothing can be mounted here: {error}")
        assert folder_of(path) == Folder(FolderKind.NETWORK, "fuse.sshfs")
        assert stamp_of(path) is None
        server.kill()
        server.wait()
        assert folder_of(path) == Folder(FolderKind.NETWORK, "fuse.sshfs")
        with pytest.raises(PlotFileError) as caught:
            stamp_of(path)
        assert caught.value.fault is PlotFileFault.INPUT_OUTPUT
        with pytest.raises(PlotFileError):
            standing(path, tmp_path / "local.gpkg", None)
    assert folder_kind(path) is FolderKind.LOCAL

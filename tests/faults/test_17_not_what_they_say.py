"""Files that are not what they say, and names that are no files: refused, nothing reached."""

import json
import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from channelplot.errors import (
    ImportFault,
    ImportFileError,
    LimitFileError,
    LimitFileFault,
    ReferenceFileError,
    ReferenceFileFault,
)
from channelplot.exchange.incoming.found import ReadOptions
from channelplot.exchange.incoming.read import SUFFIXES, TABLE_SUFFIXES, read_incoming
from channelplot.exchange.limit_file import read_limit_file
from channelplot.exchange.limit_shapes import LimitBounds
from channelplot.exchange.reference_layers import list_tables
from channelplot.exchange.vector_worker import KINDS, copy_for_gdal
from unit.store.files import python

Figure = Callable[[str], None]
IMPORT_FAULTS = {
    ImportFault.KIND, ImportFault.EMPTY, ImportFault.NOT_XML, ImportFault.NOT_JSON,
    ImportFault.DATUM, ImportFault.COLUMNS, ImportFault.NOT_A_TABLE, ImportFault.UNREADABLE,
}  # fmt: skip
BOUNDS = LimitBounds(most_bytes=10**7, most_shapes=10, most_points=100)


@contextmanager
def listener() -> Iterator[tuple[int, Callable[[], int]]]:
    """A port of this machine, and how many have called there since."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        server.setblocking(False)

        def calls() -> int:
            count = 0
            while True:
                try:
                    server.accept()[0].close()
                except BlockingIOError:
                    return count
                count += 1

        yield server.getsockname()[1], calls


def disguises(port: int, secret: Path) -> dict[str, str]:
    url = f"http://127.0.0.1:{port}/x.geojson"
    return {
        "VRT of a file": f"<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>{secret}"
        "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
        "VRT of a host": "<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/vsicurl/"
        f"{url}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
        "GDALG": json.dumps(
            {"type": "gdal_streamed_alg", "command_line": f"gdal vector pipeline ! read {url}"}
        ),
        "Esri service": json.dumps({"geometryType": "esriGeometryPoint", "next": url}),
        "a link in GeoJSON": json.dumps({"type": "FeatureCollection", "crs": {
            "type": "link", "properties": {"href": url, "type": "proj4"}}, "features": []}),
        "a WFS": f"<OGRWFSDataSource><URL>{url}</URL></OGRWFSDataSource>",
        "a table": "lon,lat\n1,50\n",
    }  # fmt: skip


def test_disguised_files_are_refused_and_reach_nobody(tmp_path: Path, figure: Figure) -> None:
    """Of every format, up to where GDAL would begin; what still looks right goes to the child."""
    secret = tmp_path / "secret.csv"
    secret.write_text("lon,lat\n1,50\n", "utf-8")
    refused = 0
    with listener() as (port, calls):
        for number, content in enumerate(disguises(port, secret).values()):
            for suffix in KINDS:
                path = tmp_path / f"disguised{number}{suffix}"
                path.write_text(content, "utf-8")
                if content.startswith("{") and suffix in (".geojson", ".json"):
                    if suffix == ".geojson":
                        with pytest.raises(LimitFileError) as error:
                            read_limit_file(path)
                        assert error.value.fault in (LimitFileFault.KIND, LimitFileFault.EMPTY)
                        refused += 1
                    continue
                with pytest.raises(LimitFileError) as error:
                    copy_for_gdal(path, tmp_path / f"copy{suffix}", BOUNDS.most_bytes)
                assert error.value.fault is LimitFileFault.KIND
                refused += 1
        connections = calls()
    assert connections == 0
    figure(f"{refused} disguised files refused, {connections} connections")


@pytest.mark.usefixtures("ready_readers")
def test_disguised_imports_are_refused_and_reach_nobody(tmp_path: Path, figure: Figure) -> None:
    """Of every suffix that can be imported: nothing comes in, or only what stands in the file."""
    secret = tmp_path / "secret.csv"
    secret.write_text("lon,lat\n1,50\n", "utf-8")
    options = ReadOptions(now_utc=datetime(2026, 9, 15, tzinfo=UTC))
    refused = 0
    with listener() as (port, calls):
        for number, (name, content) in enumerate(disguises(port, secret).items()):
            for suffix in SUFFIXES:
                if name == "a table" and suffix in TABLE_SUFFIXES:
                    continue
                path = tmp_path / f"disguised{number}{suffix}"
                path.write_text(content, "utf-8")
                with pytest.raises(ImportFileError) as error:
                    read_incoming(path, options)
                assert error.value.fault in IMPORT_FAULTS, path.name
                refused += 1
        connections = calls()
    assert connections == 0
    figure(f"{refused} disguised imports refused, {connections} connections")


def test_disguised_reference_layers_are_refused_and_reach_nobody(
    tmp_path: Path, figure: Figure
) -> None:
    """The same as layers to look at, through the child to its answer."""
    secret = tmp_path / "secret.csv"
    secret.write_text("lon,lat\n1,50\n", "utf-8")
    refused = 0
    with listener() as (port, calls):
        for number, content in enumerate(disguises(port, secret).values()):
            for suffix in (".geojson", ".gpkg", ".kml"):
                path = tmp_path / f"disguised{number}{suffix}"
                path.write_text(content, "utf-8")
                with pytest.raises(ReferenceFileError) as error:
                    list_tables(path)
                assert error.value.fault in (
                    ReferenceFileFault.KIND,
                    ReferenceFileFault.EMPTY,
                    ReferenceFileFault.BAD_LINE,
                )
                refused += 1
        connections = calls()
    assert connections == 0
    figure(f"{refused} disguised reference layers refused, {connections} connections")


def test_names_that_are_no_files_are_refused(tmp_path: Path, figure: Figure) -> None:
    os.mkfifo(tmp_path / "pipe.gpkg")
    (tmp_path / "folder.gpkg").mkdir()
    (tmp_path / "device.gpkg").symlink_to("/dev/zero")
    (tmp_path / "circle.gpkg").symlink_to("circle.gpkg")
    with listener() as (port, calls):
        url = f"http://127.0.0.1:{port}/x"
        names = (
            f"/vsicurl/{url}.gpkg",
            f"/vsizip//vsicurl/{url}.zip/x.shp",
            f"GPKG:/vsicurl/{url}.gpkg",
            '{"type":"LineString","coordinates":[[1,50],[2,51]]}.geojson',
            "/vsimem/x.gpkg",
            f"{url}.gpkg",
            "nul\0.gpkg",
            *(str(each) for each in tmp_path.iterdir()),
        )
        for name in names:
            with pytest.raises(LimitFileError):
                read_limit_file(Path(name))
        connections = calls()
    assert connections == 0
    figure(f"{len(names)} names refused, {connections} connections")


IN_THE_CHILD = """
import json, os, resource, socket, sys
from channelplot.exchange.confinement import confine
confine()
told = {}
for family in ("AF_INET", "AF_INET6", "AF_UNIX"):
    try:
        with socket.socket(getattr(socket, family), socket.SOCK_STREAM) as tried:
            tried.settimeout(2)
            tried.connect(("127.0.0.1", int(sys.argv[1])) if family == "AF_INET" else "/x")
        told[family] = "reached"
    except (OSError, TypeError) as error:
        told[family] = type(error).__name__
try:
    bytearray(3 * 1024**3)
    told["memory"] = "taken"
except MemoryError:
    told["memory"] = "refused"
os.environ["GDAL_SKIP"] = sys.argv[2]
for name in ("pandas", "geopandas", "pyarrow"):
    sys.modules[name] = None
from pyogrio import list_drivers
told["drivers"] = sorted(list_drivers())
told["cpu_s"] = resource.getrlimit(resource.RLIMIT_CPU)[1]
print(json.dumps(told))
"""


def test_the_child_has_one_driver_no_network_and_bounds(figure: Figure) -> None:
    from pyogrio import list_drivers

    skipped = ",".join(name for name in list_drivers() if name != "GPKG")
    with (
        listener() as (port, calls),
        python(IN_THE_CHILD, str(port), skipped) as process,
    ):
        said, _ = process.communicate()
        connections = calls()
    assert process.returncode == 0
    told = json.loads(said)
    assert connections == 0
    assert told["AF_INET"] != "reached"
    assert told["memory"] == "refused"
    assert told["drivers"] == ["GPKG"]
    assert told["cpu_s"] <= 50
    cut = "no sockets at all" if told["AF_UNIX"] == "PermissionError" else "a network of its own"
    figure(f"the child: 1 driver of {len(skipped.split(',')) + 1}, {cut} ({sys.platform})")

"""The child in which GDAL reads one file: ``python -m channelplot.exchange.vector_worker REQUEST``.

Started by ``vector_file.py`` and ``reference_layers.py``. In order: it bounds itself, copies the
file into its own empty folder under a name of its own, and loads GDAL with all of its drivers off
but the one wanted. Only then does GDAL see anything, and that is the copy. A GeoPackage is
copied by Python's ``sqlite3``, after the look that a plot gets too; views and triggers do not come
along. Asked for a reference layer, it says which tables there are or what shapes one has
(``reference_child.py``); for an import, which layers and what their rows say
(``incoming/vector_child.py``); asked nothing, it gives the lines and areas there are for limits,
as ``vector_file.py`` tells.
"""

import json
import os
import sqlite3
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from channelplot.errors import (
    LimitFileError,
    LimitFileFault,
    ReferenceFileError,
    ReferenceFileFault,
)
from channelplot.exchange.confinement import confine
from channelplot.exchange.gdal_drivers import USUAL_DRIVERS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from channelplot.exchange.limit_shapes import LimitBounds, LimitShape

KINDS: Final[Mapping[str, tuple[bytes, str]]] = {
    ".gpkg": (b"SQLite format 3\x00", "GPKG"),
    ".shp": (b"\x00\x00\x27\x0a", "ESRI Shapefile"),
    ".geojson": (b"{", "GeoJSON"),
    ".json": (b"{", "GeoJSON"),
    ".fgb": (b"fgb\x03", "FlatGeobuf"),
}
"""What a file of each suffix must begin with, and its driver."""
_BESIDE_A_SHAPEFILE: Final = (".shx", ".dbf", ".prj", ".cpg")
_OURS: Final = "copied_to_read"
"""The name of the copy, without its suffix: nothing that GDAL or pyogrio would read more into."""
_NAME_COLUMNS: Final = ("name", "nom", "title", "label", "libelle", "inspireid", "kind", "id")
_SOURCE_COLUMNS: Final = ("source", "legal_ref", "licence", "license", "copyright", "desc")
_NOT_RECOGNISED: Final = "not recognized as being in a supported file format"


def main(request_text: str) -> None:
    """Read what a request asks for and write the answer to standard output."""
    request = json.loads(request_text)
    path = Path(request["path"])
    copy = Path.cwd() / (_OURS + path.suffix.lower())
    if "ask" in request:
        _answer_reference(request, copy, path)
        return
    _without_pandas()
    if "GDAL_SKIP" not in os.environ:
        confine()
        try:
            copy_for_gdal(path, copy, request["most_bytes"])
        except LimitFileError as error:
            _answer_with(error)
            return
        _load_one_driver(KINDS[copy.suffix][1])
    answer = os.fdopen(os.dup(1), "wb")
    # From here on what a library prints goes nowhere.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    from channelplot.exchange.limit_shapes import LimitBounds
    from channelplot.exchange.vector_file import packed, packed_fault

    bounds = LimitBounds(
        most_bytes=request["most_bytes"],
        most_shapes=request["most_shapes"],
        most_points=request["most_points"],
    )
    _require_one_driver(KINDS[copy.suffix][1])
    try:
        said = packed(shapes_in(copy, path, bounds))
    except LimitFileError as error:
        said = packed_fault(error.fault, error.detail)
    except MemoryError:
        said = packed_fault(LimitFileFault.TOO_LARGE, "memory")
    with answer:
        answer.write(said)


def _answer_reference(request: Mapping[str, object], copy: Path, path: Path) -> None:
    """Read what is asked for a reference layer: its tables, or the shapes of one."""
    driver = KINDS[copy.suffix][1] if copy.suffix in KINDS else None
    fault: LimitFileError | None = None
    if driver is None or request["ask"] != "shapes":
        _without_pandas()
    if "GDAL_SKIP" not in os.environ:
        confine()
        if driver is not None:
            try:
                copy_for_gdal(path, copy, _most_bytes(request))
            except LimitFileError as error:
                fault = error
            else:
                _load_one_driver(driver)
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    from channelplot.exchange.reference_child import reference_error
    from channelplot.exchange.reference_table import packed_refusal

    try:
        if fault is not None:
            raise reference_error(fault)
        said = _said_of_reference(request, copy, path, driver)
    except ReferenceFileError as error:
        said = packed_refusal(error.fault, error.detail, error.line)
    except MemoryError:
        said = packed_refusal(ReferenceFileFault.TOO_LARGE, "memory")
    with answer:
        answer.write(said)


def _said_of_reference(
    request: Mapping[str, object], copy: Path, path: Path, driver: str | None
) -> bytes:
    """Return the answer. Raises ReferenceFileError, whatever the libraries raise."""
    import shapely
    from pyproj.exceptions import ProjError

    from channelplot.exchange.incoming.vector_child import answer_rows
    from channelplot.exchange.incoming.vector_rows import ASK_LAYERS, ASK_ROWS
    from channelplot.exchange.reference_child import answer, reference_error

    if driver is not None:
        _require_one_driver(driver)
    try:
        if driver is not None and request["ask"] in (ASK_LAYERS, ASK_ROWS):
            return answer_rows(request, copy, path, driver, _OURS)
        return answer(request, copy, path, driver, _OURS)
    except LimitFileError as error:
        raise reference_error(error) from error
    except (RuntimeError, ValueError, OSError, shapely.errors.ShapelyError, ProjError) as error:
        is_other = _NOT_RECOGNISED in str(error)
        fault = ReferenceFileFault.KIND if is_other else ReferenceFileFault.UNREADABLE
        raise ReferenceFileError(fault, path, _said_of(path, copy, error)) from error


def _said_of(path: Path, copy: Path, error: Exception) -> str:
    """Return what a library said, of the file itself: of its copy nobody knows."""
    return str(error).replace(str(copy.with_suffix("")), path.stem).replace(copy.stem, path.stem)


def _most_bytes(request: Mapping[str, object]) -> int:
    bounds = request["bounds"]
    return int(bounds["most_bytes"]) if isinstance(bounds, dict) else 0


def copy_for_gdal(path: Path, copy: Path, most_bytes: int) -> None:
    """Copy a file that begins as its suffix says, with what belongs to it, for GDAL to read.

    A folder of its own for copy, which has path's suffix. Raises LimitFileError.
    """
    try:
        beginning = KINDS[copy.suffix][0]
        with os.fdopen(_ordinary(path), "rb") as file:
            head = file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
        if not head.startswith(beginning):
            raise LimitFileError(LimitFileFault.KIND, path)
        if copy.suffix == ".gpkg":
            _copy_database(path, copy)
        else:
            _copy_bytes(path, copy, most_bytes)
        if copy.suffix == ".shp":
            for beside in sorted(path.parent.glob("*")):
                suffix = beside.suffix.lower()
                if beside.stem == path.stem and suffix in _BESIDE_A_SHAPEFILE:
                    _copy_bytes(beside.resolve(), copy.with_suffix(suffix), most_bytes)
    except (OSError, sqlite3.Error, UnicodeDecodeError) as error:
        raise LimitFileError(LimitFileFault.UNREADABLE, path, str(error)) from error


def shapes_in(copy: Path, path: Path, bounds: "LimitBounds") -> list["LimitShape"]:
    """Return the lines and areas in a copy, read with GDAL. Raises LimitFileError about path."""
    import shapely
    from pyogrio import list_layers, read_info
    from pyproj.exceptions import ProjError

    driver = KINDS[copy.suffix][1]
    shapes: list[LimitShape] = []
    try:
        for layer, geometry_type in list_layers(copy):
            if geometry_type is None or "Point" in str(geometry_type):
                continue
            info = read_info(copy, layer=str(layer), force_feature_count=True)
            if info["driver"] != driver:
                raise LimitFileError(LimitFileFault.KIND, path, str(info["driver"]))
            if info["features"] + len(shapes) > bounds.most_shapes:
                raise LimitFileError(LimitFileFault.TOO_LARGE, path, str(info["features"]))
            fields = [str(name) for name in info["fields"]]
            shapes += _shapes_of_layer(copy, str(layer), fields, path, bounds)
    except (RuntimeError, ValueError, OSError, shapely.errors.ShapelyError, ProjError) as error:
        is_other = _NOT_RECOGNISED in str(error)
        fault = LimitFileFault.KIND if is_other else LimitFileFault.UNREADABLE
        raise LimitFileError(fault, path, _said_of(path, copy, error)) from error
    return shapes


def _shapes_of_layer(
    copy: Path, layer: str, fields_there: Sequence[str], path: Path, bounds: "LimitBounds"
) -> Iterator["LimitShape"]:
    """Yield the shapes of one layer; of its fields only names and sources are read."""
    import shapely
    from pyogrio.raw import read

    from channelplot.exchange.limit_shapes import OntoWgs84, shapes_of

    wanted = [name for name in fields_there if name.lower() in {*_NAME_COLUMNS, *_SOURCE_COLUMNS}]
    meta, _, geometry, columns = read(copy, layer=layer, columns=wanted, force_2d=True)
    if geometry is None:
        return
    features = shapely.from_wkb(geometry, on_invalid="ignore")
    if not len(features):
        return
    if not meta["crs"]:
        raise LimitFileError(LimitFileFault.NO_CRS, path)
    fields = {
        str(name).lower(): column for name, column in zip(meta["fields"], columns, strict=True)
    }
    onto_wgs84 = OntoWgs84(str(meta["crs"]))
    for row, feature in enumerate(features):
        if feature is None or feature.is_empty:
            continue
        yield from shapes_of(
            feature,
            onto_wgs84,
            name=next(iter(_texts(fields, _NAME_COLUMNS, row)), ""),
            layer=path.stem if layer == _OURS else layer,
            source="; ".join(_texts(fields, _SOURCE_COLUMNS, row)),
            most_points=bounds.most_points,
        )


def _texts(
    fields: Mapping[str, "npt.NDArray[np.object_]"], names: Sequence[str], row: int
) -> Iterator[str]:
    """Yield what a row says in the columns of these names, without what is empty."""
    for name in names:
        value = fields[name][row] if name in fields else None
        if isinstance(value, str) and value.strip():
            yield " ".join(value.split())


def _ordinary(path: Path) -> int:
    """Open an ordinary file to read, and wait for no other kind."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(f"{path.name}: not an ordinary file")
    return descriptor


def _copy_bytes(path: Path, copy: Path, most_bytes: int) -> None:
    with os.fdopen(_ordinary(path), "rb") as file, copy.open("xb") as copied:
        left = most_bytes
        while left > 0 and (chunk := file.read(min(left, 1 << 20))):
            copied.write(chunk)
            left -= len(chunk)
        if file.read(1):
            raise LimitFileError(LimitFileFault.TOO_LARGE, path)


def _copy_database(path: Path, copy: Path) -> None:
    """Copy a GeoPackage as it stands between two acts of whoever has it open."""
    from channelplot.store.connection import connect_to_read, settle_journal, transaction
    from channelplot.store.soundness import damage_of
    from channelplot.store.triggers import quoted

    with closing(connect_to_read(path)) as source, transaction(source, is_writing=False):
        damage = damage_of(source)
        if damage is not None:
            raise LimitFileError(LimitFileFault.UNREADABLE, path, damage)
        with closing(sqlite3.connect(copy, isolation_level=None)) as copied:
            source.backup(copied)
            copied.execute("PRAGMA trusted_schema = OFF")
            settle_journal(copied)
            for kind, name in copied.execute(
                "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view')"
            ).fetchall():
                copied.execute(f"DROP {kind} {quoted(name)}")


def _without_pandas() -> None:
    """Keep ``pyogrio`` from importing what only its data frames need, most of a second."""
    for name in ("pandas", "geopandas", "pyarrow"):
        sys.modules[name] = None  # type: ignore[assignment]


def _load_one_driver(driver: str) -> None:
    """Load GDAL with every driver skipped but one; it reads what to skip only once.

    Where it has others than usual, become the same program again, without those too.
    """
    skipped = {*USUAL_DRIVERS} - {driver}
    os.environ["GDAL_SKIP"] = ",".join(sorted(skipped))
    from pyogrio import list_drivers

    there = set(list_drivers())
    if there != {driver}:
        _begin_anew((skipped | there) - {driver})


def _begin_anew(skipped: set[str]) -> NoReturn:
    environment = {**os.environ, "GDAL_SKIP": ",".join(sorted(skipped))}
    words = [sys.executable, "-P", "-m", "channelplot.exchange.vector_worker", sys.argv[1]]
    os.execve(sys.executable, words, environment)


def _require_one_driver(driver: str) -> None:
    """End here if GDAL has any driver but one after all."""
    from pyogrio import list_drivers

    if set(list_drivers()) != {driver}:
        raise SystemExit(f"drivers: {', '.join(list_drivers())}")


def _answer_with(error: LimitFileError) -> None:
    from channelplot.exchange.vector_file import packed_fault

    sys.stdout.buffer.write(packed_fault(error.fault, error.detail))


if __name__ == "__main__":
    main(sys.argv[1])

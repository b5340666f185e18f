"""``channelplot snapshot``: export a sheet of a plot without a window and without a display.

The plot's reference layers are drawn where their files are there.
"""

import argparse
import locale
import stat
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtGui import QGuiApplication

from channelplot.basemap.basemap import load_basemap
from channelplot.basemap.levels import Levels
from channelplot.chart.layers import reference_id
from channelplot.cli import snapshot_arguments
from channelplot.cli.main import complain
from channelplot.cli.output import print_line
from channelplot.cli.snapshot_arguments import (
    Asked,
    asked_of,
    chosen_tracks,
    require_other_file,
)
from channelplot.cli.times import moment_of, reference_utc
from channelplot.cli.wrong_use import WrongUse
from channelplot.errors import (
    BasemapError,
    NoPlotThen,
    PlotFileError,
    RasterFileError,
    ReferenceFileError,
    ReferenceFileFault,
    SheetNotMade,
    SheetRecordError,
    SnapshotError,
)
from channelplot.exchange.reference_paths import found_path
from channelplot.model.plot import Plot
from channelplot.snapshot.export import write_files
from channelplot.snapshot.pages import Source
from channelplot.snapshot.record import PlotState, read_record
from channelplot.snapshot.settings import Report, SheetSettings
from channelplot.snapshot.sheet import Format, kind_of, record_in, sheet_files
from channelplot.snapshot.verify import Verdict, compared
from channelplot.store.as_known import (
    KnownPlot,
    is_as_logged,
    known_after,
    known_at,
    require_whole_log,
)
from channelplot.store.closed_file import loaded_from
from channelplot.store.load import LoadedPlot
from channelplot.store.log_hashes import read_hash
from channelplot.ui.clock import utc_now
from channelplot.ui.files.reference_reading import Loaded, read_layer
from channelplot.ui.log.log_on_paper import log_rows
from channelplot.ui.words.messages import error_text
from channelplot.ui.words.reference_text import file_error_text, missing_text
from channelplot.ui.words.sheet_text import verdict_text

add_arguments = snapshot_arguments.add_arguments
WRONG_USE: Final = 2
FAILED: Final = 1
LEFT_OPEN: Final = 3
_LARGEST_SHEET: Final = 500_000_000
"""Bytes; an A2 picture of noise in 600 dots an inch has fewer."""


def run(args: argparse.Namespace) -> int:
    """Export or verify a sheet.

    Returns 0, 1 when it failed, 2 for wrong use, with a sentence; 3 for a sheet of which only the
    state could be compared.
    """
    try:
        if args.verify is not None:
            return _verify(Path(args.verify), Path(args.plot), tuple(args.track or ()))
        _export(asked_of(args))
    except WrongUse as error:
        complain(str(error))
        return WRONG_USE
    except (
        PlotFileError, BasemapError, SnapshotError, NoPlotThen, SheetNotMade, SheetRecordError
    ) as error:  # fmt: skip
        complain(error_text(error))
        return FAILED
    except MemoryError:
        complain("there is no memory for a sheet of that size; choose a smaller --page or --dpi")
        return FAILED
    return 0


def _export(asked: Asked) -> None:
    path = asked.plot_path.absolute()
    loaded = loaded_from(path)
    known, at_utc = _known(loaded, asked.at_text)
    settings = replace(
        asked.settings,
        at_utc=at_utc,
        cut_off_utc=at_utc,
        track_uids=chosen_tracks(known.plot, asked.track_names),
        layering=asked.settings.layering.with_layers(
            map(reference_id, known.plot.reference_layers)
        ),
    )
    source = _source(known, path, loaded, settings)
    if source.state is not None and not is_as_logged(path):
        complain(f"{path.name} was changed by another program, so the sheet names no state of it")
        source = replace(source, state=None)
    app = _application()
    files = sheet_files(settings, source, asked.kind)
    paths = {file.path(asked.out): file.data for file in files}
    for out in paths:
        require_other_file(out, path)
    write_files(paths)
    del app


def _verify(sheet: Path, plot_path: Path, track_names: tuple[str, ...]) -> int:
    """Say whether a sheet is what the plot makes; returns 0 for the same, 1 for not.

    3 where another version made it.
    """
    data = _read_sheet(sheet)
    record = read_record(record_in(data) or "")
    path = plot_path.absolute()
    state = record.state
    if state is None:
        print_line(verdict_text(Verdict.NO_STATE, record))
        return FAILED
    loaded = loaded_from(path)
    require_whole_log(path)
    if read_hash(path, state.seq) != state.hash:
        print_line(verdict_text(Verdict.OTHER_PLOT, record))
        return FAILED
    known = known_after(loaded, state.seq)
    settings = record.settings
    if track_names:
        settings = replace(settings, track_uids=chosen_tracks(known.plot, track_names))
    app = _application()
    made = sheet_files(settings, _source(known, path, loaded, settings), kind_of(data))
    verdict = compared(data, [file.data for file in made], record)
    del app
    print_line(verdict_text(verdict, record))
    if verdict is Verdict.CHANGED and settings.profile and not track_names:
        print_line(
            "A release copy names no boats. If it shows chosen ones, give each with --track."
        )
    return {Verdict.SAME: 0, Verdict.SAME_STATE: LEFT_OPEN}.get(verdict, FAILED)


def _known(loaded: LoadedPlot, at_text: str | None) -> tuple[KnownPlot, datetime | None]:
    """Return the plot as it is or was known, and when that was."""
    if at_text is None:
        return KnownPlot(loaded.plot, loaded.acts[-1] if loaded.acts else None), None
    reference = reference_utc(utc_now(), loaded.plot.last_observed_at_utc())
    at_utc = moment_of("--at", at_text, reference)
    return known_at(loaded, at_utc), at_utc


def _source(known: KnownPlot, path: Path, loaded: LoadedPlot, settings: SheetSettings) -> Source:
    basemap = load_basemap()
    act = known.act
    acts = tuple(each for each in loaded.acts if act is not None and each.seq <= act.seq)
    return Source(
        known.plot,
        basemap,
        Levels(basemap),
        references=read_references(known.plot, path),
        state=None if act is None else PlotState(act.seq, read_hash(path, act.seq) or ""),
        log_rows=log_rows(acts) if Report.LOG in settings.reports else (),
    )


def read_references(plot: Plot, plot_path: Path) -> Mapping[str, Loaded]:
    """Return what the files of the plot's reference layers hold, by the uid of the layer.

    What is not there, or can't be read, is left out, and a sentence says so on the error output.
    """
    loaded: dict[str, Loaded] = {}
    for uid, layer in plot.reference_layers.items():
        path = found_path(layer.path, plot_path)
        try:
            loaded[uid] = read_layer(layer, path, plot_path)
        except (ReferenceFileError, RasterFileError) as error:
            is_missing = error.fault is ReferenceFileFault.NOT_FOUND
            why = missing_text(path) if is_missing else file_error_text(error)
            complain(f"the reference layer {layer.name} is not drawn. {why}")
    return loaded


def _read_sheet(path: Path) -> bytes:
    try:
        Format(path.suffix.lower())
    except ValueError:
        msg = f"--verify: {path.name} is not a sheet; its name ends in .pdf, .png or .svg"
        raise WrongUse(msg) from None
    try:
        found = path.stat()
        if stat.S_ISREG(found.st_mode) and found.st_size <= _LARGEST_SHEET:
            return path.read_bytes()
        msg = f"--verify: {path.name} is not a sheet: no ordinary file, or too large for one"
        raise WrongUse(msg)
    except OSError as error:
        msg = f"--verify: {path.name} can't be read ({error.strerror})"
        raise WrongUse(msg) from error


def _application() -> QGuiApplication:
    """Return the application that letters need.

    It needs no display, and one that can't be reached would end the program.
    """
    app = QGuiApplication.instance() or QGuiApplication(["channelplot", "-platform", "offscreen"])
    locale.setlocale(locale.LC_NUMERIC, "C")
    assert isinstance(app, QGuiApplication)
    return app

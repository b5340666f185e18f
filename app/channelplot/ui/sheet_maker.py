"""From what is chosen at the desk to a sheet: what is needed is gathered here, made elsewhere.

An ``Order`` is taken on the GUI thread and holds values that never change, so its sheet can be laid
out, drawn and written on any thread while the work at the desk goes on.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from channelplot.chart.cancel import Cancel
from channelplot.chart.language import speaking
from channelplot.chart.layers import reference_id
from channelplot.chart.viewport import Viewport
from channelplot.errors import SheetNotMade
from channelplot.geodesy.bounds import Bounds
from channelplot.model.plot import Plot
from channelplot.snapshot.page import Page
from channelplot.snapshot.pages import Source, bounds_about, pages_of
from channelplot.snapshot.record import PlotState
from channelplot.snapshot.settings import Extent, NamedArea, Report, Series, SheetSettings
from channelplot.snapshot.sheet import Format, SheetFile, sheet_files
from channelplot.store.log import LoggedAct
from channelplot.store.log_hashes import read_hash
from channelplot.ui.desk import Desk
from channelplot.ui.log.log_on_paper import log_rows
from channelplot.ui.saved_views import NUMBERS, SavedViews
from channelplot.ui.sheet_choices import Boats, SheetChoices, Shows
from channelplot.ui.sheet_known import KnownPlots
from channelplot.ui.words.sheet_text import no_views_text, nothing_kept_text, nothing_selected_text

NARROWEST: Final = 0.25
WIDEST: Final = 4.0
"""What the shape of the screen may be as a page, width over height."""


class NoSheet(Exception):
    """What is chosen makes no sheet now. Its text is a sentence for whoever chose it."""


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """All that a sheet is made of, as it was when it was asked for.

    source: of the plot as it is now. path: of the plot's file. seq: the last act that is in what
    is shown, None where not all of it is saved. acts: those of the log up to now. known: what was
    known at other times.
    """

    settings: SheetSettings
    source: Source
    path: Path
    seq: int | None
    acts: Sequence[LoggedAct] = ()
    known: KnownPlots = field(default_factory=KnownPlots)


class SheetMaker:
    """Takes orders for sheets of what is open at the desk. The GUI thread's."""

    def __init__(self, desk: Desk, views: SavedViews) -> None:
        """Take what sheets are of. views: those that a sheet can show."""
        self._desk = desk
        self._views = views
        self._known = KnownPlots()
        desk.session.document_changed.connect(lambda _: self._known.forget())

    def order(self, choices: SheetChoices) -> Order:
        """Return all that the sheet is made of. Raises NoSheet."""
        document, scene = self._desk.session.document, self._desk.canvas.scene()
        plot = document.plot
        viewport = scene.viewport
        now_utc = None if plot.is_example else self._desk.session.clock()
        settings = SheetSettings(
            page=choices.page,
            is_landscape=choices.is_landscape,
            shape=min(max(viewport.width_px / viewport.height_px, NARROWEST), WIDEST),
            dpi=choices.dpi,
            scale=choices.scale,
            extent=self._extent(choices, plot),
            track_uids=self._selected(plot) if choices.boats is Boats.SELECTED else None,
            layering=scene.layering,
            density_mode=scene.density_mode,
            at_utc=choices.at_utc,
            cut_off_utc=choices.at_utc or now_utc,
            language=choices.language,
            title=choices.title or self.title(choices),
            author=choices.author or document.operator,
            marking=choices.marking,
            profile=choices.profile,
            series=choices.series,
            reports=choices.reports,
            areas=self._areas() if choices.series is Series.AREA else (),
        )
        source = Source(
            plot,
            scene.basemap,
            scene.levels,
            references=scene.references,
            pending_uids=document.pending_uids,
        )
        state = document.save_state
        seq = None if state.pending or state.mark is None else state.mark.seq
        is_log_wanted = Report.LOG in choices.reports
        acts = tuple(document.acts) if is_log_wanted and choices.at_utc is None else ()
        if choices.at_utc is None:
            self._known.forget()
        return Order(settings, source, document.path, seq, acts, self._known)

    def title(self, choices: SheetChoices) -> str:
        """Return the title where none is given: the plot's name, which a release copy has not."""
        return "" if choices.profile else self._desk.session.document.path.stem

    def _areas(self) -> tuple[NamedArea, ...]:
        """Return the views that are kept, as a series has them. Raises NoSheet."""
        kept = ((number, self._views.view(number)) for number in NUMBERS)
        areas = tuple(NamedArea(v.name, self._kept_view(n).bounds()) for n, v in kept if v)
        if not areas:
            raise NoSheet(no_views_text())
        return areas

    def _kept_view(self, number: int) -> Viewport:
        """Return what the screen would show of a view that is kept. Raises NoSheet."""
        kept, view = self._views.view(number), self._desk.canvas.viewport
        if kept is None:
            raise NoSheet(nothing_kept_text(number))
        view = view.centred_on(kept.centre)
        factor = view.m_per_px / kept.m_per_px
        return view.zoomed(factor, view.width_px / 2.0, view.height_px / 2.0)

    def _extent(self, choices: SheetChoices, plot: Plot) -> Bounds | Extent:
        if choices.shows is Shows.OPEN:
            return Extent.OPEN
        if choices.shows is Shows.ALL:
            return Extent.ALL
        if choices.shows is Shows.SELECTED:
            return bounds_about(plot, self._selected(plot), choices.profile)
        if choices.shows is Shows.SAVED:
            return self._kept_view(choices.saved_view).bounds()
        return self._desk.canvas.viewport.bounds()

    def _selected(self, plot: Plot) -> frozenset[str]:
        """Return the tracks that are selected, and those whose reports are. Raises NoSheet."""
        found = set[str]()
        for uid in self._desk.session.selection.uids:
            report = plot.report(uid)
            if uid in plot.tracks:
                found.add(uid)
            elif report is not None and report.track_uid is not None:
                found.add(report.track_uid)
        if not found:
            raise NoSheet(nothing_selected_text())
        return frozenset(found)


def with_state(order: Order) -> tuple[SheetSettings, Source]:
    """Return what the sheet is made with: the plot as it is or was known, and its state.

    Reads the file where that is needed. Any thread. Raises PlotFileError, NoPlotThen.
    """
    settings, source = order.settings, order.source
    if settings.at_utc is not None:
        return _as_known(order, settings.at_utc)
    found = None if order.seq is None else read_hash(order.path, order.seq)
    state = None if order.seq is None or found is None else PlotState(order.seq, found)
    rows = log_rows(order.acts) if Report.LOG in settings.reports else ()
    return settings, replace(source, state=state, log_rows=rows)


def _as_known(order: Order, at_utc: datetime) -> tuple[SheetSettings, Source]:
    known = order.known.at(order.path, order.seq, at_utc)
    layers = map(reference_id, known.plot.reference_layers)
    settings = replace(order.settings, layering=order.settings.layering.with_layers(layers))
    source = replace(
        order.source,
        plot=known.plot,
        pending_uids=frozenset(),
        state=known.state,
        log_rows=log_rows(known.acts) if Report.LOG in settings.reports else (),
    )
    return settings, source


def laid_out(order: Order) -> tuple[Page, ...]:
    """Return the pages of a sheet. Any thread. Raises PlotFileError, NoPlotThen, BasemapError."""
    settings, source = with_state(order)
    with speaking(settings.language):
        return pages_of(settings, source)


def made(order: Order, kind: Format, cancel: Cancel | None = None) -> tuple[SheetFile, ...]:
    """Return the files of a sheet. Any thread.

    Raises PlotFileError, NoPlotThen, BasemapError, and SheetNotMade where there is no room for a
    picture.
    """
    try:
        return sheet_files(*with_state(order), kind, cancel)
    except MemoryError as error:
        raise SheetNotMade("no memory") from error

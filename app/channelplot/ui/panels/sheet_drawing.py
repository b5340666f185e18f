"""The pages of a sheet and pictures of them, laid out and drawn beside the window."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TypeAlias, TypeVar

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from channelplot.chart.cancel import Cancel
from channelplot.chart.language import SheetLanguage, speaking
from channelplot.errors import ChannelPlotError
from channelplot.snapshot.page import Page
from channelplot.snapshot.warm_up import warm_up_sheets
from channelplot.ui.inside.background import Background
from channelplot.ui.panels.sheet_preview import page_picture
from channelplot.ui.sheet_maker import Order, laid_out
from channelplot.ui.words.messages import error_text

T = TypeVar("T")
Pages: TypeAlias = tuple[Page, ...]
Pictures: TypeAlias = tuple[QImage, ...]


class SheetDrawing(QObject):
    """The sheet that was ordered last, and which of its pages is looked at.

    What is asked for overtakes what is under way. Signals: drawn(Pictures) with one picture for
    each room that was given; failed(str) with a sentence, and then there is no sheet.
    order: None while there is none. number: of the page that is looked at, from 0.
    """

    drawn = Signal(object)  # Pictures
    failed = Signal(str)

    def __init__(self, parent: QObject, background: Background) -> None:
        """Start without a sheet."""
        super().__init__(parent)
        self._background = background
        self._cancel = Cancel()
        self._pages: Pages = ()
        self._pages_of: Order | None = None
        self.order: Order | None = None
        self.number = 0

    @property
    def page_count(self) -> int:
        """Return how many pages the sheet has, 0 while that is not known."""
        return len(self._pages)

    def lay_out(self, order: Order, rooms_px: Sequence[QSize]) -> None:
        """Lay out a sheet, and draw the page that is looked at as large as fits each room."""
        warm_up_sheets()
        self.order = order
        cancel, number = self._next_cancel(), self.number

        def work() -> tuple[Pages, Pictures]:
            if cancel.is_cancelled:
                return (), ()
            pages = laid_out(order)
            return pages, _pictures(pages, number, rooms_px, order.settings.language, cancel)

        def done(result: tuple[Pages, Pictures]) -> None:
            self._pages, pictures = result
            self._pages_of = order
            self.number = min(self.number, max(len(self._pages) - 1, 0))
            self.drawn.emit(pictures)

        self._run(work, done, cancel)

    def draw(self, rooms_px: Sequence[QSize]) -> None:
        """Draw the page that is looked at for other rooms; nothing where there is no sheet."""
        order, pages, number = self.order, self._pages, self.number
        if order is None:
            return
        if order is not self._pages_of:  # its pages were overtaken, or are by this
            self.lay_out(order, rooms_px)
            return
        cancel, language = self._next_cancel(), order.settings.language
        self._run(
            lambda: _pictures(pages, number, rooms_px, language, cancel), self.drawn.emit, cancel
        )

    def turn(self, pages: int) -> bool:
        """Look at a page further on, or back; return whether it is another."""
        number = min(max(self.number + pages, 0), max(len(self._pages) - 1, 0))
        is_other = number != self.number
        self.number = number
        return is_other

    def stop(self) -> None:
        """Leave what is under way: what it shows is not wanted any more."""
        self._cancel.cancel()

    def drop(self) -> None:
        """Have no sheet."""
        self.stop()
        self.order, self._pages, self._pages_of, self.number = None, (), None, 0

    def _next_cancel(self) -> Cancel:
        self._cancel.cancel()
        self._cancel = Cancel()
        return self._cancel

    def _run(self, work: Callable[[], T], done: Callable[[T], None], cancel: Cancel) -> None:
        def ended(future: Future[T]) -> None:
            if cancel.is_cancelled:
                return
            try:
                done(future.result())
            except ChannelPlotError as error:
                self._fail(error_text(error))
            except MemoryError:
                self._fail(self.tr("There is no memory for the sheet. Choose a smaller page."))

        self._background.run(work, ended)

    def _fail(self, text: str) -> None:
        self.drop()
        self.failed.emit(text)


def _pictures(
    pages: Pages, number: int, rooms_px: Sequence[QSize], language: SheetLanguage, cancel: Cancel
) -> Pictures:
    """Return a page as large as fits into each room, none once that is cancelled. Any thread."""
    if cancel.is_cancelled or not pages:
        return ()
    page = pages[min(number, len(pages) - 1)]
    with speaking(language):
        return tuple(page_picture(page, room_px, cancel) for room_px in rooms_px)

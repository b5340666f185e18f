"""The whole of one act: its sentence, and every field before and after."""

from collections.abc import Iterable
from html import escape
from itertools import islice
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout

from channelplot.geodesy.text import date_time_group, three_clocks_text
from channelplot.store.log import LoggedAct
from channelplot.ui.log.log_text import Detail, Entry
from channelplot.ui.theme import theme

MARGIN_PX: Final = 6
LEAST_LINES: Final = 2
MOST_FIELDS: Final = 200
"""A plot that carries another one over begins with an act of tens of thousands of fields."""


class DetailView(QFrame):
    """What an act was, in full. Emits amend_wanted and withdraw_wanted, for a free line."""

    amend_wanted = Signal()
    withdraw_wanted = Signal()

    def __init__(self) -> None:
        """Start with nothing to show, hidden."""
        super().__init__()
        self.text = QTextBrowser(self)
        self.text.setAccessibleName(self.tr("Selected act, before and after"))
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setTabChangesFocus(True)
        self.text.document().setDocumentMargin(MARGIN_PX)
        self.text.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.setMinimumHeight(LEAST_LINES * self.text.fontMetrics().lineSpacing())
        self.amend_button = QPushButton(self.tr("Amend...  (Ctrl+R)"), self)
        self.withdraw_button = QPushButton(self.tr("Withdraw...  (Ctrl+Delete)"), self)
        self.buttons = QFrame(self)
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        row.setSpacing(MARGIN_PX)
        row.addWidget(self.amend_button)
        row.addWidget(self.withdraw_button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.text, 1)
        column.addWidget(self.buttons)
        self.amend_button.clicked.connect(lambda _: self.amend_wanted.emit())
        self.withdraw_button.clicked.connect(lambda _: self.withdraw_wanted.emit())
        self.hide()

    def show_act(
        self, act: LoggedAct, entry: Entry, details: Iterable[Detail], *, can_amend: bool
    ) -> None:
        """Show an act. can_amend: it wrote a free line that stands and may be changed."""
        at = f"{date_time_group(act.at_utc)}  {three_clocks_text(act.at_utc)}  {act.operator}"
        parts = [
            _paragraph(at, colour=theme().faint_text),
            _paragraph(entry.words),
        ]
        if entry.why:
            why = self.tr("Why: {reason}").format(reason=entry.why)
            parts.append(_paragraph(why))
        shown = list(islice(details, MOST_FIELDS + 1))
        parts.append(self._table(shown[:MOST_FIELDS]))
        if len(shown) > MOST_FIELDS:
            parts.append(_paragraph(self.tr("More fields are in the file.")))
        self.text.setHtml("".join(parts))
        self.buttons.setVisible(can_amend)

    def _table(self, details: list[Detail]) -> str:
        """Return the fields as a table, under the names of what they are of where that is asked."""
        if not details:
            return ""
        titles = (self.tr("Field"), self.tr("Before"), self.tr("After"))
        rows = ["".join(_cell(title, colour=theme().faint_text) for title in titles)]
        has_headings = len({detail.thing for detail in details}) > 1
        thing = ""
        for detail in details:
            if has_headings and detail.thing != thing:
                name = detail.thing[:1].upper() + detail.thing[1:]
                rows.append(f"<td colspan='3' style='padding-top:6px'><b>{_html(name)}</b></td>")
            thing = detail.thing
            rows.append(
                _cell(detail.field, colour=theme().faint_text)
                + _cell(detail.before or "\N{EN DASH}")
                + _cell(detail.after or "\N{EN DASH}")
            )
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        return f"<table width='100%' cellspacing='0' style='margin-top:4px'>{body}</table>"


def _paragraph(text: str, colour: str = "") -> str:
    colour = colour or theme().text
    return f"<p style='color:{colour}; margin:0 0 2px 0'>{_html(text)}</p>"


def _cell(text: str, colour: str = "") -> str:
    colour = colour or theme().text
    return f"<td style='color:{colour}; padding-right:10px; padding-top:2px'>{_html(text)}</td>"


def _html(text: str) -> str:
    """Return a text as it is, with its line breaks: what somebody typed is never markup."""
    return escape(text).replace("\n", "<br>").replace("  ", " &nbsp;")

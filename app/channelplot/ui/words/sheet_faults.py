"""Why there is no sheet, in words; commands that draw nothing import this too."""

from PySide6.QtCore import QCoreApplication

from channelplot.errors import SheetFault, SheetStateFault

translate = QCoreApplication.translate


def no_plot_then_text(fault: SheetStateFault) -> str:
    """Return why a plot can't be shown as it was, as a sentence."""
    words = {
        SheetStateFault.BEFORE_LOG: translate(
            "SheetText", "The log of the plot begins later than that; choose a later time."
        ),
        SheetStateFault.NO_SUCH_ACT: translate("SheetText", "The log of the plot has no such act."),
        SheetStateFault.CANNOT_REWIND: translate(
            "SheetText",
            "The log does not lead back to that time: another program changed the plot since, or "
            "the acts are too large. The plot is safe.",
        ),
        SheetStateFault.LOG_CHANGED: translate(
            "SheetText",
            "The log of the plot was changed after it was written, so it proves nothing. "
            "`channelplot check` says where.",
        ),
        SheetStateFault.CHANGED_OUTSIDE: translate(
            "SheetText",
            "Another program changed the plot after its last act, so its log does not tell all "
            "that stands in it. Open the plot once: the change becomes an act of the log.",
        ),
    }
    return words[fault]


def no_record_text() -> str:
    """Return that a file says nothing of what it was made of."""
    return translate("SheetText", "The file is not a sheet of this program, or it was changed.")


def not_made_text() -> str:
    """Return that a sheet could not be made."""
    return translate(
        "SheetText",
        "The sheet could not be made. The plot is safe. Choose a smaller page or another kind of "
        "file.",
    )


def sheet_refused_text(fault: SheetFault, most: int) -> str:
    """Return why there is no such sheet, as a sentence. most: pages a document may have."""
    words = {
        SheetFault.PAGE_TOO_SMALL: translate(
            "SheetText",
            "The page has no room for its map beside title, scale and credits. Choose a larger "
            "page, or shorter texts.",
        ),
        SheetFault.TOO_MANY_PAGES: translate(
            "SheetText",
            "The document would have more than {most} pages. Choose fewer boats, or no series.",
        ),
        SheetFault.NO_AREAS: translate(
            "SheetText", "A series by area needs areas. Keep a view of each (Ctrl+Shift+1 to 9)."
        ),
    }
    return words[fault].format(most=most)

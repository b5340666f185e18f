"""Sheets in words: whether one is what the plot makes, and what is chosen for one."""

from PySide6.QtCore import QCoreApplication

from channelplot.chart.language import SheetLanguage
from channelplot.snapshot.pages import grid_text
from channelplot.snapshot.record import SheetRecord
from channelplot.snapshot.release import PROFILES
from channelplot.snapshot.settings import Page, Report, Series
from channelplot.snapshot.verify import Verdict

translate = QCoreApplication.translate


def verdict_text(verdict: Verdict, record: SheetRecord) -> str:
    """Return what came out of making a sheet again, as a sentence."""
    state = "" if record.state is None else record.state.short_text
    words = {
        Verdict.SAME: translate(
            "SheetText", "Same: the plot at {state} makes this sheet, byte for byte."
        ),
        Verdict.SAME_STATE: translate(
            "SheetText",
            "Only the state is the same: the plot has {state}, which the sheet names. Channel Plot "
            "{version} with Qt {qt} made the sheet, so what stands on it can't be compared here.",
        ),
        Verdict.CHANGED: translate(
            "SheetText",
            "Not the same: the plot has {state}, but makes another sheet of it. The sheet, a "
            "reference layer's file or the machine is another one.",
        ),
        Verdict.OTHER_PLOT: translate(
            "SheetText", "Not the same: the plot never had {state}, which the sheet names."
        ),
        Verdict.NO_STATE: translate(
            "SheetText",
            "Can't be said: the sheet names no state of a plot, because not all of it was saved.",
        ),
    }
    return words[verdict].format(state=state, version=record.version, qt=record.qt)


def nothing_selected_text() -> str:
    """Return that a sheet of what is selected needs something selected."""
    return translate(
        "SheetText", "No boat is selected. Select boats on the chart or in the list (Alt+T)."
    )


def nothing_kept_text(number: int) -> str:
    """Return that there is no view under a number."""
    text = translate("SheetText", "No view is kept under {number} any more. Choose another.")
    return text.format(number=number)


def no_views_text() -> str:
    """Return that a series of views needs some."""
    return translate(
        "SheetText", "No view is kept. Ctrl+Shift+1 to 9 keep what the chart shows as one."
    )


def page_text(page: Page) -> str:
    """Return the name of a size of paper."""
    names = {
        Page.LETTER: translate("SheetText", "Letter"),
        Page.SCREEN: translate("SheetText", "Screen's shape"),
    }
    return names.get(page, page.value.upper())


def language_text(language: SheetLanguage) -> str:
    """Return the name of a sheet's language, each in its own words."""
    names = {
        SheetLanguage.ENGLISH: "English",
        SheetLanguage.FRENCH: "Français",
    }
    return names.get(language) or translate("SheetText", "Both")


def release_text(profile: str) -> str:
    """Return what a release profile is known by; empty for an ordinary sheet."""
    if not profile:
        return translate("SheetText", "no")
    return translate("SheetText", "to {grid}").format(grid=grid_text(PROFILES[profile].grid_deg))


def series_text(series: Series) -> str:
    """Return what a document has one sheet for each of."""
    names = {
        Series.NONE: translate("SheetText", "one sheet"),
        Series.BOAT: translate("SheetText", "one a boat"),
        Series.HOUR: translate("SheetText", "one an hour"),
        Series.AREA: translate("SheetText", "one a kept view"),
    }
    return names[series]


def report_text(report: Report) -> str:
    """Return the name of a report on paper."""
    names = {
        Report.BOATS: translate("SheetText", "Boats"),
        Report.LOG: translate("SheetText", "Watch log"),
        Report.BLANK: translate("SheetText", "Blank sheet"),
    }
    return names[report]

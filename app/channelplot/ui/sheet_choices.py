"""What is chosen for a sheet at the desk, and what of it is remembered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeVar

from channelplot.chart.language import SheetLanguage
from channelplot.settings import JsonValue
from channelplot.snapshot.release import PROFILES
from channelplot.snapshot.settings import (
    LEAST_DPI,
    LEAST_SCALE,
    MOST_DPI,
    MOST_SCALE,
    MOST_TEXT,
    USUAL_DPI,
    Page,
    Report,
    Series,
)
from channelplot.ui.saved_views import NUMBERS

E = TypeVar("E", bound=StrEnum)


class Shows(StrEnum):
    """What part of the chart a sheet shows."""

    VIEW = "view"
    """What the screen shows."""
    OPEN = "open"
    ALL = "all"
    SELECTED = "selected"
    SAVED = "saved"
    """A view that the desk keeps under a number."""


class Boats(StrEnum):
    """Which boats are on a sheet."""

    ALL = "all"
    SELECTED = "selected"


@dataclass(frozen=True, slots=True)
class SheetChoices:
    """The choices for a sheet, in terms of the desk.

    scale: n of 1:n, None for the roundest that shows all. saved_view: its number where that is
    what shows, else 0. title, author: empty for the plot's name and whoever has the watch. at_utc:
    the plot as it was known then, None for now.
    """

    page: Page = Page.A4
    is_landscape: bool = True
    scale: int | None = None
    shows: Shows = Shows.VIEW
    saved_view: int = 0
    boats: Boats = Boats.ALL
    language: SheetLanguage = SheetLanguage.ENGLISH
    marking: str = ""
    author: str = ""
    profile: str = ""
    series: Series = Series.NONE
    reports: tuple[Report, ...] = ()
    dpi: int = USUAL_DPI
    title: str = ""
    at_utc: datetime | None = None

    def usual(self) -> "SheetChoices":
        """Return the choices for the sheet of one key: all of what the screen shows, now.

        What belongs to the desk stays: paper, language, marking, author, resolution.
        """
        return SheetChoices(
            page=self.page,
            is_landscape=self.is_landscape,
            language=self.language,
            marking=self.marking,
            author=self.author,
            dpi=self.dpi,
        )


def as_values(choices: SheetChoices) -> dict[str, JsonValue]:
    """Return what is remembered, as plain values: all but title and time."""
    return {
        "page": choices.page.value,
        "is_landscape": choices.is_landscape,
        "scale": choices.scale,
        "shows": choices.shows.value,
        "saved_view": choices.saved_view,
        "boats": choices.boats.value,
        "language": choices.language.value,
        "marking": choices.marking,
        "author": choices.author,
        "profile": choices.profile,
        "series": choices.series.value,
        "reports": [report.value for report in choices.reports],
        "dpi": choices.dpi,
    }


def choices_from(values: JsonValue) -> SheetChoices:
    """Return the choices that plain values tell of; what is none is as it is at first."""
    if not isinstance(values, dict):
        return _FIRST
    reports = values.get("reports")
    told = reports if isinstance(reports, list) else []
    profile = _text(values, "profile")
    choices = SheetChoices(
        page=_code(values, "page", _FIRST.page),
        is_landscape=values.get("is_landscape") is not False,
        scale=_number(values, "scale", LEAST_SCALE, MOST_SCALE),
        shows=_code(values, "shows", _FIRST.shows),
        saved_view=_number(values, "saved_view", NUMBERS[0], NUMBERS[-1]) or 0,
        boats=_code(values, "boats", _FIRST.boats),
        language=_code(values, "language", _FIRST.language),
        marking=_text(values, "marking"),
        author=_text(values, "author"),
        profile=profile if profile in PROFILES else "",
        series=_code(values, "series", _FIRST.series),
        reports=tuple(report for report in Report if report.value in told),
        dpi=_number(values, "dpi", LEAST_DPI, MOST_DPI) or USUAL_DPI,
    )
    is_nowhere = choices.shows is Shows.SAVED and not choices.saved_view
    return replace(choices, shows=_FIRST.shows) if is_nowhere else choices


def markings_from(text: str, apart: str) -> tuple[str, ...]:
    """Return the markings that a desk's list has, each once, in its order."""
    pieces = (" ".join(piece.split())[:MOST_TEXT] for piece in text.split(apart))
    return tuple(dict.fromkeys(piece for piece in pieces if piece and piece.isprintable()))


def _code(values: Mapping[str, JsonValue], key: str, otherwise: E) -> E:
    return next((code for code in type(otherwise) if code.value == values.get(key)), otherwise)


def _number(values: Mapping[str, JsonValue], key: str, lowest: int, highest: int) -> int | None:
    value = values.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if lowest <= value <= highest else None


def _text(values: Mapping[str, JsonValue], key: str) -> str:
    value = values.get(key)
    if not isinstance(value, str) or len(value) > MOST_TEXT or not value.isprintable():
        return ""
    return value


_FIRST: Final = SheetChoices()
"""What is chosen where nobody has chosen anything."""

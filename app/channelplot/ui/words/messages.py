"""The wording of errors, refusals and questions for the operator.

An error's text answers three questions: what happened, is the plot safe, what to do now.
"""

import math
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.errors import (
    BasemapError,
    ChannelPlotError,
    ClosingRefused,
    CommandRefused,
    ExportError,
    ExportStopped,
    ImportFileError,
    InvalidPosition,
    LimitFileError,
    NoPlotThen,
    PeopleLeftOut,
    PlotFileError,
    RefusalReason,
    SettingsError,
    SheetNotMade,
    SheetRecordError,
    SheetRefused,
    SnapshotError,
)
from channelplot.geodesy.text import (
    distance_text,
    duration_text,
    speed_text,
)
from channelplot.tools.questions import Question, QuestionCode
from channelplot.ui.words.account_text import lost_text
from channelplot.ui.words.closing_text import closing_refused_text
from channelplot.ui.words.file_messages import file_error_text
from channelplot.ui.words.import_faults import import_error_text
from channelplot.ui.words.limit_file_text import limit_file_error_text
from channelplot.ui.words.sheet_faults import (
    no_plot_then_text,
    no_record_text,
    not_made_text,
    sheet_refused_text,
)

_FIGURES_ASKED: Final[Mapping[QuestionCode, object]] = {
    QuestionCode.STREAM_FAST: QT_TRANSLATE_NOOP(
        "Messages", "A stream of {value:g} kn? More than 6 kn runs off La Hague and Alderney only."
    ),
    QuestionCode.WIND_STRONG: QT_TRANSLATE_NOOP("Messages", "A wind of {value:g} kn?"),
    QuestionCode.LEEWAY_LARGE: QT_TRANSLATE_NOOP(
        "Messages", "A leeway of {value:g} % of the wind? Inflatables make 2 to 6 %."
    ),
    QuestionCode.BEARINGS_DISAGREE: QT_TRANSLATE_NOOP(
        "Messages", "THE BEARINGS DISAGREE: one is off by {value:.0f}°."
    ),
    QuestionCode.WEAK_FIX: QT_TRANSLATE_NOOP(
        "Messages", "WEAK FIX: the lines cut at {value:.0f}°, less than 30°."
    ),
}
_DURATIONS_ASKED: Final[Mapping[QuestionCode, object]] = {
    QuestionCode.PAST_DRIFT: QT_TRANSLATE_NOOP(
        "Messages",
        "That takes them away from {duration} that was reckoned with them: is it the next tide? "
        "Alt+I begins a new entry.",
    ),
    QuestionCode.HOLDS_LONG: QT_TRANSLATE_NOOP(
        "Messages", "One stream for {duration}? It turns about every 6 h."
    ),
    QuestionCode.NOT_VALID: QT_TRANSLATE_NOOP(
        "Messages", "STREAM OR WIND NOT VALID for {duration} of it."
    ),
    QuestionCode.SEARCH_LONG: QT_TRANSLATE_NOOP(
        "Messages", "THE LEGS TAKE {duration}: the datum will have moved on."
    ),
}
_REFUSALS: Final[Mapping[RefusalReason, object]] = {
    RefusalReason.NO_SUCH_REPORT: QT_TRANSLATE_NOOP(
        "Messages", "That report is no longer in the plot. Nothing was changed."
    ),
    RefusalReason.NO_SUCH_TRACK: QT_TRANSLATE_NOOP(
        "Messages", "That track is no longer in the plot. Nothing was changed."
    ),
    RefusalReason.NO_SUCH_BEACH: QT_TRANSLATE_NOOP(
        "Messages", "That beach is no longer in the plot. Nothing was changed."
    ),
    RefusalReason.NO_SUCH_MARK: QT_TRANSLATE_NOOP(
        "Messages", "That mark is no longer in the plot. Nothing was changed."
    ),
    RefusalReason.ALREADY_THERE: QT_TRANSLATE_NOOP(
        "Messages", "That is in the plot already. Nothing was changed."
    ),
    RefusalReason.NAME_TAKEN: QT_TRANSLATE_NOOP(
        "Messages", "The name {value} is taken. Nothing was changed. Choose another."
    ),
    RefusalReason.NAME_EMPTY: QT_TRANSLATE_NOOP(
        "Messages", "A name is needed. Nothing was changed."
    ),
    RefusalReason.CODE_EMPTY: QT_TRANSLATE_NOOP(
        "Messages", "A mark needs a code. Nothing was changed."
    ),
    RefusalReason.CODE_FORM: QT_TRANSLATE_NOOP(
        "Messages",
        "{value} is no code for a mark: 1 to 8 letters, digits and hyphens, a letter first. "
        "Nothing was changed.",
    ),
    RefusalReason.CODE_TAKEN: QT_TRANSLATE_NOOP(
        "Messages", "Another mark has the code {value}. Nothing was changed. Choose another."
    ),
    RefusalReason.CODE_OF_TRACK: QT_TRANSLATE_NOOP(
        "Messages", "A track has the name {value}. Nothing was changed. Choose another code."
    ),
    RefusalReason.READ_ONLY: QT_TRANSLATE_NOOP(
        "Messages",
        "{value} is open for reading only. Nothing was changed. Save a copy and work on that.",
    ),
    RefusalReason.NO_SUCH_LOG_LINE: QT_TRANSLATE_NOOP(
        "Messages", "That line of the log is no longer in the plot. Nothing was changed."
    ),
    RefusalReason.TEXT_EMPTY: QT_TRANSLATE_NOOP(
        "Messages", "A line of the log needs words. Nothing was changed. Write some."
    ),
    RefusalReason.NAME_TAKEN_SINCE: QT_TRANSLATE_NOOP(
        "Messages",
        "Another has the name {value} by now. Nothing was changed. Give that one another name "
        "first.",
    ),
    RefusalReason.TRACK_WITHDRAWN: QT_TRANSLATE_NOOP(
        "Messages",
        "The track that it belongs to is withdrawn. Nothing was changed. Restore that one first.",
    ),
    RefusalReason.NOTHING_CHOSEN: QT_TRANSLATE_NOOP(
        "Messages", "No report is chosen. Nothing was changed. Choose the reports first."
    ),
    RefusalReason.SAME_TRACK: QT_TRANSLATE_NOOP(
        "Messages",
        "{value} can't be merged into itself. Nothing was changed. Choose another boat.",
    ),
    RefusalReason.MERGED: QT_TRANSLATE_NOOP(
        "Messages",
        "{value} was merged into {other}, which has its reports. Nothing was changed. Use "
        "{other}, or reopen {value} first.",
    ),
    RefusalReason.INTO_CLOSED: QT_TRANSLATE_NOOP(
        "Messages",
        "{value} is closed, and {other}, still open, would be closed with it. Nothing was "
        "changed. Reopen {value} first.",
    ),
    RefusalReason.INTO_ASSET: QT_TRANSLATE_NOOP(
        "Messages",
        "{value} is a boat and {other} is not: its people would no longer be accounted for. "
        "Nothing was changed. Correct the craft of one of the two first.",
    ),
    RefusalReason.NOTHING_TO_SPLIT: QT_TRANSLATE_NOOP(
        "Messages",
        "{value} can't be split there: none of its reports would go, or all. Nothing was "
        "changed. Choose a time between its reports.",
    ),
    RefusalReason.NEEDS_EVIDENCE: QT_TRANSLATE_NOOP(
        "Messages",
        "{value} is not closed by a status alone. Nothing was changed. Close it with who "
        "identified it and how; or, if it is the same boat as another, merge the two.",
    ),
    RefusalReason.NEEDS_NAME: QT_TRANSLATE_NOOP(
        "Messages",
        "An alert is acknowledged by name. Nothing was changed. Say who is on watch first.",
    ),
    RefusalReason.NEEDS_NAME_AND_REASON: QT_TRANSLATE_NOOP(
        "Messages",
        "People of {value} are not explained without a name and a reason. Nothing was changed. "
        "Say who answers for them, and why.",
    ),
    RefusalReason.NOT_CLOSED: QT_TRANSLATE_NOOP(
        "Messages", "{value} is open already. Nothing was changed."
    ),
    RefusalReason.NOTHING_UNACCOUNTED: QT_TRANSLATE_NOOP(
        "Messages", "Nobody of {value} is unaccounted for. Nothing was changed."
    ),
    RefusalReason.PEOPLE_UNACCOUNTED: QT_TRANSLATE_NOOP(
        "Messages",
        "{value} has people unaccounted for, who would be lost from sight if it were no boat. "
        "Nothing was changed. Move the reports that tell of them, or say who answers for them, "
        "first.",
    ),
    RefusalReason.NEEDS_REASON: QT_TRANSLATE_NOOP("Messages", "Nothing was changed. Say why."),
    RefusalReason.REOPEN_FIRST: QT_TRANSLATE_NOOP(
        "Messages",
        "{value} is closed, and a boat is not closed without evidence. Nothing was changed. Reopen "
        "{value} first.",
    ),
    RefusalReason.NO_SUCH_CONDITIONS: QT_TRANSLATE_NOOP(
        "Messages", "Those conditions are no longer in the plot. Nothing was changed."
    ),
    RefusalReason.NO_SUCH_APPROACH_WATCH: QT_TRANSLATE_NOOP(
        "Messages", "That approach is no longer watched. Nothing was changed."
    ),
    RefusalReason.NO_SUCH_LIMIT: QT_TRANSLATE_NOOP(
        "Messages", "That limit is no longer in the plot. Nothing was changed."
    ),
    RefusalReason.NO_SUCH_SEARCH: QT_TRANSLATE_NOOP(
        "Messages", "That search is no longer in the plot. Nothing was changed."
    ),
    RefusalReason.NO_SUCH_LAYER: QT_TRANSLATE_NOOP(
        "Messages", "That reference layer is no longer in the plot. Nothing was changed."
    ),
    RefusalReason.NO_FILE_NAMED: QT_TRANSLATE_NOOP(
        "Messages", "The layer {value} needs a file. Nothing was changed. Choose one."
    ),
    RefusalReason.STYLE_RANGE: QT_TRANSLATE_NOOP(
        "Messages",
        "The style of {value} can't be drawn. Nothing was changed. Give colours as #rrggbb, and "
        "widths and sizes within their ranges.",
    ),
    RefusalReason.NO_STREAM_OR_WIND: QT_TRANSLATE_NOOP(
        "Messages", "Conditions need a stream or a wind. Nothing was changed. Give one."
    ),
    RefusalReason.STREAM_INCOMPLETE: QT_TRANSLATE_NOOP(
        "Messages",
        "A stream needs both where it sets to and its rate. Nothing was changed. Give both, "
        "such as 060/1.9.",
    ),
    RefusalReason.WIND_INCOMPLETE: QT_TRANSLATE_NOOP(
        "Messages",
        "A wind needs both where it blows from and its speed. Nothing was changed. Give both, "
        "such as 290/14.",
    ),
    RefusalReason.LEEWAY_MISSING: QT_TRANSLATE_NOOP(
        "Messages",
        "A wind says nothing of a drift without a leeway. Nothing was changed. Give one, such "
        "as 4 %.",
    ),
    RefusalReason.LEEWAY_RANGE: QT_TRANSLATE_NOOP(
        "Messages", "A leeway is 0 to 100 %, not {value}. Nothing was changed."
    ),
    RefusalReason.VALIDITY_ORDER: QT_TRANSLATE_NOOP(
        "Messages",
        "Conditions must end after they begin. Nothing was changed. Check the two times.",
    ),
    RefusalReason.DIRECTION_RANGE: QT_TRANSLATE_NOOP(
        "Messages", "A direction is 0 to 360 degrees, not {value}. Nothing was changed."
    ),
    RefusalReason.SPEED_RANGE: QT_TRANSLATE_NOOP(
        "Messages", "A speed is 0 knots or more, not {value}. Nothing was changed."
    ),
    RefusalReason.SPEED_OF_CRAFT: QT_TRANSLATE_NOOP(
        "Messages",
        "The speed that {value} makes when it is sent must be more than 0 knots. Nothing was "
        "changed.",
    ),
    RefusalReason.APPROACH_TO_ITSELF: QT_TRANSLATE_NOOP(
        "Messages", "{value} can't come close to itself. Nothing was changed. Choose another craft."
    ),
    RefusalReason.DISTANCE_RANGE: QT_TRANSLATE_NOOP(
        "Messages", "A distance must be more than nought. Nothing was changed."
    ),
    RefusalReason.MINUTES_RANGE: QT_TRANSLATE_NOOP(
        "Messages", "An approach is watched some minutes ahead, not {value}. Nothing was changed."
    ),
    RefusalReason.NO_LIMITS: QT_TRANSLATE_NOOP(
        "Messages", "There is no limit to load. Nothing was changed. Choose another file."
    ),
    RefusalReason.LIMIT_POINTS: QT_TRANSLATE_NOOP(
        "Messages",
        "The limit {value} has too few points: a line has two or more, an area four. Nothing "
        "was changed.",
    ),
    RefusalReason.AREA_OPEN: QT_TRANSLATE_NOOP(
        "Messages",
        "The outline of {value} is not closed. Nothing was changed. Load it as a line, or close "
        "it first.",
    ),
    RefusalReason.LIMIT_SIDES: QT_TRANSLATE_NOOP(
        "Messages",
        "Nobody has said whose waters or region the limit {value} parts. Nothing was changed. "
        "Say whose they are.",
    ),
    RefusalReason.NO_WAYPOINTS: QT_TRANSLATE_NOOP(
        "Messages",
        "The search {value} has no legs. Nothing was changed. Check its size and spacing.",
    ),
    RefusalReason.SEARCH_FIGURES: QT_TRANSLATE_NOOP(
        "Messages",
        "The search {value} follows from a figure that can't be: an error or a drift of less than "
        "nought, or a safety factor that is not more. Nothing was changed. Check its figures.",
    ),
    RefusalReason.SPACING_RANGE: QT_TRANSLATE_NOOP(
        "Messages", "The legs of a search need more than nought between them. Nothing was changed."
    ),
}


def _worded(marked: object) -> str:
    """Return the translation of a text marked above (Qt types the mark as an object)."""
    return QCoreApplication.translate("Messages", str(marked))


def error_text(error: BaseException) -> str:
    """Return one or two sentences: what happened, is the plot safe, what to do now."""
    if isinstance(error, PlotFileError):
        return file_error_text(error)
    if isinstance(error, ClosingRefused):
        return closing_refused_text(error)
    if isinstance(error, PeopleLeftOut):
        lost = lost_text(error.unaccounted, error.unaccounted_children)
        return f"{lost} {_worded(_REFUSALS[error.reason])}"
    if isinstance(error, CommandRefused):
        return _worded(_REFUSALS[error.reason]).format(value=error.value, other=error.other)
    if isinstance(error, SnapshotError):
        text = _worded(
            QT_TRANSLATE_NOOP(
                "Messages",
                "The snapshot {name} could not be written ({detail}). The plot is safe. "
                "Choose another folder or make room.",
            )
        )
        return text.format(name=error.path.name or error.path, detail=error.detail)
    if isinstance(error, NoPlotThen):
        return no_plot_then_text(error.fault)
    if isinstance(error, SheetRefused):
        return sheet_refused_text(error.fault, error.most)
    if isinstance(error, SheetNotMade):
        return not_made_text()
    if isinstance(error, SheetRecordError):
        return no_record_text()
    if isinstance(error, ExportError):
        text = _worded(
            QT_TRANSLATE_NOOP(
                "Messages",
                "{name} could not be written ({detail}). The plot is safe. "
                "Choose another folder or make room.",
            )
        )
        return text.format(name=error.path.name or error.path, detail=error.detail)
    if isinstance(error, ExportStopped):
        return _worded(
            QT_TRANSLATE_NOOP(
                "Messages", "The export was stopped. No file was changed, and the plot is safe."
            )
        )
    if isinstance(error, LimitFileError):
        return limit_file_error_text(error)
    if isinstance(error, ImportFileError):
        return import_error_text(error)
    if isinstance(error, BasemapError):
        text = _worded(
            QT_TRANSLATE_NOOP(
                "Messages",
                "A part of Channel Plot is missing or unreadable: {name}. Plots are safe. "
                "Install the program again.",
            )
        )
        return text.format(name=error.name)
    if isinstance(error, SettingsError):
        text = _worded(
            QT_TRANSLATE_NOOP(
                "Messages", "The setting {key} can't be {value}. It was left as it was."
            )
        )
        return text.format(key=error.key, value=error.value)
    if isinstance(error, InvalidPosition):
        return _worded(
            QT_TRANSLATE_NOOP("Messages", "That is not a place on Earth. Nothing was changed.")
        )
    if isinstance(error, ChannelPlotError):
        return str(error)
    return _worded(
        QT_TRANSLATE_NOOP(
            "Messages",
            "Something went wrong inside Channel Plot. What is marked saved is safe. "
            "Work can go on; please report it with the crash file.",
        )
    )


def people_fault_text() -> str:
    """Return what is the matter with a typed number of people."""
    return _worded(
        QT_TRANSLATE_NOOP(
            "Messages",
            "Not read as people. Write 45, 45 est or 40+, with no more children than that.",
        )
    )


def name_fault_text(code: str) -> str:
    """Return what is the matter with a typed name, for a code of RefusalReason."""
    return {
        RefusalReason.NAME_EMPTY: _worded(QT_TRANSLATE_NOOP("Messages", "A name is needed.")),
        RefusalReason.NAME_TAKEN: _worded(
            QT_TRANSLATE_NOOP("Messages", "The plot has a beach of that name already.")
        ),
    }[RefusalReason(code)]


def code_fault_text(code: str) -> str:
    """Return what is the matter with a typed code of a mark, for a code of RefusalReason."""
    return {
        RefusalReason.CODE_EMPTY: _worded(
            QT_TRANSLATE_NOOP("Messages", "A code is needed, such as CGN.")
        ),
        RefusalReason.CODE_FORM: _worded(
            QT_TRANSLATE_NOOP(
                "Messages", "A code is 1 to 8 letters, digits and hyphens, a letter first."
            )
        ),
        RefusalReason.CODE_TAKEN: _worded(
            QT_TRANSLATE_NOOP(
                "Messages", "Another mark has that code. To amend it, choose it in the box."
            )
        ),
        RefusalReason.CODE_OF_TRACK: _worded(
            QT_TRANSLATE_NOOP("Messages", "A track has that name. Choose another code.")
        ),
    }[RefusalReason(code)]


def question_text(question: Question) -> str:
    """Return what the operator is asked about a doubtful report."""
    if question.code is QuestionCode.IN_THE_FUTURE:
        text = _worded(QT_TRANSLATE_NOOP("Messages", "That is {duration} in the future."))
        return text.format(duration=duration_text(question.value + 59.0))
    if question.code is QuestionCode.ON_LAND:
        text = _worded(
            QT_TRANSLATE_NOOP("Messages", "That is on land, {distance} inside the coast.")
        )
        return text.format(distance=distance_text(question.value))
    if question.code is QuestionCode.SAME_AGAIN:
        return _worded(
            QT_TRANSLATE_NOOP("Messages", "This very line was plotted just now. Plot it again?")
        )
    if question.code is QuestionCode.LONG_AGO:
        text = _worded(QT_TRANSLATE_NOOP("Messages", "That is {days} days ago."))
        return text.format(days=round(question.value / 86400.0))
    if question.code is QuestionCode.TOO_FAST:
        if math.isinf(question.value):
            return _worded(
                QT_TRANSLATE_NOOP(
                    "Messages", "Two places at one time: not the same boat, or a wrong time?"
                )
            )
        text = _worded(
            QT_TRANSLATE_NOOP("Messages", "That needs {speed}: not the same boat, or a wrong time?")
        )
        return text.format(speed=speed_text(question.value))
    if question.code is QuestionCode.MOVED_FAR:
        text = _worded(QT_TRANSLATE_NOOP("Messages", "That is {distance} from where the mark was."))
        return text.format(distance=distance_text(question.value))
    if question.code is QuestionCode.OFF_SHORE:
        text = _worded(QT_TRANSLATE_NOOP("Messages", "That is {distance} from the charted shore."))
        return text.format(distance=distance_text(question.value))
    if question.code in _FIGURES_ASKED:
        return _worded(_FIGURES_ASKED[question.code]).format(value=question.value)
    if question.code in _DURATIONS_ASKED:
        text = _worded(_DURATIONS_ASKED[question.code])
        return text.format(duration=duration_text(question.value))
    return _worded(QT_TRANSLATE_NOOP("Messages", "That is outside the chart."))

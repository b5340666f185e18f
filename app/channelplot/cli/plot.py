"""``channelplot plot``: commit one line to a plot, or say how it is read."""

import argparse
import os
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final

from channelplot.cli.main import complain
from channelplot.cli.output import print_json, print_line
from channelplot.cli.plot_desk import (
    NoSuchAnswer,
    answer,
    clock_reading,
    document_to_read,
    document_to_write,
    draft_on,
)
from channelplot.cli.plot_record import line_record
from channelplot.cli.plot_words import not_saved_text, obstacle_lines, read_back_lines
from channelplot.cli.written_plot import is_writable, tell_publishing
from channelplot.cli.wrong_use import WrongUse
from channelplot.errors import ChannelPlotError, PlotFileError
from channelplot.reading.values import Language, QuestionCode
from channelplot.settings import REPORT_LANGUAGE, Settings, config_folder
from channelplot.tools.line_draft import LineDraft, LineView
from channelplot.ui.clock import utc_now
from channelplot.ui.words.line_messages import fault_text
from channelplot.ui.words.messages import error_text

READ: Final = 0
REFUSED: Final = 1
WRONG_USE: Final = 2
ASKED: Final = 3
_STDIN: Final = "-"
_MOST_BYTES: Final = 100_000
"""Of a line on standard input: far more than a line may have."""
_USAGE: Final = """\
channelplot plot [options] PLOT LINE
       channelplot plot --dry-run [options] [PLOT] LINE"""
_DESCRIPTION: Final = """\
Channel Plot: plot one line, as it was reported, in a plot; it is saved before the command ends.
A line that begins with log or journal writes its words into the watch log instead.
The line is read as in the window, and what was understood is printed.
"""
_EPILOG: Final = """\
exit codes: 0 read (and plotted), 1 refused, 2 used wrongly, 3 there is a question to answer

In JSON: times in UTC, null for what was not said; "question" with its "readings" or "refused"
in place of the reading; start and end count characters of LINE from 0.

examples:
  channelplot plot night.gpkg "0228 50 58.0N 001 41.0E 310/4 45pob >A"
  channelplot plot night.gpkg --answer 1 "0130 UK 50 58.0N 001 41.0E"
  channelplot plot night.gpkg "same phone as 0345A 51 03.0N 001 28.0E 55pob new"
  channelplot plot night.gpkg "log >A families told"
  channelplot plot --dry-run "-12 023 CGN 7.2"
  channelplot plot --dry-run --at "150300Z SEP 26" --lang fr night.gpkg - < line.txt
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the plot, the line and how it is to be read."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.allow_abbrev = False
    parser.usage = _USAGE
    parser.description, parser.epilog = _DESCRIPTION, _EPILOG
    parser.add_argument("plot", metavar="PLOT", nargs="?", help="the plot file")
    parser.add_argument(
        "line",
        metavar="LINE",
        nargs="?",
        help="the line, in quotes; - reads it from standard input",
    )
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="change nothing and print how the line is read, as JSON; without a PLOT it is read "
        "with the names of the chart alone",
    )
    parser.add_argument("--json", action="store_true", help="print JSON for a line plotted too")
    parser.add_argument(
        "--at", metavar="TIME", help="what the clock shows: 0300 is today; else ISO 8601 or a DTG"
    )
    parser.add_argument(
        "--lang",
        choices=[language.value for language in Language],
        help="the language of the report; by default as in the window",
    )
    parser.add_argument(
        "--answer",
        metavar="N",
        type=int,
        action="append",
        default=[],
        help="take reading N of the question; once for each question, in their order",
    )


def run(args: argparse.Namespace) -> int:
    """Plot the line or say how it is read. Returns 0, 1 refused, 2 wrong use, 3 a question."""
    try:
        path, line = _plot_and_line(args)
        now_utc = utc_now() if args.at is None else _moment(args.at)
        settings = Settings(config_folder())
        language = Language(args.lang or str(settings.value(REPORT_LANGUAGE)))
        if args.dry_run:
            document = document_to_read(path, settings.operator(utc_now()), utc_now)
        else:
            assert path is not None, "only a dry run does without a plot"
            document = document_to_write(path, settings.operator(utc_now()), utc_now)
        with closing(document):
            draft = draft_on(document, language, now_utc)
            draft.edit(line)
            if args.dry_run:
                return _dry_run(draft, args.answer)
            code = _plot(draft, args.answer, in_json=args.json)
        tell_publishing(document)
        return code
    except WrongUse as error:
        complain(str(error))
        return WRONG_USE
    except ChannelPlotError as error:
        complain(error_text(error))
        return REFUSED


def _dry_run(draft: LineDraft, answers: list[int]) -> int:
    _answer(draft, answers)
    view = draft.view()
    print_json(line_record(view, draft.session.clock()))
    return _code_of(view)


def _plot(draft: LineDraft, answers: list[int], *, in_json: bool) -> int:
    document, now_utc = draft.session.document, draft.session.clock()
    if not is_writable(document):
        return REFUSED
    _answer(draft, answers)
    view = draft.view()
    record = line_record(view, now_utc)
    if draft.commit():
        failure = document.save_state.failure
        if isinstance(failure, PlotFileError):
            complain(not_saved_text(failure))
            return REFUSED
        record["uid"] = draft.done_uid
    if in_json:
        print_json(record)
    elif view.can_commit:
        for text in read_back_lines(view, now_utc):
            print_line(text)
    else:
        sentence, *more = obstacle_lines(view, now_utc)
        complain(sentence)
        for text in more:
            sys.stderr.write(f"  {text}\n")
    return _code_of(view)


def _answer(draft: LineDraft, answers: list[int]) -> None:
    try:
        answer(draft, answers)
    except NoSuchAnswer as wrong:
        number = answers[wrong.number - 1]
        if wrong.choices:
            msg = f"--answer {number}: the question has readings 1 to {wrong.choices}"
        else:
            msg = f"--answer {number}: the line leaves no question for it to answer"
        raise WrongUse(msg) from None


def _code_of(view: LineView) -> int:
    if view.fault is not None:
        return REFUSED
    return READ if view.question is None else ASKED


# Arguments


def _plot_and_line(args: argparse.Namespace) -> tuple[Path | None, str]:
    """Return the plot, None for none, and the line. Raises WrongUse."""
    plot: str | None = args.plot
    line: str | None = args.line
    if line is None and args.dry_run and plot is not None and not plot.endswith(".gpkg"):
        plot, line = None, plot
    if line is None:
        msg = 'give the plot and the line, such as: night.gpkg "0228 50 58.0N 001 41.0E"'
        raise WrongUse(msg)
    if line == _STDIN:
        text = os.fsdecode(sys.stdin.buffer.read(_MOST_BYTES))
        lines = [each for each in text.splitlines() if each.strip()]
        if len(lines) > 1:
            msg = "standard input has more than one line: give one at a time. Nothing was plotted"
            raise WrongUse(msg)
        line = lines[0] if lines else ""
    return None if plot is None else Path(plot), line


def _moment(text: str) -> datetime:
    """Return the time that --at tells, in UTC. Raises WrongUse."""
    candidate = clock_reading(text, utc_now())
    if candidate.fault is not None:
        msg = f"--at: {fault_text(candidate.fault)}"
        raise WrongUse(msg)
    if not text.strip():
        msg = "--at: a time is needed, such as 0300 or 2026-09-15T03:00Z"
        raise WrongUse(msg)
    if candidate.question is QuestionCode.TIME_TWICE:
        msg = f"--at: the clocks go back, and {text} happens twice; give it in Z"
        raise WrongUse(msg)
    return candidate.choices[0].at_utc

"""Who called, in one field: a number, a call sign, or "same phone as" another report."""

from dataclasses import replace

from channelplot.geodesy.text import zulu_text
from channelplot.model.caller import report_meant, same_as_report, tidy_caller
from channelplot.model.plot import Plot
from channelplot.reading.callers import read_callers
from channelplot.reading.candidate import Scan
from channelplot.reading.line import refusal_of
from channelplot.reading.plain import plain
from channelplot.reading.values import Fault, FaultCode, Field, Question, QuestionCode, Span
from channelplot.tools.field_reading import Problem
from channelplot.tools.line_reader import LineReader


def caller_words(plot: Plot, caller: str) -> str:
    """Return a caller in words that ``caller_of`` reads as the same."""
    meant = report_meant(caller)
    if meant is None:
        return caller
    report = plot.report(meant)
    if report is None:
        return ""
    track = plot.tracks.get(report.track_uid or "")
    of = "" if track is None else f"{track.name} "
    return f"same phone as {of}{zulu_text(report.observed_at_utc)}"


def caller_of(reader: LineReader, text: str, report_uid: str) -> str | Problem:
    """Return the caller that a field gives, tidied, or what the reader says instead.

    report_uid: of the report whose caller it is: it is not from its own telephone.
    """
    typed = text.strip()
    refused = refusal_of(text)
    if refused is not None:
        return replace(refused, field=Field.CALLER)
    is_number = typed[:1].isdigit() or typed.startswith("+")
    said = f"tel {typed}" if is_number else typed
    context = reader.context()
    found = read_callers(Scan(plain(said)), context.names.tracks, context.calls, context.now_utc)
    whole = Span(0, len(text))
    if not found and not is_number:
        return tidy_caller(typed)
    if len(found) != 1 or found[0].span != Span(0, len(said)):
        return Fault(FaultCode.CALLER_NOT_READ, Field.CALLER, whole, typed)
    if found[0].fault is not None:
        return found[0].fault
    own = same_as_report(report_uid)
    choices = tuple(choice for choice in found[0].choices if choice.caller != own)
    if not choices:
        return Fault(FaultCode.NO_SUCH_CALLER, Field.CALLER, whole, typed)
    if len(choices) > 1:
        return Question(QuestionCode.WHICH_CALLER, Field.CALLER, whole, choices)
    return choices[0].caller

"""Commands on named marks: add, amend, withdraw.

A mark's code is what a line of text names it by, so it is one of its kind in any case, and
none is given that is the name of a track: ``A 310 1.5`` should mean one thing.
"""

from dataclasses import replace

from channelplot.commands.command import Command, Entity
from channelplot.errors import CommandRefused, RefusalReason
from channelplot.model.beach import Mark, is_mark_code, tidy_code
from channelplot.model.plot import Plot


def add_mark(mark: Mark) -> Command:
    """Return the command that adds a mark, its code in upper case, its name not empty.

    One of the chart's register, with its uid, stands in that one's place from then on.
    Refused if its uid is there already, or as ``code_refusal`` says.
    """
    tidy = _tidy(mark)

    def edit(plot: Plot) -> Plot:
        if tidy.uid in plot.marks:
            raise CommandRefused(RefusalReason.ALREADY_THERE, tidy.code)
        _require_free_code(plot, tidy)
        return plot.with_mark(tidy)

    return Command("add_mark", Entity.MARK, tidy.uid, edit, tidy.code)


def amend_mark(amended: Mark, reason: str = "") -> Command:
    """Return the command that puts an amended mark in place of the one with its uid.

    Refused if there is no such mark, or as ``code_refusal`` says.
    """
    tidy = _tidy(amended)

    def edit(plot: Plot) -> Plot:
        _existing(plot, tidy.uid)
        _require_free_code(plot, tidy)
        return plot.with_mark(tidy)

    return Command("amend_mark", Entity.MARK, tidy.uid, edit, tidy.code, reason)


def withdraw_mark(mark_uid: str, reason: str = "") -> Command:
    """Return the command that withdraws a mark; the file keeps it, marked withdrawn.

    The register's mark that it stood for shows again. Refused if there is no such mark.
    """

    def edit(plot: Plot) -> Plot:
        _existing(plot, mark_uid)
        return plot.without_mark(mark_uid)

    def name_of(plot: Plot) -> str:
        mark = plot.marks.get(mark_uid)
        return mark.code if mark is not None else ""

    return Command("withdraw_mark", Entity.MARK, mark_uid, edit, reason=reason, name_of=name_of)


def code_refusal(plot: Plot, uid: str, code: str) -> RefusalReason | None:
    """Return why a mark with this uid can't have this code, in any case, None if it can.

    A code that is empty, is none (see ``is_mark_code``), is another mark's, or is the name
    of a track. A mark that had its code before a track took the name keeps it.
    """
    tidy = tidy_code(code)
    if not tidy:
        return RefusalReason.CODE_EMPTY
    if not is_mark_code(tidy):
        return RefusalReason.CODE_FORM
    if any(tidy_code(m.code) == tidy and m.uid != uid for m in plot.marks.values()):
        return RefusalReason.CODE_TAKEN
    before = plot.marks.get(uid)
    is_kept = before is not None and tidy_code(before.code) == tidy
    if not is_kept and any(tidy_code(track.name) == tidy for track in plot.tracks.values()):
        return RefusalReason.CODE_OF_TRACK
    return None


def _tidy(mark: Mark) -> Mark:
    code = tidy_code(mark.code)
    return replace(mark, code=code, name=mark.name.strip() or code)


def _existing(plot: Plot, mark_uid: str) -> Mark:
    mark = plot.marks.get(mark_uid)
    if mark is None:
        raise CommandRefused(RefusalReason.NO_SUCH_MARK, mark_uid)
    return mark


def _require_free_code(plot: Plot, mark: Mark) -> None:
    reason = code_refusal(plot, mark.uid, mark.code)
    if reason is not None:
        raise CommandRefused(reason, mark.code)

"""What is said when the computer's clock jumped or the computer slept."""

from PySide6.QtCore import QCoreApplication

from channelplot.ui.inside.clock_watch import JUMP_S, ClockJump


def jump_text(jump: ClockJump) -> str:
    """Return what happened to the clock and what to do about it."""
    tr = QCoreApplication.translate
    slept = tr("Clock", "This computer slept for {length}.").format(length=_length(jump.slept_s))
    if abs(jump.set_by_s) <= JUMP_S:
        return f"{slept} " + tr("Clock", "Ask for what was missed meanwhile.")
    change = (
        tr("Clock", "This computer's clock was put forward by {length}.")
        if jump.set_by_s > 0.0
        else tr("Clock", "This computer's clock was put back by {length}.")
    ).format(length=_length(abs(jump.set_by_s)))
    check = tr("Clock", "Compare the UTC above with another clock before the next report.")
    kept = tr("Clock", "Times that are plotted stay as they are.")
    return " ".join([*([slept] if jump.slept_s > JUMP_S else []), change, check, kept])


def _length(seconds: float) -> str:
    minutes = round(seconds / 60.0)
    if minutes < 60:
        return QCoreApplication.translate("Clock", "{minutes} min").format(minutes=minutes)
    return QCoreApplication.translate("Clock", "{hours} h {minutes} min").format(
        hours=minutes // 60, minutes=minutes % 60
    )

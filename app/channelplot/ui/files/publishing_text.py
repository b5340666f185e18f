"""What becomes of publishing a local copy, in words."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from channelplot.document.publisher import PublishState
from channelplot.errors import PlotFileError, PlotFileFault

_REASONS: Final[Mapping[PlotFileFault, object]] = {
    PlotFileFault.FOLDER_MISSING: QT_TRANSLATE_NOOP("Publishing", "its folder is not to be found"),
    PlotFileFault.READ_ONLY: QT_TRANSLATE_NOOP("Publishing", "its folder may not be written to"),
    PlotFileFault.FULL: QT_TRANSLATE_NOOP("Publishing", "the disk is full"),
    PlotFileFault.LOCKED: QT_TRANSLATE_NOOP("Publishing", "another program is writing to it"),
    PlotFileFault.DAMAGED: QT_TRANSLATE_NOOP("Publishing", "the local copy is damaged"),
}


def not_published_text(state: PublishState, *, is_left: bool = False) -> str:
    """Return why a plot could not be published, that nothing is lost, and what happens now.

    is_left: it is not open any more.
    """
    assert state.failure is not None, "it was published"
    text = _worded(
        QT_TRANSLATE_NOOP(
            "Publishing",
            "{name} could not be published in {folder}: {reason}. Everything is saved on this "
            "computer; 1 act is not published yet. It is tried again {when}.",
        )
        if state.unpublished == 1
        else QT_TRANSLATE_NOOP(
            "Publishing",
            "{name} could not be published in {folder}: {reason}. Everything is saved on this "
            "computer; {number} acts are not published yet. It is tried again {when}.",
        )
    )
    when = (
        QT_TRANSLATE_NOOP("Publishing", "when the plot is opened the next time")
        if is_left
        else QT_TRANSLATE_NOOP("Publishing", "every minute")
    )
    return text.format(
        when=_worded(when),
        name=state.published_path.name,
        folder=state.published_path.parent,
        reason=_reason(state.failure),
        number=state.unpublished,
    )


def kept_apart_text(state: PublishState) -> str:
    """Return that somebody else went on in the published plot, and where this one is now."""
    assert state.kept_apart is not None, "nothing is kept apart"
    text = _worded(
        QT_TRANSLATE_NOOP(
            "Publishing",
            "Somebody else has changed {theirs} meanwhile. It was left as it is, and what is "
            "plotted here is published beside it as {ours}. Nothing of either is lost; compare "
            "the two.",
        )
    )
    return text.format(theirs=state.kept_apart.name, ours=state.published_path.name)


def is_held_elsewhere(state: PublishState) -> bool:
    """Return whether another desk's lock is what keeps a plot from being published."""
    failure = state.failure
    return failure is not None and failure.fault is PlotFileFault.LOCKED and bool(failure.detail)


def _reason(failure: PlotFileError) -> str:
    if failure.fault is PlotFileFault.LOCKED and failure.detail:
        text = _worded(QT_TRANSLATE_NOOP("Publishing", "{host} has it open"))
        return text.format(host=failure.detail)
    known = _REASONS.get(failure.fault)
    return failure.detail or failure.fault.value if known is None else _worded(known)


def _worded(marked: object) -> str:
    return QCoreApplication.translate("Publishing", str(marked))

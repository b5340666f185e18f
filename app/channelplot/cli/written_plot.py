"""What is said of a plot that a command writes to: that it can't be, or is not published."""

import sys
from typing import Final

from channelplot.cli.main import complain
from channelplot.document.document import Document
from channelplot.store.geopackage import ReadOnlyReason
from channelplot.ui.files.publishing_text import kept_apart_text, not_published_text
from channelplot.ui.words.file_messages import read_only_text

_LOCAL_COPY_FIRST: Final = (
    "  open it in the window once and choose Work on a local copy; "
    "from then on it can be written to from here too\n"
)


def is_writable(document: Document) -> bool:
    """Return whether a plot can be written to; say so if it can't."""
    if not document.is_read_only:
        return True
    reason = document.read_only_reason
    complain(read_only_text(document.path, reason, document.locked_by))
    if reason in (ReadOnlyReason.NETWORK, ReadOnlyReason.SYNCED):
        sys.stderr.write(_LOCAL_COPY_FIRST)
    return False


def tell_publishing(document: Document) -> None:
    """Say what keeps a local copy from being published; what was done is saved in it."""
    if document.publisher is None:
        return
    state = document.publisher.state
    if state.failure is not None:
        complain(not_published_text(state, is_left=True))
    if state.kept_apart is not None:
        complain(kept_apart_text(state))

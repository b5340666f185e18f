"""A line of the watch log amended or withdrawn: with who, why, and what stood there."""

import pytest

from channelplot.commands.log_lines import add_log_line, withdraw_log_line
from channelplot.document.document import Document
from channelplot.document.session import Session
from channelplot.document.writer import InlineWriter
from channelplot.model.log_line import LogLine
from channelplot.model.plot import Plot
from channelplot.tools.log_line_draft import LogLineDraft
from helpers.builders import at
from helpers.clock import FixedClock
from helpers.memory_store import MemoryStore


@pytest.fixture
def session(clock: FixedClock) -> Session:
    document = Document(MemoryStore(), Plot(), writer=InlineWriter(), clock=clock, operator="watch")
    line = LogLine(uid="line", at_utc=at("0245"), text="A called", operator="Officer One")
    document.apply(add_log_line(line))
    return Session(document, clock)


@pytest.fixture
def draft(session: Session) -> LogLineDraft:
    made = LogLineDraft(session)
    made.take("line", is_withdrawing=False)
    return made


def test_amended_it_keeps_its_time_and_who_wrote_it(draft: LogLineDraft) -> None:
    assert draft.begin()
    assert (draft.words, draft.reason, draft.is_empty) == ("A called", "", True)
    draft.edit(words="B called ", reason=" misheard ")

    assert draft.commit()

    document = draft.session.document
    assert document.plot.log_lines["line"] == LogLine(
        uid="line", at_utc=at("0245"), text="B called", operator="Officer One"
    )
    assert (document.acts[-1].label, document.acts[-1].reason) == ("amend_log_line", "misheard")
    assert draft.line is None
    assert not draft.begin()


def test_withdrawn_it_is_gone_with_the_reason(draft: LogLineDraft) -> None:
    draft.take("line", is_withdrawing=True)
    draft.edit(reason="wrong desk")
    assert draft.can_commit

    assert draft.commit()

    document = draft.session.document
    assert not document.plot.log_lines
    assert (document.acts[-1].label, document.acts[-1].reason) == (
        "withdraw_log_line",
        "wrong desk",
    )


@pytest.mark.parametrize("words", ["A called", "", "   "])
def test_words_as_they_were_or_none_change_nothing(draft: LogLineDraft, words: str) -> None:
    draft.edit(words=words, reason="because")
    assert not draft.can_commit
    assert not draft.commit()
    assert len(draft.session.document.acts) == 1


def test_cleared_it_has_the_words_as_they_are(draft: LogLineDraft) -> None:
    draft.edit(words="x", reason="y")
    assert not draft.is_empty
    draft.clear()
    assert (draft.words, draft.reason, draft.is_empty) == ("A called", "", True)


def test_a_line_that_has_gone_can_no_longer_be_amended(draft: LogLineDraft) -> None:
    draft.edit(words="x")
    draft.session.document.apply(withdraw_log_line("line"))
    assert draft.is_empty
    assert not draft.commit()
    assert not draft.begin()


def test_a_plot_that_is_only_read_has_nothing_to_amend(clock: FixedClock) -> None:
    line = LogLine(uid="line", at_utc=at("0245"), text="A called")
    plot = Plot().with_log_line(line)
    store = MemoryStore(plot, is_read_only=True)
    document = Document(store, plot, writer=InlineWriter(), clock=clock, operator="watch")
    draft = LogLineDraft(Session(document, clock))
    draft.take("line", is_withdrawing=False)
    assert draft.line == line
    assert not draft.begin()

"""The change of watch: who takes it, and the line that the watch log gets."""

from pathlib import Path

import pytest

from channelplot.document.document import Document
from channelplot.document.session import Session
from channelplot.document.watch import WatchKeeper
from channelplot.document.writer import InlineWriter
from channelplot.model.plot import Plot
from channelplot.settings import Settings, Watch
from channelplot.tools.watch_draft import WatchDraft
from helpers.builders import at
from helpers.clock import FixedClock
from helpers.memory_store import MemoryStore


def words(name: str, before: Watch | None) -> str:
    return f"{name} after {before.name if before is not None else 'nobody'}"


@pytest.fixture
def session(clock: FixedClock) -> Session:
    return a_session(MemoryStore(), clock)


def a_session(store: MemoryStore, clock: FixedClock) -> Session:
    document = Document(store, Plot(), writer=InlineWriter(), clock=clock, operator="x")
    return Session(document, clock)


@pytest.fixture
def draft(session: Session, tmp_path: Path) -> WatchDraft:
    return WatchDraft(session, WatchKeeper(session, Settings(tmp_path)), words)


def test_taking_the_watch_writes_who_took_it_over_from_whom(draft: WatchDraft) -> None:
    assert draft.begin()
    for name, text in (
        ("Officer One", "Officer One after nobody"),
        (" Officer   Two ", "Officer Two after Officer One"),
    ):
        draft.edit(name)
        assert draft.commit()
        line = list(draft.session.document.plot.log_lines.values())[-1]
        assert (line.text, line.at_utc, line.track_uid) == (text, at("0300"), None)
        assert line.operator == draft.session.document.operator == draft.keeper.operator
        assert draft.is_empty
    assert [act.operator for act in draft.session.document.acts] == ["Officer One", "Officer Two"]


@pytest.mark.parametrize("name", ["", "   "])
def test_nobody_takes_nothing(draft: WatchDraft, name: str) -> None:
    draft.edit(name)
    assert not draft.commit()
    assert draft.keeper.current is None
    assert not draft.session.document.plot.log_lines


def test_beginning_again_starts_without_a_name(draft: WatchDraft) -> None:
    draft.edit("Officer")
    assert not draft.is_empty
    assert draft.begin()
    assert draft.is_empty


def test_it_announces_what_is_typed_and_who_has_it(draft: WatchDraft) -> None:
    heard: list[str] = []
    draft.changed.connect(lambda _: heard.append(draft.name))
    draft.edit("O")
    draft.commit()
    assert heard[0] == "O"
    assert heard[-1] == ""


def test_in_a_plot_that_is_only_read_the_name_counts_and_no_line_is_written(
    clock: FixedClock, tmp_path: Path
) -> None:
    session = a_session(MemoryStore(is_read_only=True), clock)
    draft = WatchDraft(session, WatchKeeper(session, Settings(tmp_path)), words)
    draft.edit("Officer Two")
    assert draft.commit()
    assert draft.keeper.operator == "Officer Two"
    assert not session.document.plot.log_lines

"""What a desk has said of tables, which is remembered for others with the same titles."""

import json
from pathlib import Path

from channelplot.exchange.incoming.found import Encoding, SaidOfLayout
from channelplot.ui.state import MOST_LAYOUTS, WindowState


def test_what_was_said_is_kept_of_the_latest_layouts(tmp_path: Path) -> None:
    old = {f"old{n}": {"columns": {"time": "1"}} for n in range(MOST_LAYOUTS)}
    (tmp_path / "state.json").write_text(json.dumps({"import_layouts": old}), "utf-8")
    said = SaidOfLayout(columns={"name": "2", "time": ""}, encoding=Encoding.IBM850)
    WindowState(tmp_path).remember_import_layout("new", said)
    state = WindowState(tmp_path)
    assert state.import_layout("new") == said
    assert state.import_layout("old0") == SaidOfLayout()
    assert state.import_layout("old1") == SaidOfLayout(columns={"time": "1"})


def test_what_can_not_be_read_of_it_counts_as_never_said(tmp_path: Path) -> None:
    kept = {
        "a": {"columns": {"time": 1, "name": "2"}, "encoding": "ebcdic"},
        "b": {"columns": "time", "encoding": ["macintosh"]},
        "c": 3,
    }
    path = tmp_path / "state.json"
    path.write_text(json.dumps({"import_layouts": kept}), "utf-8")
    state = WindowState(tmp_path)
    assert state.import_layout("a") == SaidOfLayout(columns={"name": "2"})
    assert [state.import_layout(key) for key in ("b", "c", "d")] == [SaidOfLayout()] * 3
    path.write_text('{"import_layouts": []}', "utf-8")
    state = WindowState(tmp_path)
    assert state.import_layout("a") == SaidOfLayout()
    state.remember_import_layout("a", SaidOfLayout(encoding=Encoding.MACINTOSH))
    assert state.import_layout("a").encoding is Encoding.MACINTOSH

"""What holds for the window's code as a whole: no slow import, no override without its guard."""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from PySide6 import QtCore, QtGui, QtWidgets

import channelplot
from helpers.plot_files import run_python

APP = Path(channelplot.__file__).parent
SLOW = ("geopandas", "pyogrio", "pandas")

_SHOW = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from channelplot.cli.gui import build_window

def loaded():
    return ",".join(name for name in {slow!r} if name in sys.modules) or "none"

app = QApplication(sys.argv[:1])
window = build_window(app, None)
window.show()
app.processEvents()
print("shown:", loaded(), flush=True)
window.desk.canvas.chart_drawn.connect(window.close)
window.desk.canvas.chart_drawn.connect(lambda: print("drawn:", loaded(), flush=True))
app.exec()
"""


def test_no_slow_library_is_read_before_the_chart_shows() -> None:
    done = run_python("-c", _SHOW.format(slow=SLOW), env={"QT_QPA_PLATFORM": "offscreen"})

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["shown: none", "drawn: none"]


QT: Final[dict[str, type]] = {
    name: kind
    for module in (QtCore, QtGui, QtWidgets)
    for name, kind in inspect.getmembers(module, inspect.isclass)
}
VIRTUAL: Final = frozenset(
    {
        "event", "eventFilter", "notify", "nativeEvent", "sizeHint", "minimumSizeHint",
        "heightForWidth", "hasHeightForWidth", "initStyleOption", "paint", "createEditor",
        "setEditorData", "setModelData", "updateEditorGeometry", "editorEvent", "rowCount",
        "columnCount", "headerData", "data", "setData", "flags", "index", "parent", "sort",
        "mimeData", "mimeTypes", "dropMimeData", "supportedDropActions", "canFetchMore",
        "fetchMore", "lessThan", "filterAcceptsRow", "filterAcceptsColumn", "nextCheckState",
        "focusNextPrevChild", "fixup", "validate", "textFromValue", "valueFromText", "run",
        "boundingRect", "shape", "setVisible", "showPopup", "hidePopup", "accept", "reject",
        "done", "itemData", "roleNames",
    }
)  # fmt: skip
"""Methods that Qt calls, besides everything that ends in Event."""


@dataclass(frozen=True)
class QtClass:
    """A class in app/ that comes from one of Qt's, directly or not."""

    path: Path
    node: ast.ClassDef
    of_qt: frozenset[type]

    def overrides(self) -> Iterator[ast.FunctionDef]:
        """Its methods that Qt may call."""
        for method in self.node.body:
            if isinstance(method, ast.FunctionDef) and self.is_called_by_qt(method.name):
                yield method

    def is_called_by_qt(self, name: str) -> bool:
        """Whether a method of that name is virtual in a class of Qt that it comes from."""
        is_virtual = name.endswith("Event") or name in VIRTUAL
        return is_virtual and any(hasattr(kind, name) for kind in self.of_qt)


def qt_classes() -> dict[str, QtClass]:
    """The classes in app/ that come from Qt's, by name."""
    everywhere = [
        (path, node)
        for path in sorted(APP.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    found: dict[str, QtClass] = {}
    before = -1
    while len(found) != before:
        before = len(found)
        for path, node in everywhere:
            of_qt: set[type] = set()
            for base in _bases(node):
                of_qt |= {QT[base]} if base in QT else set()
                of_qt |= found[base].of_qt if base in found else set()
            if of_qt:
                found[node.name] = QtClass(path, node, frozenset(of_qt))
    return found


def _bases(node: ast.ClassDef) -> set[str]:
    plain = [base.value if isinstance(base, ast.Subscript) else base for base in node.bases]
    return {base.id for base in plain if isinstance(base, ast.Name)}


def test_every_override_of_qt_is_guarded() -> None:
    found = qt_classes()
    assert {"MainWindow", "ChartCanvas", "EntityTable", "EntryForm", "ReportForm"} <= set(found)
    overrides = [(each, method) for each in found.values() for method in each.overrides()]
    unguarded = [
        f"{each.path.relative_to(APP)}:{method.lineno} {method.name}"
        for each, method in overrides
        if not any(_is_guard(decorator) for decorator in method.decorator_list)
    ]
    assert unguarded == []
    assert len(overrides) > 20


def _is_guard(decorator: ast.expr) -> bool:
    return (
        isinstance(decorator, ast.Call)
        and isinstance(decorator.func, ast.Name)
        and decorator.func.id == "qt_guarded"
    )


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("ChartCanvas", "paintEvent"),
        ("ChartCanvas", "mousePressEvent"),
        ("MainWindow", "closeEvent"),
        ("EntryForm", "eventFilter"),
        ("EntityTable", "data"),
    ],
)
def test_the_check_knows_what_qt_calls(kind: str, name: str) -> None:
    assert name in {method.name for method in qt_classes()[kind].overrides()}

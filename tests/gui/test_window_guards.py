"""What holds for the window's code as a whole: no slow import, no override without its guard."""

import ast
import functools
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from PySide6 import QtCore, QtGui, QtSvg, QtWidgets

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
    for module in (QtCore, QtGui, QtSvg, QtWidgets)
    for name, kind in inspect.getmembers(module, inspect.isclass)
}


@dataclass(frozen=True)
class QtClass:
    """A class in app/ that comes from one of Qt's, directly or not."""

    path: Path
    node: ast.ClassDef
    of_qt: frozenset[type]

    def overrides(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Its methods that have the name of a method of Qt's: whatever Qt may call."""
        for method in self.node.body:
            if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef) and self.hides(
                method.name
            ):
                yield method

    def hides(self, name: str) -> bool:
        """Whether a method of that name stands before one of Qt's."""
        is_special = name.startswith("__")
        return not is_special and any(hasattr(kind, name) for kind in self.of_qt)


@functools.cache
def app_trees() -> tuple[tuple[Path, tuple[ast.AST, ...]], ...]:
    """Every file of app/ with all nodes of its code."""
    return tuple(
        (path, tuple(ast.walk(ast.parse(path.read_text("utf-8")))))
        for path in sorted(APP.rglob("*.py"))
    )


@functools.cache
def qt_classes() -> dict[str, QtClass]:
    """The classes in app/ that come from Qt's, by name."""
    everywhere = [
        (path, node)
        for path, nodes in app_trees()
        for node in nodes
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
    return {base.attr if isinstance(base, ast.Attribute) else base.id for base in plain}  # type: ignore[attr-defined]


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
    assert len(overrides) >= 90


def test_no_override_is_put_in_place_of_a_method_from_outside() -> None:
    """``widget.paintEvent = something`` would be called by Qt without a guard."""
    put = [
        f"{path.relative_to(APP)}:{node.lineno} {ast.unparse(target)}"
        for path, nodes in app_trees()
        for node in nodes
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if _assigned_name(target).endswith("Event") or _assigned_name(target) == "eventFilter"
    ]
    assert put == []


def test_everything_imported_from_qt_as_a_base_is_known_here() -> None:
    """A class of another of Qt's modules would not be found."""
    used = {
        alias.name
        for path, nodes in app_trees()
        for node in nodes
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6")
        for alias in node.names
    }
    bases = {
        base
        for path, nodes in app_trees()
        for node in nodes
        if isinstance(node, ast.ClassDef)
        for base in _bases(node)
    }
    assert {base for base in bases & used if base not in QT} == set()
    assert bases & used, "there are classes that come from Qt's"


def _assigned_name(target: ast.expr) -> str:
    if isinstance(target, ast.Attribute):
        return target.attr
    return target.id if isinstance(target, ast.Name) else ""


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

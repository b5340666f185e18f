"""The button of a dialog that does what it is for."""

from PySide6.QtWidgets import QPushButton


def make_primary(button: QPushButton) -> None:
    """Accent a button, whether or not Qt has looked at the style sheet for it before."""
    button.setProperty("primary", True)
    button.style().unpolish(button)
    button.style().polish(button)

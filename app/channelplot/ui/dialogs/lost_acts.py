"""What was entered and not saved when the program ended, to be entered again by hand."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

SIZE_PX = (640, 420)


class LostActsDialog(QDialog):
    """Lists acts as text that can be copied; Enter and Esc keep the list, a button forgets it."""

    def __init__(self, parent: QWidget, text: str, forget: Callable[[], None]) -> None:
        """List what is lost. forget: called when the list is not needed any more."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Entered and not saved"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*SIZE_PX)
        said = QLabel(
            self.tr(
                "This was entered last time and could not be saved before the program ended. It is "
                "not in the plot. Enter again what still holds."
            ),
            self,
        )
        said.setWordWrap(True)
        self.list = QPlainTextEdit(text, self)
        self.list.setReadOnly(True)
        self.list.setTabChangesFocus(True)
        self.list.setAccessibleName(self.tr("Entered and not saved"))
        self.buttons = QDialogButtonBox(self)
        role = QDialogButtonBox.ButtonRole
        self.copy = self.buttons.addButton(self.tr("&Copy the text"), role.ActionRole)
        self.forget = self.buttons.addButton(self.tr("&Forget this list"), role.DestructiveRole)
        self.keep = self.buttons.addButton(self.tr("&Keep it for now"), role.RejectRole)
        for button in (self.copy, self.forget):
            button.setAutoDefault(False)
        self.keep.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(10)
        for widget in (said, self.list, self.buttons):
            layout.addWidget(widget)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        self.forget.clicked.connect(forget)
        self.forget.clicked.connect(self.accept)
        self.keep.clicked.connect(self.reject)
        self.keep.setFocus()

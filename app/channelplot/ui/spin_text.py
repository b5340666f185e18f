"""The text of spin boxes: as far from the frame as that of other fields."""

from typing import Final

from PySide6.QtWidgets import QAbstractSpinBox

_ASIDE_PX: Final = 7
"""Qt lets no style sheet say so: the field within a spin box takes none of its padding."""


def set_text_apart(box: QAbstractSpinBox) -> None:
    """Keep the text of a spin box away from the frame on either side."""
    edit = box.lineEdit()
    if edit is not None:
        edit.setTextMargins(_ASIDE_PX, 0, _ASIDE_PX, 0)

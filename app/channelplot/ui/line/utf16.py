"""Places in a text as Qt counts them: characters beyond U+FFFF, an emoji say, count twice there."""

_CODE = "utf-16-le"
_BROKEN = "surrogatepass"  # half a character may be pasted


def qt_place(text: str, place: int) -> int:
    """Return Qt's number for a place in a text."""
    return place if text.isascii() else len(text[:place].encode(_CODE, _BROKEN)) // 2


def place_of(text: str, qt_number: int) -> int:
    """Return the place in a text that Qt has a number for; inside a character, the one after it."""
    if text.isascii():
        return qt_number
    return next((i for i in range(len(text)) if qt_place(text, i) >= qt_number), len(text))

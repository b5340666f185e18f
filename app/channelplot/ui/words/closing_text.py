"""Why a boat can't be closed, in words: the numbers, that nothing was changed, what to do."""

from PySide6.QtCore import QCoreApplication

from channelplot.chart.wording import status_text
from channelplot.errors import ClosingRefused
from channelplot.model.codes import TrackStatus

translate = QCoreApplication.translate


def closing_refused_text(refused: ClosingRefused) -> str:
    """Return why a boat can't be closed and what would close it, for somebody in a hurry.

    ``A can't be closed as rescued (all): 55 people incl. 10 children were reported and 47 incl.
    7 counted: 8 people, 3 of them children, are unaccounted for. Nothing was changed. ...``
    """
    return translate(
        "Closing",
        "{name} can't be closed as {status}: {why}. Nothing was changed. {todo}; or name who "
        "answers for closing it all the same, and why.",
    ).format(
        name=refused.value,
        status=status_text(TrackStatus(refused.status)),
        why=_why(refused),
        todo=_todo(refused),
    )


def closing_obstacle_text(refused: ClosingRefused) -> str:
    """Return the same before anybody tries, for where name, status and numbers stand beside it."""
    return translate(
        "Closing",
        "Can't be closed yet: {why}. {todo}; or name who answers for it, and why.",
    ).format(why=obstacle_text(refused), todo=_todo(refused))


def obstacle_text(refused: ClosingRefused) -> str:
    """Return what stands in the way: ``8 people, 3 of them children, are unaccounted for``."""
    return _unaccounted(refused) if _is_short(refused) else _why(refused)


def _why(refused: ClosingRefused) -> str:
    if _is_short(refused):
        return f"{_numbers(refused)}: {_unaccounted(refused)}"
    if refused.surplus:
        words = translate("Closing", "{number} more than were told of, perhaps of another boat")
        return f"{_numbers(refused)}: {words.format(number=refused.surplus)}"
    if refused.needs_count and refused.counted_total is None:
        return translate("Closing", "nobody has been counted yet")
    if refused.counted_total is None:
        return translate("Closing", "nobody has said who identified it, and how")
    return translate(
        "Closing", "its people are accounted for, but nobody has said who identified it, and how"
    )


def _todo(refused: ClosingRefused) -> str:
    is_counted = refused.counted_total is not None
    if refused.surplus and not _is_short(refused):
        return translate("Closing", "Move the count to the boat it is of, or plot a better one")
    if _is_short(refused) and is_counted:
        if refused.is_identified:
            return translate(
                "Closing", "Move reports that tell of another boat, or plot a better count"
            )
        return translate(
            "Closing",
            "Say who identified the boat and how, and move reports that tell of another boat",
        )
    if _is_short(refused) or (refused.needs_count and not is_counted):
        if refused.is_identified:
            return translate("Closing", "Plot how many were counted")
        return translate(
            "Closing", "Say who identified the boat and how, and plot how many were counted"
        )
    return translate("Closing", "Say who identified the boat and how")


def _is_short(refused: ClosingRefused) -> bool:
    """Return whether somebody is unaccounted for, be it children only."""
    return refused.unaccounted > 0 or (refused.unaccounted_children or 0) > 0


def _numbers(refused: ClosingRefused) -> str:
    """Return how many were reported and how many counted; one of the two at least is known."""
    reported, counted = refused.reported_total, refused.counted_total
    if reported is None:
        group = _group(counted or 0, refused.counted_children, refused)
        words = (
            translate("Closing", "{group} was counted")
            if counted == 1
            else translate("Closing", "{group} were counted")
        )
        return words.format(group=group) + _of_counted(refused)
    group = _group(reported, refused.reported_children, refused)
    words = (
        translate("Closing", "{group} was reported")
        if reported == 1
        else translate("Closing", "{group} were reported")
    ).format(group=group)
    if counted is None:
        return translate("Closing", "{reported} and nobody has been counted yet").format(
            reported=words
        )
    return translate("Closing", "{reported} and {counted} counted").format(
        reported=words, counted=_counted(counted, refused)
    ) + _of_counted(refused)


def _group(total: int, children: int | None, refused: ClosingRefused) -> str:
    """Return ``55 people incl. 10 children``; no children are named where there are none."""
    people = (
        translate("Closing", "1 person")
        if total == 1
        else translate("Closing", "{number} people").format(number=total)
    )
    if children is None or not _has_children(refused):
        return people
    return translate("Closing", "{people} incl. {children}").format(
        people=people, children=_children(children)
    )


def _counted(total: int, refused: ClosingRefused) -> str:
    """Return ``47 incl. 7``, after a number of people and children reported."""
    children = refused.counted_children
    if children is None or not _has_children(refused):
        return str(total)
    is_clear = refused.reported_children is not None and children > 0
    return translate("Closing", "{total} incl. {children}").format(
        total=total, children=children if is_clear else _children(children)
    )


def _children(number: int) -> str:
    if number == 0:
        return translate("Closing", "no children")
    if number == 1:
        return translate("Closing", "1 child")
    return translate("Closing", "{number} children").format(number=number)


def _has_children(refused: ClosingRefused) -> bool:
    return bool(refused.reported_children or refused.counted_children)


def _of_counted(refused: ClosingRefused) -> str:
    """Return what else is to be said of those counted; mostly nothing."""
    words = ""
    if refused.missing:
        words = translate("Closing", ", {number} of them missing").format(number=refused.missing)
    if refused.counted_children is None and _has_children(refused):
        words += translate("Closing", ", their children not told apart")
    return words


def _unaccounted(refused: ClosingRefused) -> str:
    """Return ``8 people, 3 of them children, are unaccounted for``."""
    people, children = refused.unaccounted, refused.unaccounted_children
    if people == 0:
        words = (
            translate("Closing", "1 child is unaccounted for")
            if children == 1
            else translate("Closing", "{children} children are unaccounted for")
        )
    elif people == 1:
        words = _one_unaccounted(refused)
    elif children is None and _has_children(refused):
        words = translate(
            "Closing", "{people} people are unaccounted for, nobody knows how many of them children"
        )
    elif not children:
        words = translate("Closing", "{people} people are unaccounted for")
    elif children > people:
        words = translate(
            "Closing",
            "{people} people are unaccounted for, and {children} fewer children were counted than "
            "reported",
        )
    elif children == people:
        words = translate("Closing", "{people} people, all of them children, are unaccounted for")
    elif children == 1:
        words = translate("Closing", "{people} people, 1 of them a child, are unaccounted for")
    else:
        words = translate(
            "Closing", "{people} people, {children} of them children, are unaccounted for"
        )
    return words.format(people=people, children=children)


def _one_unaccounted(refused: ClosingRefused) -> str:
    children = refused.unaccounted_children
    if children is None and _has_children(refused):
        return translate("Closing", "1 person is unaccounted for, maybe a child")
    if not children:
        return translate("Closing", "1 person is unaccounted for")
    if children == 1:
        return translate("Closing", "1 person, a child, is unaccounted for")
    return translate(
        "Closing",
        "1 person is unaccounted for, and {children} fewer children were counted than reported",
    )

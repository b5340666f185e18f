"""The words for what operators and the program did, by the labels of their acts: for menus."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

ACTS: Final[Mapping[str, object]] = {
    "add_report": QT_TRANSLATE_NOOP("Messages", "add report to {name}"),
    "start_track": QT_TRANSLATE_NOOP("Messages", "start track {name}"),
    "move_report": QT_TRANSLATE_NOOP("Messages", "move report of {name}"),
    "amend_report": QT_TRANSLATE_NOOP("Messages", "amend report of {name}"),
    "withdraw_report": QT_TRANSLATE_NOOP("Messages", "withdraw report of {name}"),
    "restore_report": QT_TRANSLATE_NOOP("Messages", "restore report of {name}"),
    "give_reports": QT_TRANSLATE_NOOP("Messages", "give reports to {name}"),
    "split_track": QT_TRANSLATE_NOOP("Messages", "split off track {name}"),
    "merge_tracks": QT_TRANSLATE_NOOP("Messages", "merge tracks {name}"),
    "amend_track": QT_TRANSLATE_NOOP("Messages", "amend track {name}"),
    "set_status": QT_TRANSLATE_NOOP("Messages", "set status of {name}"),
    "close_track": QT_TRANSLATE_NOOP("Messages", "close {name}"),
    "reopen_track": QT_TRANSLATE_NOOP("Messages", "reopen {name}"),
    "explain_people": QT_TRANSLATE_NOOP("Messages", "explain people of {name}"),
    "withdraw_several": QT_TRANSLATE_NOOP("Messages", "withdraw {name} things"),
    "restore_several": QT_TRANSLATE_NOOP("Messages", "restore {name} things"),
    "withdraw_track": QT_TRANSLATE_NOOP("Messages", "withdraw track {name}"),
    "restore_track": QT_TRANSLATE_NOOP("Messages", "restore track {name}"),
    "add_beach": QT_TRANSLATE_NOOP("Messages", "add beach {name}"),
    "amend_beach": QT_TRANSLATE_NOOP("Messages", "amend beach {name}"),
    "move_beach": QT_TRANSLATE_NOOP("Messages", "move beach {name}"),
    "withdraw_beach": QT_TRANSLATE_NOOP("Messages", "withdraw beach {name}"),
    "restore_beach": QT_TRANSLATE_NOOP("Messages", "restore beach {name}"),
    "add_mark": QT_TRANSLATE_NOOP("Messages", "add mark {name}"),
    "amend_mark": QT_TRANSLATE_NOOP("Messages", "amend mark {name}"),
    "withdraw_mark": QT_TRANSLATE_NOOP("Messages", "withdraw mark {name}"),
    "restore_mark": QT_TRANSLATE_NOOP("Messages", "restore mark {name}"),
    "add_log_line": QT_TRANSLATE_NOOP("Messages", "log line about {name}"),
    "amend_log_line": QT_TRANSLATE_NOOP("Messages", "amend log line about {name}"),
    "withdraw_log_line": QT_TRANSLATE_NOOP("Messages", "withdraw log line about {name}"),
    "restore_log_line": QT_TRANSLATE_NOOP("Messages", "restore log line about {name}"),
    "acknowledge": QT_TRANSLATE_NOOP("Messages", "acknowledge alert for {name}"),
    "add_conditions": QT_TRANSLATE_NOOP("Messages", "add conditions for {name}"),
    "amend_conditions": QT_TRANSLATE_NOOP("Messages", "amend conditions for {name}"),
    "withdraw_conditions": QT_TRANSLATE_NOOP("Messages", "withdraw conditions for {name}"),
    "restore_conditions": QT_TRANSLATE_NOOP("Messages", "restore conditions for {name}"),
    "watch_approach": QT_TRANSLATE_NOOP("Messages", "watch approach {name}"),
    "end_approach_watch": QT_TRANSLATE_NOOP("Messages", "end watch of approach {name}"),
    "restore_approach_watch": QT_TRANSLATE_NOOP("Messages", "restore watch of approach {name}"),
    "load_limits": QT_TRANSLATE_NOOP("Messages", "load limits ({name})"),
    "withdraw_limit": QT_TRANSLATE_NOOP("Messages", "withdraw limit {name}"),
    "restore_limit": QT_TRANSLATE_NOOP("Messages", "restore limit {name}"),
    "plan_search": QT_TRANSLATE_NOOP("Messages", "plan search {name}"),
    "withdraw_search": QT_TRANSLATE_NOOP("Messages", "withdraw search {name}"),
    "restore_search": QT_TRANSLATE_NOOP("Messages", "restore search {name}"),
    "log_predicted_crossing": QT_TRANSLATE_NOOP("Messages", "log predicted crossing of {name}"),
    "add_reference_layer": QT_TRANSLATE_NOOP("Messages", "add reference layer ({name})"),
    "restyle_reference_layer": QT_TRANSLATE_NOOP("Messages", "restyle reference layer {name}"),
    "move_reference_file": QT_TRANSLATE_NOOP("Messages", "find file of reference layer {name}"),
    "remove_reference_layer": QT_TRANSLATE_NOOP("Messages", "remove reference layer {name}"),
    "restore_reference_layer": QT_TRANSLATE_NOOP("Messages", "restore reference layer {name}"),
    "import_file": QT_TRANSLATE_NOOP("Messages", "import {name}"),
    "outside_edit": QT_TRANSLATE_NOOP("Messages", "what another program changed"),
    # Written by earlier versions; logs hold it.
    "attribute_report": QT_TRANSLATE_NOOP("Messages", "give report to another track"),
}
"""By the labels of the commands, and those of earlier versions."""
_WITHOUT_NAME: Final[Mapping[str, object]] = {
    "add_report": QT_TRANSLATE_NOOP("Messages", "add report"),
    "move_report": QT_TRANSLATE_NOOP("Messages", "move report"),
    "amend_report": QT_TRANSLATE_NOOP("Messages", "amend report"),
    "withdraw_report": QT_TRANSLATE_NOOP("Messages", "withdraw report"),
    "restore_report": QT_TRANSLATE_NOOP("Messages", "restore report"),
    "give_reports": QT_TRANSLATE_NOOP("Messages", "give reports to no track"),
    "set_status": QT_TRANSLATE_NOOP("Messages", "set status"),
    "close_track": QT_TRANSLATE_NOOP("Messages", "close track"),
    "reopen_track": QT_TRANSLATE_NOOP("Messages", "reopen track"),
    "explain_people": QT_TRANSLATE_NOOP("Messages", "explain people"),
    "withdraw_several": QT_TRANSLATE_NOOP("Messages", "withdraw several things"),
    "restore_several": QT_TRANSLATE_NOOP("Messages", "restore several things"),
    "add_log_line": QT_TRANSLATE_NOOP("Messages", "log line"),
    "amend_log_line": QT_TRANSLATE_NOOP("Messages", "amend log line"),
    "withdraw_log_line": QT_TRANSLATE_NOOP("Messages", "withdraw log line"),
    "restore_log_line": QT_TRANSLATE_NOOP("Messages", "restore log line"),
    "acknowledge": QT_TRANSLATE_NOOP("Messages", "acknowledge alert"),
    "add_conditions": QT_TRANSLATE_NOOP("Messages", "add conditions"),
    "amend_conditions": QT_TRANSLATE_NOOP("Messages", "amend conditions"),
    "withdraw_conditions": QT_TRANSLATE_NOOP("Messages", "withdraw conditions"),
    "restore_conditions": QT_TRANSLATE_NOOP("Messages", "restore conditions"),
    "watch_approach": QT_TRANSLATE_NOOP("Messages", "watch approach"),
    "end_approach_watch": QT_TRANSLATE_NOOP("Messages", "end watch of approach"),
    "restore_approach_watch": QT_TRANSLATE_NOOP("Messages", "restore watch of approach"),
    "load_limits": QT_TRANSLATE_NOOP("Messages", "load limits"),
    "log_predicted_crossing": QT_TRANSLATE_NOOP("Messages", "log predicted crossing"),
}
"""For acts about nothing that has a name, and those of earlier versions, which kept none."""


def act_text(label: str, name: str) -> str:
    """Return the words for an act, by its label: ``start track A``; ``add report`` to none."""
    wordings = ACTS if name else {**ACTS, **_WITHOUT_NAME}
    return QCoreApplication.translate("Messages", str(wordings[label])).format(name=name).strip()

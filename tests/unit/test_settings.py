"""Settings: what was chosen, where it is kept, and files that are not what they should be."""

import getpass
import json
import locale
import logging
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from channelplot.errors import SettingsError
from channelplot.geodesy.text import Notation
from channelplot.reading.values import Language
from channelplot.settings import (
    OPERATOR,
    POSITION_NOTATION,
    REPORT_LANGUAGE,
    SETTINGS,
    TEXT_SCALE_PERCENT,
    JsonFile,
    JsonValue,
    Setting,
    Settings,
    Watch,
    config_folder,
    data_folder,
    documents_folder,
    log_folder,
    login_name,
    system_language,
)

NIGHT = datetime(2026, 9, 15, 3, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that is not there yet."""
    return tmp_path / "config" / "channelplot"


class TestFolders:
    def test_are_where_the_system_keeps_such_things(self, home: Path) -> None:
        assert config_folder() == home / "config" / "channelplot"
        assert data_folder() == home / "data" / "channelplot"
        assert log_folder() == home / "state" / "channelplot" / "log"
        assert not config_folder().exists()

    def test_documents_are_in_a_folder_that_exists(self, home: Path) -> None:
        assert documents_folder() == home / "Documents"
        (home / "Documents").rmdir()
        assert documents_folder() == home


class TestSettings:
    def test_are_the_defaults_until_something_is_chosen(self, folder: Path) -> None:
        settings = Settings(folder)
        for setting in SETTINGS:
            assert settings.value(setting) == setting.default
        assert settings.text_scale() == 1.0
        assert not folder.exists(), "asking leaves nothing on the disk"

    def test_last_until_next_time(self, folder: Path) -> None:
        settings = Settings(folder)
        settings.begin_watch(Watch("Gardé", NIGHT))
        settings.choose(TEXT_SCALE_PERCENT, 150)
        assert settings.operator(NIGHT) == "Gardé"
        again = Settings(folder)
        assert again.operator(NIGHT) == "Gardé"
        assert again.watch() == Watch("Gardé", NIGHT)
        assert again.text_scale() == 1.5

    def test_have_keys_of_their_own(self) -> None:
        assert len({setting.key for setting in SETTINGS}) == len(SETTINGS)
        for setting in SETTINGS:
            assert setting.checked(setting.default) == setting.default

    def test_can_be_every_form_of_positions_and_every_language_and_no_other(self) -> None:
        assert POSITION_NOTATION.choices == tuple(Notation)
        assert POSITION_NOTATION.default == Notation.DDM
        assert REPORT_LANGUAGE.choices == tuple(Language)

    @pytest.mark.parametrize("code", ["ddm", "dms", "dd", "mgrs"])
    def test_keep_the_form_of_positions(self, folder: Path, code: str) -> None:
        Settings(folder).choose(POSITION_NOTATION, code)
        assert Settings(folder).value(POSITION_NOTATION) == code

    @pytest.mark.parametrize("percent", [80, 100, 200])
    def test_can_be_anything_in_range(self, folder: Path, percent: int) -> None:
        settings = Settings(folder)
        settings.choose(TEXT_SCALE_PERCENT, percent)
        assert settings.value(TEXT_SCALE_PERCENT) == percent

    @pytest.mark.parametrize(
        ("setting", "value"),
        [
            (TEXT_SCALE_PERCENT, 79),
            (TEXT_SCALE_PERCENT, 201),
            (TEXT_SCALE_PERCENT, "100"),
            (POSITION_NOTATION, "utm"),
            (POSITION_NOTATION, "DDM"),
            (POSITION_NOTATION, ""),
            (POSITION_NOTATION, 1),
            (REPORT_LANGUAGE, "de"),
        ],
    )
    def test_out_of_range_are_refused_and_not_kept(
        self, folder: Path, setting: Setting, value: str | int
    ) -> None:
        settings = Settings(folder)
        with pytest.raises(SettingsError) as refused:
            settings.choose(setting, value)
        assert (refused.value.key, refused.value.value) == (setting.key, value)
        assert settings.value(setting) == setting.default
        assert not folder.exists()

    @pytest.mark.parametrize(
        ("setting", "kept"),
        [
            (TEXT_SCALE_PERCENT, 1000),
            (TEXT_SCALE_PERCENT, 99.5),
            (TEXT_SCALE_PERCENT, True),
            (TEXT_SCALE_PERCENT, "large"),
            (TEXT_SCALE_PERCENT, [100]),
            (OPERATOR, 7),
            (POSITION_NOTATION, "utm"),
            (POSITION_NOTATION, ["dms"]),
            (REPORT_LANGUAGE, "de"),
        ],
    )
    def test_out_of_range_in_the_file_count_as_not_chosen(
        self,
        folder: Path,
        setting: Setting,
        kept: JsonValue,
        expected_warnings: list[logging.LogRecord],
    ) -> None:
        folder.mkdir(parents=True)
        (folder / "settings.json").write_text(json.dumps({setting.key: kept}), "utf-8")
        assert Settings(folder).value(setting) == setting.default
        (record,) = expected_warnings
        assert record.getMessage() == f"setting out of range: {setting.key}"

    @pytest.mark.parametrize(
        ("later", "name"),
        [
            (timedelta(0), "Officer Two"),
            (timedelta(hours=12), "Officer Two"),
            (timedelta(hours=12, seconds=1), "watch2"),
            (timedelta(minutes=-5), "Officer Two"),
            (timedelta(days=-1), "watch2"),
        ],
    )
    def test_a_watch_that_is_over_leaves_the_login_name(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, later: timedelta, name: str
    ) -> None:
        monkeypatch.setenv("LOGNAME", "watch2")
        settings = Settings(folder)
        assert settings.operator(NIGHT) == "watch2"
        settings.begin_watch(Watch("Officer Two", NIGHT))
        assert settings.operator(NIGHT + later) == name
        assert settings.watch() == Watch("Officer Two", NIGHT), "who had it is known all the same"

    @pytest.mark.parametrize("began", ["", "last night", "2026-09-15T03:00:00"])
    def test_a_name_without_a_time_in_a_zone_is_no_watch(self, folder: Path, began: str) -> None:
        folder.mkdir(parents=True)
        kept = {"operator": "Officer Two", "watch_began_at_utc": began}
        (folder / "settings.json").write_text(json.dumps(kept), "utf-8")
        settings = Settings(folder)
        assert settings.watch() is None
        assert settings.operator(NIGHT) == login_name()


@pytest.mark.parametrize(
    ("values", "language"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_BE@euro"}, "fr"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "FR_FR"}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "fry_NL.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LC_ALL": "fr_FR.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "fr"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "fr_FR.UTF-8"}, "fr"),
    ],
)
def test_reports_come_in_the_language_of_the_system(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    assert system_language() == language


@pytest.mark.parametrize(
    ("locale_name", "language"),
    [
        ("French_France.1252", "fr"),
        ("fr_FR.UTF-8", "fr"),
        ("English_France.1252", "en"),
        ("C", "en"),
    ],
)
def test_where_nothing_is_set_the_locale_tells_the_language(
    monkeypatch: pytest.MonkeyPatch, locale_name: str, language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(locale, "setlocale", lambda _category: locale_name)
    assert system_language() == language


@pytest.mark.parametrize("error", [OSError, KeyError, ImportError])
def test_an_account_without_a_name_is_an_operator(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def no_name() -> str:
        raise error

    monkeypatch.setattr(getpass, "getuser", no_name)
    assert login_name() == "operator"


class TestJsonFile:
    def test_keeps_keys_that_are_not_known(self, tmp_path: Path) -> None:
        path = tmp_path / "settings.json"
        path.write_text('{"of_a_newer_version": [1, {"a": null}]}', "utf-8")
        JsonFile(path).put({"operator": "x"})
        assert json.loads(path.read_text("utf-8")) == {
            "of_a_newer_version": [1, {"a": None}],
            "operator": "x",
        }

    def test_is_written_whole_and_leaves_nothing_beside_it(self, folder: Path) -> None:
        file = JsonFile(folder / "state.json")
        file.put({"a": 1})
        file.put({"b": [1.5, "x", None, True]})
        assert [path.name for path in folder.iterdir()] == ["state.json"]
        assert JsonFile(folder / "state.json").get("b") == [1.5, "x", None, True]
        assert file.get("none such") is None

    def test_is_not_written_when_nothing_changes(self, folder: Path) -> None:
        path = folder / "state.json"
        file = JsonFile(path)
        file.put({"a": 1, "b": 2})
        path.unlink()
        file.put({"b": 2})
        assert not path.exists()
        file.put({"b": None})
        assert path.exists()
        path.unlink()
        file.put({"c": None})
        assert path.exists(), "a key that was not there is a change, even to nothing"

    @pytest.mark.parametrize("text", ["", "{", "\xff\xfe", '{"a": }', "\x00"])
    def test_that_is_unreadable_counts_as_empty_and_says_so(
        self, tmp_path: Path, text: str, expected_warnings: list[logging.LogRecord]
    ) -> None:
        path = tmp_path / "state.json"
        path.write_bytes(text.encode("latin-1"))
        file = JsonFile(path)
        assert file.get("a") is None
        assert expected_warnings[0].getMessage() == "unreadable, taken as empty: state.json"
        file.put({"a": 1})
        assert JsonFile(path).get("a") == 1

    def test_that_is_a_folder_counts_as_empty(
        self, tmp_path: Path, expected_warnings: list[logging.LogRecord]
    ) -> None:
        (tmp_path / "state.json").mkdir()
        assert JsonFile(tmp_path / "state.json").get("a") is None
        assert len(expected_warnings) == 1

    @pytest.mark.parametrize("text", ["[]", "7", '"a"', "null"])
    def test_that_holds_something_else_counts_as_empty(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "state.json"
        path.write_text(text, "utf-8")
        assert JsonFile(path).get("a") is None

    def test_that_cannot_be_written_keeps_the_values_and_tries_again(self, folder: Path) -> None:
        file = JsonFile(folder / "state.json")
        folder.parent.mkdir(parents=True)
        folder.write_text("in the way", "utf-8")
        with pytest.raises(OSError, match="xist"):
            file.put({"a": 1})
        assert file.get("a") == 1
        folder.unlink()
        file.put({"a": 1})
        assert JsonFile(folder / "state.json").get("a") == 1

    def test_keeps_a_path_that_is_no_utf_8(self, folder: Path) -> None:
        path = os.fsdecode(b"/plots/n\xe9it.gpkg")
        JsonFile(folder / "state.json").put({"recent_plots": [path]})
        assert JsonFile(folder / "state.json").get("recent_plots") == [path]

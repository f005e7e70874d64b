# SPDX-License-Identifier: GPL-2.0-or-later
"""Settings: good ones are taken, bad ones are told with file and key and keep nobody from playing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.program import call
from tui.actions.commands import COMMANDS
from tui.cli.config import Config, ConfigError, load_config
from tui.cli.terminal import settings
from tui.player.locations import config_file, data_folder


def wrong(path: Path, text: str | bytes) -> str:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert str(caught.value).startswith(f"{path}: ")
    return str(caught.value)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_config(tmp_path / "config.toml") == Config()
    assert load_config(tmp_path / "config.toml" / "below" / "config.toml") == Config()


def test_settings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[keymap]\nnext = "ctrl+n,f5"\nback = "z"\n', "utf-8")
    assert load_config(path) == Config({"next": "ctrl+n,f5", "back": "z"})


def test_the_default_keys_are_settings_that_could_be_written(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    keys = {command.name: command.key for command in COMMANDS if command.key}
    path.write_text("[keymap]\n" + "".join(f'{name} = "{key}"\n' for name, key in keys.items()), "utf-8")
    assert load_config(path).keymap == keys


@pytest.mark.parametrize(
    ("text", "key", "advice"),
    [
        ("keymaps = 1", "keymaps", "did you mean keymap?"),
        ("wibble = 1", "wibble", "there are: keymap"),
        ("keymap = 1", "keymap", "[keymap]"),
        ('[keymap]\nnexxt = "n"', "keymap.nexxt", "did you mean next?"),
        ("[keymap]\nnext = 5", "keymap.next", "in quotes"),
        ('[keymap]\nnext = ""', "keymap.next", "is no key"),
        ('[keymap]\nnext = "two words"', "keymap.next", "is no key"),
        ('[keymap]\nnext = "a"', "keymap.next", "thread's letter"),
        ('[keymap]\nnext = "f5,R"', "keymap.next", "thread's letter"),
        ('[keymap]\nnext = "u"', "keymap.next", "is the key of back too"),
        ('[keymap]\nnext = "z"\nback = "z"', "keymap.back", "is the key of next too"),
    ],
)
def test_a_mistake_is_told_with_its_key(tmp_path: Path, text: str, key: str, advice: str) -> None:
    message = wrong(tmp_path / "config.toml", text)
    assert f": {key}: " in message
    assert advice in message


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    assert len(wrong(tmp_path / "config.toml", "wobble = 1\nwibble = 2\n").splitlines()) == 2


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"keymap = ", "is not TOML"),
        (b"keymap = '\xff'", "is not UTF-8"),
        (b"# " + b"x" * 70_000, "larger than"),
        (b"x = " + b"[" * 20_000, "nested too deep"),
    ],
    ids=["cut", "bytes", "large", "deep"],
)
def test_what_is_no_settings_file_is_told(tmp_path: Path, data: bytes, reason: str) -> None:
    assert reason in wrong(tmp_path / "config.toml", data)


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is a folder; give a plain file"):
        load_config(tmp_path)


def test_bad_settings_leave_the_defaults_and_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OOMRACE_CONFIG_DIR", str(tmp_path))
    (tmp_path / "config.toml").write_text("keymap = 1", "utf-8")
    config, sentence = settings()
    assert config == Config()
    assert sentence.startswith(f"your settings are not used: {tmp_path / 'config.toml'}: keymap: ")


def test_both_folders_can_be_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OOMRACE_CONFIG_DIR", str(tmp_path / "c"))
    monkeypatch.setenv("OOMRACE_DATA_DIR", str(tmp_path / "d"))
    assert config_file() == tmp_path / "c" / "config.toml"
    assert data_folder() == tmp_path / "d"


def test_line_mode_asks_for_no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OOMRACE_CONFIG_DIR", str(tmp_path))
    monkeypatch.setenv("OOMRACE_DATA_DIR", str(tmp_path))
    (tmp_path / "config.toml").write_text("keymap = 1", "utf-8")
    assert call("play", "tour/7", "--plain", typed="a13\n").exit_code == 0

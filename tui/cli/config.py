# SPDX-License-Identifier: GPL-2.0-or-later
"""The player's settings, from config.toml."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from attrs import field, frozen

from puzzles.levels.limits import LETTERS
from puzzles.storage import Missing, StorageError, read_file

_MAX_BYTES = 64 << 10
_KEY = re.compile(r"[A-Za-z0-9_]+(\+[A-Za-z0-9_]+)*|[^\sA-Za-z0-9]")


@frozen
class Config:
    """Settings: `keymap` maps names of commands to keys, several divided by commas."""

    keymap: Mapping[str, str] = field(factory=dict)


class ConfigError(Exception):
    """Settings that cannot be used; the message names the file and the key, one mistake on a line."""


def load_config(path: Path) -> Config:
    """The settings in a file; the defaults where there is none. Raises ConfigError."""
    try:
        data = read_file(path, _MAX_BYTES)
    except Missing:
        return Config()
    except StorageError as problem:
        raise ConfigError(f"{path}: {problem}") from None
    import tomllib

    try:
        values = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as problem:
        raise ConfigError(f"{path}: is not TOML: {problem}") from None
    except RecursionError:
        raise ConfigError(f"{path}: values are nested too deep; flatten them") from None
    wrong = [f"{path}: {sentence}" for sentence in _mistakes(values)]
    if wrong:
        raise ConfigError("\n".join(wrong))
    return Config(**values)


def _mistakes(values: dict[str, Any]) -> Iterator[str]:
    for key, value in values.items():
        check = _CHECKS.get(key)
        if check is None:
            yield f"{key}: no such setting; {_known(key, list(_CHECKS))}"
        else:
            yield from check(value)


def _known(word: str, names: list[str]) -> str:
    close = get_close_matches(word, names, 1)
    return f"did you mean {close[0]}?" if close else f"there are: {', '.join(names)}"


def _check_keymap(value: object) -> Iterator[str]:
    if not isinstance(value, dict):
        yield 'keymap: is no table; write [keymap], and below it lines like next = "n"'
        return
    from tui.actions.commands import COMMANDS

    names = [command.name for command in COMMANDS]
    for name, keys in value.items():
        if name not in names:
            yield f"keymap.{name}: no such command; {_known(name, names)}"
        elif not isinstance(keys, str):
            yield f'keymap.{name}: {keys!r} is no key; write it in quotes, like "n" or "ctrl+n,f5"'
        else:
            yield from (f"keymap.{name}: {sentence}" for sentence in _key_mistakes(keys))
    if all(isinstance(keys, str) for keys in value.values()):
        yield from _clashes(value)


def _key_mistakes(keys: str) -> Iterator[str]:
    for key in keys.split(","):
        if not _KEY.fullmatch(key.strip()):
            yield f'{key!r} is no key; write a name like "n", "ctrl+n" or "f5"'
        elif key.strip().upper() in LETTERS:
            yield f"{key.strip()} is a thread's letter, which steps that thread; choose another key"


def _clashes(changes: Mapping[str, str]) -> Iterator[str]:
    from tui.actions.commands import COMMANDS

    owners: dict[str, str] = {}
    for command in COMMANDS:
        for key in changes.get(command.name, command.key).split(","):
            owner = owners.setdefault(key.strip(), command.name)
            if key.strip() and owner != command.name:
                named = command.name if command.name in changes else owner
                other = owner if named == command.name else command.name
                yield f"keymap.{named}: {key.strip()} is the key of {other} too; give each its own"


_CHECKS: Mapping[str, Callable[[object], Iterator[str]]] = {"keymap": _check_keymap}

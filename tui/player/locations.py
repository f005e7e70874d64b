# SPDX-License-Identifier: GPL-2.0-or-later
"""Every path outside of the program: settings, what the player has done, and what can be found out again."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from puzzles.storage import sweep

_APP = "oomrace"


def config_file() -> Path:
    """The file with the player's settings; it need not exist. OOMRACE_CONFIG_DIR names another folder."""
    return _folder("OOMRACE_CONFIG_DIR", platformdirs.user_config_path(_APP, appauthor=False)) / "config.toml"


def data_folder() -> Path:
    """The folder for best scores and saved wins; it need not exist. OOMRACE_DATA_DIR names another one."""
    return _folder("OOMRACE_DATA_DIR", platformdirs.user_data_path(_APP, appauthor=False))


def cache_folder() -> Path:
    """The folder for results of searches; it need not exist. OOMRACE_CACHE_DIR names another one."""
    return _folder("OOMRACE_CACHE_DIR", platformdirs.user_cache_path(_APP, appauthor=False))


def sweep_all() -> None:
    """Take away what killed programs left half-written, also where replays are saved by hand."""
    for folder in (data_folder(), cache_folder(), Path()):
        sweep(folder)


def _folder(variable: str, usual: Path) -> Path:
    given = os.environ.get(variable)
    return Path(given) if given else usual

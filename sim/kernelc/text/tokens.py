# SPDX-License-Identifier: GPL-2.0-or-later
"""The tokens of a preprocessed text: what is left when comments and layout do not count."""

from __future__ import annotations

import re

from sim.kernelc.text.preprocess import Preprocessed

# C11 6.4: words, preprocessing numbers, character constants and strings, then the longest punctuator.
TOKEN = re.compile(
    r"""
    [A-Za-z_]\w* | \.?[0-9](?:[eEpP][+-]|[\w.])* | '(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*"
  | <<= | >>= | \.\.\. | -> | \+\+ | -- | << | >> | <= | >= | == | != | && | \|\| | [-+*/%&|^]= | \S
    """,
    re.VERBOSE,
)


def token_text(source: Preprocessed) -> str:
    """The named constants by name, one on a line, then the tokens of all code in order, one space between."""
    defines = [f"#define {name} {_tokens(macro.text)}" for name, macro in sorted(source.macros.items())]
    return "\n".join((*defines, " ".join(_tokens(chunk.code) for chunk in source.chunks)))


def _tokens(code: str) -> str:
    return " ".join(TOKEN.findall(code))

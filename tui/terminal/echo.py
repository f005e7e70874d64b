# SPDX-License-Identifier: GPL-2.0-or-later
"""What the commands print: whatever it quotes, nothing in it drives the terminal."""

from __future__ import annotations

import click

from puzzles.characters import harmless


def echo(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Print a text, its control characters named instead of sent; lines and tabs stay."""
    click.echo(harmless(text), err=err, nl=nl)

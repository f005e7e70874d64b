# SPDX-License-Identifier: GPL-2.0-or-later
"""Places in source text, and errors that point at them."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field

from sim.classes import frozen


@frozen(order=True)
class Span:
    """A stretch of source text: lines and columns count from 1, the end column is one past the last character."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


_EXCERPT = 100
MAX_DIAGNOSTICS = 20
NOWHERE = Span("", 0, 0, 0, 0)


@frozen
class SourceFile:
    """One file of kernel C: its name and its text as the author wrote it."""

    name: str
    text: str
    lines: tuple[str, ...] = field(init=False, repr=False)

    @lines.default
    def _split(self) -> tuple[str, ...]:
        return tuple(self.text.split("\n"))


@frozen
class Diagnostic:
    """What is wrong, where, and what to write instead. `excerpt` is the offending line."""

    span: Span
    message: str
    advice: str = ""
    excerpt: str = ""

    def __str__(self) -> str:
        parts = [f"{self.span}: {self.message}"]
        if self.excerpt:
            start = max(0, self.span.column - 1 - _EXCERPT // 2) if len(self.excerpt) > _EXCERPT else 0
            shown = self.excerpt[start : start + _EXCERPT]
            parts += ["    " + shown.expandtabs(8), "    " + self._underline(shown, start)]
        if self.advice:
            parts.append(f"    {self.advice}")
        return "\n".join(parts)

    def _underline(self, shown: str, start: int) -> str:
        first = self.span.column - 1 - start
        last = self.span.end_column - 1 - start if self.span.end_line == self.span.line else len(shown)
        indent = len(shown[:first].expandtabs(8))
        width = len(shown[: min(last, len(shown))].expandtabs(8)) - indent
        return " " * indent + "^" * max(width, 1)


class CompileError(Exception):
    """Kernel C that cannot be run; `diagnostics` holds every error found, in order of place."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Keep the diagnostics; the message is all of them, one after the other."""
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))


class RejectedError(CompileError):
    """A use of something whose declaration was rejected: there is no more to say about it."""

    def __init__(self) -> None:
        """No diagnostics."""
        super().__init__(())


def error(span: Span, message: str, advice: str = "") -> CompileError:
    """Make an error of one diagnostic; the excerpt is added where the file is known."""
    return CompileError([Diagnostic(span, message, advice)])

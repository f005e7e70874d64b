# SPDX-License-Identifier: GPL-2.0-or-later
"""What can be typed after `oomrace`. Each command loads its work when it is called: --help waits for click alone."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import click

from puzzles.limits import bounds as default
from puzzles.limits.bounds import Bounds
from tui.cli.bounds import bounded

Decorator: TypeAlias = Callable[[Callable[..., Any]], Callable[..., Any]]

_PATH = click.Path(path_type=Path)
_LEVEL = click.argument("level", metavar="LEVEL")
_PACK: Decorator = click.option("--pack", type=_PATH, metavar="DIR", help="Levels from a folder of your own.")
_ALL: Decorator = click.option(
    "--all", "everything", is_flag=True, help="For authors: what is proved, of levels that are not settled, too."
)
_SET: Decorator = click.option(
    "--set", "sets", multiple=True, metavar="LVALUE=VALUE", help="Another initial value; nothing is scored then."
)
_KERNEL: Decorator = click.option(
    "--kernel",
    type=_PATH,
    metavar="NAME",
    help="Another kernel: a name such as linux-3.4, or a file; nothing is scored.",
)
_GOAL: Decorator = click.option(
    "--goal", metavar="OUTCOME", help="Another goal, such as deadlock; nothing is scored then."
)
_PLAIN: Decorator = click.option("--plain", is_flag=True, help="Line by line, without a screen.")
_COLOR: Decorator = click.option("--color", is_flag=True, help="Colour in line mode.")
_FILE = click.argument("file", type=_PATH, metavar="FILE")


def _quoted(_context: click.Context, _parameter: click.Parameter, words: tuple[str, ...]) -> str | None:
    """The schedule, None where there is none. Raises UsageError where the shell has made several arguments of it."""
    if len(words) > 1:
        raise click.UsageError(f'a schedule is one argument: quote it, "{" ".join(words)}"')
    return words[0] if words else None


_SCHEDULE = click.argument("schedule", nargs=-1, metavar="[SCHEDULE]", callback=_quoted)


def _print_version(context: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    if asked:
        from importlib import metadata

        try:
            click.echo(f"oomrace {metadata.version('oomrace')}")
        except metadata.PackageNotFoundError:
            click.echo("oomrace, run from its sources without being installed")
        context.exit()


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Show the version and exit.",
)
@click.pass_context
def oomrace(context: click.Context) -> None:
    """You are the scheduler: make Linux run out of memory while memory is free.

    Without a command, the list of levels opens.
    """
    if context.invoked_subcommand is None:
        context.invoke(play)


@oomrace.command()
@click.argument("level", metavar="[LEVEL]", required=False)
@click.option("--resume", "begin", flag_value="resume", help="Go on with the run that was left last, without asking.")
@click.option("--fresh", "begin", flag_value="fresh", help="Begin anew without asking; runs that were left stay.")
@_PLAIN
@_COLOR
@_PACK
@_SET
@_KERNEL
@_GOAL
def play(level: str | None, begin: str | None, plain: bool, color: bool, pack: Path | None, **changed: Any) -> None:
    """Play a level, or choose one from the list.

    Each step is kept: a level of which a run was left offers to go on there. In line mode the exit code is 0 when the
    goal was reached by a way that was not shown, 1 when not.
    """
    from tui.cli import play as work
    from tui.player.options import Begin, Changes

    how = Begin(begin or "ask")
    sys.exit(work.play(pack, level, Changes(**changed), how, plain=plain, color=color))


@oomrace.command()
@_LEVEL
@_SCHEDULE
@click.option(
    "--like",
    type=_PATH,
    metavar="FILE",
    help="Instead of a schedule: do what this replay of any level does, by landmarks.",
)
@click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
@click.option("--save", type=_PATH, metavar="FILE", help="Write what was played as a replay, never over a file.")
@_PACK
@_SET
@_KERNEL
@_GOAL
def run(
    level: str,
    schedule: str | None,
    like: Path | None,
    as_json: bool,
    save: Path | None,
    pack: Path | None,
    **changed: Any,
) -> None:
    """Play a schedule such as "A8 R14 A3" and print what comes of it.

    The exit code is 0 when every step was taken, whatever came of it, and 1 when one was not possible. With --like each
    run of one thread goes on to the operation at which it ends in the replay; 1 says that the schedule dies here.
    """
    from tui.cli import run as work
    from tui.player.options import Changes

    if (schedule is None) == (like is None):
        raise click.UsageError("give either a schedule or --like FILE")
    sys.exit(work.run(pack, level, work.Asked(schedule, like, save), Changes(**changed), as_json=as_json))


@oomrace.command()
@_LEVEL
@click.option("--goal", metavar="OUTCOME", help="Another outcome than the level's own, such as deadlock.")
@bounded(default.SOLVE)
@click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
@_PACK
@_SET
@_KERNEL
def solve(
    level: str,
    goal: str | None,
    bounds: Bounds,
    as_json: bool,
    pack: Path | None,
    sets: tuple[str, ...],
    kernel: Path | None,
) -> None:
    """Search all schedules of a level for its goal; print the best ones. This gives the solution away.

    What it prints is noted as shown: no win, and help with the level. So is that nobody can.

    The exit code is 0 for a verdict, reachable or unreachable, and 1 when a bound was hit first.
    """
    from tui.cli import solve as work
    from tui.player.options import Changes

    sys.exit(work.solve(pack, level, goal, bounds, Changes(sets, kernel), as_json=as_json))


@oomrace.command()
@_LEVEL
@_SCHEDULE
@bounded(default.HINT)
@_PACK
@_SET
@_KERNEL
def hint(
    level: str, schedule: str | None, bounds: Bounds, pack: Path | None, sets: tuple[str, ...], kernel: Path | None
) -> None:
    """Print the hints after a schedule such as "A6 R2", from words to the next moves. This gives the solution away.

    It is noted as help with the level, as in the game.

    The exit code is 1 when a step of the schedule is not possible.
    """
    from tui.cli import hint as work
    from tui.player.options import Changes

    sys.exit(work.hint(pack, level, schedule or "", bounds, Changes(sets, kernel)))


@oomrace.command()
@_LEVEL
@bounded(default.ODDS)
@click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
@_PACK
@_SET
@_KERNEL
def odds(
    level: str, bounds: Bounds, as_json: bool, pack: Path | None, sets: tuple[str, ...], kernel: Path | None
) -> None:
    """Count all schedules of a level, and the winning ones.

    Also told is the chance of a random scheduler, which picks among the threads that can move, each as likely. It says
    whether anybody wins, and is noted as help with the level.
    """
    from tui.cli import solve as work
    from tui.player.options import Changes

    sys.exit(work.odds(pack, level, bounds, Changes(sets, kernel), as_json=as_json))


@oomrace.command()
@_LEVEL
@bounded(default.REASONS)
@click.option("--json", "as_json", is_flag=True, help="The statements as JSON.")
@_PACK
@_SET
@_KERNEL
def reasons(
    level: str, bounds: Bounds, as_json: bool, pack: Path | None, sets: tuple[str, ...], kernel: Path | None
) -> None:
    """Say because of which statements a level is safe, and which schedule each prevents. This gives the answer away.

    It is noted as help with the level, and a line that is named settles it.

    The exit code is 1 where the level is not safe, or a bound was hit before that was known.
    """
    from tui.cli import reasons as work
    from tui.player.options import Changes

    sys.exit(work.reasons(pack, level, bounds, Changes(sets, kernel), as_json=as_json))


@oomrace.command()
@_LEVEL
@bounded(default.HARDEN)
@click.option("--max-settings", type=click.IntRange(1, 10**6), default=10_000, show_default=True, help="Try no more.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Try others, in another order.")
@click.option("--best", type=click.IntRange(1, 20), default=3, show_default=True, help="Print so many settings.")
@click.option("--json", "as_json", is_flag=True, help="What was tried, and the best settings, as JSON.")
@_PACK
def harden(
    level: str, bounds: Bounds, max_settings: int, seed: int, best: int, as_json: bool, pack: Path | None
) -> None:
    """For authors: search for settings of a level that cannot be won by trying numbers.

    Kernel, outcome and the place where the run ends stay; nodes, CPUs, masks, what is written, calls, threads, limits
    and the memory model change. The best are printed as TOML, with what they resist. Of a safe level it looks for
    settings that are safe because of some statement. The exit code is 1 where nothing better was found. This gives the
    answer away.
    """
    from tui.cli import harden as work

    sys.exit(work.harden(pack, level, bounds, work.HardenOptions(max_settings, seed, best), as_json=as_json))


@oomrace.command()
@_LEVEL
@click.option(
    "--format",
    type=click.Choice(["promela"]),
    required=True,
    expose_value=False,
    help="Promela is the language of SPIN.",
)
@bounded(default.EXPORT)
@_PACK
@_SET
@_KERNEL
def export(level: str, bounds: Bounds, pack: Path | None, sets: tuple[str, ...], kernel: Path | None) -> None:
    """Print a level as a model that another tool can check.

    With --format promela it is a file for SPIN, which then counts the same states and comes to the same verdict. The
    head of the file says how, and what that proves. It is noted as help with the level: SPIN tells the answer. The exit
    code is 1 where there are too many states.
    """
    from tui.cli import export as work
    from tui.player.options import Changes

    sys.exit(work.export(pack, level, bounds, Changes(sets, kernel)))


@oomrace.command()
@_FILE
@_PLAIN
@_COLOR
@_PACK
@_KERNEL
def replay(file: Path, plain: bool, color: bool, pack: Path | None, kernel: Path | None) -> None:
    """Open a replay: go through it, and go on from any point.

    What it shows of a level that you did not play yourself is noted as help with it. In line mode every move is
    printed; the exit code is 1 when the moves are not possible to the end.
    """
    from tui.cli import replay as work

    sys.exit(work.replay(file, pack, kernel, plain=plain, color=color))


@oomrace.command()
@click.argument("files", type=_PATH, metavar="[FILE|FOLDER|-]...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="A list of objects, one for each file.")
@click.option("--csv", "as_csv", is_flag=True, help="A table for spreadsheets, one row for each file.")
@click.option("--won", is_flag=True, help="The exit code is 0 only if every file is a win.")
@_PACK
@_KERNEL
def verify(
    files: tuple[Path, ...], as_json: bool, as_csv: bool, won: bool, pack: Path | None, kernel: Path | None
) -> None:
    """Check replays: exact, compatible, diverged, or unreadable; and whether they win their level.

    Of a folder all files whose names end in .race are checked, those in its folders too; - is standard input. A claim
    that a level is safe is put to the explorer again. The exit code is 1 when one has diverged, holds a variation that
    is not possible, or claims what is not so, 2 when one cannot be read.
    """
    from tui.cli import verify as work

    if as_json and as_csv:
        raise click.UsageError("give either --json or --csv")
    form = work.RecordFormat.JSON if as_json else work.RecordFormat.CSV if as_csv else work.RecordFormat.TEXT
    sys.exit(work.verify(files, pack, kernel, form, won=won))


@oomrace.command()
@click.option("--json", "as_json", is_flag=True, help="A list of objects.")
@_ALL
@_PACK
def levels(as_json: bool, everything: bool, pack: Path | None) -> None:
    """List all levels by chapter, with your best scores, and par where you have won."""
    from tui.cli import listing

    sys.exit(listing.levels(pack, as_json=as_json, everything=everything))


@oomrace.command()
@click.argument("era", metavar="[ERA|NOTE]", required=False)
@click.option("--diff", is_flag=True, help="What the era's kernel file changed, as a unified diff.")
@click.option("--broken", is_flag=True, help="What broke the schemes, too, as help with levels that are not settled.")
@click.option("--json", "as_json", is_flag=True, help="A list of objects.")
def history(era: str | None, diff: bool, broken: bool, as_json: bool) -> None:
    """Print the schemes in order of time, with your progress; or one era, such as v3.4; or a section of the notes.

    A word is an era: its id, its kernel file, or a kernel release with a v before it. A number such as 4.5 is a section
    of the notes, docs/kernel-history.md: they tell more, with sources, and what is in doubt.

    What broke a scheme is told once its levels are settled. With --broken it is told now, and so are notes that give
    levels away; the ledgers of the levels that are not settled then say so.
    """
    from tui.cli import history as work

    sys.exit(work.history(era, diff=diff, as_json=as_json, broken=broken))


@oomrace.command()
@click.argument("page", metavar="[PAGE]", required=False)
def docs(page: str | None) -> None:
    """Print a page of the game's documents, such as kernel-c; without one, their names."""
    from tui.cli import docs as work

    sys.exit(work.docs(page))


@oomrace.command()
@click.argument("word", metavar="[WORD]", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="A list of objects.")
def explain(word: tuple[str, ...], as_json: bool) -> None:
    """Print what a word of the game's texts means, such as cpuset; without one, the list of them."""
    from tui.cli import explain as work

    sys.exit(work.explain(" ".join(word), as_json=as_json))


@oomrace.command()
@_LEVEL
@click.option("--kernel-source", is_flag=True, help="The kernel C file that the level runs, nothing else.")
@_ALL
@_PACK
def show(level: str, kernel_source: bool, everything: bool, pack: Path | None) -> None:
    """Print a level: briefing, goal, threads, initial values, machine."""
    from tui.cli import show as work

    sys.exit(work.show(pack, level, kernel_source=kernel_source, everything=everything))


@oomrace.command()
@_LEVEL
@_PACK
def reset(level: str, pack: Path | None) -> None:
    """Forget the help that you had with a level, but not that you did so.

    What was shown to you can win again. The star for a win without help is not given any more. Wins stay.
    """
    from tui.cli import reset as work

    sys.exit(work.reset(pack, level))


@oomrace.command()
@click.argument("targets", metavar="[PACK|CHAPTER|LEVEL]...", nargs=-1)
@click.option("--write", is_flag=True, help="Write the lock file instead of comparing it.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), default=1, metavar="N", help="Check in N processes.")
@bounded(default.CHECK)
@_PACK
def check(targets: tuple[str, ...], write: bool, as_json: bool, jobs: int, bounds: Bounds, pack: Path | None) -> None:
    """Prove levels, say what is wrong with them, and compare with the lock file of their pack.

    A folder is a pack, a chapter or a level; anything else is the id of a chapter or level. Without any it is the whole
    game, or the pack of --pack.

    The exit code is 1 where something is wrong, 2 where there is nothing to check.
    """
    from tui.cli import check as work

    sys.exit(work.check(targets, pack, bounds, write=write, as_json=as_json, jobs=jobs))

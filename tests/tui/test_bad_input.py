# SPDX-License-Identifier: GPL-2.0-or-later
"""Bad input, one by one: a sentence on the error stream, the right exit code, never a traceback."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.tui.program import ROOT, call, start
from tui.cli.config import ConfigError, load_config
from tui.player.locations import config_file

HEAD = '[Format "1"]\n[Level "tour/7"]\n'
CAMPAIGN = ROOT / "puzzles" / "campaign"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OOMRACE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("OOMRACE_CONFIG_DIR", str(tmp_path / "config"))
    return tmp_path


def refused(*arguments: str, code: int = 2) -> str:
    """What a command says on the error stream when it refuses."""
    done = call(*arguments)
    assert done.exit_code == code
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert "Traceback" not in done.output
    assert done.stderr.startswith("Error: ")
    return done.stderr


def unreadable(path: str) -> str:
    """What verify says of a file that it cannot read: a record as of any other, on standard output."""
    done = call("verify", path)
    assert done.exit_code == 2
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.stdout.startswith(f"{path}: unreadable: ")
    return done.stdout


@pytest.mark.parametrize("command", [["levels"], ["show", "x/1"], ["run", "x/1", "A"], ["play", "x/1", "--plain"]])
def test_a_pack_that_is_not_there(command: list[str], home: Path) -> None:
    assert "there is no such folder" in refused(*command, "--pack", str(home / "none"))


@pytest.fixture
def half_broken(home: Path) -> Path:
    pack = home / "pack"
    shutil.copytree(CAMPAIGN / "tour", pack / "tour")
    level = pack / "tour" / "7" / "level.toml"
    level.write_text(level.read_text("utf-8").replace("cpu = 1", 'cpu = "one"'), "utf-8")
    return pack


def test_a_broken_level_hides_no_other(half_broken: Path) -> None:
    done = call("levels", "--pack", str(half_broken))
    assert done.exit_code == 1
    assert "  tour/4  Moving house." in done.stdout
    assert "  tour/7  broken" in done.stdout
    assert "thread[0].cpu" in done.stderr
    assert call("run", "tour/4", "R25", "--pack", str(half_broken)).exit_code == 0


def test_a_broken_level_cannot_be_played(half_broken: Path) -> None:
    assert "thread[0].cpu" in refused("play", "tour/7", "--plain", "--pack", str(half_broken))
    done = call("play", "--plain", "--pack", str(half_broken), typed="levels tour/7\ntour/4\nr25\n")
    assert done.exit_code == 0
    assert "thread[0].cpu" in done.stdout


def test_a_level_that_is_not_there() -> None:
    assert "did you mean in-place/1" in refused("play", "in-plaice/1", "--plain")
    assert "`oomrace levels` lists them all" in refused("show", "zzzzzz")


def test_a_thread_that_is_not_there() -> None:
    assert "tour/7: no thread R; there are A" in refused("run", "tour/7", "A3 R1")


@pytest.mark.parametrize(
    ("schedule", "advice"),
    [("A3 x!", "'!' (U+0021) means nothing here"), ("8A", "write A8, not 8A"), ("A999999", "100,000"), ("~A", "drain")],
)
def test_a_schedule_that_is_none(schedule: str, advice: str) -> None:
    assert advice in refused("run", "tour/7", schedule)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("new_mems", "write lvalue=value"),
        ("=1", "write lvalue=value"),
        ("nothing=1", "nothing"),
        ("new_mems=x", "new_mems"),
        ("task.mempolicy=&nothing", "nothing"),
        ("cgroup_mutex=1", "cgroup_mutex"),
        ("zones[9].free=1", "zones[9]"),
    ],
)
def test_a_boot_value_that_does_not_fit(change: str, problem: str) -> None:
    said = refused("run", "tour/4", "R1", "--set", change)
    assert problem in said
    assert "--set" in said


def test_changes_need_a_level() -> None:
    assert "name the level too" in refused("play", "--plain", "--set", "new_mems=1")


def test_a_kernel_with_mistakes_gets_every_one_underlined(home: Path) -> None:
    kernel = home / "broken.c"
    kernel.write_text("int f(void)\n{\n\treturn wobble;\n}\n\nint g(void)\n{\n\treturn wibble + 1;\n}\n", "utf-8")
    said = refused("run", "tour/7", "A1", "--kernel", str(kernel))
    assert "broken.c:3:9" in said
    assert "broken.c:8:9" in said
    assert said.count("^^^^^^") == 2


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"\x1b[2J", b"int x;" * 100_000])
def test_a_kernel_file_that_is_none(content: bytes | None, home: Path) -> None:
    kernel = home / "kernel.c"
    if content is not None:
        kernel.write_bytes(content)
    assert str(kernel) in refused("run", "tour/7", "A1", "--kernel", str(kernel))


REPLAYS = {
    "empty": (b"", "header"),
    "truncated in a comment": (HEAD.encode() + b"A3 { so far", "never closed"),
    "truncated in a header": (b'[Format "1"]\n[Level "tou', "malformed or cut"),
    "binary": (bytes(range(256)), "UTF-8"),
    "control characters": (HEAD.encode() + b"A3 { \x1b[2J }", "control character"),
    "nested 20,000 deep": (HEAD.encode() + b"A1 " + b"( A1 " * 20_000, "deep"),
    "no level": (b'[Format "1"]\nA3', "names no level"),
    "another level": (b'[Format "1"]\n[Level "tour/77"]\nA3', "no level 'tour/77'"),
    "future format": (b'[Format "2"]\n[Level "tour/7"]\nA3', "only format 1"),
    "changes that do not fit": (HEAD.encode() + b'[Set "wobble=1"]\nA3', "wobble"),
    "another kernel": (HEAD.encode() + b'[Kernel "sha256:00"]\nA3', "give that with --kernel"),
}


@pytest.mark.parametrize("name", REPLAYS)
def test_a_replay_that_cannot_be_used(name: str, home: Path) -> None:
    content, problem = REPLAYS[name]
    path = home / "bad.race"
    path.write_bytes(content)
    for said in (unreadable(str(path)), refused("replay", "--plain", str(path))):
        assert str(path) in said
        assert problem in said


def test_a_file_of_50_megabytes_is_not_read(home: Path) -> None:
    path = home / "large.race"
    with path.open("wb") as file:
        file.truncate(50 << 20)
    assert "larger than 1,048,576 bytes" in unreadable(str(path))


def test_a_replay_that_is_not_there_or_a_folder(home: Path) -> None:
    assert "there is no such file" in refused("replay", "--plain", str(home / "none.race"))
    assert "there is no such file" in unreadable(str(home / "none.race"))
    assert "is a folder" in refused("replay", "--plain", str(home))


@pytest.fixture
def pipe(home: Path) -> Path:
    os.mkfifo(home / "pipe")
    return home / "pipe"


def test_p4_a_pipe_or_a_device_is_no_replay_no_kernel_and_never_waited_for(pipe: Path) -> None:
    for path, what in ((str(pipe), "a FIFO"), ("/dev/zero", "a device")):
        said = f"{path}: is {what}; give a plain file"
        assert f"{path}: unreadable: is {what}; give a plain file" in unreadable(path)
        assert said in refused("replay", "--plain", path)
        assert said in refused("run", "tour/7", "--like", path)
        assert said in refused("run", "tour/7", "A1", "--kernel", path)


@pytest.mark.parametrize("name", ["tour/7/level.toml", "kernels/linux-2.6.31.c", "pack.toml"])
def test_p4_a_pipe_in_a_pack_is_told_and_never_waited_for(name: str, home: Path) -> None:
    pack = home / "pack"
    shutil.copytree(CAMPAIGN / "tour", pack / "tour")
    (pack / name).parent.mkdir(exist_ok=True)
    (pack / name).unlink(missing_ok=True)
    os.mkfifo(pack / name)
    done = call("levels", "--pack", str(pack))
    assert f"{name}: is a FIFO; give a plain file" in done.stderr
    assert "Traceback" not in done.output


@pytest.mark.parametrize("write", [[], ["--write"]])
def test_p4_a_lock_file_that_is_a_link_or_a_pipe_is_neither_read_nor_written(write: list[str], home: Path) -> None:
    pack = home / "pack"
    shutil.copytree(CAMPAIGN / "tour" / "7", pack / "tour" / "7")
    (home / "precious.txt").write_text("{}", "utf-8")
    (pack / "proofs.json").symlink_to("../precious.txt")
    assert "proofs.json" in call("check", str(pack), *write).output
    (pack / "proofs.json").unlink()
    os.mkfifo(pack / "proofs.json")
    assert "is a FIFO" in call("check", str(pack), *write).output
    assert (home / "precious.txt").read_text("utf-8") == "{}"


def test_p4_settings_that_are_a_pipe_are_told_and_not_waited_for(pipe: Path, home: Path) -> None:
    (home / "config").mkdir()
    pipe.rename(home / "config" / "config.toml")
    with pytest.raises(ConfigError, match="is a FIFO; give a plain file"):
        load_config(config_file())


@pytest.mark.parametrize(
    "arguments",
    [["--set=\b\x1ez=1"], ["--kernel=\x1b[2J\r.c"], ["--pack", "\x1b]0;x\x07"], ["--\x1b[2J"], ["--json=\x9b2J"]],
)
def test_p13_control_characters_that_were_typed_are_not_sent_back(arguments: list[str], home: Path) -> None:
    done = start(home, "run", "tour/4", "R1", *arguments)
    assert done.returncode == 2
    assert "Error: " in done.stderr
    assert not any((ord(one) < 32 and one != "\n") or 127 <= ord(one) < 160 for one in done.stderr)


def test_p13_names_of_files_are_not_sent_back_as_they_are(home: Path) -> None:
    path = home / "\x1b[2J\b\x9b1m.race"
    path.write_text(HEAD + "A13\n", "utf-8")
    missing = start(home, "replay", "--plain", str(home / "\r\x07.race")).stderr
    for said in (call("verify", str(path)).output, missing):
        assert "\\u00" in said
        assert not any((ord(one) < 32 and one != "\n") or 127 <= ord(one) < 160 for one in said)


def test_p13_only_one_place_prints() -> None:
    own = {"echo.py", "terminal.py", "progress.py", "arguments.py"}  # the last three print nothing that was typed
    others = [path for path in (ROOT / "tui").rglob("*.py") if path.name not in own]
    assert not [path for path in others if "click.echo" in path.read_text("utf-8")]


def test_a_header_that_lies(home: Path) -> None:
    path = home / "lying.race"
    path.write_text(HEAD + '[Result "oom-premature"]\n\nA13\n', "utf-8")
    done = call("verify", str(path))
    assert done.exit_code == 1
    assert "premature OOM" in done.stdout


@pytest.mark.parametrize(
    ("moves", "place"),
    [
        ("A14", "at step 14: expected a step of A, but"),
        ("R1", "at step 1: expected a step of R, but there is no thread R"),
        ("~A", "at step 1: expected"),
    ],
)
def test_a_move_that_is_not_possible_then(moves: str, place: str, home: Path) -> None:
    path = home / "blocked.race"
    path.write_text(f"{HEAD}\n{moves}\n", "utf-8")
    done = call("verify", str(path))
    assert done.exit_code == 1
    assert f"{path}: diverged {place}" in done.stdout
    assert call("replay", "--plain", str(path)).exit_code == 1


def test_a_blocked_thread_in_a_replay(home: Path) -> None:
    path = home / "blocked.race"
    path.write_text('[Format "1"]\n[Level "in-place/1"]\n\nA6 R23\n', "utf-8")
    done = call("verify", str(path))
    assert done.exit_code == 1
    assert "diverged at step 29: expected a step of R, but R waits for mm.mmap_sem" in done.stdout


def test_arguments_that_are_wrong_or_missing() -> None:
    for arguments in (["frobnicate"], ["run"], ["verify"], ["play", "--wobble"], ["show", "a", "b"]):
        done = call(*arguments)
        assert done.exit_code == 2
        assert "Usage: " in done.stderr


def test_a_data_folder_that_cannot_be_read_hides_no_level(home: Path) -> None:
    (home / "data").mkdir()
    (home / "data" / "in-place-1.p0.s1.0123456789abcdef.race").write_bytes(b"\xff")
    (home / "data" / "tour-7.p0.s1.0123456789abcdef.race").mkdir()
    done = call("levels")
    assert done.exit_code == 0
    assert "Best" not in done.stdout


def test_the_started_program_refuses_with_the_same_code(home: Path) -> None:
    done = start(home, "play", "in-plaice/1")
    assert done.returncode == 2
    assert done.stderr.startswith("Error: no level 'in-plaice/1'")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("linux-3.5", "no kernel 'linux-3.5' and no such file; did you mean linux-6.5 or linux-3.4 or linux-3.3?"),
        ("frob", "no kernel 'frob' and no such file; there are: linux-2.6.29, "),
        ("no/linux-3.4.c", "no/linux-3.4.c: there is no such file"),
    ],
)
def test_a_kernel_that_is_not_there_names_those_that_are(name: str, message: str) -> None:
    done = call("run", "in-place/1", "A1", "--kernel", name)
    assert done.exit_code == 2
    assert message in done.stderr

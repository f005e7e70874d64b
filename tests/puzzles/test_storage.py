# SPDX-License-Identifier: GPL-2.0-or-later
"""Files that are not ours to trust: read without waiting, written whole or not at all, never through a link."""

from __future__ import annotations

import errno
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from puzzles.storage import Missing, StorageError, Taken, make_folder, read_file, sweep, walk, write_file

OLD, NEW = b"the old text\n", b"the new text, which is longer\n"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def a_loop(path: Path) -> None:
    path.symlink_to(path)


OTHERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "folder": (Path.mkdir, "is a folder"),
    "FIFO": (os.mkfifo, "is a FIFO"),
    "socket": (a_socket, "is a socket"),
    "device": (lambda path: path.symlink_to("/dev/zero"), "is a device"),
    "loop": (a_loop, "its links lead back to themselves"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_p4_what_is_no_plain_file_is_refused_by_name_and_never_waited_for(name: str, tmp_path: Path) -> None:
    make, said = OTHERS[name]
    make(tmp_path / "file")
    with pytest.raises(StorageError, match=said):
        read_file(tmp_path / "file", 100)


@pytest.mark.parametrize("over", [True, False])
@pytest.mark.parametrize("name", OTHERS)
def test_p4_nothing_is_written_over_what_is_no_plain_file(name: str, over: bool, tmp_path: Path) -> None:
    make, _ = OTHERS[name]
    make(tmp_path / "file")
    before = (tmp_path / "file").lstat()
    with pytest.raises(StorageError, match=r"is a (folder|FIFO|socket|link), and nothing is written through or over"):
        write_file(tmp_path / "file", NEW, over=over)
    assert (tmp_path / "file").lstat() == before
    assert names(tmp_path) == ["file"]


@pytest.mark.parametrize("target", ["precious.txt", "nowhere"])
@pytest.mark.parametrize("over", [True, False])
def test_p4_nothing_is_written_through_a_link(target: str, over: bool, tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_bytes(OLD)
    (tmp_path / "folder").mkdir()
    link = tmp_path / "folder" / "proofs.json"
    link.symlink_to(Path("..") / target)
    with pytest.raises(StorageError, match="is a link, and nothing is written through or over it"):
        write_file(link, NEW, over=over)
    assert (tmp_path / "precious.txt").read_bytes() == OLD
    assert names(tmp_path) == ["folder", "precious.txt"]
    assert names(tmp_path / "folder") == ["proofs.json"]


def test_p4_another_name_of_the_same_file_keeps_its_text(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_bytes(OLD)
    (tmp_path / "file").hardlink_to(tmp_path / "precious.txt")
    write_file(tmp_path / "file", NEW, over=True)
    assert (tmp_path / "precious.txt").read_bytes() == OLD


def test_a_file_is_read_up_to_its_bound(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"12345")
    assert read_file(tmp_path / "file", 5) == b"12345"
    with pytest.raises(StorageError, match="is larger than 4 bytes; is it the right file"):
        read_file(tmp_path / "file", 4)
    for path in (tmp_path / "none", tmp_path / "file" / "none"):
        with pytest.raises(Missing, match="there is no such file"):
            read_file(path, 4)


@pytest.mark.parametrize("name", ["a\0b", "\udfff\ud800"])
def test_a_name_that_no_file_can_have(name: str, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no file can have this name"):
        read_file(tmp_path / name, 4)
    with pytest.raises(StorageError, match="no file can have this name"):
        write_file(tmp_path / name, NEW, over=False)


def test_a_file_is_new_or_written_over_as_asked(tmp_path: Path) -> None:
    file = tmp_path / "file"
    write_file(file, OLD, over=False)
    with pytest.raises(Taken):
        write_file(file, NEW, over=False)
    assert file.read_bytes() == OLD
    file.chmod(0o640)
    write_file(file, NEW, over=True)
    assert file.read_bytes() == NEW
    assert file.stat().st_mode & 0o777 == 0o640
    assert names(tmp_path) == ["file"]


def test_a_new_file_has_the_permissions_that_the_player_gives_to_new_files(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "file", NEW, over=False)
    finally:
        os.umask(before)
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o640


def test_a_file_can_be_new_where_there_are_no_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path, _other: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    write_file(tmp_path / "file", OLD, over=False)
    with pytest.raises(Taken):
        write_file(tmp_path / "file", NEW, over=False)
    assert names(tmp_path) == ["file"]


REASONS = {
    errno.ENOSPC: "the disk is full; make room, and try again",
    errno.EDQUOT: "your disk quota is used up",
    errno.EROFS: "its file system is read-only",
    errno.EACCES: "you have no permission to write there",
    errno.EFBIG: "it would be larger than files may be here",
    errno.EIO: "the disk reports an error",
}


@pytest.mark.parametrize("call", ["open", "write", "fsync"])
@pytest.mark.parametrize("number", REASONS)
def test_p13_each_reason_not_to_write_has_its_sentence_and_harms_nothing(
    number: int, call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_bytes(OLD)

    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(os, call, refuse)
        with pytest.raises(StorageError, match=REASONS[number]):
            write_file(file, NEW, over=True)
    assert file.read_bytes() == OLD
    assert names(tmp_path) == ["file"]


def test_p13_a_file_that_the_system_itself_finds_too_large(tmp_path: Path) -> None:
    script = (
        "import resource, sys; from pathlib import Path; from puzzles.storage import *\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "write_file(Path(sys.argv[1]), bytes(2000), over=False)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "file"], capture_output=True, text=True, check=False
    )
    assert "StorageError: cannot be written: it would be larger than files may be here" in done.stderr
    assert names(tmp_path) == []


def test_p13_folders_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(OLD)
    with pytest.raises(StorageError, match="there is no such folder; make it first"):
        write_file(tmp_path / "none" / "file", NEW, over=True)
    with pytest.raises(StorageError, match="a part of its path is no folder"):
        write_file(tmp_path / "file" / "file", NEW, over=True)
    with pytest.raises(StorageError, match="its name is too long; choose a shorter one"):
        write_file(tmp_path / ("x" * 300), NEW, over=True)
    with pytest.raises(StorageError, match="a file stands where its folder should be"):
        make_folder(tmp_path / "file")


# Writes half a file, says so, and waits to be killed.
_WRITER = """
import os, sys, time
from pathlib import Path
from puzzles.storage import write_file
def stop(handle):
    print("half", flush=True)
    time.sleep(600)
os.fsync = stop
write_file(Path(sys.argv[1]), b"half", over=True)
"""


def test_p13_what_a_killed_save_left_is_swept_and_that_of_a_living_one_is_not(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _WRITER, str(tmp_path / "file")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        (part,) = names(tmp_path)
        sweep(tmp_path)
        assert names(tmp_path) == [part]
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        assert names(tmp_path) == [part]
    sweep(tmp_path)
    assert names(tmp_path) == []


def test_p13_only_our_own_leftovers_are_swept(tmp_path: Path) -> None:
    ours = ".oomrace-0123456789abcdef.part"
    others = ["film.part", ".oomrace-notes.part", "x.oomrace-0123456789abcdef.part", "win.race"]
    for name in (ours, *others):
        (tmp_path / name).write_bytes(OLD)
    (tmp_path / ".oomrace-00000000000000ff.part").symlink_to("win.race")
    (tmp_path / ".oomrace-00000000000000fe.part").mkdir()
    os.mkfifo(tmp_path / ".oomrace-00000000000000fd.part")
    before = names(tmp_path)
    sweep(tmp_path)
    assert names(tmp_path) == sorted({*before} - {ours})
    sweep(tmp_path / "nowhere")


def test_p13_a_file_that_is_swept_before_it_is_locked_is_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open
    swept: list[Path] = []

    def swept_at_once(path: Path, flags: int, mode: int = 0o777) -> int:
        handle = opened(path, flags, mode)
        if path.suffix == ".part" and not swept:
            path.unlink()
            swept.append(path)
        return handle

    monkeypatch.setattr(os, "open", swept_at_once)
    write_file(tmp_path / "file", NEW, over=True)
    assert swept
    assert (tmp_path / "file").read_bytes() == NEW


def test_p4_only_one_place_writes_files() -> None:
    root = Path(__file__).parents[2]
    files = [*(root / "puzzles").rglob("*.py"), *(root / "tui").rglob("*.py")]
    others = [path for path in files if path.parent.name != "storage"]
    writing = re.compile(r"write_text|write_bytes|\bopen\([^)]*[\"'][wxa]b?[\"']|tempfile|os\.(open|replace)\(")
    lines = [(path.name, line) for path in others for line in path.read_text("utf-8").splitlines()]
    assert [place for place in lines if writing.search(place[1]) and "os.devnull" not in place[1]] == []


def test_a_folder_is_walked_in_order_and_links_are_not_followed(tmp_path: Path) -> None:
    for name in ("b/2.race", "a.race", "b/1.race", "c/deep/er/x.race", "notes.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", "utf-8")
    (tmp_path / "d.race").symlink_to(tmp_path / "a.race")
    (tmp_path / "e").symlink_to(tmp_path / "b")
    os.mkfifo(tmp_path / "f.race")
    told = [(str(found.path.relative_to(tmp_path)), found.problem) for found in walk(tmp_path, ".race")]
    assert told == [
        ("a.race", ""),
        ("b/1.race", ""),
        ("b/2.race", ""),
        ("c/deep/er/x.race", ""),
        ("d.race", "is a link; give a plain file"),
        ("f.race", "is a FIFO; give a plain file"),
    ]


def test_a_walk_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("puzzles.storage.walking"), "MAX_FILES", 3)
    for number in range(5):
        (tmp_path / f"{number}.race").write_text("", "utf-8")
    *files, last = walk(tmp_path, ".race")
    assert [found.path.name for found in files] == ["0.race", "1.race", "2.race"]
    assert "give its folders one by one" in last.problem


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    (found,) = walk(tmp_path, ".race")
    assert found.path == tmp_path
    assert "you have no permission to read it" in found.problem

# SPDX-License-Identifier: GPL-2.0-or-later
"""Packs: order, what is broken in them, and what lies outside of them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from puzzles.levels import LevelError, build_machine, game_pack, load_pack
from puzzles.levels.files import game_folder, read_inside
from puzzles.levels.limits import MAX_FOLDER, MAX_HEADERS, MAX_SOURCE_BYTES
from puzzles.levels.locate import Located, locate
from tests.puzzles.packs import HEADER, KERNEL, LEVEL, write_pack


def add_level(folder: Path, id_: str) -> None:
    path = folder / id_ / "level.toml"
    path.parent.mkdir(parents=True)
    path.write_text(LEVEL.replace("small/1", id_), encoding="utf-8")


def test_every_level_of_the_game_can_be_built() -> None:
    pack = game_pack()
    assert not pack.broken
    assert not pack.problems
    assert [level.id for level in pack.levels][:8] == [*(f"tour/{number}" for number in range(1, 8)), "in-place/1"]
    for level in pack.levels:
        machine = build_machine(level)
        assert any(machine.enabled(machine.boot(), thread) for thread in range(len(machine.threads)))
        assert level.sources or level.notes or not level.kernel.startswith("linux-")
        assert level.commits or level.chapter in ("tour", "side")
        assert level.file == f"puzzles/campaign/{level.id}/level.toml"


def test_the_game_is_a_pack_like_any_other() -> None:
    game = game_pack()
    again = load_pack(Path(__file__).parents[2] / "puzzles" / "campaign")
    assert [level.id for level in again.levels] == [level.id for level in game.levels]
    assert again.chapters == game.chapters


def test_levels_stand_in_the_order_of_the_pack_file_then_by_number(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    for id_ in ("small/10", "small/2", "alpha/1", "zeta/3"):
        add_level(folder, id_)
    (folder / "pack.toml").write_text(
        'title = "Mine"\n[[chapter]]\nid = "zeta"\ntitle = "Last first"\n[[chapter]]\nid = "small"\n',
        encoding="utf-8",
    )
    pack = load_pack(folder)
    assert [level.id for level in pack.levels] == ["zeta/3", "small/1", "small/2", "small/10", "alpha/1"]
    assert [(chapter.id, chapter.title) for chapter in pack.chapters] == [
        ("zeta", "Last first"),
        ("small", "small"),
        ("alpha", "alpha"),
    ]
    assert (pack.title, pack.problems) == ("Mine", ())
    assert [level.id for level in pack.in_chapter("zeta")] == ["zeta/3"]


def test_levels_that_a_chapter_names_come_first_in_its_order(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    for id_ in ("small/10", "small/2", "small/3", "alpha/1"):
        add_level(folder, id_)
    (folder / "alpha" / "2").mkdir()
    (folder / "pack.toml").write_text('[[chapter]]\nid = "small"\nlevels = [10, 3]\n', encoding="utf-8")
    pack = load_pack(folder)
    assert [level.id for level in pack.levels] == ["small/10", "small/3", "small/1", "small/2", "alpha/1"]
    assert (list(pack.broken), pack.problems) == (["alpha/2"], ())


def test_a_broken_level_hides_no_other(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    add_level(folder, "small/2")
    (folder / "small/1/level.toml").write_text("id = 1", encoding="utf-8")
    (folder / "small/3").mkdir()
    (folder / "small/04").mkdir()
    pack = load_pack(folder)
    assert [level.id for level in pack.levels] == ["small/2"]
    assert list(pack.broken) == ["small/1", "small/3", "small/04"]
    assert "there is no such file" in str(pack.broken["small/3"])
    assert "is no place for a level" in str(pack.broken["small/04"])
    with pytest.raises(LevelError, match="title: is missing"):
        pack.level("small/1")
    with pytest.raises(LevelError, match=r"no level 'small/9' in .*; there are: small/2"):
        pack.level("small/9")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title = 3", "pack.toml: title: 3 stands where a text in quotes belongs"),
        ("[[chapter", "pack.toml:1: is not TOML"),
        ('[[chapter]]\nid = "gone"', "pack.toml: chapter[0].id: there is no level in"),
        ('[[chapter]]\nid = "small"\n[[chapter]]\nid = "small"', "chapter[1].id: 'small' stands twice"),
        ('[[chapter]]\ntitle = "no id"', "chapter[0].id: is missing"),
        ('[[chapter]]\nid = "small"\nyear = 3', "chapter[0].year: no such key"),
        ('[[chapter]]\nid = "small"\nlevels = [1, 7]', "pack.toml: chapter[0].levels[1]: there is no level small/7; "),
        ('[[chapter]]\nid = "small"\nlevels = [1, 1]', "pack.toml: chapter[0].levels[1]: 1 stands twice; "),
        ('[[chapter]]\nid = "small"\nlevels = ["1"]', "chapter[0].levels[0]: '1' stands where a whole number belongs"),
    ],
)
def test_a_broken_pack_file_hides_no_level(tmp_path: Path, text: str, message: str) -> None:
    folder = write_pack(tmp_path)
    (folder / "pack.toml").write_text(text, encoding="utf-8")
    pack = load_pack(folder)
    assert message in "\n".join(map(str, pack.problems))
    assert [level.id for level in pack.levels] == ["small/1"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LevelError, match="there is no such folder"):
        load_pack(tmp_path / "nowhere")
    with pytest.raises(LevelError, match="is no folder; a pack is a folder of chapters"):
        load_pack(write_pack(tmp_path) / "kernels" / "small.c")


def test_an_empty_folder_is_no_pack(tmp_path: Path) -> None:
    """P3."""
    with pytest.raises(LevelError, match="is no pack; a pack is a folder of chapters"):
        load_pack(tmp_path)


def test_a_part_of_a_pack_or_what_is_above_it_is_no_pack(tmp_path: Path) -> None:
    """P3: the message names the pack."""
    pack = write_pack(tmp_path / "mine")
    for part, id_ in (("small", "small"), ("small/1", "small/1")):
        with pytest.raises(LevelError, match=re.escape(f"give that of its pack, {pack}, and the id {id_}")):
            load_pack(pack / part)
    with pytest.raises(LevelError, match=re.escape(f"is no pack; a pack is a folder of chapters, a chapter a folder of "
                                                   f"levels, a level a folder with a level.toml, such as "
                                                   f"my-pack/basics/1/level.toml; did you mean {pack}?")):  # fmt: skip
        load_pack(tmp_path)


def test_a_folder_is_located_in_its_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """P3: a chapter or a level is just that, also from inside of the pack."""
    pack = write_pack(tmp_path / "mine")
    assert locate(pack) == Located(pack)
    assert locate(pack / "small") == Located(pack, "small")
    assert locate(pack / "small/1") == Located(pack, "small/1")
    monkeypatch.chdir(pack)
    assert locate(Path("small/1")) == Located(Path(), "small/1")
    monkeypatch.chdir(pack / "small/1")
    assert locate(Path()) == Located(Path("../.."), "small/1")
    assert locate(Path("..")) == Located(Path("../.."), "small")


@pytest.mark.parametrize("name", ["kernels/small.c", "include/count.h", "small/1/level.toml"])
def test_no_link_leads_out_of_a_pack(tmp_path: Path, name: str) -> None:
    folder = write_pack(tmp_path / "pack")
    path = folder / name
    path.rename(tmp_path / "secret")
    path.symlink_to(tmp_path / "secret")
    assert "leads out of its folder" in str(load_pack(folder).broken["small/1"])


def test_no_linked_folder_leads_out_of_a_pack(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "pack")
    (folder / "kernels").rename(tmp_path / "elsewhere")
    (folder / "kernels").symlink_to(tmp_path / "elsewhere")
    assert "leads out of its folder" in str(load_pack(folder).broken["small/1"])


def test_a_link_inside_a_pack_is_fine(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    (folder / "kernels/small.c").rename(folder / "kernels/real.c")
    (folder / "kernels/small.c").symlink_to(folder / "kernels/real.c")
    assert load_pack(folder).level("small/1").source.text == KERNEL


def test_a_link_in_a_circle_is_an_error(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    (folder / "kernels/small.c").unlink()
    (folder / "kernels/small.c").symlink_to("small.c")
    assert "kernel" in str(load_pack(folder).broken["small/1"])


def test_a_pipe_is_no_kernel(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    (folder / "kernels/small.c").unlink()
    os.mkfifo(folder / "kernels/small.c")
    assert "small.c: is a FIFO; give a plain file" in str(load_pack(folder).broken["small/1"])


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("kernels/small.c", b"\x7fELF\x00", "kernels/small.c: line 1 holds the control character"),
        ("kernels/small.c", b"/*\n\x1b[2J */", "kernels/small.c: line 2 holds the control character U+001B"),
        ("kernels/small.c", b"\xff\xfe", "kernels/small.c: line 1 is not UTF-8"),
        ("kernels/small.c", b" " * (MAX_SOURCE_BYTES + 1), "kernels/small.c: is larger than 262,144 bytes"),
        ("include/count.h", b"\xff", "include/count.h: line 1 is not UTF-8"),
    ],
)
def test_a_source_that_is_no_text(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    folder = write_pack(tmp_path)
    (folder / name).write_bytes(data)
    assert message in str(load_pack(folder).broken["small/1"])


def test_a_header_that_would_never_be_read_is_told(tmp_path: Path) -> None:
    """The machine has oomrace.h itself; a copy of the game's does no harm."""
    folder = write_pack(tmp_path)
    (folder / "include/oomrace.h").write_text("int mine;\n", "utf-8")
    assert f"{folder}/include/oomrace.h would never be read" in str(load_pack(folder).broken["small/1"])
    own = game_folder() / "include" / "oomrace.h"
    (folder / "include/oomrace.h").write_bytes(read_inside(own, MAX_SOURCE_BYTES))
    assert not load_pack(folder).broken


def test_a_chapter_that_is_too_full_is_told_by_name(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    (folder / "full").mkdir()
    for number in range(MAX_FOLDER + 1):
        (folder / f"full/{number}").touch()
    pack = load_pack(folder)
    assert [level.id for level in pack.levels] == ["small/1"]
    assert [str(problem) for problem in pack.problems] == [
        f"{folder}/full: holds more than 2,000 files; a pack is smaller than that"
    ]


def test_too_many_headers_are_refused(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    for number in range(MAX_HEADERS):
        (folder / f"include/h{number}.h").write_text("", encoding="utf-8")
    assert "holds more than 100 headers" in str(load_pack(folder).broken["small/1"])


def test_a_pack_goes_before_the_game(tmp_path: Path) -> None:
    folder = write_pack(tmp_path, level=LEVEL.replace("small.c", "linux-2.6.31.c"))
    (folder / "kernels/linux-2.6.31.c").write_text(KERNEL, encoding="utf-8")
    (folder / "include/nodemask.h").write_text(HEADER, encoding="utf-8")
    level = load_pack(folder).level("small/1")
    assert level.source.text == KERNEL
    assert dict(level.source.headers)["nodemask.h"] == HEADER
    assert "#ifndef MMZONE_H" in dict(level.source.headers)["mmzone.h"]

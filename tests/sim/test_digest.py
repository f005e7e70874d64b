# SPDX-License-Identifier: GPL-2.0-or-later
"""The digest of a state: what it covers, and what it leaves out."""

from __future__ import annotations

from hashlib import sha256

import sim
from sim.debugger import Session
from sim.machine.digest import digest, digest_text

KERNEL = """\
#include "oomrace.h"
struct mutex lock;
struct rw_semaphore sem;
struct box { int value; const int fixed; };
struct box boxes[2];
struct box *at = &boxes[1];
unsigned long big = 1UL << 63;
void reader(int salt)
{
	int local = salt;
	down_read(&sem);
	big = local != 0;
	at = NULL;
}
static void inner(void)
{
	down_write(&sem);
	up_write(&sem);
}
void writer(void)
{
	mutex_lock(&lock);
	inner();
	mutex_unlock(&lock);
}
bool never(void)
{
	return false;
}
void begin(void)
{
	allocation_begin();
	at = NULL;
}
"""


def session(*runs: str, kernel: str = KERNEL, exhausted: str = "") -> Session:
    program = sim.compile(kernel)
    threads = tuple(
        sim.Thread(letter, letter, run, cpu, exhausted=exhausted)
        for cpu, (letter, run) in enumerate(zip("ARB", runs, strict=False))
    )
    return Session(sim.Machine(program, threads))


def text(game: Session) -> list[str]:
    return digest_text(game.machine, game.now.state).splitlines()


def test_the_text_holds_words_ghosts_and_stacks_in_order() -> None:
    game = session("reader(1)", "writer()", exhausted="never()")
    assert text(game) == [
        "lock=free",
        "sem=free",
        "boxes[0].value=0",
        "boxes[1].value=0",
        "at=&boxes[1]",
        "big=9223372036854775808",
        "ghost A=-",
        "ghost R=-",
        "A reader:11",
        "R writer:22",
    ]


def test_locks_are_told_by_the_letters_of_their_threads() -> None:
    game = session("reader(1)", "writer()", "reader(2)")
    game.step(0)
    game.step(2)
    game.step(1, 2)
    assert text(game)[:2] == ["lock=R", "sem=readers:AB queued:R"]
    assert text(game)[-2] == "R writer:23 inner:17"


def test_a_finished_thread_and_null() -> None:
    game = session("begin()", exhausted="never()")
    game.step(0)
    assert text(game)[4] == "at=NULL"
    assert text(game)[-2:] == ["ghost A=0", "A finished"]


def test_private_words_do_not_count() -> None:
    one, other = session("reader(1)"), session("reader(2)")
    assert one.now.state != other.now.state
    assert digest(one.machine, one.now.state) == digest(other.machine, other.now.state)


def test_a_shared_word_that_differs_changes_the_digest() -> None:
    one, other = session("reader(0)"), session("reader(1)")
    one.step(0, 2)
    other.step(0, 2)
    assert digest(one.machine, one.now.state) != digest(other.machine, other.now.state)


def test_addresses_do_not_count() -> None:
    game = session("writer()")
    moved = session("writer()", kernel="const int padding[9];\n" + KERNEL)
    assert game.machine.image.addresses != moved.machine.image.addresses
    assert text(game)[:-1] == text(moved)[:-1]


def test_the_digest_is_sixteen_bits_of_sha256() -> None:
    game = session("writer()")
    whole = sha256(digest_text(game.machine, game.now.state).encode()).hexdigest()
    assert digest(game.machine, game.now.state) == whole[:4]
    assert digest_text(game.machine, game.now.state).endswith("\nA writer:22\n")

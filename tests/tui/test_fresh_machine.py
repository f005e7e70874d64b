# SPDX-License-Identifier: GPL-2.0-or-later
"""P14: the environment of the game on machines where something is missing, or was left half made."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import frozen

from tests.tui.program import ROOT

TOOLS = ("sh", "cat", "chmod", "cksum", "dirname", "grep", "mkdir", "rm", "touch")

# Instead of an interpreter: it answers questions as the real one does, and makes a .venv in which such another one is.
PYTHON = """#!/bin/sh
case "$1 $2" in
"-c import ensurepip, venv") [ ! -e "{away}" ] ;;
"-m venv") make-environment ;;
*) exec "{python}" "$@" ;;
esac
"""
MAKE_ENVIRONMENT = """#!/bin/sh
mkdir -p .venv/bin
echo "#!$PWD/.venv/bin/python" >.venv/bin/pip
cat >.venv/bin/python <<'END'
#!/bin/sh
case "$1 $2" in
"-m pip") echo "$@" >>pip.log; [ ! -e offline ] ;;
*) exec "{python}" "$@" ;;
esac
END
chmod +x .venv/bin/python
"""
OTHER_MAKER = """#!/bin/sh
echo {name} >>makers.log
make-environment
"""


@frozen
class Machine:
    """A checkout in a folder, and a folder with all the programs that there are."""

    checkout: Path
    programs: Path

    def program(self, name: str, text: str) -> None:
        """Install a program."""
        path = self.programs / name
        path.write_text(text, "utf-8")
        path.chmod(0o755)

    def make(self, part: str = "play", python: str = "") -> subprocess.CompletedProcess[str]:
        """Make the environment ready."""
        return subprocess.run(
            ["sh", str(self.checkout / ".ci" / "environment"), part],
            env={"PATH": str(self.programs), "PYTHON": python},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    @property
    def installed(self) -> list[str]:
        """What pip was asked for so far."""
        log = self.checkout / "pip.log"
        return (
            [line.rpartition("-version-check ")[2] for line in log.read_text("utf-8").splitlines()]
            if log.exists()
            else []
        )

    def away(self, name: str = "no-venv") -> None:
        """Let something be missing from now on."""
        (self.checkout / name).touch()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    checkout, programs = tmp_path / "a checkout", tmp_path / "bin"
    (checkout / ".ci").mkdir(parents=True)
    programs.mkdir()
    shutil.copy(ROOT / ".ci" / "environment", checkout / ".ci")
    (checkout / "pyproject.toml").write_text("one", "utf-8")
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found
        (programs / tool).symlink_to(found)
    made = Machine(checkout, programs)
    made.program("python3", PYTHON.format(python=sys.executable, away=checkout / "no-venv"))
    made.program("make-environment", MAKE_ENVIRONMENT.replace("{python}", sys.executable))
    return made


def test_it_is_made_once(machine: Machine) -> None:
    first = machine.make()
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout == "setting up .venv for the game (once)\n"
    assert machine.installed == ["--editable ."]
    second = machine.make()
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert machine.installed == ["--editable ."]


def test_the_tools_come_with_the_tests(machine: Machine) -> None:
    assert machine.make("dev").returncode == 0
    assert machine.installed == ["--editable .", "--upgrade pip>=25.1", "--group dev"]
    assert machine.make("dev").stdout == ""


def test_new_dependencies_are_installed(machine: Machine) -> None:
    machine.make("dev")
    (machine.checkout / "pyproject.toml").write_text("two", "utf-8")
    assert machine.make("dev").stdout.startswith("bringing .venv up to date\n")
    assert machine.installed[3:] == machine.installed[:3]


def test_without_venv_the_package_of_debian_is_named(machine: Machine) -> None:
    machine.away()
    done = machine.make()
    assert done.returncode == 1
    assert "On Debian and Ubuntu: apt install python3-venv." in done.stderr
    assert not (machine.checkout / ".venv").exists()


@pytest.mark.parametrize("name", ["uv", "virtualenv"])
def test_without_venv_another_maker_takes_its_place(machine: Machine, name: str) -> None:
    machine.away()
    machine.program(name, OTHER_MAKER.format(name=name))
    assert machine.make().returncode == 0
    assert (machine.checkout / "makers.log").read_text("utf-8") == f"{name}\n"
    assert machine.installed == ["--editable ."]


@pytest.mark.parametrize("python", ["nowhere", "false"])
def test_a_python_that_is_none_is_named(machine: Machine, python: str) -> None:
    machine.program("false", "#!/bin/sh\nexit 1\n")
    done = machine.make(python=python)
    assert done.returncode == 1
    assert done.stderr.startswith(f"oomrace needs Python 3.11 or later, and {python} is none; name one, such as: make ")


def test_where_the_first_python_is_too_old_another_one_is_looked_for(machine: Machine) -> None:
    new = (machine.programs / "python3").rename(machine.programs / "python3.12")
    machine.program("python3", "#!/bin/sh\necho ''\n")
    assert machine.make().returncode == 0
    assert machine.make().stdout == ""
    assert new.exists()


def broken_link(venv: Path) -> None:
    (venv / "bin" / "python").unlink()
    (venv / "bin" / "python").symlink_to("/nowhere/python")


def other_version(venv: Path) -> None:
    (venv / "bin" / "python").write_text('#!/bin/sh\necho ""\n', "utf-8")


def without_pip(venv: Path) -> None:
    (venv / "bin" / "pip").unlink()


def elsewhere(venv: Path) -> None:
    (venv / "bin" / "pip").write_text("#!/somewhere/else/.venv/bin/python\n", "utf-8")


def empty(venv: Path) -> None:
    shutil.rmtree(venv)
    venv.mkdir()


@pytest.mark.parametrize("spoil", [broken_link, other_version, without_pip, elsewhere, empty])
def test_what_cannot_be_used_is_made_anew(machine: Machine, spoil: object) -> None:
    machine.make()
    assert callable(spoil)
    spoil(machine.checkout / ".venv")
    done = machine.make()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "setting up .venv for the game (once)\n"
    assert machine.make().stdout == ""


def test_a_checkout_that_has_moved_gets_a_new_one(machine: Machine) -> None:
    machine.make()
    moved = Machine(machine.checkout.rename(machine.checkout.with_name("moved")), machine.programs)
    assert moved.make().stdout == "setting up .venv for the game (once)\n"
    assert moved.make().stdout == ""


def test_what_pip_left_undone_is_finished_and_a_network_that_is_away_is_told(machine: Machine) -> None:
    machine.away("offline")
    done = machine.make()
    assert done.returncode == 1
    assert "They come from PyPI, https://pypi.org. Where it cannot be reached, name a proxy" in done.stderr
    (machine.checkout / "offline").unlink()
    again = machine.make()
    assert (again.returncode, again.stdout) == (0, "")
    assert machine.installed == ["--editable .", "--editable ."]

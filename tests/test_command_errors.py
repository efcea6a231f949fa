# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a user can cure is told in one line, with the cure, and at once."""

import socket
import time

import pytest

from tests.command import ROOT, Checkout


@pytest.fixture
def checkout(tmp_path):
    return Checkout(tmp_path)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def one_line(done):
    """The message of a call that failed, without a traceback."""
    assert done.returncode == 1, done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("ebs: ")]
    assert len(lines) == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "Cure: " in lines[0]
    return lines[0]


@pytest.fixture
def taken():
    """A port of the loopback on which somebody listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_in_use_is_told_before_anything_is_made(checkout, taken):
    line = one_line(checkout.ebs("serve", "--port", str(taken)))
    assert f"port {taken} is in use" in line
    assert "./ebs serve --port" in line
    assert not (checkout.root / ".venv").exists()


@pytest.mark.parametrize("call", ["serve", "psql", "test", "audit"])
def test_a_db_host_that_does_not_answer_is_named(checkout, taken, call):
    closed = free_port()
    checkout.configure(db_host="127.0.0.1", db_port=closed)
    words = ["--port", str(free_port())] if call == "serve" else []
    began = time.monotonic()
    line = one_line(checkout.ebs(call, *words))
    assert f"db_host 127.0.0.1 port {closed}, does not answer" in line
    assert time.monotonic() - began < 10


def test_an_old_python_is_told_what_is_needed(checkout):
    code = "import sys; sys.version_info = (3, 9, 18); exec(open('ebs').read())"
    done = checkout.python(code)
    assert done.returncode == 1
    assert "Python 3.9 is too old, 3.10 or later is needed. Cure:" in done.stderr


def test_the_start_is_readable_by_an_old_python():
    """No word of the first file may be newer than Python 3.0."""
    text = (ROOT / "ebs").read_text(encoding="utf-8")
    assert "match " not in text
    assert ":=" not in text
    assert not any(mark in text for mark in ('f"', "f'"))


def test_a_python_without_ensurepip_is_told_the_package(checkout):
    code = """
import importlib.util as util
find = util.find_spec
util.find_spec = lambda name, *rest: None if name == "ensurepip" else find(name, *rest)
from ebs_cli.cli import main
main(["lint"])
"""
    done = checkout.python(code)
    assert "ensurepip is missing" in done.stderr
    assert "apt-get install python3-venv" in done.stderr


def test_a_small_disk_is_told_before_the_download(checkout):
    code = """
import collections, shutil
usage = collections.namedtuple("usage", "total used free")
shutil.disk_usage = lambda path: usage(10, 9, 2 * 10**9)
from ebs_cli.cli import main
main(["odoo", "--version"])
"""
    done = checkout.python(code)
    assert "2.0 GB are free" in done.stderr
    assert "4 GB are needed" in done.stderr
    assert not (checkout.root / ".ebs" / "downloads").exists()


def test_a_full_disk_is_told_in_one_line(checkout):
    code = """
import ebs_cli.ready as ready
def full(named=None):
    raise OSError(28, "No space left on device")
ready.ensure_files = full
from ebs_cli.cli import main
main(["odoo", "--version"])
"""
    assert "the disk is full. Cure:" in checkout.python(code).stderr


def test_an_environment_cut_short_is_made_again(checkout):
    """Packages without the stamp that is written last are not trusted."""
    python = checkout.root / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text("half")
    code = "from ebs_cli import environment; print(environment.is_whole())"
    assert checkout.python(code).stdout.strip() == "False"


def test_an_unknown_call_and_help(checkout):
    assert "there is no call dance" in one_line(checkout.ebs("dance"))
    assert "./ebs serve" in checkout.ebs("--help").stdout


def test_a_name_that_is_no_database_is_refused(checkout):
    checkout.borrow().use_server_of_this_run()
    assert "is no name" in one_line(checkout.ebs("serve", "--db", "a;b"))
    assert "there is no database" in one_line(checkout.ebs("shell", "--db", "nobody"))


def test_a_missing_browser_is_told_to_an_ordinary_user(checkout):
    code = """
import os
from ebs_cli import browser, cli
os.geteuid = lambda: 1000
browser.NAMES = ("no-such-browser",)
raise SystemExit(cli.main(["test"]))
"""
    line = one_line(checkout.python(code))
    assert "browser tests need Chromium" in line
    assert not (checkout.root / ".venv").exists()


def test_a_missing_browser_is_installed_by_root(checkout, tmp_path):
    """With an apt-get of our own, which notes its words and lays a browser down."""
    programs = tmp_path / "bin"
    programs.mkdir()
    script = programs / "apt-get"
    script.write_text(
        f"#!/bin/sh\necho $* >> {tmp_path}/calls\n"
        f"[ $1 = install ] && cp $0 {programs}/chromium\nexit 0\n"
    )
    script.chmod(0o755)
    code = f"""
import os
from ebs_cli import browser
os.geteuid = lambda: 0
browser.is_debian = lambda: True
os.environ["PATH"] = {str(programs)!r} + ":/bin"
browser.NAMES = ("chromium-of-this-test", "chromium")
browser.shutil.which = lambda name, which=browser.shutil.which: (
    path if (path := which(name)) and path.startswith({str(programs)!r}) else None
)
browser.ensure()
print(browser.find())
"""
    done = checkout.python(code)
    assert done.stdout.strip() == f"{programs}/chromium", done.stderr
    calls = (tmp_path / "calls").read_text().splitlines()
    assert calls[0] == "update"
    assert calls[1].startswith("install chromium")

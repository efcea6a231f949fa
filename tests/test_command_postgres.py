# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The server in .ebs/: whoever started it stops it, in a folder closed to others."""

import signal
import sys
import time

import pytest

from tests.command import Checkout

pytestmark = pytest.mark.slow

RUNS = "from ebs_cli.postgres import Cluster; print(bool(Cluster().pid()))"
ONE = ("psql", "-Atc", "select 1")


@pytest.fixture
def checkout(tmp_path):
    """A checkout in a folder of mode 0700, with a server of its own."""
    checkout = Checkout(tmp_path).borrow()
    yield checkout
    checkout.python("from ebs_cli.postgres import Cluster; Cluster().stop()")


def runs(checkout):
    return checkout.python(RUNS).stdout.strip() == "True"


def holding(checkout, deaf=False):
    """A call that uses the server until its standard input is closed."""
    call = checkout.start("psql", "-At", deaf=deaf)
    call.stdin.write("select 'ready';\n")
    call.stdin.flush()
    assert call.stdout.readline().strip() == "ready"
    return call


def test_a_call_stops_the_server_that_it_started(checkout):
    done = checkout.ebs(*ONE)
    assert done.stdout.strip() == "1", done.stderr
    assert not runs(checkout)
    first = holding(checkout)
    assert runs(checkout)
    assert checkout.ebs(*ONE).stdout.strip() == "1"
    assert runs(checkout), "the second call found it running: not its to stop"
    first.communicate(timeout=60)
    assert not runs(checkout)


def test_a_server_started_by_hand_is_left_alone(checkout):
    checkout.ebs(*ONE)
    checkout.python("from ebs_cli.postgres import Cluster; Cluster().start()")
    assert checkout.ebs(*ONE).stdout.strip() == "1"
    assert runs(checkout)


def test_the_last_user_stops_it_when_the_starter_went_first(checkout):
    first = holding(checkout)
    second = holding(checkout)
    first.communicate(timeout=60)
    assert runs(checkout), "the second call still works with it"
    second.communicate(timeout=60)
    assert not runs(checkout)


@pytest.mark.parametrize(
    ("number", "deaf"),
    [(signal.SIGINT, False), (signal.SIGINT, True), (signal.SIGTERM, False)],
)
def test_ctrl_c_stops_the_server_too(checkout, number, deaf):
    call = holding(checkout, deaf)
    call.send_signal(number)
    _, told = call.communicate(timeout=60)
    assert call.returncode == 130, told
    assert not runs(checkout)


def test_after_kill_9_the_next_call_takes_over(checkout):
    call = holding(checkout)
    call.kill()
    call.communicate(timeout=60)
    assert checkout.ebs(*ONE).stdout.strip() == "1"
    limit = time.monotonic() + 10
    while runs(checkout) and time.monotonic() < limit:
        time.sleep(0.2)
    assert not runs(checkout)


def test_the_role_has_no_more_rights_than_odoo_needs(checkout):
    question = "select rolname, rolsuper, rolcreatedb from pg_roles where rolcanlogin"
    rows = checkout.ebs("psql", "-Atc", question + " order by 1").stdout.splitlines()
    assert "ebs|f|t" in rows
    case = "select upper('é'), unaccent('é'), provolatile from pg_proc"
    case += " where proname = 'unaccent' and pronargs = 1"
    code = f"""
import sys
from ebs_cli import databases, environment, server
environment.activate()
with server.running() as access:
    print(databases.query(access, "ebs_empty", {case!r}))
"""
    assert checkout.python(code).stdout.strip() == "[('É', 'e', 'i')]"


def test_the_server_of_the_wheel_serves_as_well(checkout):
    done = checkout.ebs("psql", "-Atc", "show server_version", EBS_POSTGRES="embedded")
    assert done.stdout.startswith("18"), done.stderr
    assert not runs(checkout)


@pytest.mark.skipif(sys.platform != "linux", reason="setpriv is Linux's")
def test_nothing_above_the_checkout_was_opened(checkout):
    checkout.ebs(*ONE)
    assert checkout.root.parent.stat().st_mode & 0o777 == 0o700

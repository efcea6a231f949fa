# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Shell, audit and databases that were left unfinished."""

import pytest

from tests.command import Checkout

DATABASE = "ebs_test_installed"


@pytest.fixture
def checkout(tmp_path):
    return Checkout(tmp_path).borrow().use_server_of_this_run()


def test_the_shell_reads_a_script_and_tells_its_failure(checkout):
    words = ("shell", "--db", DATABASE)
    done = checkout.ebs(*words, stdin="print(env.user.login)")
    assert (done.returncode, done.stdout.strip()) == (0, "__system__")
    done = checkout.ebs(*words, stdin="raise ValueError('mine')")
    assert done.returncode != 0
    assert "ValueError: mine" in done.stderr
    assert checkout.ebs(*words, stdin="import sys; sys.exit(7)").returncode == 7


class Audit:
    """Stands for the model of the addons, to see what the call makes of findings."""

    def __init__(self, found):
        self.found = found

    def _run(self):
        return self.found


@pytest.mark.parametrize("found", [[], ["ebs.booking 3: overlaps 4", "x: y"]])
def test_the_audit_lists_findings_and_their_number(found, capsys):
    from ebs_cli import calls  # noqa: PLC0415 - the command, not the test's tool

    code = 0
    try:
        exec(calls._AUDIT.format(name="x"), {"env": {"ebs.audit": Audit(found)}})  # noqa: S102
    except SystemExit as ended:
        code = ended.code
    assert capsys.readouterr().out.splitlines() == [*found, str(len(found))]
    assert code == (1 if found else 0)


def test_the_audit_of_a_fresh_platform_finds_nothing(checkout):
    done = checkout.ebs("audit", "--db", DATABASE)
    assert done.stdout.splitlines()[-1:] == ["0"], done.stdout + done.stderr
    assert done.returncode == 0


UNFINISHED = """
from ebs_cli import databases, environment, odoo, serve
environment.activate()
access = {access}
made = []
def install(access, name, title, log, words):
    create = databases._identified("CREATE DATABASE {{}}", name)
    databases.query(access, "postgres", create)
    made.append(words)
odoo.install = install
serve.wanted = lambda: []
serve.addon_hashes = lambda: {{}}
name = "ebs_half_{number}"
try:
    databases.begin(name)
    install(access, name, "", None, [])
    databases.query(access, name, "CREATE TABLE half (id int)")
    made.clear()
    serve.prepare(access, name, demo=False)
    there = databases.query(access, name, "SELECT 1 FROM pg_class WHERE relname='half'")
    print("again", len(made), there, databases.is_complete(access, name))
    made.clear()
    serve.prepare(access, name, demo=False)
    print("second", len(made))
finally:
    databases.drop(access, name)
"""


def test_an_unfinished_database_is_made_again_and_a_finished_one_kept(checkout):
    code = "from ebs_cli import config; print(config.named_server())"
    access = checkout.python(code).stdout.strip()
    number = checkout.root.parent.name.strip("_")[-8:].replace("-", "_")
    done = checkout.python(UNFINISHED.format(access=access, number=number))
    assert done.stdout.splitlines() == ["again 1 [] True", "second 0"], done.stderr

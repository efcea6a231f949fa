# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Short calls on a database: odoo, shell, psql, audit."""

import subprocess
import sys

from . import databases, odoo, ready
from .pg_programs import client
from .process import run_attached, start_apart, wait_or_stop
from .steps import EbsError, say

# Audit in an Odoo shell; standard output is kept for its findings alone.
_AUDIT = """
import sys
if "ebs.audit" not in env:
    sys.exit("ebs: error: database {name} has no EBS addons. Cure: ./ebs serve")
found = env["ebs.audit"]._run()
for line in found:
    print(line)
print(len(found))
sys.stdout.flush()
if found:
    sys.exit(1)
"""


def _run(command, env):
    """Run on the terminal when there is one, else apart, stopped by our end."""
    if sys.stdin is not None and sys.stdin.isatty():
        return run_attached(command, env)
    return wait_or_stop(start_apart(command, env=env))


def main_odoo(words, named=None):
    """Odoo's own command line."""
    with ready.everything(named) as access:
        return _run(odoo.command(*words), odoo.env_for(access))


def _must_exist(access, name):
    databases.check_name(name)
    if not databases.exists(access, name):
        raise EbsError(f"there is no database {name}", f"./ebs serve --db {name}")


def main_shell(options):
    """Odoo shell; non-zero when a script on standard input raises."""
    with ready.everything(options.odoo) as access:
        _must_exist(access, options.db)
        words = odoo.command("shell", "-d", options.db, "--no-http")
        return _run([*words, "--log-level=warn"], odoo.env_for(access))


def main_audit(options):
    """Every broken invariant of a database, one a line, then their number."""
    with ready.everything(options.odoo) as access:
        _must_exist(access, options.db)
        words = odoo.command("shell", "-d", options.db, "--no-http")
        child = start_apart(
            [*words, "--log-level=error"],
            env=odoo.env_for(access),
            stdin=subprocess.PIPE,
            text=True,
        )
        child.stdin.write(_AUDIT.format(name=options.db))
        child.stdin.close()
        return wait_or_stop(child)


def main_psql(words, named=None):
    """Database prompt; further words go to psql."""
    name, rest = "ebs", list(words)
    if rest[:1] == ["--db"] and len(rest) > 1:
        name, rest = rest[1], rest[2:]
    with ready.everything(named) as access:
        if not databases.exists(access, name):
            say(f"There is no database {name} yet (./ebs serve makes it): postgres")
            name = "postgres"
        return _run([client("psql"), "-d", name, *rest], odoo.env_for(access))
